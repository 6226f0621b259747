"""Strokes of a code view: gutter with line numbers, indent guides, current line, selection, matches, text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from httpdesk.ui.code_view_caret import Caret
from httpdesk.ui.code_view_fold import Folding
from httpdesk.ui.code_view_fold_paint import paint_chevrons, paint_tail
from httpdesk.ui.code_view_row import Look, RowLayout
from httpdesk.ui.code_view_screen import Placed
from httpdesk.ui.paint import RIGHT
from httpdesk.ui.theme import theme

_INDENT = 2  # columns of one guide
_SHORT = 256  # characters of a row that are not worth cutting

# A match: first byte, the one behind the last, whether it is the current one.
Mark = tuple[int, int, bool]


@dataclass(frozen=True)
class Scene:
    """What there is to paint, in pixels of the viewport; the text begins at `gutter_px - scrolled_px`.

    The marks are in order and do not overlap.
    """

    placed: Sequence[Placed]
    marks: Sequence[Mark]
    caret: Caret
    folding: Folding
    caret_is_on: bool
    gutter_px: int
    scrolled_px: int
    width_px: int
    height_px: int


def paint(painter: QPainter, scene: Scene, look: Look) -> None:
    """Paint the whole viewport."""
    painter.fillRect(QRectF(0, 0, scene.width_px, scene.height_px), theme.color("canvas"))
    current = scene.caret.row.number if scene.caret.seen and scene.caret.row else -1
    left_px = scene.gutter_px - scene.scrolled_px
    painter.save()
    painter.setClipRect(QRectF(scene.gutter_px, 0, scene.width_px - scene.gutter_px, scene.height_px))
    for layout, y_px in scene.placed:
        if layout.row.number == current and not _selects(scene.caret):
            painter.fillRect(QRectF(scene.gutter_px, y_px, scene.width_px, layout.height_px), theme.color("curline"))
    _guides(painter, scene, left_px, look)
    for layout, y_px in scene.placed:
        _selection(painter, layout, left_px, y_px, scene.caret, look)
        marked = _marks(painter, layout, left_px, y_px, scene)
        painter.setPen(theme.color("text"))
        layout.draw(painter, left_px, y_px, scene.width_px, marked)
        if (tail := scene.folding.tail(layout.row, look)) is not None:
            paint_tail(painter, layout, tail, left_px, y_px, look)
        if scene.caret_is_on and layout.row.number == current:
            _caret(painter, layout, left_px, y_px, scene.caret)
    painter.restore()
    _gutter(painter, scene, current)


def gutter_width(lines: int) -> int:
    """How wide the gutter is: 60 px, or more for more than five digits."""
    digits_px = theme.fm("code_sm").horizontalAdvance("0") * len(str(max(1, lines)))
    return max(theme.px(60), round(digits_px) + theme.px(24 + 8))


def _selects(caret: Caret) -> bool:
    return caret.anchor != caret.offset


def _guides(painter: QPainter, scene: Scene, left_px: float, look: Look) -> None:
    """Paint each guide in one stroke down the rows that have it: with deep nesting there are thousands in the rows."""
    step_px, color = _INDENT * look.cell_px, theme.color("guide")
    first = max(0, int(-left_px // step_px))
    most = int((scene.width_px - left_px) // step_px) + 1
    tops: list[int] = []  # where the guides that go on began
    bottom = 0

    def end_behind(count: int, y_px: int) -> None:
        for number in range(max(first, count), len(tops)):
            x_px = round(left_px + number * step_px + 0.5)
            painter.fillRect(QRectF(x_px, tops[number], 1, y_px - tops[number]), color)
        del tops[count:]

    for layout, y_px in scene.placed:
        count = min(most, layout.indentation // _INDENT)
        end_behind(count, y_px)
        tops += [y_px] * (count - len(tops))
        bottom = y_px + layout.height_px
    end_behind(0, bottom)


def _inside(layout: RowLayout, start: int, stop: int) -> tuple[int, int] | None:
    """The characters of a row between two bytes of the body."""
    if stop <= layout.row.start or start >= layout.row.stop:
        return None
    first = layout.character(start) if start > layout.row.start else 0
    last = layout.character(stop) if stop < layout.row.stop else len(layout.characters)
    return first, last


def _selection(painter: QPainter, layout: RowLayout, left_px: float, y_px: int, caret: Caret, look: Look) -> None:
    start, stop = caret.selection
    found = _inside(layout, start, stop) if start < stop else None
    if found is None:
        return
    color = theme.color("accent_fill", 0.45 if theme.mode == "dark" else 0.25)
    rects = layout.rects(*found)
    if stop >= layout.row.stop and layout.offset(len(layout.characters)) < layout.row.stop:
        rects[-1].setWidth(rects[-1].width() + look.cell_px / 2)  # the line end is selected too
    for rect in rects:
        painter.fillRect(rect.translated(left_px, y_px), color)


def _marks(painter: QPainter, layout: RowLayout, left_px: float, y_px: int, scene: Scene) -> tuple[int, int] | None:
    """Paint the matches; gives the characters of the current one, whose text needs another colour."""
    marks = scene.marks
    first = bisect_right(marks, layout.row.start, key=lambda mark: mark[1])
    last = bisect_left(marks, layout.row.stop, key=lambda mark: mark[0])
    if first >= last:
        return None
    seen_from, seen_to = _seen(layout, scene, left_px)
    current, run = None, None
    for start, stop, is_current in marks[first:last]:
        found = _inside(layout, start, stop)
        if found is None or found[1] < seen_from or found[0] > seen_to:
            continue
        found = max(found[0], seen_from), min(found[1], seen_to)
        if is_current:
            current = found
        elif run and run[1] >= found[0]:
            run = run[0], found[1]  # neighbours are painted in one go: there may be thousands
        else:
            _fill(painter, layout, left_px, y_px, run)
            run = found
    _fill(painter, layout, left_px, y_px, run)
    _fill(painter, layout, left_px, y_px, current, "match_now")
    return current


def _seen(layout: RowLayout, scene: Scene, left_px: float) -> tuple[int, int]:
    """The characters of a row that are not cut off at the sides; it may be some more."""
    if layout.lines > 1 or len(layout.characters) < _SHORT:
        return 0, len(layout.characters)
    first, last = layout.character_at(scene.scrolled_px, 0), layout.character_at(scene.width_px - left_px, 0)
    return max(0, first - 1), last + 1


def _fill(
    painter: QPainter,
    layout: RowLayout,
    left_px: float,
    y_px: int,
    characters: tuple[int, int] | None,
    role: str = "match",
) -> None:
    for rect in layout.rects(*characters) if characters else ():
        painter.fillRect(rect.translated(left_px, y_px), theme.color(role))


def _caret(painter: QPainter, layout: RowLayout, left_px: float, y_px: int, caret: Caret) -> None:
    x_px, line = layout.place(layout.character(caret.offset))
    height_px = layout.height_px / layout.lines
    painter.fillRect(
        QRectF(round(left_px + x_px), y_px + line * height_px, theme.px(1), height_px), theme.color("text")
    )


def _gutter(painter: QPainter, scene: Scene, current: int) -> None:
    painter.setFont(theme.font("code_sm"))
    digits, strong = theme.color("gutter"), theme.color("text2")
    width_px = scene.gutter_px - theme.px(24)
    paint_chevrons(painter, scene.folding, scene.placed, scene.gutter_px)
    for layout, y_px in scene.placed:
        row = layout.row
        if row.starts_line:
            painter.setPen(strong if row.number == current else digits)
            painter.drawText(QRectF(0, y_px, width_px, layout.height_px / layout.lines), RIGHT, str(row.line))
