"""RowIndex: where the rows of a growing text start, kept sparsely (3 MB for a body of 1 GB)."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

# Longer lines are cut into rows of this size: one line of 100 MB stays paintable.
ROW_BYTES = 1024
# A row may be longer by its line end, so that no row holds a line end alone.
_ROW_LIMIT = ROW_BYTES + 2
BLOCK_BYTES = 8192
_CACHED_BLOCKS = 128  # where much is folded each row on the screen may be in another one


class Row(NamedTuple):
    """One row: its number, bytes from `start` up to `stop` (with the line end), and the line it is part of, from 1."""

    number: int
    start: int
    stop: int
    line: int
    starts_line: bool


class _Block(NamedTuple):
    """The rows of one block: where each starts (and the last one ends), and the line each is part of."""

    first: int
    starts: list[int]
    lines: list[int]
    starts_line: bool

    def row(self, i: int) -> Row:
        starts_line = self.lines[i] != self.lines[i - 1] if i else self.starts_line
        return Row(self.first + i, self.starts[i], self.starts[i + 1], self.lines[i], starts_line)


class RowIndex:
    """Rows, lines and their places.

    One thread calls feed(), any thread asks; `read` gives the bytes of a range. At the start of each block of about
    8 KB the index keeps offset, row, line and what `track` says: the state of the language there, carried from block
    to block (`track` gets the bytes of a block and the state before them).
    """

    def __init__(
        self, read: Callable[[int, int], bytes], track: Callable[[bytes, int], int] = lambda _data, _state: 0
    ) -> None:
        self._read, self._track = read, track
        self._offsets, self._rows, self._lines = array("Q", [0]), array("Q", [0]), array("Q", [1])
        self._states = array("B", [0])
        self._cache: dict[tuple[int, int], _Block] = {}
        self._passed: tuple[tuple[int, int], _Block] | None = None
        self._state = 0
        self._row = 0  # rows that are whole
        self._line = 1
        self._next_offset = 0
        self._size = 0

    @property
    def next_offset(self) -> int:
        """Where the bytes of the next feed() must start: at the last row while it may still grow."""
        return self._next_offset

    @property
    def size_bytes(self) -> int:
        """How much of the body is indexed."""
        return self._size

    @property
    def rows(self) -> int:
        """How many rows there are so far."""
        return self._row + (self._size > self._next_offset)

    @property
    def lines(self) -> int:
        """How many lines there are so far."""
        return self._line if self._size > self._next_offset else self._line - 1

    def feed(self, data: bytes) -> None:
        """Take the bytes from `next_offset` on, as many as there are (some 100 KB, so that no other thread waits)."""
        base, position, block, size = self._next_offset, 0, self._offsets[-1] - self._next_offset, len(data)
        while position < size:
            after = data.rfind(b"\n", position, position + _ROW_LIMIT) + 1
            if after:
                lines = data.count(b"\n", position, after)
                self._row += lines
                self._line += lines
            elif size - position < _ROW_LIMIT:
                break
            else:
                after = _cut(data, position)
                self._row += 1
            if after - block >= BLOCK_BYTES:
                self._add_block(base + after, self._read(base + block, base) + data[max(block, 0) : after])
                block = after
            position = after
        self._next_offset = base + position
        self._size = base + size

    def window(self, first: int, count: int) -> list[Row]:
        """Up to `count` rows from row `first` on."""
        found: list[Row] = []
        number = max(0, bisect_right(self._rows, first) - 1)
        while len(found) < count and number < len(self._rows):
            block = self._block(number)
            skip = max(0, first - block.first)
            found += map(block.row, range(skip, min(len(block.lines), skip + count - len(found))))
            number += 1
        return found

    def row_at(self, offset: int, *, passing: bool = False) -> Row | None:
        """The row that holds this byte; the last one for any place behind; None while there is none.

        Who is `passing` through the whole text keeps only the last block, and not in place of those of others.
        """
        number = self._last_at(self._offsets, offset)
        block = self._passed_block(number) if passing else self._block(number)
        return block.row(max(0, bisect_right(block.starts, offset, 0, len(block.lines)) - 1)) if block.lines else None

    def row_of_line(self, line: int) -> Row | None:
        """The first row of a line (from 1), or the last row when there is no such line."""
        number = self._last_at(self._lines, line)
        # A long line may begin in an earlier block than the last one that is still on it.
        while number and self._lines[number] == line:
            number -= 1
        for candidate in range(number, min(number + 2, len(self._rows))):
            block = self._block(candidate)
            i = bisect_left(block.lines, line)
            if i < len(block.lines) and block.lines[i] == line:
                return block.row(i)
        return self.row_at(self._size)

    def checkpoint(self, row: int) -> tuple[int, int]:
        """The nearest row at or before this one whose state is known, and the state."""
        block = max(0, bisect_right(self._rows, row) - 1)
        return self._rows[block], self._states[block]

    def _add_block(self, offset: int, data: bytes) -> None:
        self._state = self._track(data, self._state)
        self._states.append(self._state)
        self._lines.append(self._line)
        self._offsets.append(offset)
        self._rows.append(self._row)  # last: readers on other threads look here first

    def _last_at(self, column: "array[int]", value: int) -> int:
        """The last block whose entry is not above the value, and which has rows."""
        number = min(bisect_right(column, value), len(self._rows)) - 1
        return number - 1 if number > 0 and self._offsets[number] >= self._size else max(0, number)

    def _block(self, number: int) -> _Block:
        blocks = len(self._rows)
        start = self._offsets[number]
        stop = self._offsets[number + 1] if number + 1 < blocks else self._size
        block = self._cache.get((start, stop))
        if block is None:
            if len(self._cache) >= _CACHED_BLOCKS:
                self._cache.clear()
            block = self._cache[start, stop] = self._split(number, self._read(start, stop))
        return block

    def _passed_block(self, number: int) -> _Block:
        key = self._offsets[number], self._offsets[number + 1] if number + 1 < len(self._rows) else self._size
        passed = self._passed
        if passed is None or passed[0] != key:
            passed = self._passed = key, self._split(number, self._read(*key))
        return passed[1]

    def _split(self, number: int, data: bytes) -> _Block:
        base, line = self._offsets[number], self._lines[number]
        starts_line = base == 0 or self._read(base - 1, base) == b"\n"
        starts, lines, position, size = [base], [], 0, len(data)
        while position < size:
            lines.append(line)
            after = data.find(b"\n", position, position + _ROW_LIMIT) + 1
            if after:
                line += 1
            else:
                after = size if size - position < _ROW_LIMIT else _cut(data, position)
            starts.append(base + after)
            position = after
        return _Block(self._rows[number], starts, lines, starts_line)


def rows_of(data: bytes, start: int, stop: int) -> int:
    """How many rows the line from one byte up to another (with its line end) is cut into."""
    rows, limit = 1, _ROW_LIMIT if data[stop - 1 : stop] == b"\n" else _ROW_LIMIT - 1
    while stop - start > limit:
        start = _cut(data, start)
        rows += 1
    return rows


def _cut(data: bytes, position: int) -> int:
    """Where a row that is too long ends: not inside a character of UTF-8."""
    after = position + ROW_BYTES
    for back in range(4):
        if data[after - back] & 0xC0 != 0x80:
            return after - back
    return after
