"""Strokes of folding: the chevron in the gutter, and the badge with the last line behind a folded row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from httpdesk.ui.paint import CENTER, radius, rounded, text
from httpdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from httpdesk.ui.code_view_fold import Folding, Tail
    from httpdesk.ui.code_view_row import Look, RowLayout
    from httpdesk.ui.code_view_screen import Placed

_CHEVRON_PX, _CHEVRON_RIGHT_PX, _ZONE_PX = 12, 19, 22
_BADGE_PX, _PADDING_PX, _GAP_PX = 16, 6, 4


def chevron_rect(gutter_px: int, y_px: int, layout: RowLayout) -> QRectF:
    """Where a click folds: more than the sign itself, so that it is easy to hit."""
    zone_px = theme.px(_ZONE_PX)
    return QRectF(gutter_px - zone_px, y_px, zone_px, layout.height_px / layout.lines)


def tail_rect(layout: RowLayout, tail: Tail, left_px: float, y_px: int, look: Look) -> QRectF:
    """The badge behind a row."""
    x_px, line = layout.place(len(layout.characters))
    width_px = theme.fm("micro").horizontalAdvance(tail.words) + theme.px(2 * _PADDING_PX)
    height_px = min(theme.px(_BADGE_PX), look.row_px)
    y_px += line * look.row_px + (look.row_px - height_px) // 2
    return QRectF(left_px + x_px + theme.px(_GAP_PX), y_px, width_px, height_px)


def paint_chevrons(painter: QPainter, folding: Folding, placed: Sequence[Placed], gutter_px: int) -> None:
    """The signs beside the numbers of rows that can be folded, are folded, or are being looked at."""
    if not folding.is_possible:
        return
    side_px = theme.px(_CHEVRON_PX)
    place = QRectF(gutter_px - theme.px(_CHEVRON_RIGHT_PX), 0, side_px, side_px)
    for layout, y_px in placed:
        folded = folding.fold_of(layout.row) is not None
        if folded or folding.can_fold(layout):
            place.moveTop(y_px + (layout.height_px / layout.lines - side_px) / 2)
            pending = folding.pending == layout.row.number
            role = "accent" if pending else "text2" if folded else "gutter"
            theme.draw_icon(painter, "chevron-right" if folded or pending else "chevron-down", place, role)


def paint_tail(painter: QPainter, layout: RowLayout, tail: Tail, left_px: float, y_px: int, look: Look) -> None:
    """The badge with the number of lines, and the line that ends the region."""
    badge = tail_rect(layout, tail, left_px, y_px, look)
    painter.save()
    rounded(painter, badge, radius("sm"), theme.color("active"))
    text(painter, badge, tail.words, "micro", "text2", CENTER, elide=False)
    painter.restore()
    if tail.closing is not None:
        line = layout.place(len(layout.characters))[1]
        painter.setPen(theme.color("text"))
        x_px = badge.right() + theme.px(_GAP_PX)
        right_px = painter.viewport().width()
        tail.closing.draw(painter, x_px, y_px + line * look.row_px, right_px, None)
