"""History panel: every exchange in the sidebar, with a search field, its tokens, and the facts of the selected one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core import history_query
from httpdesk.core.problem import Problem
from httpdesk.ui import history_words
from httpdesk.ui.historian import Historian
from httpdesk.ui.history_list import HistoryList
from httpdesk.ui.history_menus import Choice, entry_choices, pop_up, token_rows
from httpdesk.ui.history_model import HistoryModel
from httpdesk.ui.notices import Notices
from httpdesk.ui.search_edit import SearchEdit
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, icon_label, label, line, row

if TYPE_CHECKING:
    from httpdesk.store.history import Found

_SEARCH_AFTER_MS = 80
_FACTS_PX = 148
_FACETS = 8


class HistoryPanel(QFrame):
    """Looks for what the field says; the newest entries come by themselves."""

    opened = Signal(int, bool)
    """Entry, and whether its tab stays."""
    sent = Signal(int)
    """Entry to be opened and sent again."""
    compared = Signal(list)
    """The two entries whose answers are to be seen side by side."""

    def __init__(self, historian: Historian, notices: Notices, settings_wanted: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("surface", "sidebar")
        self.setAccessibleName(self.tr("History"))
        self._historian, self._notices, self._settings_wanted = historian, notices, settings_wanted
        self._tasks = Tasks(self._report)
        self._query = history_query.Query()
        self._stale = True
        self.model = HistoryModel()
        self.list = HistoryList(self.model)
        self.filter = SearchEdit(self.tr("Search the history"), "search")
        self._later = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._build()
        self._wire()

    def _build(self) -> None:
        self.count = label("", "small", "text3")
        self._tokens = icon_button("list-filter", self.tr("Narrow by status, method, host or time"))
        self._more = icon_button("ellipsis", self.tr("More"))
        head = row(
            label(self.tr("History"), "strong"), 4, self.count, None, self._more, margins=(16, 0, 8, 0), height=40
        )
        field = row((self.filter, 1), self._tokens, spacing=4, margins=(12, 4, 8, 8))
        self.fault = label("", "small", "warning", wrap=True)
        self._fault_row = row((self.fault, 1), margins=(16, 0, 12, 8))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing_state())
        self.facts = QPlainTextEdit()
        self.facts.setReadOnly(True)
        self.facts.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.facts.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.facts.setAccessibleName(self.tr("Facts of the entry"))
        self._edge = line()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        for part in (head, field, self._fault_row):
            lay.addWidget(part)
        lay.addWidget(self._pages, 1)
        lay.addWidget(self._edge)
        lay.addWidget(self.facts)
        for part in (self._fault_row, self._edge, self.facts):
            part.hide()
        self.setFocusProxy(self.list)
        theme.bind(self, self._fit)

    def _nothing_state(self) -> QWidget:
        self._nothing_words = label("", "small", "text2", wrap=True)
        self._nothing_words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        state = QWidget()
        lay = QVBoxLayout(state)
        lay.addWidget(icon_label("history", "text3", 20), 0, Qt.AlignmentFlag.AlignHCenter)
        lay.addWidget(self._nothing_words)
        lay.addStretch(1)
        theme.bind(state, lambda: lay.setContentsMargins(theme.px(16), theme.px(24), theme.px(16), theme.px(16)))
        return state

    def _wire(self) -> None:
        self.filter.textChanged.connect(lambda _: self._later.start())
        self.filter.go_down.connect(self._go_to_list)
        self.filter.go.connect(self._open_first)
        self._later.timeout.connect(self._search_soon)
        self._tokens.clicked.connect(lambda: self._tasks.start("tokens", self._offer_tokens()))
        self._more.clicked.connect(self._offer_more)
        self.model.wanted.connect(lambda asked: self._tasks.start("lines", self._read_lines(asked), beside=True))
        self.list.opened.connect(self.opened)
        self.list.delete_wanted.connect(self.delete)
        self.list.menu_wanted.connect(self._offer_entries)
        self.list.current.connect(lambda entry_id: self._tasks.start("facts", self._show_facts(entry_id)))
        self._historian.added.connect(self._take_newest)
        self._historian.changed.connect(self._search_anew)

    # -- what is shown

    def search(self, text: str) -> None:
        """Put a text into the field and look for it."""
        self.filter.setText(text)
        self._search_soon()

    def focus_filter(self) -> None:
        """Go to the search field."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        """What happened while nobody looked, here or in another window, is looked up now."""
        super().showEvent(event)
        self._search_soon()

    async def shut(self) -> None:
        """End what is under way."""
        self._later.stop()
        await self._tasks.stop()

    def _search_soon(self) -> None:
        self._later.stop()
        self._tasks.start("search", self._search())

    def _search_anew(self) -> None:
        self._stale = True
        if self.isVisible():
            self._later.start()

    def _take_newest(self) -> None:
        if self.isVisible() and not self._later.isActive():
            # Not in the place of another one: what is newest then is looked up with it, or after it.
            self._tasks.start("newest", self._add_newest())

    async def _search(self) -> None:
        self._query = history_query.parse(self.filter.text(), datetime.now().astimezone())
        found = await self._historian.search(self._query)
        self._show(found)

    async def _add_newest(self) -> None:
        query, above = self._query, self.model.ids[0] if self.model.ids else 0
        found = await self._historian.search(query, above)
        if query is not self._query or (self.model.ids[:1] or [0]) != [above] or not found.ids:
            return
        self.model.add_newest(found.ids, found.days)
        self._tell()

    def _show(self, found: Found) -> None:
        if found.ids != self.model.ids or self._stale:
            self._stale = False
            bar = self.list.verticalScrollBar()
            row, depth_px, with_keys = self.list.currentIndex().row(), bar.value(), self.list.hasFocus()
            current = self.model.id_at(row)
            self.model.show_found(found.ids, found.days)
            bar.setValue(depth_px)
            if self.model.row_of(current) >= 0:
                self.list.select(current)
            elif with_keys:
                self.list.select_row_near(row)
        self._tell()

    def _tell(self) -> None:
        count = len(self.model.ids)
        self.count.setText(f"{count:,}".replace(",", "\u202f") if count else "")
        faults = ", ".join(self._query.faults)
        self.fault.setText(self.tr("Not understood: {tokens}").format(tokens=faults) if faults else "")
        self._fault_row.setVisible(bool(faults))
        searched = bool(self.filter.text().strip())
        words = self.tr("Nothing in the history fits.") if searched else self.tr("What you send shows here.")
        self._nothing_words.setText(words)
        self._pages.setCurrentIndex(0 if count else 1)

    async def _read_lines(self, asked: list[int]) -> None:
        self.model.put(await self._historian.lines(asked), asked)

    async def _show_facts(self, entry_id: int) -> None:
        words = await self._historian.facts(entry_id) if entry_id else None
        for part in (self._edge, self.facts):
            part.setVisible(words is not None)
        if words is not None:
            self.facts.setPlainText(history_words.facts(*words))

    # -- what the user does

    def delete(self, ids: Sequence[int]) -> None:
        """Delete entries, and offer to bring them back."""
        self._tasks.start("delete", self._delete(list(ids)), beside=True)

    async def _delete(self, ids: list[int]) -> None:
        await self._historian.delete(ids)

        def restore() -> None:
            self._tasks.start("restore", self._historian.restore(ids), beside=True)

        words = self.tr("%n entries were deleted.", "", len(ids)) if len(ids) > 1 else self.tr("The entry was deleted.")
        self._notices.show(words, self.tr("Undo"), restore)

    def _pin(self, ids: Sequence[int], *, pinned: bool) -> None:
        self._tasks.start("pin", self._historian.pin(ids, pinned=pinned), beside=True)

    def _go_to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.list.currentIndex().isValid():
            self.list.select_row_near(1)

    def _open_first(self) -> None:
        self._later.stop()
        self._tasks.start("search", self._find_and_open())

    async def _find_and_open(self) -> None:
        """Open the newest entry that fits what was typed, which may not have been looked for yet."""
        await self._search()
        if self.model.ids:
            self.opened.emit(self.model.ids[0], True)

    # -- menus

    def _offer_entries(self, ids: list[int], at: QPoint) -> None:
        lines = [self.model.known(one) for one in ids]
        pinned = all(known is not None and known.pinned for known in lines)
        choices = entry_choices(
            ids,
            pinned=pinned,
            open_entry=self.opened.emit,
            send=self.sent.emit,
            pin=self._pin,
            delete=self.delete,
            compare=self.compared.emit,
        )
        pop_up(choices, self, at)

    def _offer_more(self) -> None:
        count = len(self.model.ids)
        words = self.tr("Settings of the history")
        choices: list[Choice | None] = [("settings", words, "text2", self._settings_wanted)]
        if count:
            words = self.tr("Delete all that are listed")
            choices += [None, ("trash-2", words, "danger", partial(self.delete, self.model.ids))]
        pop_up(choices, self, self._more.mapToGlobal(QPoint(0, self._more.height() + theme.px(4))))

    async def _offer_tokens(self) -> None:
        found = {name: await self._historian.facets(name, _FACETS) for name in ("method", "host", "environment")}
        choices = token_rows(found, self._insert)
        pop_up(choices, self, self._tokens.mapToGlobal(QPoint(0, self._tokens.height() + theme.px(4))))

    def _insert(self, token: str) -> None:
        self.search(history_query.with_token(self.filter.text(), token))
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _report(self, problem: Problem) -> None:
        self._notices.show(str(problem), level="error")

    def _fit(self) -> None:
        self.facts.setFont(theme.font("code_sm"))
        self.facts.document().setDocumentMargin(theme.px(12))
        self.facts.setFixedHeight(theme.px(_FACTS_PX))
