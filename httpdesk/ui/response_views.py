"""Body views: the widgets that a body is seen in, each made when it is first wanted."""

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from httpdesk.ui.code_view import CodeView
from httpdesk.ui.derived_body import Form
from httpdesk.ui.hex_view import HexView
from httpdesk.ui.preview import PreviewPage
from httpdesk.ui.states import center_state
from httpdesk.ui.tree_view import TreeView


class BodyViews(QStackedWidget):
    """Text, bytes, tree and preview on top of each other; a page opens at once with the text alone."""

    noticed = Signal(str)
    """Something the user should know, as a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = CodeView(self)
        self.code.setAccessibleName(self.tr("Response body"))
        self.code.noticed.connect(self.noticed)
        self.addWidget(self.code)

    @cached_property
    def hex(self) -> HexView:
        """The body as bytes."""
        page = HexView()
        page.noticed.connect(self.noticed)
        self.addWidget(page)
        return page

    @cached_property
    def tree(self) -> TreeView:
        """The body as a tree."""
        page = TreeView()
        page.noticed.connect(self.noticed)
        self.addWidget(page)
        return page

    @cached_property
    def preview(self) -> PreviewPage:
        """The body as what it is meant to be."""
        page = PreviewPage()
        self.addWidget(page)
        return page

    @cached_property
    def no_body(self) -> QWidget:
        """What is there where a body is empty."""
        page = center_state("circle", self.tr("No body"), self.tr("The answer has headers only."))
        self.addWidget(page)
        return page

    def of(self, form: Form) -> CodeView | HexView | PreviewPage | TreeView:
        """The view for a form of the body."""
        if form == "tree":
            return self.tree
        return self.hex if form == "hex" else self.preview if form == "preview" else self.code

    @property
    def hold_keys(self) -> bool:
        """Whether a view, or a bar over it, has the keyboard."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def put_in_front(self, view: QWidget, *, with_keys: bool) -> None:
        """Show a view; with the keyboard where another one had it, or that would go to some button far away."""
        self.setCurrentWidget(view)
        if with_keys:
            inner = view.currentWidget() if isinstance(view, PreviewPage) else view
            (inner or view).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_paused(self, paused: bool) -> None:
        """Keep what is seen as it is while more arrives."""
        self.code.set_paused(paused)
        if "hex" in self.__dict__:
            self.hex.set_paused(paused)

    def clear(self, but: QWidget | None = None) -> None:
        """Have the views let go of the body, but for the one in front."""
        if but is not self.code:
            self.code.clear()
        made = self.__dict__
        if "hex" in made and but is not self.hex:
            self.hex.clear()
        if "tree" in made and but is not self.tree:
            self.tree.clear()
        if "preview" in made and but is not self.preview:
            self.preview.clear()
