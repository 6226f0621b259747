"""Sidebar: the workspace's name, the filter and the collection tree."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from httpdesk.core.collection import Folder
from httpdesk.ui.actions import tip
from httpdesk.ui.menus import menu
from httpdesk.ui.search_edit import SearchEdit
from httpdesk.ui.side_tree import SideTree
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, icon_button, icon_label, label

_FEW = 2
Choice = tuple[str, str, Callable[[], object]]


class Sidebar(QFrame):
    """What the workspace holds; it asks for every change by a signal (those of the tree are on `tree` too)."""

    opened = Signal(str, bool)
    rename = Signal(str, str)
    delete = Signal(str)
    duplicate = Signal(str)
    new_request = Signal(str)
    """The folder that it is meant for; "" when none is selected."""
    new_folder = Signal(str)
    new_collection = Signal()
    relocate = Signal(str, str, object)
    show_file = Signal(str)
    open_folder = Signal()
    open_recent = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sidebar")
        self.setAccessibleName(self.tr("Sidebar"))
        self._recent: tuple[tuple[str, str], ...] = ()
        self._collections = 0
        self.tree = SideTree()
        self.filter = SearchEdit(self.tr("Filter"))
        self.filter.setToolTip(tip("filter_tree"))
        self.filter.textChanged.connect(self._sift)
        self.filter.go_down.connect(self._go_to_tree)
        self.filter.go.connect(self.tree.open_first)
        self._no_match = label(self.tr("Nothing fits the filter."), "small", "text2")
        self._no_match.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._empty = self._empty_state()
        self._lay_out()
        self.setFocusProxy(self.tree)
        for name in (
            "opened", "rename", "delete", "duplicate", "new_request", "new_folder", "new_collection", "relocate",
            "show_file", "open_folder",
        ):  # fmt: skip
            getattr(self.tree, name).connect(getattr(self, name))
        self._show_states()

    # -- contents

    def set_workspace(self, name: str) -> None:
        """Show the name of the open workspace."""
        self._name.setText(f"{name} ")
        self._name.setAccessibleName(self.tr("Workspace: {name}").format(name=name))

    def set_recent(self, recent: Sequence[tuple[str, str]]) -> None:
        """Offer these folders, as (path, name), in the menu of the workspace."""
        self._recent = tuple(recent)

    def set_tree(self, tree: Sequence[Folder]) -> None:
        """Show this tree; what is open and selected stays so."""
        self._collections = len(tree)
        self.tree.set_tree(tree)
        self._show_states()

    def set_dirty(self, paths: Iterable[str]) -> None:
        """Mark the requests with unsaved changes."""
        self.tree.set_dirty(paths)

    def select(self, path: str) -> None:
        """Make a request or folder the current one."""
        self.tree.select(path)

    def follow(self, old: str, new: str) -> None:
        """A request or folder has a new path: it stays selected and open."""
        self.tree.follow(old, new)

    def edit_name(self, path: str) -> None:
        """Start to rename in place, as after something new was made."""
        self.tree.edit_name(path)

    def expanded(self) -> list[str]:
        """The folders that are open, for the session."""
        return self.tree.expanded_paths()

    def set_expanded(self, paths: Iterable[str]) -> None:
        """Open these folders and no others."""
        self.tree.set_expanded(paths)

    def focus_filter(self) -> None:
        """Go to the filter field."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    # -- parts

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head, field = self._head(), QWidget()
        field_lay = QHBoxLayout(field)
        field_lay.addWidget(self.filter)
        for part in (head, field, self._no_match):
            column.addWidget(part)
        column.addWidget(self.tree, 1)
        column.addWidget(self._empty)

        def fit() -> None:
            head.setFixedHeight(theme.px(40))
            field_lay.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(8))
            column.setContentsMargins(0, 0, 0, theme.px(8))

        theme.bind(self, fit)

    def _head(self) -> QWidget:
        self._name = QToolButton()
        self._name.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._name.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the icon stands after the name
        self._name.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name.setToolTip(self.tr("Workspace"))
        self._name.clicked.connect(self._offer_workspaces)
        new = icon_button("plus", tip("new_tab"))
        new.clicked.connect(lambda: self.new_request.emit(self.tree.folder_for_new()))
        self._more = icon_button("folder-plus", self.tr("New folder or collection"))
        self._more.clicked.connect(self._offer_new)
        head = QWidget()
        lay = QHBoxLayout(head)
        lay.setSpacing(0)
        lay.addWidget(self._name)
        lay.addStretch(1)
        lay.addWidget(self._more)
        lay.addWidget(new)

        def fit() -> None:
            lay.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
            self._name.setFont(theme.font("strong"))
            self._name.setIcon(theme.icon("chevrons-up-down", "text3", 14))
            self._name.setIconSize(QSize(theme.px(14), theme.px(14)))
            self._name.setStyleSheet(f"color:{theme.hex('text')};padding:0 {theme.px(6)}px;")
            self._name.setFixedHeight(theme.px(28))

        theme.bind(head, fit)
        return head

    def _empty_state(self) -> QWidget:
        make = button(self.tr("New collection"), size="sm")
        make.clicked.connect(self.new_collection)
        state = QWidget()
        lay = QVBoxLayout(state)
        for part in (
            icon_label("folder-plus", "text3", 20),
            label(self.tr("Your collections go here"), "small", "text2"),
            make,
        ):
            lay.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)

        def fit() -> None:
            lay.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
            lay.setSpacing(theme.px(8))

        theme.bind(state, fit)
        return state

    def _show_states(self) -> None:
        self._no_match.setVisible(bool(self.filter.text().strip()) and self.tree.is_empty())
        self._empty.setVisible(self._collections < _FEW)

    # -- what the user does

    def _sift(self, text: str) -> None:
        self.tree.set_filter(text)
        self._show_states()

    def _go_to_tree(self) -> None:
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.tree.model().index(0, 0))

    def _offer_workspaces(self) -> None:
        choices: list[Choice] = [("folder-open", self.tr("Open a folder…"), self.open_folder.emit)]
        for path, name in self._recent:
            choices.append(("folder", name, partial(self.open_recent.emit, path)))
        self._drop_down(self._name, choices)

    def _offer_new(self) -> None:
        choices: list[Choice] = [("folder-plus", self.tr("New collection"), self.new_collection.emit)]
        if folder := self.tree.folder_for_new():
            choices.insert(0, ("folder", self.tr("New folder"), partial(self.new_folder.emit, folder)))
        self._drop_down(self._more, choices)

    def _drop_down(self, opener: QWidget, choices: Sequence[Choice]) -> None:
        popup = menu([(icon, words, "") for icon, words, _ in choices], self)
        for action, (_, _, act) in zip(popup.actions(), choices, strict=True):
            action.triggered.connect(lambda _=False, act=act: act())
        popup.popup(opener.mapToGlobal(QPoint(0, opener.height() + theme.px(4))))
