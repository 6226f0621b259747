"""The environments side by side: one row a name, one column an environment, and a blank row for a new name."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal

from httpdesk.core.environment import Environment
from httpdesk.core.environment_edits import Cell, cell_of, names_of, renamed, variable_of, with_value, without
from httpdesk.ui.environments_model import masked

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole)


def _tr(text: str) -> str:
    return QCoreApplication.translate("environments", text)


class GridModel(QAbstractTableModel):
    """Secret values are masked wherever they would be shown or spoken; `edited` has the environment's place."""

    edited = Signal(int, object)
    renamed = Signal(str, str)
    """A variable has another name in all environments: old, new."""

    def __init__(self) -> None:
        super().__init__()
        self.environments: list[Environment] = []
        self.names: list[str] = []
        self._new: list[str] = []
        self._only_gaps = False

    def show(self, environments: Sequence[Environment]) -> None:
        """Show these; cells that are being edited stay while rows and columns do."""
        if list(environments) == self.environments:
            return
        heads = [(each.name, each.color) for each in self.environments]
        self._put(environments, keep=heads == [(each.name, each.color) for each in environments])

    def show_only_gaps(self, *, only: bool) -> None:
        """Leave out what every environment has."""
        self._only_gaps = only
        self._put(self.environments, keep=False)

    def _put(self, environments: Sequence[Environment], *, keep: bool) -> None:
        known = names_of(environments)
        self._new = [name for name in self._new if name not in known]
        names = [*known, *self._new]
        if self._only_gaps:
            # A gap that is being filled stays in its row.
            names = [name for name in names if self._has_gap(environments, name) or (keep and name in self.names)]
        if keep and names == self.names:
            self.environments = list(environments)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.environments, self.names = list(environments), names
        self.endResetModel()

    def _has_gap(self, environments: Sequence[Environment], name: str) -> bool:
        return any(cell_of(each, name) in (Cell.GAP, Cell.UNSET) for each in environments)

    def gaps(self) -> tuple[int, int]:
        """How many cells have no value, and in how many variables."""
        cells = [
            [cell_of(each, name) in (Cell.GAP, Cell.UNSET) for each in self.environments]
            for name in names_of(self.environments)
        ]
        return sum(map(sum, cells)), sum(map(any, cells))

    def cell(self, index: Index) -> Cell | None:
        """What a cell says; None for the column of names and for the blank row."""
        if index.column() < 1 or index.row() >= len(self.names):
            return None
        return cell_of(self.environments[index.column() - 1], self.names[index.row()])

    def is_secret(self, index: Index) -> bool:
        """Whether the value of a cell is secret, or would be if there was one."""
        if index.column() < 1 or index.row() >= len(self.names):
            return False
        name = self.names[index.row()]
        own = variable_of(self.environments[index.column() - 1], name)
        rows = [own] if own else [variable_of(each, name) for each in self.environments]
        return any(row is not None and row.secret for row in rows)

    def clear(self, index: Index) -> None:
        """Take the variable out of one environment."""
        if self.cell(index) not in (None, Cell.GAP):
            at, name = index.column() - 1, self.names[index.row()]
            if name not in self._new and sum(cell_of(each, name) is not Cell.GAP for each in self.environments) == 1:
                self._new.append(name)  # the row stays until the list is read anew
            self._changed(at, without(self.environments[at], name))

    # -- Qt

    def rowCount(self, parent: Index = ROOT) -> int:
        """Qt's: the names, and the blank row."""
        return 0 if parent.isValid() else len(self.names) + (not self._only_gaps)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Qt's: the names, then the environments."""
        return 0 if parent.isValid() else len(self.environments) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: the heads."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.environments[section - 1].name if section else _tr("Variable")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: names and values; what has none is said in words."""
        if index.column() and index.row() < len(self.names):
            return self._value(index, role)
        if index.column() or role not in _TEXTS:
            return None
        name = self.names[index.row()] if index.row() < len(self.names) else ""
        return name or (_tr("Add variable") if role == Qt.ItemDataRole.AccessibleTextRole else "")

    def _value(self, index: Index, role: int) -> str | None:
        environment, name = self.environments[index.column() - 1], self.names[index.row()]
        value, secret = (variable.value if (variable := variable_of(environment, name)) else ""), self.is_secret(index)
        said = words_of(self.cell(index)) or (_tr("secret") if secret and value else value)
        texts = {
            Qt.ItemDataRole.EditRole: value,
            Qt.ItemDataRole.DisplayRole: masked(value) if secret else value,
            Qt.ItemDataRole.AccessibleTextRole: f"{name}, {environment.name}: {said}",
        }
        return texts.get(Qt.ItemDataRole(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's: all can be edited, in the blank row its name."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can = index.column() == 0 or index.row() < len(self.names)
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt's: a name or a value; a gap is filled by a value, not by nothing."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        words = str(value)
        if index.column() == 0:
            return self._name(index.row(), words.strip())
        at, name = index.column() - 1, self.names[index.row()]
        old = variable_of(self.environments[at], name)
        if words == (old.value if old else ""):
            return False
        self._changed(at, with_value(self.environments[at], name, words, self.environments))
        return True

    def _name(self, row: int, name: str) -> bool:
        if not name or any(sign in name for sign in "{}") or name in (*names_of(self.environments), *self._new):
            return False
        if row >= len(self.names):
            self.beginInsertRows(ROOT, row, row)
            self._new.append(name)
            self.names.append(name)
            self.endInsertRows()
            return True
        old, self.names[row] = self.names[row], name
        self._new = [name if each == old else each for each in self._new]
        for at, environment in enumerate(self.environments):
            if (new := renamed(environment, old, name)) != environment:
                self._changed(at, new)
        self.renamed.emit(old, name)
        return True

    def _changed(self, at: int, environment: Environment) -> None:
        self.environments[at] = environment
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self.edited.emit(at, environment)


def words_of(cell: Cell | None) -> str:
    """What is shown of a cell that has no value that counts, "" for the others."""
    words = {Cell.GAP: _tr("missing"), Cell.UNSET: _tr("not set"), Cell.OFF: _tr("off")}
    return words.get(cell, "") if cell else ""
