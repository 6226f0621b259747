"""Caret: where the selection of a code view begins and ends, in bytes of the body, and how keys move it."""

from PySide6.QtGui import QKeyEvent, QKeySequence

from httpdesk.body.lines import Row
from httpdesk.ui.code_view_row import RowLayout
from httpdesk.ui.code_view_screen import Screen

_Key = QKeySequence.StandardKey
# What moves, and its twin that selects.
_MOVES = {
    "left": (_Key.MoveToPreviousChar, _Key.SelectPreviousChar),
    "right": (_Key.MoveToNextChar, _Key.SelectNextChar),
    "word_left": (_Key.MoveToPreviousWord, _Key.SelectPreviousWord),
    "word_right": (_Key.MoveToNextWord, _Key.SelectNextWord),
    "up": (_Key.MoveToPreviousLine, _Key.SelectPreviousLine),
    "down": (_Key.MoveToNextLine, _Key.SelectNextLine),
    "page_up": (_Key.MoveToPreviousPage, _Key.SelectPreviousPage),
    "page_down": (_Key.MoveToNextPage, _Key.SelectNextPage),
    "home": (_Key.MoveToStartOfLine, _Key.SelectStartOfLine),
    "end": (_Key.MoveToEndOfLine, _Key.SelectEndOfLine),
    "start": (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument),
    "finish": (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument),
}


class Caret:
    """A selection from `anchor` to `offset`, both byte offsets; at the start there is none to be seen."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.anchor = self.offset = 0
        self.seen = False
        self._aim_px: float | None = None  # the x that up and down keep

    @property
    def selection(self) -> tuple[int, int]:
        """First byte and the one behind the last."""
        return min(self.anchor, self.offset), max(self.anchor, self.offset)

    @property
    def row(self) -> Row | None:
        """The row the caret is in."""
        return self._screen.text.index.row_at(self.offset)

    def select(self, anchor: int, offset: int) -> None:
        """Select from one place to another."""
        self.anchor, self.offset, self.seen, self._aim_px = anchor, offset, True, None

    def put(self, offset: int, *, extend: bool = False) -> None:
        """Move to a place, and let the selection reach to it."""
        self.select(self.anchor if extend else offset, offset)

    def place(self) -> tuple[RowLayout, int] | None:
        """The row and the character the caret is at."""
        row = self.row
        if row is None:
            return None
        layout = self._screen.layout(row)
        return layout, layout.character(self.offset)

    def key(self, event: QKeyEvent) -> bool:
        """Move as a key says; False when the key moves nothing."""
        for name, (move, select) in _MOVES.items():
            for standard, extend in ((move, False), (select, True)):
                if event.matches(standard):
                    self.move(name, extend=extend)
                    return True
        return False

    def move(self, how: str, *, extend: bool) -> None:
        """Move by one of the ways: left, word_right, page_down, home, finish and so on."""
        there = self.place()
        if there is None:
            return
        start, stop = self.selection
        if start != stop and not extend and how in ("left", "right"):
            self.put(start if how == "left" else stop)
        elif how in ("up", "down", "page_up", "page_down"):
            lines = self._screen.page if how.startswith("page") else 1
            self._vertical(*there, -lines if how.endswith("up") else lines, extend=extend)
        else:
            self.put(self._target(how, *there), extend=extend)

    def word_at(self, layout: RowLayout, character: int) -> None:
        """Select the word around a character."""
        text = layout.characters
        kind = _kind(text[character]) if character < len(text) else ""
        start = stop = character
        while start > 0 and _kind(text[start - 1]) == kind:
            start -= 1
        while stop < len(text) and _kind(text[stop]) == kind:
            stop += 1
        self.select(layout.offset(start), layout.offset(stop))

    def line_at(self, row: Row) -> None:
        """Select the whole line that a row is part of, with its line end."""
        index = self._screen.text.index
        first, following = index.row_of_line(row.line), index.row_of_line(row.line + 1)
        if first and following:
            self.select(first.start, following.start if following.line > row.line else index.size_bytes)

    def _target(self, how: str, layout: RowLayout, character: int) -> int:
        end = len(layout.characters)
        if how in ("start", "finish"):
            return 0 if how == "start" else self._screen.last_offset()
        if how == "home":
            first = end - len(layout.characters.lstrip())
            return layout.offset(0 if character == first else first)
        if how == "end":
            return layout.offset(end)
        by = -1 if how.endswith("left") else 1
        if character == (0 if by < 0 else end):
            return self._neighbour_end(layout, by)
        moved = layout.step(character, by)
        if how.startswith("word"):
            text = layout.characters
            probe = -1 if by < 0 else 0
            kind = _kind(text[moved + probe]) if 0 <= moved + probe < end else ""
            while 0 < moved < end and (_kind(text[moved + probe]) == kind or (by > 0 and text[moved].isspace())):
                moved += by
        return layout.offset(moved)

    def _neighbour_end(self, layout: RowLayout, by: int) -> int:
        """From the end of one row to the near end of the next one."""
        row = self._screen.neighbour(layout.row, by)
        if row is None:
            return self.offset
        neighbour = self._screen.layout(row)
        if by > 0:
            # Where a long line was cut both rows share the place.
            inside = 0 if row.starts_line else neighbour.step(0, 1)
            return neighbour.offset(inside)
        end = len(neighbour.characters)
        return neighbour.offset(end if layout.row.starts_line else neighbour.step(end, -1))

    def _vertical(self, layout: RowLayout, character: int, lines: int, *, extend: bool) -> None:
        x_px, line = layout.place(character)
        aim_px = x_px if self._aim_px is None else self._aim_px
        line += lines
        if self._screen.wrap_px is None and (row := self._screen.neighbour(layout.row, line)) is not None:
            # Rows of one line need not be laid out to be passed.
            layout, line = self._screen.layout(row), 0
        height_px = self._screen.line_px
        while line < 0 and (above := self._screen.neighbour(layout.row, -1)) is not None:
            layout = self._screen.layout(above)
            line += layout.height_px // height_px
        while line >= layout.height_px // height_px and (below := self._screen.neighbour(layout.row, 1)) is not None:
            line -= layout.height_px // height_px
            layout = self._screen.layout(below)
        beyond = line < 0 or line >= layout.height_px // height_px
        if beyond:
            self.put(0 if line < 0 else self._screen.last_offset(), extend=extend)
        else:
            self.put(layout.offset(layout.character_at(aim_px, line)), extend=extend)
        self._aim_px = aim_px


def _kind(character: str) -> str:
    """Words, white space and all else: a double click takes neighbours of one kind."""
    return "word" if character.isalnum() or character == "_" else "space" if character.isspace() else "other"
