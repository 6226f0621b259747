"""Key-value delegate: paints the cells of a key-value table and edits them in place."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from httpdesk.core.rows import Row
from httpdesk.ui.chips import Lookup, draw_chips
from httpdesk.ui.kv_model import DESCRIPTION, ENABLED, NAME, VALUE, KvModel
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
# Names of headers are longer than their column is wide.
_OFFERS_PX = 264
Completions = Callable[[int, Row], list[str]]


class KvDelegate(QStyledItemDelegate):
    """`hover_row` is under the mouse; `completions(column, row)` are offered while typing."""

    def __init__(self, parent: QWidget, model: KvModel, known: Lookup) -> None:
        super().__init__(parent)
        self._model, self._known = model, known
        self.hover_row = -1
        self.completions: Completions = lambda _column, _row: []

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One row of the design."""
        return QSize(theme.px(60), theme.size("row"))

    def trash_rect(self, cell: QRectF) -> QRectF:
        """Where the bin of a row is, in its last cell."""
        side = theme.px(14)
        return QRectF(cell.right() - theme.px(22), cell.center().y() - side / 2, side, side)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line over the cell, with completion."""
        line = QLineEdit(parent)
        line.setFont(theme.font("small" if index.column() == DESCRIPTION else "code_sm"))
        line.setAccessibleName(self._model.heads[index.column()])
        # What is typed counts at once, so that Send and the preview never miss the last key.
        cell = QPersistentModelIndex(index)  # the row may be moved meanwhile
        line.textEdited.connect(lambda words: self._model.setData(cell, words))
        row = index.data(Qt.ItemDataRole.UserRole) or Row()
        if offers := self.completions(index.column(), row):
            completer = QCompleter(offers, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(lambda words: self._model.setData(cell, words))
            if (popup := completer.popup()) is not None:
                popup.setProperty("completion", True)
                popup.setMinimumWidth(theme.px(_OFFERS_PX))
                popup.setFont(theme.font("code_sm"))
            line.setCompleter(completer)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The cell's text, unless it is what was just typed."""
        words = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QLineEdit) and editor.text() != words:
            editor.setText(words)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the text."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Cover the cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """The box and the bin."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            if index.column() == ENABLED:
                return model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
            cell = QRectF(option.rect)
            last = index.column() == self._model.columnCount() - 1
            hit = self.trash_rect(cell).adjusted(-5, -5, 5, 5).contains(event.position())
            if last and hit and index.row() < len(self._model.rows) and self._model.has_blank:
                self._model.remove(index.row())
                return True
        return super().editorEvent(event, model, option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, lines, then the cell."""
        painter.save()
        cell = QRectF(option.rect)
        row: Row | None = index.data(Qt.ItemDataRole.UserRole)
        if index.row() == self.hover_row:
            painter.fillRect(cell, theme.color("hover", 0.7))
        painter.fillRect(QRectF(cell.left(), cell.bottom() - 1, cell.width(), 1), theme.color("line"))
        if index.column() >= VALUE:
            painter.fillRect(QRectF(cell.left(), cell.top(), 1, cell.height()), theme.color("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            ring = cell.adjusted(1, 0, 0, -1)
            rounded(painter, ring, radius("sm"), None, theme.color("focus"), 1.5)
        if index.column() == ENABLED:
            self._paint_box(painter, cell, row)
        elif row is None:
            style = "small" if index.column() == DESCRIPTION else "code_sm"
            ghost = self._model.ghost[index.column()]
            text(painter, cell.adjusted(theme.px(8), 0, 0, -1), ghost, style, "text3")
        else:
            self._paint_cell(painter, cell, row, index.column())
            last = index.column() == self._model.columnCount() - 1
            if last and index.row() == self.hover_row and self._model.has_blank:
                theme.draw_icon(painter, "trash-2", self.trash_rect(cell), "text3")
        painter.restore()

    def _paint_box(self, painter: QPainter, cell: QRectF, row: Row | None) -> None:
        if row is None:
            return
        side = theme.px(14)
        box = QRectF(cell.left() + theme.px(8), cell.center().y() - side / 2 - 0.5, side, side)
        can = row.name not in self._model.fixed and not self._model.fixed_names
        if row.enabled:
            rounded(painter, box, radius("sm") - 0.5, theme.color("accent_fill" if can else "line_strong"))
            theme.draw_icon(painter, "check", box.adjusted(1.5, 1.5, -1.5, -1.5), "on_accent" if can else "text")
        else:
            edge = theme.color("control" if can else "line_strong")
            rounded(painter, box, radius("sm") - 0.5, theme.color("inset"), edge)

    def _paint_cell(self, painter: QPainter, cell: QRectF, row: Row, column: int) -> None:
        body = cell.adjusted(theme.px(8), 0, -theme.px(6), -1)
        role = "text" if row.enabled else "text3"
        if column == NAME:
            fault = self._model.fault(row.name)[0] if row.enabled else ""
            quiet = self._model.locked or self._model.fixed_names
            text(painter, body, row.name, "code_sm", "danger" if fault else "text2" if quiet and row.enabled else role)
        elif column == VALUE:
            if row.enabled and "{{" in row.value:
                draw_chips(painter, body, row.value, self._known, "code_sm", role)
            else:
                text(painter, body, row.value, "code_sm", role)
            if row.enabled and self._model.fault(row.name)[0]:
                theme.draw_icon(painter, "circle-alert", self.trash_rect(cell), "danger")
        else:
            text(painter, body, row.description, "small", "text2" if row.enabled else "text3")
