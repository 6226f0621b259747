"""The collection tree as Qt sees it: nodes over the nouns of core.collection, filtered without a proxy."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from httpdesk.core.collection import Entry, Folder
from httpdesk.core.marks import Mark
from httpdesk.ui.tips import as_tip

MIME = "application/x-httpdesk-path"
_KIND_LABELS = {"websocket": "WS", "sse": "SSE"}
# Made once: Python's flag enums are slow to combine, and Qt asks for every row.
_ROW = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
)
_REQUEST_FLAGS = _ROW | Qt.ItemFlag.ItemNeverHasChildren
_FOLDER_FLAGS = _ROW | Qt.ItemFlag.ItemIsDropEnabled

Index = QModelIndex | QPersistentModelIndex


class Node:
    """One row: a collection, folder or request; `label` is what stands before a request's name."""

    def __init__(self, source: Folder | Entry, parent: "Node | None", number: int) -> None:
        self.path, self.name, self.fault = source.path, source.name, source.fault
        self.parent, self.number, self.row = parent, number, 0
        self.children: list[Node] = []
        self.shown: list[Node] = []
        self.count = source.count() if isinstance(source, Folder) else 0
        self.label = "" if isinstance(source, Folder) else _KIND_LABELS.get(source.kind, source.method)
        above = parent.haystack + " / " if parent else ""
        self.haystack: str = f"{above}{self.label} {self.name}".casefold()

    @property
    def is_request(self) -> bool:
        """Whether this is a request; if not it is a folder."""
        return bool(self.label)

    @property
    def is_collection(self) -> bool:
        """Whether this is a folder at the root."""
        return self.parent is None and not self.label

    def level(self) -> int:
        """How many folders are above."""
        return 1 + self.parent.level() if self.parent else 0


