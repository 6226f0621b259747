"""Cookies: a card with what the jar holds, a filter, and the ways to take something out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from httpdesk.core.cookies import StoredCookie
from httpdesk.ui.cookies_model import CookiesModel
from httpdesk.ui.cookies_table import CookiesTable
from httpdesk.ui.notices import Notices
from httpdesk.ui.overlay import Overlay
from httpdesk.ui.search_edit import SearchEdit
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, icon_label, label, line, row

_WIDTH_PX, _HEIGHT_PX, _FILTER_PX = 960, 560, 220


class CookieJar(Protocol):
    """What the dialog needs of the jar."""

    def rows(self) -> list[StoredCookie]:
        """What is kept now."""

    def remove(self, cookies: Iterable[StoredCookie]) -> None:
        """Forget some."""

    def remember(self, url: str, set_cookies: Iterable[str]) -> None:
        """Take the Set-Cookie headers of an answer from this URL."""


class CookiesDialog(Overlay):
    """Made once and opened many times; `jar` gives None before the network part is there."""

    def __init__(self, over: QWidget, jar: Callable[[], CookieJar | None], notices: Notices) -> None:
        super().__init__(over, self.tr("Cookies"), _WIDTH_PX, _HEIGHT_PX)
        self._jar, self._notices = jar, notices
        self._model = CookiesModel()
        self.filter = SearchEdit(self.tr("Filter"))
        self.filter.textChanged.connect(self._sift)
        self.table = CookiesTable(self._model)
        self.table.delete_pressed.connect(self._delete)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._say())
        self.filter.go_down.connect(self._into_table)
        self.delete_button = button(self.tr("Delete"), icon="trash-2")
        self.delete_button.clicked.connect(self._delete)
        self.clear_button = button(self.tr("Clear all"))
        self.clear_button.clicked.connect(self._clear)
        self._count = label("", "small", "text2")
        self._lay_out()

    def _lay_out(self) -> None:
        done = button(self.tr("Done"), "primary")
        done.clicked.connect(self.shut)
        head = row(
            label(self.tr("Cookies"), "title"), self._count, None, (self.filter, 0), spacing=8, margins=(24, 16, 24, 8)
        )
        self._nothing = label("", "body", "text2")
        empty = row(None, icon_label("cookie", "text3", 20), self._nothing, None, spacing=8)
        self._stack = QStackedWidget()
        self._stack.addWidget(row((self.table, 1), margins=(16, 0, 16, 0)))
        self._stack.addWidget(empty)
        hint = label(self.tr("Kept until httpdesk ends."), "small", "text2", wrap=True)
        foot = row((hint, 1), self.delete_button, self.clear_button, done, spacing=8, margins=(24, 0, 24, 0), height=56)
        for part, stretch in ((head, 0), (self._stack, 1), (line(), 0), (foot, 0)):
            self.body.addWidget(part, stretch)
        theme.bind(self.filter, lambda: self.filter.setFixedWidth(theme.px(_FILTER_PX)))

    def open_list(self) -> None:
        """Read the jar and show what is in it."""
        self.filter.clear()
        self.refresh()
        self.open(self.filter)

    def refresh(self) -> None:
        """Read the jar again, as when an answer has set cookies."""
        jar = self._jar()
        self._model.set_cookies(jar.rows() if jar else [])
        self._say()

    def _sift(self, query: str) -> None:
        self._model.filter(query)
        self._say()

    def _say(self) -> None:
        any_cookies, shown = self._model.count > 0, self._model.rowCount() > 0
        self._count.setText(str(self._model.count) if any_cookies else "")
        self._nothing.setText(
            self.tr("Nothing fits.")
            if any_cookies
            else self.tr("No cookies yet. Answers that set some fill this list.")
        )
        self._stack.setCurrentIndex(0 if shown else 1)
        self.clear_button.setEnabled(any_cookies)
        self.delete_button.setEnabled(bool(self.table.chosen()))

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if self._model.rowCount() and not self.table.chosen():
            self.table.selectRow(0)

    def _delete(self) -> None:
        at = self.table.currentIndex().row()
        if chosen := self.table.chosen():
            one = self.tr("{name} was deleted.").format(name=chosen[0].name)
            some = self.tr("{count} cookies were deleted.").format(count=len(chosen))
            self._take_out(chosen, one if len(chosen) == 1 else some)
            self.table.selectRow(min(at, self._model.rowCount() - 1))

    def _clear(self) -> None:
        jar = self._jar()
        if jar and (rows := jar.rows()):
            self._take_out(rows, self.tr("All cookies were deleted."))

    def _take_out(self, cookies: Sequence[StoredCookie], words: str) -> None:
        jar = self._jar()
        if jar is None:
            return
        jar.remove(cookies)
        self.refresh()
        self._notices.show(words, self.tr("Undo"), lambda: self._put_back(jar, cookies))

    def _put_back(self, jar: CookieJar, cookies: Sequence[StoredCookie]) -> None:
        for cookie in cookies:
            jar.remember(cookie.url, [cookie.header])
        self.refresh()
