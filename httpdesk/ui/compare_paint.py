"""Strokes of a comparison: two columns of text with line numbers and signs, grounds that tell what differs, badges."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from httpdesk.body.comparing import Kind
from httpdesk.core.header_pairs import MINUS
from httpdesk.ui.code_view_row import Look, RowLayout
from httpdesk.ui.paint import CENTER, LEFT, RIGHT
from httpdesk.ui.theme import theme

_PAD_PX, _SIGN_PX, _LEAST_DIGITS = 8, 20, 3
# What stands in the gutter, so that no colour tells anything alone.
SIGNS = {
    Kind.EQUAL: ("", ""),
    Kind.CHANGED: ("~", "~"),
    Kind.LEFT: (MINUS, ""),
    Kind.RIGHT: ("", "+"),
    Kind.REPLACED: (MINUS, "+"),
}
_ROLES = {Kind.CHANGED: ("warning", "warning"), Kind.EQUAL: ("", "")}
_ALONE = ("danger", "success")


@dataclass(frozen=True)
class Columns:
    """Where the two sides are, in pixels of the viewport: each has a gutter, then its text."""

    width_px: int
    gutter_px: int
    half_px: int

    def side_at(self, x_px: float) -> int:
        """The side at a place: 0 for left, 1 for right."""
        return int(x_px >= self.half_px)

    def left_px(self, side: int) -> int:
        """Where a side begins."""
        return side * self.half_px

    def right_px(self, side: int) -> int:
        """Where a side ends."""
        return self.width_px if side else self.half_px - 1

    def text_px(self) -> int:
        """How wide the text of a side may be without scrolling."""
        return self.half_px - self.gutter_px - 1


def columns_for(width_px: int, lines: int) -> Columns:
    """Two halves, with room for the line numbers that there are."""
    digits = max(_LEAST_DIGITS, len(str(max(1, lines))))
    digits_px = theme.fm("code_sm").horizontalAdvance("0") * digits
    return Columns(width_px, round(digits_px) + theme.px(2 * _PAD_PX + _SIGN_PX), width_px // 2)


@dataclass(frozen=True)
class SideRow:
    """One side of a row: its text (None for none), what it is, and the characters that differ in it."""

    side: int
    layout: RowLayout | None
    kind: Kind
    marks: tuple[tuple[int, int], ...]
    is_selected: bool
    is_current: bool


def paint_side(painter: QPainter, columns: Columns, row: SideRow, top_px: int, scrolled_px: int, look: Look) -> None:
    """Paint one side of a row."""
    left, right = columns.left_px(row.side), columns.right_px(row.side)
    area = QRectF(left, top_px, right - left, look.row_px)
    _ground(painter, area, row)
    if row.is_selected:
        painter.fillRect(area, theme.color("accent_fill", 0.35 if theme.mode == "dark" else 0.18))
    if row.layout is None:
        return
    text_left = left + columns.gutter_px
    painter.save()
    painter.setClipRect(QRectF(text_left, top_px, right - text_left, look.row_px))
    x_px = text_left - scrolled_px
    for first, last in row.marks:
        for rect in row.layout.rects(first, last):
            mark = rect.translated(x_px, top_px)
            painter.fillRect(mark, theme.color("warning", 0.34 if theme.mode == "dark" else 0.28))
            # Also under the words: a ground alone is no sign.
            painter.fillRect(QRectF(mark.left(), mark.bottom() - 1, mark.width(), 1), theme.color("warning"))
    painter.setPen(theme.color("text"))
    row.layout.draw(painter, x_px, top_px, right, None)
    painter.restore()
    _gutter(painter, columns, row, top_px, look)


def paint_badge(painter: QPainter, width_px: int, top_px: int, words: str, *, is_current: bool, look: Look) -> None:
    """Paint the row that stands for equal ones."""
    area = QRectF(0, top_px, width_px, look.row_px)
    painter.fillRect(area, theme.color("active" if is_current else "hover"))
    font = theme.font("small")
    words_px = theme.fm("small").horizontalAdvance(words)
    side_px = theme.px(12)
    icon_px = area.center().x() - words_px / 2 - side_px - theme.px(6)
    theme.draw_icon(painter, "chevrons-up-down", QRectF(icon_px, area.center().y() - side_px / 2, side_px, side_px))
    painter.setFont(font)
    painter.setPen(theme.color("text2"))
    painter.drawText(area, CENTER, words)


def paint_divider(painter: QPainter, columns: Columns, height_px: int) -> None:
    """Paint the line between the sides."""
    painter.fillRect(QRectF(columns.half_px - 1, 0, 1, height_px), theme.color("line"))


def _ground(painter: QPainter, area: QRectF, row: SideRow) -> None:
    if row.layout is None:
        painter.fillRect(area, theme.color("inset"))
        return
    role = _ROLES.get(row.kind, _ALONE)[row.side]
    if role:
        painter.fillRect(area, theme.tint(role))
    elif row.is_current:
        painter.fillRect(area, theme.color("curline"))


def _gutter(painter: QPainter, columns: Columns, row: SideRow, top_px: int, look: Look) -> None:
    if row.layout is None or not row.layout.row.starts_line:
        return
    left, sign_px = columns.left_px(row.side), theme.px(_SIGN_PX)
    painter.setFont(theme.font("code_sm"))
    painter.setPen(theme.color("text2" if row.kind != Kind.EQUAL or row.is_current else "gutter"))
    number = QRectF(left, top_px, columns.gutter_px - sign_px - theme.px(_PAD_PX) / 2, look.row_px)
    painter.drawText(number, RIGHT, str(row.layout.row.line))
    if sign := SIGNS[row.kind][row.side]:
        painter.setPen(theme.color(_ROLES.get(row.kind, _ALONE)[row.side]))
        place = QRectF(left + columns.gutter_px - sign_px + theme.px(2), top_px, sign_px, look.row_px)
        painter.drawText(place, LEFT, sign)
