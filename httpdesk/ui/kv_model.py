"""Key-value model: rows with an enable box, and one blank row at the end that becomes a row when typed into."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from httpdesk.core.rows import Row
from httpdesk.ui.tips import as_tip

Index = QModelIndex | QPersistentModelIndex
Fault = Callable[[str], tuple[str, str]]
ENABLED, NAME, VALUE, DESCRIPTION = range(4)
_FIELDS = {NAME: "name", VALUE: "value", DESCRIPTION: "description"}
_NO_FAULT = ("", "")


class KvModel(QAbstractTableModel):
    """Holds core rows.

    `locked` rows can only be switched; those named in `fixed` not even that. With `fixed_names` only
    values and descriptions can be edited and there is no blank row.
    """

    edited = Signal()
    _new_row: type[Row] = Row

    def __init__(self, heads: Sequence[str], ghost: Sequence[str], *, locked: bool, fixed_names: bool) -> None:
        super().__init__()
        self.heads, self.ghost = ("", *heads), ("", *ghost)
        self.locked, self.fixed_names = locked, fixed_names
        self.rows: list[Row] = []
        self.fixed: frozenset[str] = frozenset()
        self.fault: Fault = lambda _name: _NO_FAULT

    @property
    def has_blank(self) -> bool:
        """Whether there is a blank row at the end."""
        return not (self.locked or self.fixed_names)

    def set_rows(self, rows: Sequence[Row], fixed: frozenset[str] = frozenset()) -> None:
        """Show other rows, without `edited`; rows that stay keep their editors."""
        if list(rows) == self.rows and fixed == self.fixed:
            return
        self.fixed = fixed
        if len(rows) == len(self.rows):
            self.rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def insert_rows(self, at: int, rows: Sequence[Row]) -> None:
        """Put rows before a place."""
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self.rows[at:at] = rows
            self.endInsertRows()
            self.edited.emit()

    def remove(self, at: int) -> None:
        """Take a row away; the blank one stays."""
        if 0 <= at < len(self.rows) and self.has_blank:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self.rows[at]
            self.endRemoveRows()
            self.edited.emit()

    def move(self, at: int, step: int) -> int:
        """Move a row up or down; its new place."""
        to = at + step
        if not self.has_blank or not 0 <= at < len(self.rows) or not 0 <= to < len(self.rows):
            return at
        self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to + (1 if step > 0 else 0))
        self.rows[at], self.rows[to] = self.rows[to], self.rows[at]
        self.endMoveRows()
        self.edited.emit()
        return to

    def toggle(self, at: int) -> None:
        """Switch a row on or off."""
        self.setData(self.index(at, ENABLED), None, Qt.ItemDataRole.CheckStateRole)

    def faults(self) -> list[tuple[int, str, str]]:
        """Rows whose name is wrong: place, what is wrong, a better name."""
        found = ((at, *self.fault(row.name)) for at, row in enumerate(self.rows) if row.enabled)
        return [fault for fault in found if fault[1]]

    # -- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name and default
        """Rows and the blank one."""
        return 0 if parent.isValid() else len(self.rows) + int(self.has_blank)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name and default
        """Box, name, value, description."""
        return len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Column titles, at the left."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; UserRole gives the row, None for the blank one."""
        row = self.rows[index.row()] if index.row() < len(self.rows) else None
        column = index.column()
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return getattr(row, _FIELDS[column]) if row and column in _FIELDS else ""
        if role == Qt.ItemDataRole.CheckStateRole and column == ENABLED and row:
            return Qt.CheckState.Checked if row.enabled else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and row and column == NAME:
            return as_tip(self.fault(row.name)[0]) or None
        return None

    def _spoken(self, row: Row | None, column: int) -> str:
        if row is None:
            return self.ghost[column]
        if column == ENABLED:
            return self.tr("enabled") if row.enabled else self.tr("disabled")
        fault = self.fault(row.name)[0] if column == NAME else ""
        return f"{self.heads[column]}: {getattr(row, _FIELDS[column])} {fault}".strip()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a cell."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == ENABLED:
            row = self.rows[index.row()] if index.row() < len(self.rows) else None
            can = row is not None and row.name not in self.fixed and not self.fixed_names
            return flags | Qt.ItemFlag.ItemIsUserCheckable if can else flags
        can = not self.locked and not (self.fixed_names and index.column() == NAME)
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a cell; typing into the blank row makes it a row."""
        at, column = index.row(), index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            if at >= len(self.rows) or not self.flags(self.index(at, ENABLED)) & Qt.ItemFlag.ItemIsUserCheckable:
                return False
            return self._replace(at, enabled=not self.rows[at].enabled)
        text = str(value).replace("\r", "").replace("\n", " ") if column == NAME else str(value)
        if at >= len(self.rows):
            if not text or column not in _FIELDS:
                return False
            self.beginInsertRows(QModelIndex(), at + 1, at + 1)
            self.rows.append(self._new_row())
            self.endInsertRows()
        if column not in _FIELDS or getattr(self.rows[at], _FIELDS[column]) == text:
            return False
        return self._replace(at, **{_FIELDS[column]: text})

    def _replace(self, at: int, **fields: object) -> bool:
        self.rows[at] = msgspec.structs.replace(self.rows[at], **fields)
        self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))
        self.edited.emit()
        return True
