"""Strokes of the view of bytes: where its columns are, and one row of it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from httpdesk.body.hexdump import ROW_BYTES, characters, numbers
from httpdesk.ui.code_view_paint import Mark
from httpdesk.ui.paint import LEFT
from httpdesk.ui.theme import theme

_LEFT_PX = 16
_HALF = ROW_BYTES // 2  # after these is a wider gap; a narrow view has no more


class HexLook:
    """Font and columns for a body of some size: 8 bytes a row where 16 do not fit into `room_px`."""

    def __init__(self, size_bytes: int, room_px: float) -> None:
        metrics = theme.fm("code")
        self.row_px = round(metrics.lineSpacing() + theme.px(1))
        self.cell_px = metrics.horizontalAdvance("0")
        self.digits = max(8, len(f"{max(0, size_bytes - 1):x}"))
        self.numbers_px = theme.px(_LEFT_PX) + (self.digits + 2) * self.cell_px
        self._use(ROW_BYTES)
        if self.width_px > room_px:
            self._use(_HALF)

    def _use(self, row_bytes: int) -> None:
        self.row_bytes = row_bytes
        # Three cells a number, the wider gap in the middle, and three cells before the characters.
        self.text_px = self.numbers_px + (3 * row_bytes + (row_bytes > _HALF) + 2) * self.cell_px
        self.width_px = self.text_px + (row_bytes + 2) * self.cell_px

    def number_x(self, column: int) -> float:
        """Where the number of a byte of a row begins."""
        return self.numbers_px + (3 * column + (column >= _HALF)) * self.cell_px

    def column(self, x_px: float) -> tuple[int, bool]:
        """The byte of a row at an x, and whether that is among the characters."""
        last = self.row_bytes - 1
        if x_px >= self.text_px - self.cell_px:
            return max(0, min(last, int((x_px - self.text_px) / self.cell_px))), True
        cell = (x_px - self.numbers_px) / self.cell_px + 0.5
        column = int((cell - (1 if cell >= 3 * _HALF + 1 else 0)) / 3)
        return max(0, min(last, column)), False


@dataclass(frozen=True)
class HexScene:
    """What is marked: the selection, the matches in order, the byte with the caret (-1 for none)."""

    left_px: int
    selection: tuple[int, int]
    caret: int
    marks: Sequence[Mark]


def paint_row(painter: QPainter, look: HexLook, scene: HexScene, offset: int, data: bytes, area: QRectF) -> None:
    """Paint the bytes of one row."""
    left_px = scene.left_px
    for start, stop, is_current in scene.marks[bisect_right(scene.marks, offset, key=lambda mark: mark[1]) :]:
        if start >= offset + len(data):
            break
        _fill(
            painter,
            look,
            (start - offset, stop - offset),
            len(data),
            area,
            left_px,
            "match_now" if is_current else "match",
        )
    start, stop = scene.selection[0] - offset, scene.selection[1] - offset
    if start < stop:
        _fill(painter, look, (start, stop), len(data), area, left_px, "")
    painter.setFont(theme.font("code"))
    _draw(painter, area, left_px + theme.px(_LEFT_PX), f"{offset:0{look.digits}x}", "gutter")
    words = numbers(data)
    zeros = "".join(
        words[at : at + 3] if words[at : at + 2] == "00" else "   " for at in range(0, 3 * min(len(data), _HALF), 3)
    )
    second = words[3 * _HALF + 1 :]
    zeros += " " + "".join(
        second[at : at + 3] if second[at : at + 2] == "00" else "   " for at in range(0, len(second), 3)
    )
    _draw(painter, area, left_px + look.numbers_px, zeros, "text3")
    lit = "".join(" " if zero != " " else word for word, zero in zip(words, f"{zeros:<{len(words)}}", strict=False))
    _draw(painter, area, left_px + look.numbers_px, lit, "text")
    shown = characters(data)
    _draw(painter, area, left_px + look.text_px, "".join(c if c == "·" else " " for c in shown), "text3")
    _draw(painter, area, left_px + look.text_px, shown.replace("·", " "), "s_str")
    if offset <= scene.caret < offset + max(1, len(data)):
        _caret(painter, look, scene.caret - offset, area, left_px)


def _draw(painter: QPainter, area: QRectF, x_px: float, words: str, role: str) -> None:
    if words.strip():
        painter.setPen(theme.color(role))
        painter.drawText(QRectF(x_px, area.top(), 4000, area.height()), LEFT, words)


def _fill(
    painter: QPainter, look: HexLook, columns: tuple[int, int], count: int, area: QRectF, left_px: int, role: str
) -> None:
    """The ground of some bytes, in both columns; without a role that of the selection."""
    first, last = max(0, columns[0]), min(columns[1], count)
    if first >= last:
        return
    color = theme.color(role) if role else theme.color("accent_fill", 0.45 if theme.mode == "dark" else 0.25)
    start_px, stop_px = look.number_x(first), look.number_x(last - 1) + 2 * look.cell_px
    painter.fillRect(QRectF(left_px + start_px, area.top(), stop_px - start_px, area.height()), color)
    text_px = left_px + look.text_px + first * look.cell_px
    painter.fillRect(QRectF(text_px, area.top(), (last - first) * look.cell_px, area.height()), color)


def _caret(painter: QPainter, look: HexLook, column: int, area: QRectF, left_px: int) -> None:
    for x_px, width_px in (
        (look.number_x(column), 2 * look.cell_px),
        (look.text_px + column * look.cell_px, look.cell_px),
    ):
        line = QRectF(left_px + x_px, area.bottom() - theme.px(2), width_px, theme.px(1.5))
        painter.fillRect(line, theme.color("accent"))
