"""The rows of the palette: what was found, under headings, in the order of how well it fits."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from httpdesk.core.environment import Environment
from httpdesk.ui.actions import Action
from httpdesk.ui.palette_match import match

HEADING, REQUEST, COMMAND, ENVIRONMENT = "heading", "request", "command", "environment"
REQUESTS_MODE, COMMANDS_MODE, ENVIRONMENTS_MODE = "@", ">", "#"
_FEW, _MANY = {REQUEST: 8, COMMAND: 6, ENVIRONMENT: 4}, 200

Request = tuple[str, str, str, str]
"""Path, method, name, and where it is, such as "Shop / Orders"."""


class Item(NamedTuple):
    """One row: `key` is a path, an action's id or an environment's name; `mark` a method, an icon or a colour."""

    kind: str
    key: str
    title: str
    mark: str = ""
    around: str = ""
    keys: tuple[str, ...] = ()
    hits: frozenset[int] = frozenset()


def _tr(text: str) -> str:
    return QCoreApplication.translate("palette", text)


def split_mode(text: str) -> tuple[str, str]:
    """The mode that a typed text starts with ("" for all) and the words after it."""
    text = text.lstrip()
    mode = text[:1] if text[:1] in (REQUESTS_MODE, COMMANDS_MODE, ENVIRONMENTS_MODE) else ""
    return mode, text[len(mode) :].strip()


def requests_as_items(requests: Iterable[Request]) -> list[Item]:
    """A row for each request."""
    return [Item(REQUEST, path, name, method, where) for path, method, name, where in requests]


def commands_as_items(actions: Iterable[Action]) -> list[Item]:
    """A row for each action, without those that differ in a number alone."""
    return [
        Item(COMMAND, action.id, QCoreApplication.translate("actions", action.title), action.icon, "", action.keys)
        for action in actions
        if not action.series
    ]


def environments_as_items(environments: Iterable[Environment]) -> list[Item]:
    """A row for each environment, and one for none."""
    items = [Item(ENVIRONMENT, environment.name, environment.name, environment.color) for environment in environments]
    return [*items, Item(ENVIRONMENT, "", _tr("No environment"))]


def found(query: str, items: Iterable[Item], most: int) -> list[Item]:
    """The items that fit, the best first; all in their order without a query."""
    fitting = ((match(query, item.title, item.around), item) for item in items)
    hits = [(fit.score, item._replace(hits=fit.hits)) for fit, item in fitting if fit is not None]
    if query:
        hits.sort(key=lambda hit: -hit[0])
    return [item for _, item in hits[:most]]


def rows_for(text: str, requests: Sequence[Item], commands: Sequence[Item], environments: Sequence[Item]) -> list[Item]:
    """The rows for a typed text: each kind under its heading, a mode shows one kind alone and more of it."""
    mode, query = split_mode(text)
    rows: list[Item] = []
    for kind_mode, title, items in (
        (REQUESTS_MODE, _tr("Requests"), requests),
        (COMMANDS_MODE, _tr("Commands"), commands),
        (ENVIRONMENTS_MODE, _tr("Environments"), environments),
    ):
        if items and mode in ("", kind_mode):
            hits = found(query, items, _MANY if mode else _FEW[items[0].kind])
            rows += [Item(HEADING, "", title), *hits] if hits else []
    return rows


class PaletteModel(QAbstractListModel):
    """Rows for a list view; headings can't be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Item] = []

    def set_rows(self, rows: Iterable[Item]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def item(self, row: int) -> Item | None:
        """What stands in a row, None past the end."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def next_choice(self, row: int, step: int) -> int:
        """The next row that can be chosen, around the end; -1 if there is none."""
        count = len(self._rows)
        for distance in range(1, count + 1):
            at = (row + step * distance) % count
            if self._rows[at].kind != HEADING:
                return at
        return -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Qt's: how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: the title, and what a screen reader says."""
        item = self.item(index.row())
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item)
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Qt's: headings are only read."""
        item = self.item(index.row())
        if item is None or item.kind == HEADING:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def spoken(item: Item) -> str:
    """A row in words."""
    if item.kind == REQUEST:
        return f"{item.mark} {item.title}, {item.around}"
    return f"{item.title}, {', '.join(item.keys)}" if item.keys else item.title
