"""How a row of the palette is painted: method or icon, title with the letters that fit, place, keys."""

from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from httpdesk.ui import tokens
from httpdesk.ui.environment_colors import paint_dot
from httpdesk.ui.paint import CENTER, LEFT, radius, rounded, text
from httpdesk.ui.palette_model import ENVIRONMENT, HEADING, REQUEST, Item, PaletteModel
from httpdesk.ui.theme import theme

_ROW_PX, _HEADING_PX, _EDGE_PX, _MARK_PX = 36, 28, 12, 44


class PaletteDelegate(QStyledItemDelegate):
    """Paints the rows of a PaletteModel; `enter` is the key cap of a current row that has no keys of its own."""

    def __init__(self, view: QListView, row_px: int = _ROW_PX, enter: str = "") -> None:
        super().__init__(view)
        self._view, self._row_px, self._enter = view, row_px, enter

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Headings are lower than rows."""
        del option
        item = self._item(index)
        heading = item is not None and item.kind == HEADING
        return QSize(theme.px(100), theme.px(_HEADING_PX if heading else self._row_px))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        item = self._item(index)
        if item is None:
            return
        painter.save()
        area = QRectF(option.rect)
        inner = area.adjusted(theme.px(_EDGE_PX), 0, -theme.px(_EDGE_PX), 0)
        if item.kind == HEADING:
            text(painter, inner.adjusted(0, theme.px(4), 0, 0), item.title, "micro", "text3")
        else:
            current = bool(option.state & QStyle.StateFlag.State_Selected)
            hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
            if current or hot:
                rounded(painter, area, radius("md"), theme.color("selected" if current else "hover"))
            self._paint_mark(painter, inner, item)
            keys = item.keys or ((self._enter,) if current and self._enter else ())
            end = paint_keys(painter, inner.right(), inner.center().y(), keys)
            words = QRectF(inner.left() + theme.px(_MARK_PX), area.top(), 0, area.height())
            words.setRight(end - theme.px(8))
            self._paint_words(painter, words, item, current=current)
        painter.restore()

    def _paint_mark(self, painter: QPainter, area: QRectF, item: Item) -> None:
        left, middle, side = area.left() + theme.px(6), area.center().y(), theme.px(16)
        if item.kind == REQUEST:
            place = QRectF(area.left(), area.top(), theme.px(_MARK_PX - 4), area.height())
            text(painter, place, tokens.METHOD_SHORT.get(item.mark, item.mark), "method", theme.method_role(item.mark))
        elif item.kind == ENVIRONMENT:
            dot = theme.px(8)
            paint_dot(painter, QRectF(left + (side - dot) / 2, middle - dot / 2, dot, dot), item.mark)
        elif item.mark:
            theme.draw_icon(painter, item.mark, QRectF(left, middle - side / 2, side, side), "text2")

    def _paint_words(self, painter: QPainter, area: QRectF, item: Item, *, current: bool) -> None:
        left = area.left()
        for fits, letters in groupby(range(len(item.title)), item.hits.__contains__):
            run = "".join(item.title[at] for at in letters)
            style = "strong" if fits else "body"
            room = area.right() - left
            text(painter, QRectF(left, area.top(), room, area.height()), run, style, "accent" if fits else "text", LEFT)
            left += QFontMetricsF(theme.font(style)).horizontalAdvance(run)
            if left >= area.right():
                return
        place = QRectF(left + theme.px(12), area.top(), area.right() - left - theme.px(12), area.height())
        if item.around and place.width() > theme.px(24):
            text(painter, place, item.around, "small", "text2" if current else "text3")

    def _item(self, index: QModelIndex | QPersistentModelIndex) -> Item | None:
        model = self._view.model()
        return model.item(index.row()) if isinstance(model, PaletteModel) else None


def shown_alternatives(keys: tuple[str, ...]) -> list[str]:
    """Shortcuts as this system writes them, each once: Return and Enter are the same to the reader."""
    native = QKeySequence.SequenceFormat.NativeText
    shown = [(QKeySequence(one).toString(native) or one).replace("Return", "Enter") for one in keys]
    return list(dict.fromkeys(shown))


def paint_keys(painter: QPainter, right: float, middle: float, keys: tuple[str, ...]) -> float:
    """Draw shortcuts as key caps that end at a place; return where they begin."""
    metrics, height = theme.fm("micro"), theme.px(18)
    for shown in reversed(shown_alternatives(keys)):
        for cap in reversed(shown.split("+") if len(shown) > 1 and not shown.endswith("++") else _caps(shown)):
            width = max(height, int(metrics.horizontalAdvance(cap) + theme.px(10)))
            right -= width
            frame = QRectF(right, middle - height / 2, width, height)
            rounded(painter, frame, radius("sm"), theme.color("inset"), theme.color("line_strong"))
            text(painter, frame, cap, "micro", "text2", CENTER, elide=False)
            right -= 2
        right -= theme.px(8)
    return right


def _caps(shown: str) -> list[str]:
    """The caps of "+" alone, or of a shortcut with plus, such as Ctrl++."""
    return ["+"] if shown == "+" else [*shown[:-2].split("+"), "+"]
