"""Request pane: the pages Params, Headers, Auth, Body, Settings and Docs behind quiet tabs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core.environment import Scope
from httpdesk.core.preview import Preview
from httpdesk.core.request import HttpRequest
from httpdesk.protocols.http.tab.page import Page, spaced
from httpdesk.protocols.http.tab.pages import PAGES, Needs
from httpdesk.ui.pane_tabs import PaneTabs
from httpdesk.ui.services import Services
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import line

if TYPE_CHECKING:
    from httpdesk.protocols.http.tab.body_page import BodyPage

_NAMES = tuple(kind.name for kind in PAGES)


class RequestPane(QFrame):
    """Shows a request on its pages and puts their edits together; a page is made when it is first shown."""

    edited = Signal()

    def __init__(self, services: Services, tasks: Tasks, scope: Callable[[], Scope], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "canvas")
        self._stack = QStackedWidget(self)
        self._needs = Needs(services, tasks, scope, self._stack)
        self._request = HttpRequest()
        self._preview: tuple[Preview, Scope] | None = None
        self._made: dict[str, Page] = {}
        self._editing: Page | None = None
        self.tabs = PaneTabs([(QCoreApplication.translate("pages", kind.title), "") for kind in PAGES])
        self.tabs.setAccessibleName(self.tr("Request pages"))
        head = QWidget(self)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(head)
        lay.addWidget(line())
        lay.addWidget(self._stack, 1)
        theme.bind(head, lambda: head.setFixedHeight(theme.size("pane_tabs") - 1))
        row = QHBoxLayout(head)
        row.addWidget(self.tabs, 1)
        spaced(head, row, (8, 0, 12, 0))
        self.tabs.currentChanged.connect(self._show)
        self._show(0)

    def page(self, name: str) -> Page:
        """A page by its name: params, headers, auth, body, settings, docs."""
        page = self._made.get(name)
        if page is None:
            page = self._made[name] = PAGES[_NAMES.index(name)].make(self._needs)
            page.edited.connect(partial(self._edited, page))
            self._stack.addWidget(page)
            page.show_request(self._request)
            if self._preview is not None:
                page.show_preview(*self._preview)
        return page

    def _show(self, index: int) -> None:
        if 0 <= index < len(_NAMES):
            self._stack.setCurrentWidget(self.page(_NAMES[index]))

    def _edited(self, page: Page) -> None:
        self._editing = page
        self.edited.emit()

    def show_request(self, request: HttpRequest) -> None:
        """Fill every page."""
        self._request = request
        for page in self._made.values():
            page.show_request(request)

    def show_tables(self, request: HttpRequest) -> None:
        """The URL was edited: fill only what follows from it."""
        self._request = request
        if params := self._made.get("params"):
            params.show_request(request)

    def show_notes(self, request: HttpRequest) -> None:
        """Counts and dots on the tabs, for the request as it now stands."""
        self._request = request
        for index, kind in enumerate(PAGES):
            self.tabs.set_note(index, kind.note(request))

    def show_preview(self, preview: Preview, scope: Scope) -> None:
        """What would be sent, on the pages that show it."""
        self._preview = (preview, scope)
        for page in self._made.values():
            page.show_preview(preview, scope)

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with the edits of the page that was edited last."""
        return self._editing.applied(request) if self._editing is not None else request

    def select(self, index: int) -> None:
        """Show a page by its place, from 0, and put the focus on its tab."""
        if 0 <= index < self.tabs.count():
            self.tabs.setCurrentIndex(index)
            self.tabs.setFocus()

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        self.select(_NAMES.index(name))

    @property
    def body(self) -> BodyPage:
        """The body page."""
        from httpdesk.protocols.http.tab.body_page import BodyPage

        page = self.page("body")
        assert isinstance(page, BodyPage)  # noqa: S101 - for the type checker
        return page

    def has_body_focus(self) -> bool:
        """Whether the user types in the body."""
        focused = QApplication.focusWidget()
        return focused is not None and "body" in self._made and self.body.editor.isAncestorOf(focused)

    def open_find(self) -> None:
        """Find in the body."""
        self.body.open_find()

    def format_body(self) -> None:
        """Lay out the body anew, without touching its tokens."""
        # The caret stays where it is: someone who is typing there goes on.
        self.tabs.setCurrentIndex(_NAMES.index("body"))
        self.body.format_text()
