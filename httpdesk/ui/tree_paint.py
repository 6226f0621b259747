"""How a row of a tree looks: guides, chevron, key, value or count, and the key path of the current one."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt
from PySide6.QtGui import QPainter

from httpdesk.body.tree import Node, Tree
from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.paint import RIGHT, rounded, text
from httpdesk.ui.theme import theme

ROW_PX = 24
_LEFT_PX, _STEP_PX, _CHEVRON_PX, _GAP_PX = 12, 16, 16, 12
_SHOWN_BYTES, _LEAST_VALUE_PX = 400, 120
_ROLES = {"string": "s_str", "number": "s_num", "word": "s_kw", "comment": "s_com", "attribute": "s_str"}


class Words(NamedTuple):
    """What a row says: its key and its value or count, each with a colour role."""

    key: str
    key_role: str
    value: str
    value_role: str

    @property
    def spoken(self) -> str:
        """Both as one phrase."""
        return f"{self.key}: {self.value}" if self.key and self.value else self.key or self.value


def words_of(tree: Tree, node: Node, locale: QLocale) -> Words:
    """What the row of a node says."""
    if node.page:
        first, last = locale.toString(node.place), locale.toString(node.place + node.page - 1)
        return Words(f"[{first} … {last}]", "text2", "", "text2")
    key = make_visible(tree.key(node))[0]
    if node.part:
        return Words(key, "s_key" if node.part.kind == "attribute" else "text2", _value(tree, node), "s_str")
    head = tree.head(node)
    key_role = "s_tag" if head.kind == "element" else "s_key"
    if head.opens and tree.language == "json":
        return Words(key, key_role, _count(tree, node, locale), "text2")
    if head.opens:
        return Words(key, key_role, _first_attribute(tree, node), "text2")
    role = "s_str" if head.kind == "element" else _ROLES.get(head.kind, "text")
    return Words(key, key_role, _value(tree, node), role)


def _first_attribute(tree: Tree, node: Node) -> str:
    parts = tree.head(node).parts
    if not parts or parts[0].kind != "attribute":
        return ""
    start, stop = node.start + parts[0].start, node.start + parts[0].stop
    data = tree.spool.read(start, min(stop, start + _SHOWN_BYTES))
    shown = make_visible(data.decode("utf-8", "replace"))[0]
    return f'{parts[0].name} "{shown}"' + (" …" if len(parts) > 1 else "")


def _value(tree: Tree, node: Node) -> str:
    return make_visible(tree.value(node, _SHOWN_BYTES).decode("utf-8", "replace"))[0]


def _count(tree: Tree, node: Node, locale: QLocale) -> str:
    def tr(words: str, number: int = -1) -> str:
        return QCoreApplication.translate("TreeView", words, "", number)

    is_object = tree.head(node).kind == "object"
    if tree.too_deep(node):
        return tr("nested too deep to open here; see Pretty")
    count, is_all = tree.count(node)
    name = tr("object") if is_object else tr("array")
    if not count and not is_all:
        return name
    number = locale.toString(count) + ("" if is_all else "+")
    if is_object:
        unit = tr("1 key") if count == 1 and is_all else tr("{0} keys").format(number)
    else:
        unit = tr("1 item") if count == 1 and is_all else tr("{0} items").format(number)
    return f"{name}, {unit}"


class RowPainter:
    """Paints rows of one width."""

    def __init__(self, painter: QPainter, width_px: int, *, focused: bool) -> None:
        self._painter, self._width_px, self._focused = painter, width_px, focused
        self._metrics = theme.fm("code")

    def paint(self, node: Node, words: Words, top_px: int, opens: bool, path: str | None) -> None:
        """One row; `path` is that of the current one, None for all others."""
        painter, height_px = self._painter, theme.px(ROW_PX)
        whole = QRectF(0, top_px, self._width_px, height_px)
        if path is not None:
            painter.fillRect(whole, theme.color("selected"))
            if self._focused:
                rounded(painter, whole.adjusted(1, 1, -1, -1), theme.px(4), None, theme.color("focus"), 1.5)
        left_px = theme.px(_LEFT_PX)
        for depth in range(node.depth):
            x_px = left_px + theme.px(_STEP_PX) * depth + theme.px(_CHEVRON_PX) // 2
            painter.fillRect(QRectF(x_px, top_px, 1, height_px), theme.color("line_strong"))
        x_px = left_px + theme.px(_STEP_PX) * node.depth
        if opens:
            side_px = theme.px(_CHEVRON_PX)
            name = "chevron-down" if node.is_open else "chevron-right"
            square = QRectF(x_px, top_px + (height_px - side_px) // 2, side_px, side_px)
            theme.draw_icon(painter, name, square, "text2")
        x_px += theme.px(_CHEVRON_PX) + theme.px(4)
        self._words(QRectF(x_px, top_px, self._width_px - theme.px(_LEFT_PX) - x_px, height_px), words, path)

    def _words(self, cell: QRectF, words: Words, path: str | None) -> None:
        key_px = min(self._metrics.horizontalAdvance(words.key) + 1, max(0.0, cell.width()))
        if words.key:
            text(self._painter, QRectF(cell.x(), cell.y(), key_px, cell.height()), words.key, "code", words.key_role)
            cell.setLeft(cell.x() + key_px + theme.px(_GAP_PX))
        if path:
            metrics = theme.fm("code_sm")
            room_px = cell.width() - theme.px(_LEAST_VALUE_PX) - theme.px(_GAP_PX)
            if room_px > theme.px(_LEAST_VALUE_PX):
                path = metrics.elidedText(make_visible(path)[0], Qt.TextElideMode.ElideLeft, room_px)
                path_px = metrics.horizontalAdvance(path) + 1
                right = QRectF(cell.right() - path_px, cell.y(), path_px, cell.height())
                text(self._painter, right, path, "code_sm", "text2", RIGHT, elide=False)
                cell.setRight(right.left() - theme.px(_GAP_PX))
        if words.value and cell.width() > 0:
            style = "body" if words.value_role == "text2" else "code"
            text(self._painter, cell, words.value, style, words.value_role)


def chevron_hit(node: Node, x_px: float) -> bool:
    """Whether a place is on the chevron of a row or left of it."""
    return x_px < theme.px(_LEFT_PX) + theme.px(_STEP_PX) * node.depth + theme.px(_CHEVRON_PX) + theme.px(2)
