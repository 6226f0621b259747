"""Console: every request that was sent and what else happened, newest last, with the wire facts of the selected one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

if TYPE_CHECKING:
    from httpdesk.core.exchange import Exchange
    from httpdesk.ui.console_entry import Entry
    from httpdesk.ui.console_panel import ConsolePanel


class Console(QFrame):
    """The last 1,000 lines; copies what it shows, so that bodies of exchanges can go.

    It is hidden at the start: its panel is made when it is first shown, so that the window comes sooner.
    """

    closed = Signal()
    """The user asks to hide it."""
    count_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sidebar")
        self.setAccessibleName(self.tr("Console"))
        self._waiting: deque[Entry] = deque()
        self._panel: ConsolePanel | None = None
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)

    def add(self, exchange: Exchange) -> None:
        """Add a request that has ended; nothing of it is kept but text."""
        from httpdesk.ui.console_entry import of_exchange

        self._take(of_exchange(exchange))

    def add_note(self, text: str, level: str = "info") -> None:
        """Add something else that happened: "info", "warning" or "error"."""
        from httpdesk.ui.console_entry import note

        self._take(note(text, level))

    def clear(self) -> None:
        """Forget every line."""
        self._waiting.clear()
        if self._panel is not None:
            self._panel.clear()
        else:
            self.count_changed.emit(0)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self._panel.count if self._panel is not None else len(self._waiting)

    def copy(self) -> None:
        """Copy the selected line and its facts."""
        if self._panel is not None:
            self._panel.copy()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the panel, the first time."""
        if self._panel is None:
            from httpdesk.ui.console_panel import ConsolePanel

            self._panel = ConsolePanel()
            for entry in self._waiting:
                self._panel.add(entry)
            self._waiting.clear()
            self._panel.closed.connect(self.closed)
            self._panel.count_changed.connect(self.count_changed)
            self._lay.addWidget(self._panel)
        super().showEvent(event)

    def _take(self, entry: Entry) -> None:
        if self._panel is not None:
            self._panel.add(entry)
        else:
            from httpdesk.ui.console_entry import LIMIT

            self._waiting.append(entry)
            if len(self._waiting) > LIMIT:
                self._waiting.popleft()
            self.count_changed.emit(len(self._waiting))
