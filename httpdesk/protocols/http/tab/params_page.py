"""Params page: query and path parameters as tables, and the URL that they make."""

from collections.abc import Callable

import msgspec
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from httpdesk.core.edits import with_query
from httpdesk.core.environment import Scope
from httpdesk.core.preview import Preview
from httpdesk.core.request import HttpRequest
from httpdesk.protocols.http.tab.page import Page
from httpdesk.protocols.http.tab.send_preview import SendPreview
from httpdesk.ui.kv_panel import KvPanel
from httpdesk.ui.scrolled import scrolled
from httpdesk.ui.theme import theme

_PREVIEW_FROM_PX = 240


class ParamsPage(Page):
    """Two tables in step with the URL field."""

    def __init__(self, scope: Callable[[], Scope], run_action: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        tables = QWidget()
        area = scrolled(tables, self)
        self.query = KvPanel(self.tr("Query"), self.tr("Query parameters"), scope, parent=tables)
        self.path = KvPanel(
            self.tr("Path"),
            self.tr("Path parameters"),
            scope,
            name_head=self.tr("Name"),
            fixed_names=True,
            parent=tables,
        )
        self.query.edited.connect(self.edited)
        self.path.edited.connect(self.edited)
        self.preview = SendPreview()
        self.preview.whole.clicked.connect(lambda: run_action("preview_request"))
        inner = QVBoxLayout(tables)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.query)
        inner.addWidget(self.path)
        inner.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(area, 1)
        lay.addWidget(self.preview)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low page is for the tables: the URL would leave them no row."""
        super().resizeEvent(event)
        self.preview.setVisible(self.height() >= theme.px(_PREVIEW_FROM_PX))

    def show_request(self, request: HttpRequest) -> None:
        """Fill both tables."""
        self.query.set_rows(request.query)
        self.path.set_rows(request.path)
        self.path.setVisible(bool(request.path))

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with the tables' rows; the URL follows the query rows."""
        if self.query.rows() != request.query:
            request = with_query(request, self.query.rows())
        return msgspec.structs.replace(request, path=self.path.rows() if request.path else ())

    def show_preview(self, preview: Preview, scope: Scope) -> None:
        """Show the URL."""
        del scope
        self.preview.show_preview(preview)
