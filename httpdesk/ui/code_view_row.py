"""RowLayout: one row of a code view, laid out in pieces, so that a long row costs what is seen of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from httpdesk.body.lexing import Span
from httpdesk.body.lines import Row
from httpdesk.body.text import byte_length
from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.theme import theme

_PIECE = 128  # characters
_TAB = 4  # characters
_NO_WRAP_PX = 1e7
ROLES = ("s_key", "s_str", "s_num", "s_kw", "s_punct", "s_com", "s_tag")


class Look:
    """Font, sizes and text formats of the present theme, made once for all rows."""

    def __init__(self) -> None:
        self.font = theme.font("code")
        metrics = theme.fm("code")
        self.row_px = round(metrics.lineSpacing() + theme.px(1))
        self.cell_px = metrics.horizontalAdvance(" ")
        self.lead_px = (self.row_px - metrics.height()) / 2
        self.formats = {role: _format(theme.color(role)) for role in ROLES}
        self.sign = _format(theme.color("warning"))
        self.sign.setBackground(QBrush(theme.tint("warning")))
        self.on_match = _format(QColor("#14161A"))
        self.wrapped = self._option(QTextOption.WrapMode.WrapAnywhere)
        self.unwrapped = self._option(QTextOption.WrapMode.NoWrap)

    def _option(self, mode: QTextOption.WrapMode) -> QTextOption:
        """Rows run left to right whatever they hold, as code does."""
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(_TAB * self.cell_px)
        option.setWrapMode(mode)
        return option


def _format(color: QColor) -> QTextCharFormat:
    text_format = QTextCharFormat()
    text_format.setForeground(QBrush(color))
    return text_format


class _Piece:
    """Some units of a row: their layout once it is needed, and where it begins."""

    __slots__ = ("layout", "start", "stop", "width_px", "x_px")

    def __init__(self, start: int, stop: int) -> None:
        self.start, self.stop = start, stop
        self.x_px, self.width_px = -1.0, -1.0
        self.layout: QTextLayout | None = None


class RowLayout:
    """A row ready to paint: where each character is, and which character is where.

    Places in the row are characters; Qt counts UTF-16 units, which differ behind each character beyond U+FFFF.
    With `wrap_px` the row breaks into as many lines as it needs; else it is one line, laid out as far as it is seen.
    """

    def __init__(self, row: Row, characters: str, spans: Sequence[Span], look: Look, wrap_px: float | None) -> None:
        self.row, self.characters, self._look, self._wrap_px = row, characters, look, wrap_px
        self._shown, self._signs = make_visible(characters)
        self._wide = [] if characters.isascii() else [i for i, char in enumerate(self._shown) if char > "\uffff"]
        self._spans = spans
        self._plain = characters.isascii() and not self._signs and "\t" not in characters
        cuts = [self._units(cut) for cut in self._cuts()]
        self._pieces = [_Piece(start, stop) for start, stop in pairwise(cuts)]
        self._pieces[0].x_px = 0.0
        self._ready_px = 0.0, -1.0
        self._lines = 1 if wrap_px is None else 0  # 0: not known before it is laid out

    @property
    def shown(self) -> str:
        """The characters as they are painted: odd ones by a sign."""
        return self._shown

    @property
    def lines(self) -> int:
        """How many lines of the screen the row takes."""
        if not self._lines:
            self._lines = max(1, self._layout(self._pieces[0]).lineCount())
        return self._lines

    @property
    def height_px(self) -> int:
        """How high the row is."""
        return self.lines * self._look.row_px

    @property
    def indentation(self) -> int:
        """How many columns of white space the row begins with; 0 for an empty row."""
        text = self.characters.expandtabs(_TAB)
        return len(text) - len(text.lstrip(" ")) if text.strip() else 0

    def width_px(self, upto_px: float) -> float:
        """How wide the row is, as far as it is laid out (at least up to `upto_px`)."""
        last = self._pieces[0]
        for last in self._pieces:
            if self._reach(last) + last.width_px >= upto_px:
                break
        return last.x_px + last.width_px

    def is_ready(self, left_px: float, right_px: float) -> bool:
        """Whether draw() between these x has nothing left to lay out."""
        return self._ready_px[0] <= left_px and right_px <= self._ready_px[1]

    def make_ready(self, left_px: float, right_px: float) -> None:
        """Lay out what draw() needs between these x."""
        if self.is_ready(left_px, right_px):
            return
        for piece in self._pieces:
            if self._reach(piece) > right_px:
                break
            if piece.x_px + piece.width_px >= left_px:
                self._layout(piece)
        self._ready_px = left_px, right_px

    def draw(
        self, painter: QPainter, x_px: float, y_px: float, right_px: float, marked: tuple[int, int] | None
    ) -> None:
        """Paint at (x, y) what is left of `right_px`; `marked` characters are on the colour of the current match."""
        selections = []
        for piece in self._pieces:
            start_px = x_px + self._reach(piece)
            if start_px > right_px:
                break
            if start_px + piece.width_px < 0:
                continue
            if marked:
                selections = self._ranges(*self._characters_of(piece), [(*marked, self._look.on_match)])
            self._layout(piece).draw(painter, QPointF(start_px, y_px), selections)

    def place(self, character: int) -> tuple[float, int]:
        """Where a character begins: x, and the line of a wrapped row."""
        units = self._units(character)
        piece = self._piece_of(units)
        x_px = self._reach(piece)
        if self._plain and self._wrap_px is None:
            return x_px + (units - piece.start) * self._look.cell_px, 0
        line = self._layout(piece).lineForTextPosition(units - piece.start)
        return x_px + _x_of(line, units - piece.start), max(0, line.lineNumber())

    def character_at(self, x_px: float, line: int) -> int:
        """The character boundary nearest to x on a line of the row."""
        found = self._pieces[0]
        for found in self._pieces:
            if self._reach(found) + found.width_px > x_px:
                break
        layout = self._layout(found)
        line = max(0, min(line, layout.lineCount() - 1))
        units = layout.lineAt(line).xToCursor(x_px - found.x_px)
        # The end of a wrapped line is the start of the next one: stay before it.
        if line + 1 < layout.lineCount() and units >= layout.lineAt(line + 1).textStart():
            units = layout.previousCursorPosition(layout.lineAt(line + 1).textStart())
        return self._characters_before(found.start + units)

    def rects(self, start: int, stop: int) -> list[QRectF]:
        """The areas of some characters, one for each line they are on, relative to the row."""
        (x1, line1), (x2, line2) = self.place(start), self.place(stop)
        height = self._look.row_px
        if line1 == line2:
            return [QRectF(min(x1, x2), line1 * height, abs(x2 - x1), height)]
        wide = self._wrap_px or 0.0
        middle = [QRectF(0, line * height, wide, height) for line in range(line1 + 1, line2)]
        return [QRectF(x1, line1 * height, wide - x1, height), *middle, QRectF(0, line2 * height, x2, height)]

    def step(self, character: int, by: int) -> int:
        """The next (by 1) or previous (by -1) place a caret can be, which never splits what is seen as one."""
        units = self._units(character)
        piece = self._piece_of(units - (by < 0 and units > 0))
        layout = self._layout(piece)
        inside = units - piece.start
        moved = layout.nextCursorPosition(inside) if by > 0 else layout.previousCursorPosition(inside)
        if moved == inside:
            return max(0, min(len(self.characters), character + by))
        return self._characters_before(piece.start + moved)

    def offset(self, character: int) -> int:
        """The byte of the body at which a character begins."""
        return self.row.start + byte_length(self.characters[:character])

    def character(self, offset: int) -> int:
        """The character that holds a byte of the body, or the end of the row."""
        inside = max(0, offset - self.row.start)
        if self.characters.isascii():
            return min(inside, len(self.characters))
        data = self.characters.encode("utf-8", "surrogateescape")
        return len(data[:inside].decode("utf-8", "surrogateescape"))

    def _reach(self, piece: _Piece) -> float:
        """Where a piece begins; the ones before it have to be measured for that."""
        if piece.width_px >= 0:
            return piece.x_px
        x_px = 0.0
        for each in self._pieces:
            if each.width_px < 0:
                each.x_px = x_px
                if self._plain and self._wrap_px is None:
                    each.width_px = (each.stop - each.start) * self._look.cell_px
                else:
                    layout = self._layout(each)
                    lines = [layout.lineAt(i) for i in range(layout.lineCount())]
                    each.width_px = max(line.naturalTextWidth() for line in lines)
            if each is piece:
                break
            x_px = each.x_px + each.width_px
        return piece.x_px

    def _layout(self, piece: _Piece) -> QTextLayout:
        if piece.layout is None:
            first, last = self._characters_of(piece)
            layout = QTextLayout(self._shown[first:last], self._look.font)
            layout.setCacheEnabled(True)
            layout.setTextOption(self._look.unwrapped if self._wrap_px is None else self._look.wrapped)
            layout.setFormats(self._ranges(first, last, self._formats(first, last)))
            layout.beginLayout()
            y_px = self._look.lead_px
            while (line := layout.createLine()).isValid():
                line.setLineWidth(_NO_WRAP_PX if self._wrap_px is None else self._wrap_px)
                line.setPosition(QPointF(0, y_px))
                y_px += self._look.row_px
            layout.endLayout()
            piece.layout = layout
        return piece.layout

    def _cuts(self) -> list[int]:
        """Where the pieces begin and the last one ends; if it can be, not inside of what is drawn as one."""
        size, cuts = len(self._shown), [0]
        if self._wrap_px is None and size > 2 * _PIECE:
            while size - cuts[-1] > _PIECE:
                cut = cuts[-1] + _PIECE
                if not self._plain:
                    near = range(cut, cut - _PIECE // 4, -1)
                    cut = next((place for place in near if self._shown[place - 1 : place + 1].isascii()), cut)
                cuts.append(cut)
        return [*cuts, size]

    def _formats(self, first: int, last: int) -> Iterator[tuple[int, int, QTextCharFormat]]:
        """The coloured parts that some characters are in, then the signs among them."""
        for i in range(max(0, bisect_right(self._spans, first, key=_start_of) - 1), len(self._spans)):
            start, length, role = self._spans[i]
            if start >= last:
                break
            yield start, start + length, self._look.formats[role]
        for place in self._signs[bisect_left(self._signs, first) : bisect_left(self._signs, last)]:
            yield place, place + 1, self._look.sign

    def _ranges(
        self, first: int, last: int, formats: Iterable[tuple[int, int, QTextCharFormat]]
    ) -> list[QTextLayout.FormatRange]:
        """The formats of some characters as Qt wants them: in units from the first of the characters on."""
        ranges = []
        base = self._units(first)
        for start, stop, text_format in formats:
            begin, end = self._units(max(start, first)), self._units(min(stop, last))
            if begin < end:
                chosen = QTextLayout.FormatRange()
                chosen.start, chosen.length, chosen.format = begin - base, end - begin, text_format
                ranges.append(chosen)
        return ranges

    def _characters_of(self, piece: _Piece) -> tuple[int, int]:
        return self._characters_before(piece.start), self._characters_before(piece.stop)

    def _piece_of(self, units: int) -> _Piece:
        return self._pieces[max(0, bisect_right(self._pieces, units, key=lambda piece: piece.start) - 1)]

    def _units(self, character: int) -> int:
        return character + bisect_left(self._wide, character) if self._wide else character

    def _characters_before(self, units: int) -> int:
        if not self._wide:
            return units
        return bisect_left(range(len(self._shown) + 1), units, key=self._units)


def _start_of(span: Span) -> int:
    return span.start


def _x_of(line: QTextLine, units: int) -> float:
    x_px: object = line.cursorToX(units)  # PySide gives the place that was really taken too
    x_px = x_px[0] if isinstance(x_px, tuple) else x_px
    return x_px if isinstance(x_px, float) else 0.0
