"""Request pane: the pages Params, Headers, Auth, Body, Settings and Docs behind quiet tabs."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core.environment import Scope
from httpdesk.core.preview import Preview
from httpdesk.core.request import HttpRequest
from httpdesk.protocols.http.tab.auth_page import AuthPage
from httpdesk.protocols.http.tab.body_page import BodyPage
from httpdesk.protocols.http.tab.docs_page import DocsPage
from httpdesk.protocols.http.tab.headers_page import HeadersPage
from httpdesk.protocols.http.tab.page import Page, spaced
from httpdesk.protocols.http.tab.params_page import ParamsPage
from httpdesk.protocols.http.tab.settings_page import SettingsPage
from httpdesk.ui.pane_tabs import PaneTabs
from httpdesk.ui.services import Services
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import line


class RequestPane(QFrame):
    """Shows a request on its pages and puts their edits together."""

    edited = Signal()

    def __init__(self, services: Services, tasks: Tasks, scope: Callable[[], Scope]) -> None:
        super().__init__()
        self.setProperty("surface", "canvas")
        self.params = ParamsPage(scope)
        self.headers = HeadersPage(scope)
        self.auth = AuthPage()
        self.body = BodyPage(services, tasks, scope)
        self.settings = SettingsPage(services.settings, tasks)
        self.docs = DocsPage()
        self._pages: dict[str, Page] = {
            "params": self.params,
            "headers": self.headers,
            "auth": self.auth,
            "body": self.body,
            "settings": self.settings,
            "docs": self.docs,
        }
        self.tabs = PaneTabs([(page.title, "") for page in self._pages.values()])
        self.tabs.setAccessibleName(self.tr("Request pages"))
        self._stack = QStackedWidget()
        for page in self._pages.values():
            page.edited.connect(self.edited)
            self._stack.addWidget(page)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        head = QWidget()
        theme.bind(head, lambda: head.setFixedHeight(theme.size("pane_tabs") - 1))
        row = QHBoxLayout(head)
        row.addWidget(self.tabs, 1)
        spaced(head, row, (8, 0, 12, 0))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(head)
        lay.addWidget(line())
        lay.addWidget(self._stack, 1)

    def show_request(self, request: HttpRequest) -> None:
        """Fill every page."""
        for page in self._pages.values():
            page.show_request(request)

    def show_tables(self, request: HttpRequest) -> None:
        """The URL was edited: fill only what follows from it."""
        self.params.show_request(request)

    def show_notes(self, request: HttpRequest) -> None:
        """Counts and dots on the tabs."""
        for index, page in enumerate(self._pages.values()):
            self.tabs.set_note(index, page.note(request))

    def show_preview(self, preview: Preview, scope: Scope) -> None:
        """What would be sent, on the pages that show it."""
        for page in self._pages.values():
            page.show_preview(preview, scope)

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with the edits of the page that the user sees."""
        page = self._stack.currentWidget()
        return page.applied(request) if isinstance(page, Page) else request

    def select(self, index: int) -> None:
        """Show a page by its place, from 0, and put the focus on its tab."""
        if 0 <= index < self.tabs.count():
            self.tabs.setCurrentIndex(index)
            self.tabs.setFocus()

    def show_page(self, name: str) -> None:
        """Show a page by its name: params, headers, auth, body, settings, docs."""
        self.select(list(self._pages).index(name))

    def has_body_focus(self) -> bool:
        """Whether the user types in the body."""
        focused = QApplication.focusWidget()
        return focused is not None and self.body.editor.isAncestorOf(focused)

    def open_find(self) -> None:
        """Find in the body."""
        self.body.open_find()

    def format_body(self) -> None:
        """Lay out the body anew, without touching its tokens."""
        self.show_page("body")
        self.body.format_text()
