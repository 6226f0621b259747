"""Comparing: what is asked of two bodies, and what came of it: the rows of both side by side."""

from array import array
from bisect import bisect_left, bisect_right
from enum import IntEnum
from typing import NamedTuple

import msgspec

# A larger body is not compared: its text and the places of its lines must fit into memory.
LIMIT_BYTES = 64 << 20
# Members and elements are put in order in bodies up to this size.
ORDER_LIMIT_BYTES = 20 << 20
# Bytes are compared as rows of numbers up to this size.
HEX_LIMIT_BYTES = 1 << 20


class Kind(IntEnum):
    """What some rows are: the same, lines of one place that differ, on one side alone, or others in their place."""

    EQUAL = 0
    CHANGED = 1
    LEFT = 2
    RIGHT = 3
    REPLACED = 4


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A whole body: `path` is its file, else `data` are its bytes; `language` is "bytes" for what is no text."""

    language: str
    encoding: str = "utf-8"
    path: str = ""
    data: bytes = b""
    size_bytes: int = 0


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Which differences of JSON do not count; `paths` are JSONPath expressions, or names of members anywhere."""

    any_member_order: bool = True
    any_list_order: bool = False
    paths: tuple[str, ...] = ()


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Two bodies to compare."""

    left: Side
    right: Side
    rules: Rules = Rules()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How it ended: `fault` says in words why there is nothing to see, `notes` what to know about what there is.

    Lines are counted: `removed` and `added` are on one side alone.
    """

    same_bytes: bool = False
    changed: int = 0
    removed: int = 0
    added: int = 0
    fault: str = ""
    notes: tuple[str, ...] = ()


class Place(NamedTuple):
    """What a row of the view shows: rows of the texts, None where a side has none."""

    kind: Kind
    left: int | None
    right: int | None


class Comparison:
    """Rows of two texts side by side, in hunks that follow each other without gaps on both sides.

    Hunk n has the rows `left[n]` up to `left[n + 1]` of the left text, those of `right` likewise, and is seen in the
    rows of the view from `tops[n]` on. `left_marks` and `right_marks` hold the first byte of each difference inside of
    a line and the one behind it, in turn. Difference n is in the rows of the view from `starts[n]` up to `stops[n]`.
    """

    def __init__(self) -> None:
        self.kinds = array("B")
        self.left, self.right, self.tops = array("Q", [0]), array("Q", [0]), array("Q", [0])
        self.starts, self.stops = array("Q"), array("Q")
        self.left_marks, self.right_marks = array("Q"), array("Q")

    def arrays(self) -> "dict[str, array[int]]":
        """All that it holds, by name: it goes from process to process so."""
        return dict(vars(self))

    @property
    def rows(self) -> int:
        """How many rows the view has."""
        return self.tops[-1]

    @property
    def count(self) -> int:
        """How many differences there are; hunks without an equal line between them are one."""
        return len(self.starts)

    def add(self, kind: Kind, left_rows: int, right_rows: int) -> None:
        """Add a hunk behind all others; it becomes part of the one before where that is of its kind."""
        top, height = self.tops[-1], max(left_rows, right_rows)
        if not height:
            return
        self.left.append(self.left[-1] + left_rows)
        self.right.append(self.right[-1] + right_rows)
        self.tops.append(top + height)
        self.kinds.append(kind)
        if len(self.kinds) > 1 and self.kinds[-2] == kind and self._continues():
            for column in (self.left, self.right, self.tops):
                del column[-2]
            del self.kinds[-2]
        if kind == Kind.EQUAL:
            return
        if self.stops and self.stops[-1] == top:
            self.stops[-1] = top + height
        else:
            self.starts.append(top)
            self.stops.append(top + height)

    def _continues(self) -> bool:
        """Whether the last hunk but one ends on both sides in the same row of the view, or has one side only."""
        left, right = self.left[-2] - self.left[-3], self.right[-2] - self.right[-3]
        return left == right or self.kinds[-1] in (Kind.LEFT, Kind.RIGHT)

    def place(self, row: int) -> Place:
        """What a row of the view shows."""
        hunk = max(0, bisect_right(self.tops, row) - 1)
        inside = row - self.tops[hunk]
        left, right = self.left[hunk] + inside, self.right[hunk] + inside
        return Place(
            Kind(self.kinds[hunk]),
            left if left < self.left[hunk + 1] else None,
            right if right < self.right[hunk + 1] else None,
        )

    def text_row(self, side: int, row: int) -> int:
        """The row of the left (0) or right (1) text in a row of the view, or the next one where there is none."""
        column = self.right if side else self.left
        hunk = min(max(0, bisect_right(self.tops, row) - 1), len(self.kinds))
        last = column[min(hunk + 1, len(column) - 1)]
        return min(column[hunk] + row - self.tops[hunk], last)

    def difference_at(self, row: int) -> int | None:
        """The number (from 0) of the difference that a row of the view is in."""
        number = bisect_right(self.starts, row) - 1
        return number if number >= 0 and row < self.stops[number] else None

    def next_difference(self, row: int) -> int | None:
        """The first row of the next difference that begins below a row of the view."""
        number = bisect_right(self.starts, row)
        return self.starts[number] if number < self.count else None

    def previous_difference(self, row: int) -> int | None:
        """The first row of the last difference that begins above a row of the view."""
        number = bisect_left(self.starts, row) - 1
        return self.starts[number] if number >= 0 else None
