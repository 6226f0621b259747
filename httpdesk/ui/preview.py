"""Preview page: what a body is meant to be seen as: a picture, a page, a table."""

from functools import cached_property
from typing import NamedTuple

from PySide6.QtWidgets import QStackedWidget

from httpdesk.body.preview_kind import Kind, table_shape
from httpdesk.body.spool import Spool
from httpdesk.ui.preview_html import HtmlPage
from httpdesk.ui.preview_picture import PicturePage
from httpdesk.ui.preview_table import TablePage

_HEAD_BYTES = 4096


class Source(NamedTuple):
    """What is known about a body: how it is to be seen, its language, type and charset, and where it came from."""

    kind: Kind
    language: str
    media_type: str
    encoding: str
    address: str


class PreviewPage(QStackedWidget):
    """One page for each kind, made when it is first needed."""

    @cached_property
    def picture(self) -> PicturePage:
        """Pictures and drawings."""
        page = PicturePage()
        self.addWidget(page)
        return page

    @cached_property
    def table(self) -> TablePage:
        """Rows and columns."""
        page = TablePage()
        self.addWidget(page)
        return page

    @cached_property
    def page(self) -> HtmlPage:
        """HTML as text."""
        page = HtmlPage()
        self.addWidget(page)
        return page

    def show_body(self, spool: Spool, source: Source) -> None:
        """Show a body, which may still grow."""
        self.clear()
        kind = source.kind
        if kind in ("picture", "drawing"):
            self.picture.show_body(spool, is_svg=kind == "drawing")
            self.setCurrentWidget(self.picture)
        elif kind == "table":
            head = spool.read(0, _HEAD_BYTES)
            shape = table_shape(source.language, source.media_type, head, source.encoding)
            if shape is not None:
                self.table.show_body(spool, shape, source.encoding)
            self.setCurrentWidget(self.table)
        elif kind == "page":
            self.page.show_body(spool, source.encoding, source.address)
            self.setCurrentWidget(self.page)

    def clear(self) -> None:
        """Show nothing, end the work and let go of the body."""
        made = self.__dict__
        if "picture" in made:
            self.picture.clear()
        if "table" in made:
            self.table.clear()
        if "page" in made:
            self.page.clear()
