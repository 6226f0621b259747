"""Spoken: what a screen reader learns of a code view: the rows that are seen, and the line the caret moves to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAccessible

from httpdesk.ui.announce import announce

if TYPE_CHECKING:
    from httpdesk.ui.code_view import CodeView

# Not while it still scrolls; and no more than can be listened to.
_PAUSE_MS = 400
_SEEN_CHARACTERS, _LINE_CHARACTERS = 2000, 300


class Spoken(QObject):
    """Keeps the accessible description of a view: a title, then the rows on the screen."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view, self._title = view, ""
        self._row = -1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._describe)
        view.verticalScrollBar().valueChanged.connect(self.seen)

    def titled(self, title: str) -> None:
        """The body is called so from now on, such as "JSON, lines: 12"."""
        self._title = title
        self._view.setAccessibleDescription(title)
        self.seen()

    def seen(self) -> None:
        """Other rows are seen than before: they are told when it stays so."""
        self._pause.start()

    def moved(self) -> None:
        """A key moved the caret: to another line, which is said, or to another character of it."""
        if not QAccessible.isActive():
            return
        there = self._view.caret_text()
        if there is None:
            return
        row, line, rest = there
        words = line if row != self._row else rest[:1]
        self._row = row
        blank = QCoreApplication.translate("CodeView", "blank")
        announce(self._view, words.strip()[:_LINE_CHARACTERS] or blank)

    def _describe(self) -> None:
        seen, size = [], 0
        for _, words in self._view.shown_rows:
            size += len(words)
            if size > _SEEN_CHARACTERS:
                break
            seen.append(words)
        self._view.setAccessibleDescription("\n".join((self._title, *seen)).rstrip())
