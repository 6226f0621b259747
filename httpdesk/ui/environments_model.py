"""The rows of an environment: as in every key-value table, and whether each is secret."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, Qt

from httpdesk.core.environment import Variable
from httpdesk.core.rows import Row
from httpdesk.ui.kv_model import VALUE, Index, KvModel

SECRET = 4
_WRONG = "{}"


class VariableRow(Row, frozen=True, kw_only=True):
    """A row that may be secret."""

    secret: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("environments", text)


class VariablesModel(KvModel):
    """Holds VariableRows; a secret value is masked wherever it would be shown or spoken."""

    _new_row = VariableRow

    def __init__(self) -> None:
        heads = (_tr("Variable"), _tr("Value"), _tr("Description"), _tr("Secret"))
        ghost = (_tr("Add variable"), _tr("Value"), _tr("Description"), "")
        super().__init__(heads, ghost, locked=False, fixed_names=False)
        self.fault = self._fault_of

    def show(self, variables: Iterable[Variable]) -> None:
        """Show these; a row that is being typed and has no name yet stays."""
        if tuple(variables) != self.variables():
            self.set_rows([_as_row(variable) for variable in variables])

    def variables(self) -> tuple[Variable, ...]:
        """The rows that have a name."""
        return tuple(_as_variable(row) for row in self.rows if row.name.strip())

    def row_at(self, at: int) -> VariableRow | None:
        """A row, None for the blank one."""
        row = self.rows[at] if 0 <= at < len(self.rows) else None
        return row if isinstance(row, VariableRow) else None

    def place_of(self, name: str) -> int:
        """Where a name stands; a row for it is added if there is none."""
        for at, row in enumerate(self.rows):
            if row.name == name:
                return at
        self.insert_rows(len(self.rows), [VariableRow(name=name)])
        return len(self.rows) - 1

    def toggle_secret(self, at: int) -> None:
        """Make a row secret, or no longer."""
        if row := self.row_at(at):
            self._replace(at, secret=not row.secret)

    def insert_rows(self, at: int, rows: Sequence[Row]) -> None:
        """Put rows, pasted ones too, before a place."""
        super().insert_rows(at, [row if isinstance(row, VariableRow) else _as_row(row) for row in rows])

    def _fault_of(self, name: str) -> tuple[str, str]:
        if name and any(sign in name for sign in _WRONG):
            return _tr("{name}: a name with braces can't be written as {{{{name}}}}.").format(name=name), name.strip(
                _WRONG
            )
        if name and sum(row.enabled and row.name == name for row in self.rows) > 1:
            return _tr("{name} is there more than once; the first one counts.").format(name=name), ""
        return "", ""

    # -- Qt

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: as the base, with secrets masked."""
        row = self.row_at(index.row())
        if row is not None and index.column() == SECRET:
            return _secret_data(row, role)
        if row is not None and index.column() == VALUE and row.secret:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return _tr("Value: secret") if row.value else _tr("Value: secret, not set")
            if role == Qt.ItemDataRole.DisplayRole:
                return masked(row.value)
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's: the secret column is only switched."""
        if index.column() != SECRET:
            return super().flags(index)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.row_at(index.row()) else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt's: typing into the blank row makes it a row."""
        if index.column() == SECRET:
            return False
        return super().setData(index, value, role)


def _secret_data(row: VariableRow, role: int) -> object:
    answers: dict[int, object] = {
        Qt.ItemDataRole.UserRole: row,
        Qt.ItemDataRole.CheckStateRole: Qt.CheckState.Checked if row.secret else Qt.CheckState.Unchecked,
        Qt.ItemDataRole.AccessibleTextRole: _tr("secret") if row.secret else _tr("not secret"),
        Qt.ItemDataRole.ToolTipRole: _tr("A secret value is kept until httpdesk ends; the file does not get it."),
    }
    return answers.get(role)


def masked(value: str) -> str:
    """Dots, always as many: their number says nothing of the value."""
    return "•" * 12 if value else ""


def _as_row(noun: Variable | Row) -> VariableRow:
    return VariableRow(
        name=noun.name,
        value=noun.value,
        description=noun.description,
        enabled=noun.enabled,
        secret=isinstance(noun, Variable) and noun.secret,
    )


def _as_variable(row: Row) -> Variable:
    return Variable(
        name=row.name.strip(),
        value=row.value,
        description=row.description,
        enabled=row.enabled,
        secret=isinstance(row, VariableRow) and row.secret,
    )