class SideTreeModel(QAbstractItemModel):
    """The tree of a workspace; it changes nothing by itself but tells what the user asked for."""

    renamed = Signal(str, str)
    """Path and the name typed in its place."""
    moved = Signal(str, str, object)
    """Path, folder to go to, and the path of the member to stand before (None: at the end)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree: tuple[Folder, ...] = ()
        self._nodes: list[Node] = []
        self._roots: list[Node] = []
        self._shown: list[Node] = []
        self._by_path: dict[str, Node] = {}
        self._words: list[str] = []
        self.dirty: frozenset[str] = frozenset()
        self.marks: Mapping[str, Mark] = {}

    # -- contents

    @property
    def is_filtered(self) -> bool:
        """Whether a filter hides rows."""
        return bool(self._words)

    def set_tree(self, tree: Sequence[Folder]) -> bool:
        """Show this tree; False when it is the one already shown."""
        if tuple(tree) == self._tree:
            return False
        self.beginResetModel()
        self._tree = tuple(tree)
        self._nodes, self._by_path = [], {}
        self._roots = [self._add(folder, None) for folder in self._tree]
        self._sift()
        self.endResetModel()
        return True

    def set_filter(self, text: str) -> None:
        """Show only what has every word of the text in its name, its method or the names above it."""
        words = text.casefold().split()
        if words != self._words:
            self.beginResetModel()
            self._words = words
            self._sift()
            self.endResetModel()

    def set_dirty(self, paths: frozenset[str]) -> None:
        """Mark the requests that have changes which are not saved."""
        changed, self.dirty = self.dirty ^ paths, paths
        for path in changed:
            index = self.index_of(path)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Mark the requests that differ from the last commit."""
        changed = {path for path in (*self.marks, *marks) if self.marks.get(path) != marks.get(path)}
        self.marks = marks
        for path in changed:
            index = self.index_of(path)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def _add(self, source: Folder | Entry, parent: Node | None) -> Node:
        node = Node(source, parent, len(self._nodes))
        self._nodes.append(node)
        self._by_path[node.path] = node
        if isinstance(source, Folder):
            node.children = [self._add(folder, node) for folder in source.folders]
            node.children += [self._add(entry, node) for entry in source.entries]
        return node

    def _sift(self) -> None:
        for node in reversed(self._nodes):  # children come after their folder
            node.shown = [child for child in node.children if self._fits(child)]
            for row, child in enumerate(node.shown):
                child.row = row
        self._shown = [node for node in self._roots if self._fits(node)]
        for row, node in enumerate(self._shown):
            node.row = row

    def _fits(self, node: Node) -> bool:
        return bool(node.shown) or all(word in node.haystack for word in self._words)

    # -- from a path or an index to a node and back

    def node(self, index: Index) -> Node | None:
        """What stands at an index."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def find(self, path: str) -> Node | None:
        """The node of a path, shown or not."""
        return self._by_path.get(path)

    def index_of(self, path: str) -> QModelIndex:
        """Where a path is shown; an invalid index if it is not."""
        node = self._by_path.get(path)
        return self._index(node) if node and self._is_shown(node) else QModelIndex()

    def shown_requests(self) -> Iterator[Node]:
        """The requests that the filter leaves, in their order."""
        return (node for node in self._nodes if node.is_request and self._is_shown(node))

    def _is_shown(self, node: Node) -> bool:
        siblings = node.parent.shown if node.parent else self._shown
        return node.row < len(siblings) and siblings[node.row] is node

    def _index(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node.number)

    # -- what Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Qt's: the index of a row under a parent."""
        shown = self._nodes[parent.internalId()].shown if parent.isValid() else self._shown
        if column or not 0 <= row < len(shown):
            return QModelIndex()
        return self.createIndex(row, 0, shown[row].number)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Qt's: the index of the folder above."""
        above = self._nodes[index.internalId()].parent if index.isValid() else None
        return self.createIndex(above.row, 0, above.number) if above else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt's: how many rows are shown under a parent."""
        return len(self._nodes[parent.internalId()].shown if parent.isValid() else self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt's: one."""
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: name, tool tip and what a screen reader says."""
        node = self.node(index)
        if node is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return node.name
        if role == Qt.ItemDataRole.ToolTipRole:
            mark = self.marks.get(node.path)
            return as_tip(node.fault or (f"{node.path}\n{self._mark_words(mark)}" if mark else node.path))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(node)
        return None

    def _spoken(self, node: Node) -> str:
        if node.fault:
            return self.tr("{name}, cannot be read: {fault}").format(name=node.name, fault=node.fault)
        if not node.is_request:
            return self.tr("{name}, folder, requests: {count}").format(name=node.name, count=node.count)
        words = f"{node.label} {node.name}"
        if node.path in self.dirty:
            words = self.tr("{method} {name}, unsaved").format(method=node.label, name=node.name)
        mark = self.marks.get(node.path)
        return self.tr("{row}, {mark}").format(row=words, mark=self._mark_words(mark)) if mark else words

    def _mark_words(self, mark: Mark) -> str:
        words = {
            Mark.NEW: self.tr("new, not in git yet"),
            Mark.MODIFIED: self.tr("changed since the last commit"),
            Mark.CONFLICTED: self.tr("in conflict after a merge"),
        }
        return words[mark]

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt's: tell of a new name; the row changes when the tree is read again."""
        node, name = self.node(index), str(value).strip()
        if node is None or role != Qt.ItemDataRole.EditRole or not name or name == node.name:
            return False
        self.renamed.emit(node.path, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's: what can be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _REQUEST_FLAGS if self._nodes[index.internalId()].label else _FOLDER_FLAGS

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Qt's: whether a row can be opened."""
        return bool(self._nodes[parent.internalId()].shown if parent.isValid() else self._shown)

    # -- drag and drop

    def supportedDropActions(self) -> Qt.DropAction:
        """Qt's: rows are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Qt's: the one type that a row is dragged as."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt's: the path of the dragged row."""
        data = QMimeData()
        node = self.node(indexes[0]) if indexes else None
        if node:
            data.setData(MIME, node.path.encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Qt's: a collection stays at the root, all else stays off it, and nothing goes into itself."""
        del action, row, column
        node, folder = self._dragged(data), self.node(parent)
        if node is None or self.is_filtered or node.is_collection or folder is None or folder.is_request:
            return False
        while folder is not None and folder is not node:
            folder = folder.parent
        return folder is None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Qt's: tell where a row was dropped."""
        node, folder = self._dragged(data), self.node(parent)
        if node is None or folder is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        after = folder.shown[row:] if row >= 0 else []
        before = next((other for other in after if other.is_request == node.is_request), None)
        if before is not node and not (before and self._stands_before(node, before)):
            self.moved.emit(node.path, folder.path, before.path if before else None)
        return True

    def _stands_before(self, node: Node, other: Node) -> bool:
        return node.parent is other.parent and node.is_request == other.is_request and node.row + 1 == other.row

    def _dragged(self, data: QMimeData) -> Node | None:
        return self._by_path.get(bytes(data.data(MIME).data()).decode())
