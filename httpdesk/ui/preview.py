"""Preview page: what a body is meant to be seen as: a picture, a page, a table."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from httpdesk.body.preview_kind import Kind
from httpdesk.body.spool import Spool
from httpdesk.ui.preview_picture import PicturePage


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

    def show_body(self, spool: Spool, kind: Kind) -> None:
        """Show a body, which may still grow."""
        self.clear()
        if kind in ("picture", "drawing"):
            self.picture.show_body(spool, is_svg=kind == "drawing")
            self.setCurrentWidget(self.picture)

    def clear(self) -> None:
        """Show nothing, end the work and let go of the body."""
        if "picture" in self.__dict__:
            self.picture.clear()

    def open_find(self) -> None:
        """Nothing can be found in a picture."""
