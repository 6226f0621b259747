"""The table of an environment: a key-value table with a lock for secrets and an eye that shows them."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from httpdesk.core.rows import Row
from httpdesk.ui.chips import Lookup
from httpdesk.ui.environments_model import SECRET, VariableRow, VariablesModel, masked
from httpdesk.ui.eye import Eye
from httpdesk.ui.kv_delegate import KvDelegate
from httpdesk.ui.kv_model import DESCRIPTION, ENABLED, NAME, VALUE, Index
from httpdesk.ui.kv_table import KvTable
from httpdesk.ui.paint import text
from httpdesk.ui.theme import theme

_WEIGHTS = {NAME: 3, VALUE: 4, DESCRIPTION: 3}
_BOX_PX, _SECRET_PX = 32, 80


class VariablesTable(KvTable):
    """As KvTable; Space or Enter switches the box and the lock. `renamed` comes when a name was edited: old, new."""

    renamed = Signal(str, str)

    def __init__(self, model: VariablesModel, known: Lookup, name: str) -> None:
        self._variables = model
        super().__init__(model, known, name)
        self.cells: VariablesDelegate = VariablesDelegate(self, model, known)
        self.setItemDelegate(self.cells)
        self._name_before: tuple[QPersistentModelIndex, str] | None = None
        self.cells.name_opened.connect(self._note_name)
        self.cells.closeEditor.connect(self._tell_name)
        self.horizontalHeader().setStretchLastSection(False)
        theme.bind(self, self._share_width)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The eye and the lock are pressed, not edited."""
        index = self.indexAt(event.position().toPoint())
        on_eye = self.cells.is_eye(index, QRectF(self.visualRect(index)), event.position())
        if index.column() == SECRET or on_eye:
            QTableView.mousePressEvent(self, event)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that switch."""
        at, column = self.currentIndex().row(), self.currentIndex().column()
        switches = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if switches and column == SECRET:
            self._variables.toggle_secret(at)
        elif switches and column == ENABLED:
            self._variables.toggle(at)
        else:
            super().keyPressEvent(event)

    def _note_name(self, index: Index, name: str) -> None:
        self._name_before = (QPersistentModelIndex(index), name)

    def _tell_name(self) -> None:
        before, self._name_before = self._name_before, None
        if before is None or not before[0].isValid():
            return
        row = self._variables.row_at(before[0].row())
        name = row.name.strip() if row else ""
        if before[1] and name and name != before[1]:
            self.renamed.emit(before[1], name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Box and lock have their width, the others share the rest."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        heads, room = self.horizontalHeader(), self.viewport().width()
        heads.resizeSection(ENABLED, theme.px(_BOX_PX))
        heads.resizeSection(SECRET, theme.px(_SECRET_PX))
        room -= theme.px(_BOX_PX) + theme.px(_SECRET_PX)
        for column in (NAME, VALUE):
            heads.resizeSection(column, max(theme.px(40), int(room * _WEIGHTS[column] / sum(_WEIGHTS.values()))))
        heads.resizeSection(DESCRIPTION, max(theme.px(40), room - heads.sectionSize(NAME) - heads.sectionSize(VALUE)))


class VariablesDelegate(KvDelegate):
    """Paints dots for secrets and edits them behind dots; `shown` are the names whose value is in view."""

    name_opened = Signal(object, str)
    """The name in a cell is going to be edited: where, what it is."""

    def __init__(self, view: QTableView, model: VariablesModel, known: Lookup) -> None:
        super().__init__(view, model, known)
        self._view, self._variables = view, model
        self.shown: set[str] = set()

    def is_eye(self, index: Index, cell: QRectF, position: QPointF) -> bool:
        """Whether a place is on the eye of a secret value."""
        row = self._variables.row_at(index.row())
        has_eye = index.column() == VALUE and row is not None and row.secret and row.value
        return bool(has_eye) and self.trash_rect(cell).adjusted(-5, -5, 5, 5).contains(position)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A secret value is typed behind dots, with an eye to see it."""
        editor = super().createEditor(parent, option, index)
        row = self._variables.row_at(index.row())
        if index.column() == NAME and row is not None:
            self.name_opened.emit(index, row.name)
        if isinstance(editor, QLineEdit) and index.column() == VALUE and row is not None and row.secret:
            Eye(editor, shown=row.name in self.shown)
        return editor

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """The eye and the lock, then what every row has."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            cell, row = QRectF(option.rect), self._variables.row_at(index.row())
            if row is not None and self.is_eye(index, cell, event.position()):
                self.shown ^= {row.name}
                self._view.viewport().update()
                return True
            on_bin = self.trash_rect(cell).adjusted(-5, -5, 5, 5).contains(event.position())
            if row is not None and index.column() == SECRET and not on_bin:
                self._variables.toggle_secret(index.row())
                return True
        return super().editorEvent(event, model, option, index)

    def _paint_cell(self, painter: QPainter, cell: QRectF, row: Row, column: int) -> None:
        secret = isinstance(row, VariableRow) and row.secret
        role = "text" if row.enabled else "text3"
        if column == SECRET:
            side = theme.px(14)
            spot = QRectF(cell.left() + theme.px(8), cell.center().y() - side / 2 - 0.5, side, side)
            theme.draw_icon(painter, "lock" if secret else "lock-open", spot, "accent" if secret else "gutter")
        elif column == VALUE and secret:
            body = cell.adjusted(theme.px(8), 0, -theme.px(26), -1)
            if not row.value:
                text(painter, body, self.tr("Not set since the start"), "small", "text3")
                return
            shown = row.name in self.shown
            text(painter, body, row.value if shown else masked(row.value), "code_sm", role)
            theme.draw_icon(painter, "eye" if shown else "eye-off", self.trash_rect(cell), "text2")
        else:
            super()._paint_cell(painter, cell, row, column)
