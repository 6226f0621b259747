"""How a row of the collection tree is painted and renamed in its place."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from httpdesk.core.marks import Mark
from httpdesk.ui import tokens
from httpdesk.ui.name_edit import NameEdit
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.side_tree_model import Index, Node, SideTreeModel
from httpdesk.ui.theme import theme

# A letter each: colour alone would say nothing to some.
_MARKS = {Mark.NEW: ("N", "success"), Mark.MODIFIED: ("M", "warning"), Mark.CONFLICTED: ("C", "danger")}


class SideTreeDelegate(QStyledItemDelegate):
    """Full-row selection, chevrons, guides, method labels, counts, a dot for what is not saved, faults."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high as the others."""
        del option, index
        return QSize(theme.px(100), theme.size("row"))

    # -- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row over the whole width of the view."""
        node = self._node(index)
        if node is None:
            return
        painter.save()
        row = QRectF(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hot = bool(state & QStyle.StateFlag.State_MouseOver)
        box = row.adjusted(theme.px(8), 0, -theme.px(8), 0)
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if selected or hot or focused:
            ground = theme.color("selected" if selected else "hover") if selected or hot else None
            rounded(painter, box, radius("md"), ground, theme.color("focus") if focused else None, 1.5)
        level = node.level()
        if not selected:
            for step in range(level):
                left = theme.px(16 + step * tokens.SIZE["indent"]) + theme.px(8) - 0.5
                painter.fillRect(QRectF(left, row.top(), 1, row.height()), theme.color("guide"))
        row.setLeft(theme.px(16) + level * theme.size("indent"))
        row.setRight(self._paint_end(painter, row, node, hot=hot, is_open=self._view.isExpanded(index)))
        if node.is_request:
            self._paint_request(painter, row, node)
        else:
            self._paint_folder(painter, row, node, index)
        painter.restore()

    def _paint_end(self, painter: QPainter, row: QRectF, node: Node, *, hot: bool, is_open: bool) -> float:
        """Draw what stands at the right of a row; return where it begins."""
        end, middle = row.right() - theme.px(16), row.center().y()
        if hot:
            end -= theme.px(16)
            _icon(painter, "ellipsis", end, middle, 16, "text2")
        elif node.path in self._model().dirty:
            end -= theme.px(9)
            side = theme.px(7)
            rounded(painter, QRectF(end, middle - side / 2, side, side), side / 2, theme.dot("warning"))
        elif node.is_collection or not (node.is_request or is_open):
            words = str(node.count)
            width = theme.fm("micro").horizontalAdvance(words) + 1
            end -= width
            text(painter, QRectF(end, row.top(), width, row.height()), words, "micro", "text3", elide=False)
        if not hot and (mark := self._model().marks.get(node.path)):
            sign, role = _MARKS[mark]
            width = theme.fm("micro").horizontalAdvance(sign) + 1
            end -= width + (theme.px(6) if node.path in self._model().dirty else 0)
            text(painter, QRectF(end, row.top(), width, row.height()), sign, "micro", role, elide=False)
        if node.fault:
            end -= theme.px(14)
            _icon(painter, "triangle-alert", end, middle, 14, "warning")
        return end - theme.px(8)

    def _paint_folder(self, painter: QPainter, row: QRectF, node: Node, index: Index) -> None:
        chevron = "chevron-down" if self._view.isExpanded(index) else "chevron-right"
        _icon(painter, chevron, row.left(), row.center().y(), 14, "text3")
        style = "strong" if node.is_collection else "body"
        text(painter, row.adjusted(theme.px(20), 0, 0, 0), node.name, style, "text")

    def _paint_request(self, painter: QPainter, row: QRectF, node: Node) -> None:
        column = theme.size("method_col")
        method = tokens.METHOD_SHORT.get(node.label, node.label)
        place = QRectF(row.left() + theme.px(4), row.top(), column - theme.px(4), row.height())
        text(painter, place, method, "method", theme.method_role(node.label))
        text(painter, row.adjusted(column, 0, 0, 0), node.name, "body", "text2" if node.fault else "text")

    # -- renaming in place

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field where the name stands."""
        del option
        return NameEdit(self.tr("New name"), str(index.data(Qt.ItemDataRole.EditRole)), parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The field has its name from the start; what was typed since stays."""
        del editor, index

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """Tell the model of the new name."""
        if isinstance(editor, NameEdit) and isinstance(model, SideTreeModel):
            model.setData(index, editor.name())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Stand over the name, up to the edge of the view."""
        node = self._node(index)
        if node is None:
            return
        left = theme.px(16) + node.level() * theme.size("indent") - theme.px(8)
        left += theme.size("method_col") if node.is_request else theme.px(20)
        rect: QRect = option.rect
        right = self._view.viewport().width() - theme.px(8)
        editor.setGeometry(left, rect.top(), max(theme.px(80), right - left), rect.height())

    def _model(self) -> SideTreeModel:
        model = self._view.model()
        assert isinstance(model, SideTreeModel)  # noqa: S101 - for the type checker
        return model

    def _node(self, index: QModelIndex | QPersistentModelIndex) -> Node | None:
        return self._model().node(index)


def _icon(painter: QPainter, name: str, left: float, middle: float, size_px: int, role: str) -> None:
    side = theme.px(size_px)
    theme.draw_icon(painter, name, QRectF(left, middle - side / 2, side, side), role)
