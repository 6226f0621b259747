"""The collection tree: opens, renames in place, and asks for all else by signals."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from httpdesk.core.collection import Folder
from httpdesk.core.marks import Mark
from httpdesk.ui.menus import menu
from httpdesk.ui.side_tree_delegate import SideTreeDelegate
from httpdesk.ui.side_tree_model import Node, SideTreeModel
from httpdesk.ui.theme import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEY = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier

MenuRow = tuple[str, str, str, Callable[[], object]] | tuple[str, str, str, Callable[[], object], str] | None


class SideTree(QTreeView):
    """Collections, folders and requests of the workspace; paths are as in core.collection."""

    opened = Signal(str, bool)
    """A request to show; False: by a single click, so that a preview will do."""
    rename = Signal(str, str)
    delete = Signal(str)
    duplicate = Signal(str)
    new_request = Signal(str)
    new_folder = Signal(str)
    new_collection = Signal()
    open_folder = Signal()
    relocate = Signal(str, str, object)
    """Path, folder, and the member to stand before (None: at the end)."""
    show_file = Signal(str)
    show_changes = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tree_model = SideTreeModel(self)
        self._tree_model.renamed.connect(self.rename)
        self._tree_model.moved.connect(self.relocate)
        self._open: set[str] = set()
        self._selected_before = self._gone = ""
        self._second_click = False
        self._waiting: tuple[Folder, ...] | None = None
        self.setModel(self._tree_model)
        delegate = SideTreeDelegate(self)
        self.setItemDelegate(delegate)
        delegate.closeEditor.connect(self._name_typed)
        self.setAccessibleName(self.tr("Collections"))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(600)
        self.expanded.connect(lambda index: self._remember(index, is_open=True))
        self.collapsed.connect(lambda index: self._remember(index, is_open=False))
        self.clicked.connect(self._click)
        theme.bind(self, self.scheduleDelayedItemsLayout)

    # -- contents

    def set_tree(self, tree: Sequence[Folder]) -> None:
        """Show this tree; what was open stays open, what was selected stays selected, or else the row beside it.

        While a name is being typed in its place, the tree waits: the field would go with what was typed.
        """
        if self.state() == QAbstractItemView.State.EditingState:
            self._waiting = tuple(tree)
            return
        self._waiting = None
        selected, top = self.selected(), self.verticalScrollBar().value()
        beside, self._gone = self._beside(), ""
        first = not self._tree_model.rowCount()
        if not self._tree_model.set_tree(tree):
            return
        if selected and not self._tree_model.find(selected):
            self._gone, selected = selected, beside
        if first and len(tree) == 1 and not self._open:
            self._open.add(tree[0].path)
        self._restore(selected, top)

    def _name_typed(self) -> None:
        if self._waiting is not None:
            self.set_tree(self._waiting)

    def follow(self, old: str, new: str) -> None:
        """A request or folder of the tree that is shown has a new path: it stays selected and open."""
        self._open = {_moved(path, old, new) for path in self._open}
        followed = _moved(self._gone, old, new)
        self._restore(followed if followed != self._gone else self.selected(), self.verticalScrollBar().value())

    def set_filter(self, text: str) -> None:
        """Show only what fits the words of a text, with all folders open; "" shows everything as it was."""
        if not self._tree_model.is_filtered:
            self._selected_before = self.selected()
        selected = self.selected() or self._selected_before
        self._tree_model.set_filter(text)
        if self._tree_model.is_filtered:
            self.expandAll()
            self._set_current(selected)
        else:
            self._restore(selected, None)

    def set_dirty(self, paths: Iterable[str]) -> None:
        """Mark the requests with unsaved changes."""
        self._tree_model.set_dirty(frozenset(paths))

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Mark the requests that differ from the last commit."""
        self._tree_model.set_marks(marks)

    def expanded_paths(self) -> list[str]:
        """The folders that are open, for the session."""
        return sorted(self._open)

    def set_expanded(self, paths: Iterable[str]) -> None:
        """Open these folders and no others; those that come later open when they appear."""
        self._open = set(paths)
        if not self._tree_model.is_filtered:
            self.collapseAll()
            self._open = set(paths)
            self._restore(self.selected(), None)

    def is_empty(self) -> bool:
        """Whether nothing is shown, because there is nothing or nothing fits the filter."""
        return self._tree_model.rowCount() == 0

    # -- selection

    def selected(self) -> str:
        """The path of the current row, or ""."""
        node = self._tree_model.node(self.currentIndex())
        return node.path if node else ""

    def select(self, path: str) -> None:
        """Make a row the current one and bring it into view; its folders open. An unknown path selects nothing."""
        node = self._tree_model.find(path)
        above = node.parent if node else None
        while above:
            self.setExpanded(self._tree_model.index_of(above.path), True)
            above = above.parent
        self._set_current(path)

    def edit_name(self, path: str) -> None:
        """Start to rename a row in place."""
        self.select(path)
        if self.currentIndex().isValid():
            self.setFocus()
            self.edit(self.currentIndex())

    def folder_for_new(self) -> str:
        """Where something new belongs: the current folder, or the one around the current request, or ""."""
        node = self._tree_model.node(self.currentIndex())
        if node and node.is_request:
            node = node.parent
        return node.path if node else ""

    def open_first(self) -> None:
        """Open the first request that the filter leaves."""
        for node in self._tree_model.shown_requests():
            self.select(node.path)
            self.opened.emit(node.path, True)
            return

    def _beside(self) -> str:
        """The row that is selected when the current one goes: the one below, or at the end the one above."""
        index = self.currentIndex()
        below, above = (self._tree_model.node(row) for row in (self.indexBelow(index), self.indexAbove(index)))
        here = self._tree_model.node(index)
        siblings = here is not None and below is not None and below.parent is here.parent
        node = below if siblings or above is None else above
        return node.path if node else ""

    def _set_current(self, path: str) -> None:
        index = self._tree_model.index_of(path)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def _restore(self, selected: str, top: int | None) -> None:
        for path in list(self._open):
            index = self._tree_model.index_of(path)
            if index.isValid():
                self.setExpanded(index, True)
        self._set_current(selected)
        if top is not None:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(top)

    def _remember(self, index: QModelIndex, *, is_open: bool) -> None:
        node = self._tree_model.node(index)
        if node and not self._tree_model.is_filtered:
            (self._open.add if is_open else self._open.discard)(node.path)

    # -- mouse

    def _click(self, index: QModelIndex) -> None:
        if self._second_click:
            self._second_click = False
            return
        node = self._tree_model.node(index)
        if node and node.is_request:
            self.opened.emit(node.path, False)
        elif node:
            self.setExpanded(index, not self.isExpanded(index))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard needs a row to stand on."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the three dots at the end of a row opens its menu."""
        index = self.indexAt(event.position().toPoint())
        at_dots = event.position().x() > self.viewport().width() - theme.px(36)
        if index.isValid() and at_dots and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self._offer(event.globalPosition().toPoint())
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks open a request to stay."""
        super().mouseDoubleClickEvent(event)
        self._second_click = True
        node = self._tree_model.node(self.indexAt(event.position().toPoint()))
        if node and node.is_request and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(node.path, True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the row under the mouse, or with the current one."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            below = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(theme.px(40), 0)
            self._offer(self.viewport().mapToGlobal(below))
        else:
            self.setCurrentIndex(self.indexAt(event.pos()))
            self._offer(event.globalPos())

    def drawBranches(self, painter: QPainter, rect: QRect, index: object) -> None:
        """The delegate draws chevrons and guides."""

    # -- keyboard

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key that is a shortcut of the window means something else here."""
        return self._act_for(event) is not None

    def event(self, event: QEvent) -> bool:
        """Take our keys before a shortcut of the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 renames, Del deletes, Ctrl+D duplicates; arrows and letters move."""
        if act := self._act_for(event):
            act()
        else:
            super().keyPressEvent(event)

    def _act_for(self, event: QKeyEvent) -> Callable[[], object] | None:
        node = self._tree_model.node(self.currentIndex())
        if node is None or self.state() == QAbstractItemView.State.EditingState:
            return None
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _ENTER:
            return lambda: self._enter(node)
        if plain and key == _KEY.Key_F2:
            return lambda: self.edit(self.currentIndex())
        if plain and key in (_KEY.Key_Delete, _KEY.Key_Backspace):
            return lambda: self.delete.emit(node.path)
        if event.modifiers() == _CTRL and key == _KEY.Key_D and node.is_request:
            return lambda: self.duplicate.emit(node.path)
        return None

    def _enter(self, node: Node) -> None:
        if node.is_request:
            self.opened.emit(node.path, True)
        else:
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))

    # -- menu

    def _offer(self, at: QPoint) -> None:
        node = self._tree_model.node(self.currentIndex())
        rows = self._menu_of(node) if node else self._menu_of_nothing()
        popup = menu([row and (*row[:3], *row[4:]) for row in rows], self)
        actions = [action for action in popup.actions() if not action.isSeparator()]
        for action, row in zip(actions, [row for row in rows if row], strict=True):
            action.triggered.connect(lambda _=False, run=row[3]: run())
        popup.popup(at)

    def _menu_of_nothing(self) -> list[MenuRow]:
        return [
            ("folder-plus", self.tr("New collection"), "", self.new_collection.emit),
            ("folder-open", self.tr("Open a folder…"), "", self.open_folder.emit),
        ]

    def _menu_of(self, node: Node) -> list[MenuRow]:
        path, index = node.path, self.currentIndex()
        change: list[MenuRow] = [
            ("pencil", self.tr("Rename"), "F2", lambda: self.edit(index)),
        ]
        if node.is_request:
            top: list[MenuRow] = [
                ("arrow-right", self.tr("Open"), "", lambda: self.opened.emit(path, False)),
                ("arrow-up-right", self.tr("Open in a new tab"), "Return", lambda: self.opened.emit(path, True)),
            ]
            change.append(("copy", self.tr("Duplicate"), "Ctrl+D", lambda: self.duplicate.emit(path)))
        else:
            top = []
        folder = node.parent.path if node.is_request and node.parent else path
        new: list[MenuRow] = [
            ("file-plus", self.tr("New request"), "", lambda: self.new_request.emit(folder)),
            ("folder-plus", self.tr("New folder"), "", lambda: self.new_folder.emit(folder)),
        ]
        end: list[MenuRow] = [
            ("external-link", self.tr("Show the file"), "", lambda: self.show_file.emit(path)),
            None,
            ("trash-2", self.tr("Delete"), "Del", lambda: self.delete.emit(path), "danger"),
        ]
        if path in self._tree_model.marks:
            end.insert(0, ("git-branch", self.tr("Show changes"), "", lambda: self.show_changes.emit(path)))
        groups = [group for group in (top, change, new, end) if group]
        return [row for group in groups for row in (None, *group)][1:]


def _moved(path: str, old: str, new: str) -> str:
    return new + path[len(old) :] if path == old or path.startswith(old + "/") else path
