"""Preview page: what a body is meant to be seen as: a picture, a page, a table."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from httpdesk.body.preview_kind import Kind, table_shape
from httpdesk.body.spool import Spool
from httpdesk.ui.preview_picture import PicturePage
from httpdesk.ui.preview_table import TablePage

_HEAD_BYTES = 4096


class PreviewPage(QStackedWidget):
    """One page for each kind, made when it is first needed."""

    noticed = Signal(str)
    """Something the user should know, as a sentence."""

    @cached_property
    def picture(self) -> PicturePage:
        """Pictures and drawings."""
        page = PicturePage()
        page.noticed.connect(self.noticed)
        self.addWidget(page)
        return page

    @cached_property
    def table(self) -> TablePage:
        """Rows and columns."""
        page = TablePage()
        page.noticed.connect(self.noticed)
        self.addWidget(page)
        return page

    def show_body(self, spool: Spool, kind: Kind, language: str, media_type: str, encoding: str) -> None:
        """Show a body, which may still grow."""
        self.clear()
        if kind in ("picture", "drawing"):
            self.picture.show_body(spool, is_svg=kind == "drawing")
            self.setCurrentWidget(self.picture)
        elif kind == "table":
            shape = table_shape(language, media_type, spool.read(0, _HEAD_BYTES), encoding)
            if shape is not None:
                self.table.show_body(spool, shape, encoding)
            self.setCurrentWidget(self.table)

    def clear(self) -> None:
        """Show nothing, end the work and let go of the body."""
        made = self.__dict__
        if "picture" in made:
            self.picture.clear()
        if "table" in made:
            self.table.clear()

    def open_find(self) -> None:
        """Find in what is shown, where that can be."""
        if "table" in self.__dict__ and self.currentWidget() is self.table:
            self.table.open_find()
