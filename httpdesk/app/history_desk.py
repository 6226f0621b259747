"""The history in the window: its panel, made when it is first shown, and its entries opened in tabs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from httpdesk.core.collection import Defaults, Saved
from httpdesk.core.problem import Problem
from httpdesk.ui.historian import Historian
from httpdesk.ui.rail import HISTORY

if TYPE_CHECKING:
    from httpdesk.app.program import Program
    from httpdesk.core.history import Origin
    from httpdesk.ui.compare_source import CompareSource
    from httpdesk.ui.history_entry import Reopened
    from httpdesk.ui.history_panel import HistoryPanel


class HistoryDesk:
    """Opens what the history gives back."""

    def __init__(self, program: Program, historian: Historian) -> None:
        self._program, self._historian = program, historian
        self._panel: HistoryPanel | None = None
        historian.fault.connect(lambda words: program.notices.show(words, level="warning"))
        program.library.moved.connect(self._moved)

    @property
    def panel(self) -> HistoryPanel:
        """What stands in the sidebar."""
        if self._panel is None:
            from httpdesk.ui.history_panel import HistoryPanel

            program = self._program
            self._panel = HistoryPanel(
                self._historian, program.notices, lambda: program.commands.open_settings("history")
            )
            self._panel.opened.connect(self._open)
            self._panel.sent.connect(self._send_again)
            self._panel.compared.connect(self._compare)
        return self._panel

    def show(self) -> None:
        """Bring the panel into the sidebar, with the keyboard in its search field."""
        self._program.window.show_side(self.panel, HISTORY)
        self.panel.focus_filter()

    async def shut(self) -> None:
        """End what the panel does."""
        if self._panel is not None:
            await self._panel.shut()

    def _open(self, entry_id: int, permanent: bool) -> None:
        self._program.tasks.start("reopen-entry", self._show(entry_id, permanent=permanent))

    def _send_again(self, entry_id: int) -> None:
        self._program.tasks.start("reopen-entry", self._show(entry_id, permanent=True, send=True))

    async def _show(self, entry_id: int, *, permanent: bool, send: bool = False) -> None:
        reopened = await self._historian.exchange(entry_id)
        record = reopened.record
        above = await self._above(record.origin)
        saved = Saved(path="", name=record.origin.name, request=record.written, above=above)
        document = self._program.documents.show_draft(saved, permanent=permanent)
        document.past.show(reopened)  # type: ignore[attr-defined]
        if send:
            document.run("send")

    def _compare(self, ids: list[int]) -> None:
        from httpdesk.ui.compare_tab import CompareTab

        async def sources() -> tuple[CompareSource, CompareSource]:
            older, newer = [await self._historian.exchange(one) for one in sorted(ids)]
            return _side(older), _side(newer)

        page = CompareTab(_tr("Compare two answers"), sources, self._program.places.spool_folder)
        page.noticed.connect(self._program.notices.show)
        self._program.documents.show_page(page)

    async def _above(self, origin: Origin) -> tuple[tuple[str, Defaults], ...]:
        """What the folders of its file give to a request, if the file is still there."""
        library = self._program.library
        if not origin.path or str(library.folder) != origin.workspace:
            return ()
        try:
            seen = await library.look(origin.path)
        except Problem:
            return ()
        return seen.saved.above if seen is not None else ()

    def _moved(self, old: str, new: str) -> None:
        self._historian.moved(str(self._program.library.folder), old, new)


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)


def _side(reopened: Reopened) -> CompareSource:
    """The last answer of an entry, which goes with the comparison. Raises Problem where none came."""
    from httpdesk.ui import history_words
    from httpdesk.ui.compare_source import source_of_exchange

    for hop in reopened.exchange.hops[:-1]:
        if hop.body is not None:
            hop.body.close()
    line = reopened.line
    title = f"{history_words.title(line)}, {history_words.moment(line.at, datetime.now().astimezone().date())}"
    source = source_of_exchange(title, reopened.exchange, given=True)
    if source is None:
        raise Problem(_tr("There is no answer to compare"), title, kind="no-answer")
    return source
