"""Headers page: the headers of the user, and below them what Auth, folders and httpdesk itself add."""

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from httpdesk.core.environment import Scope
from httpdesk.core.header_names import REQUEST_HEADERS, usual_values
from httpdesk.core.prepare import header_name_fault
from httpdesk.core.preview import Preview
from httpdesk.core.redact import MASK
from httpdesk.core.request import HttpRequest
from httpdesk.core.rows import Row, enabled
from httpdesk.core.wire import Source, WireHeader
from httpdesk.protocols.http.tab.page import Page
from httpdesk.ui.kv_panel import KvPanel
from httpdesk.ui.scrolled import scrolled

_NAME_COLUMN = 1


class HeadersPage(Page):
    """Own headers with completion and faults; automatic ones can be switched off."""

    def __init__(self, scope: Callable[[], Scope], parent: QWidget) -> None:
        super().__init__(parent)
        tables = QWidget()
        area = scrolled(tables, self)
        self.own = KvPanel(
            self.tr("Headers"),
            self.tr("Headers"),
            scope,
            name_head=self.tr("Name"),
            ghost=self.tr("Add header"),
            parent=tables,
        )
        self.own.set_completions(self._completions)
        self.own.set_fault(header_name_fault)
        self.own.edited.connect(self.edited)
        self.added = KvPanel(
            self.tr("Added automatically"),
            self.tr("Automatic headers"),
            scope,
            name_head=self.tr("Name"),
            locked=True,
            parent=tables,
        )
        self.added.edited.connect(self.edited)
        self.added.hide()
        self._suppressed: tuple[str, ...] = ()
        inner = QVBoxLayout(tables)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.own)
        inner.addWidget(self.added)
        inner.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(area)

    def show_request(self, request: HttpRequest) -> None:
        """Fill the own headers; the others come with the preview."""
        self.own.set_rows(request.headers)
        self._suppressed = request.suppressed

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with its headers and with what was switched off."""
        rows = self.added.rows()
        shown = {row.name.lower() for row in rows}
        off = tuple(row.name for row in rows if not row.enabled)
        kept = tuple(name for name in request.suppressed if name.lower() not in shown)
        self._suppressed = (*kept, *off)
        return msgspec.structs.replace(request, headers=self.own.rows(), suppressed=self._suppressed)

    def show_preview(self, preview: Preview, scope: Scope) -> None:
        """Show what others add: from Auth, from folders, automatic, and what is switched off."""
        del scope
        if not preview.headers:
            return
        rows = [self._row(header) for header in preview.headers if header.source != Source.TYPED]
        names = {row.name.lower() for row in rows}
        own = {row.name.lower() for row in enabled(self.own.rows())}
        rows += [
            Row(name=name, enabled=False, description=self.tr("Switched off"))
            for name in self._suppressed
            if name.lower() not in names | own
        ]
        fixed = {header.name for header in preview.headers if header.fixed}
        fixed |= {header.name for header in preview.headers if header.source in (Source.AUTH, Source.INHERITED)}
        self.added.set_rows(tuple(rows), fixed=frozenset(fixed))
        self.added.setVisible(bool(rows))

    def _row(self, header: WireHeader) -> Row:
        words = {
            Source.AUTH: self.tr("From Auth"),
            Source.INHERITED: self.tr("From the folder"),
            Source.AUTOMATIC: "",
            Source.JAR: self.tr("From the cookie jar"),
        }
        value = header.value
        if header.source == Source.AUTH:
            scheme, rest, _ = value.partition(" ")
            value = f"{scheme} {MASK}" if rest and header.name == "Authorization" else MASK
        if header.name == "Content-Length" and not value:
            value = self.tr("counted when sent")
        return Row(name=header.name, value=value, description=words.get(header.source, ""))

    @staticmethod
    def _completions(column: int, row: Row) -> list[str]:
        return list(REQUEST_HEADERS) if column == _NAME_COLUMN else list(usual_values(row.name))
