"""Key-value panel: a titled key-value table with bulk edit and a line for what is wrong."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from httpdesk.core.environment import Scope
from httpdesk.core.rows import Row
from httpdesk.ui.bulk import as_lines, parse_lines
from httpdesk.ui.kv_delegate import Completions
from httpdesk.ui.kv_model import Fault, KvModel
from httpdesk.ui.kv_table import KvTable
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, icon_label, label, row

_BULK_HEIGHT_PX = 220


class KvPanel(QWidget):
    """Rows of one kind, such as headers; `edited` tells of every change by the user."""

    edited = Signal()

    def __init__(
        self,
        title: str,
        name: str,
        scope: Callable[[], Scope],
        *,
        name_head: str = "",
        ghost: str = "",
        locked: bool = False,
        fixed_names: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scope = scope
        heads = (name_head or self.tr("Key"), self.tr("Value"), self.tr("Description"))
        ghosts = (ghost or self.tr("Add key"), self.tr("Value"), self.tr("Description"))
        self.model = KvModel(heads, ghosts, locked=locked, fixed_names=fixed_names)
        self.table = KvTable(self.model, self._known, name)
        self.table.horizontalHeader().setVisible(not locked)
        self.table.edited.connect(self._table_edited)
        self._lines = QPlainTextEdit()
        self._lines.setAccessibleName(self.tr("{name} as text, one a line").format(name=name))
        self._lines.setPlaceholderText(self.tr("name: value\n# switched off: value"))
        self._lines.setProperty("field", "true")
        self._lines.textChanged.connect(self._lines_edited)
        self._lines.hide()
        self._bulk = button(self.tr("Bulk edit"), "ghost", "sm", "square-pen")
        self._bulk.setCheckable(True)
        self._bulk.toggled.connect(self._show_lines)
        if not self.model.has_blank:  # setVisible(True) would show it as a window: it has no parent yet
            self._bulk.hide()
        self._count = label("", "micro", "text3")
        self._fault = label("", "small", "danger", wrap=True)
        self._fix = button(self.tr("Fix"), "link", "sm")
        self._fix.clicked.connect(self._fix_first)
        self._fault_row = row(
            icon_label("circle-alert", "danger", 14), (self._fault, 1), self._fix, margins=(16, 4, 12, 0)
        )
        self._fault_row.hide()
        self._lay_out(label(title, "small", "text2"))
        theme.bind(self, self._fit)

    def _lay_out(self, title: QWidget) -> None:
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        head = (title, self._count, None, self._bulk)
        lay.addWidget(row(*head, spacing=4, margins=(16, 0, 12, 0), height=36, parent=self))
        lay.addWidget(row(self.table, margins=(8, 0, 12, 0), parent=self))
        lay.addWidget(row(self._lines, margins=(16, 0, 12, 0), parent=self))
        lay.addWidget(self._fault_row)

    def rows(self) -> tuple[Row, ...]:
        """The rows as they now stand."""
        return tuple(self.model.rows)

    def set_rows(self, rows: Sequence[Row], fixed: frozenset[str] = frozenset()) -> None:
        """Show other rows, without a signal."""
        self.model.set_rows(rows, fixed)
        if self._bulk.isChecked() and parse_lines(self._lines.toPlainText(), rows) != tuple(rows):
            self._fill_lines()
        self._say()

    def set_completions(self, completions: Completions) -> None:
        """What is offered while typing into a column of a row."""
        self.table.cells.completions = completions

    def set_fault(self, fault: Fault) -> None:
        """What tells a wrong name: (what is wrong, a better name) or two empty strings."""
        self.model.fault = fault

    @property
    def fault(self) -> str:
        """What the line below the table says."""
        return self._fault.text() if not self._fault_row.isHidden() else ""

    def fix(self) -> None:
        """Press Fix."""
        self._fix.click()

    def _known(self, name: str) -> bool:
        return self._scope().find(name) is not None

    def _table_edited(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        faults = self.model.faults()
        self._fault_row.setVisible(bool(faults))
        if faults:
            self._fault.setText(faults[0][1])
            self._fix.setVisible(bool(faults[0][2]))
        self._count.setText(str(len(self.model.rows)) if self.model.locked else "")

    def _fix_first(self) -> None:
        for at, _, better in self.model.faults()[:1]:
            if better:
                self.model.setData(self.model.index(at, 1), better)

    def _show_lines(self, *_: object) -> None:
        lines = self._bulk.isChecked()
        if lines:
            self._fill_lines()
        self._lines.setVisible(lines)
        self.table.setVisible(not lines)
        (self._lines if lines else self.table).setFocus()

    def _fill_lines(self) -> None:
        self._lines.blockSignals(True)
        self._lines.setPlainText(as_lines(self.model.rows))
        self._lines.blockSignals(False)

    def _lines_edited(self) -> None:
        rows = parse_lines(self._lines.toPlainText(), self.model.rows)
        if rows != tuple(self.model.rows):
            self.model.set_rows(rows)
            self._table_edited()

    def _fit(self) -> None:
        self._lines.setFont(theme.font("code_sm"))
        self._lines.setFixedHeight(theme.px(_BULK_HEIGHT_PX))
