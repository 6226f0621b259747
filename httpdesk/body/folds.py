"""Folds: which rows of a text are folded away, kept so that a million of them cost nothing to skip."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

# More are not folded: each takes 24 bytes.
LIMIT = 1 << 20


class Fold(NamedTuple):
    """Rows from `start` up to `stop` that are not shown; the row before them stands for them."""

    start: int
    stop: int


class FoldBlock:
    """Some folds in order, none inside another, with how many rows are hidden before each."""

    __slots__ = ("before", "starts", "stops")

    def __init__(self, folds: Iterable[Fold]) -> None:
        chosen = list(folds)
        self.starts = array("Q", (fold.start for fold in chosen))
        self.stops = array("Q", (fold.stop for fold in chosen))
        self.before = array("Q", accumulate((fold.stop - fold.start for fold in chosen), initial=0))

    @property
    def hidden(self) -> int:
        """How many rows are hidden by them."""
        return self.before[-1]

    def part(self, first: int, last: int) -> "FoldBlock":
        """Those from one place up to another."""
        return FoldBlock(map(Fold, self.starts[first:last], self.stops[first:last]))


class Folds:
    """The folds of a text, in blocks. What was folded inside of a fold comes back when that one is opened.

    A shown row has two numbers: that among all rows, and that among the shown ones ("place").
    """

    def __init__(self) -> None:
        self._blocks: list[FoldBlock] = []
        self._inner: dict[int, list[FoldBlock]] = {}
        self._sum()

    def __bool__(self) -> bool:
        return bool(self._blocks)

    @property
    def count(self) -> int:
        """How many folds there are, those inside of others not counted."""
        return sum(len(block.starts) for block in self._blocks)

    @property
    def last_stop(self) -> int:
        """The row behind the last fold."""
        return self._blocks[-1].stops[-1] if self._blocks else 0

    # -- asking

    def at(self, row: int) -> Fold | None:
        """The fold that hides a row, or None for a row that is shown."""
        number = bisect_right(self._firsts, row) - 1
        if number < 0:
            return None
        block = self._blocks[number]
        i = bisect_right(block.starts, row) - 1
        return Fold(block.starts[i], block.stops[i]) if row < block.stops[i] else None

    def below(self, row: int) -> Fold | None:
        """The first fold that begins behind a row."""
        number = max(0, bisect_right(self._firsts, row) - 1)
        for block in self._blocks[number : number + 2]:
            i = bisect_right(block.starts, row)
            if i < len(block.starts):
                return Fold(block.starts[i], block.stops[i])
        return None

    def place(self, row: int) -> int:
        """The number of a row among the shown ones; a hidden one is where the row is that stands for it."""
        number = bisect_right(self._firsts, row) - 1
        if number < 0:
            return row
        block = self._blocks[number]
        i = bisect_right(block.starts, row) - 1
        if row < block.stops[i]:
            return block.starts[i] - 1 - self._before[number] - block.before[i]
        return row - self._before[number] - block.before[i + 1]

    def row(self, place: int) -> int:
        """The number among all rows of a row that is shown."""
        number = bisect_right(self._places, place) - 1
        if number < 0:
            return place
        block, before = self._blocks[number], self._before[number]
        starts, hidden = block.starts, block.before
        i = bisect_right(range(len(starts)), place + before, key=lambda i: starts[i] - hidden[i])
        return place + before + hidden[i]

    # -- changing

    def add(self, fold: Fold) -> None:
        """Hide some rows; folds inside are kept for later."""
        if self.at(fold.start) is not None:
            return
        first, last = self._cut(fold)
        if first < last:
            self._inner[fold.start] = self._blocks[first:last]
        self._blocks[first:last] = [FoldBlock([fold])]
        self._sum()

    def remove(self, fold: Fold) -> None:
        """Show the rows of a fold again, but those that were folded in it."""
        first, last = self._cut(fold)
        self._blocks[first:last] = self._inner.pop(fold.start, [])
        self._sum()

    def extend(self, blocks: Sequence[FoldBlock]) -> None:
        """Add folds behind all others."""
        self._blocks += blocks
        self._sum()

    def clear(self) -> None:
        """Show every row."""
        self._blocks.clear()
        self._inner.clear()
        self._sum()

    def _cut(self, fold: Fold) -> tuple[int, int]:
        """The blocks that hold the folds which begin inside of this one, and no others."""
        return self._cut_at(fold.start), self._cut_at(fold.stop)

    def _cut_at(self, row: int) -> int:
        """The first block that begins at a row or behind it; one that goes over it becomes two."""
        firsts = [block.starts[0] for block in self._blocks]
        number = bisect_left(firsts, row)
        if number:
            block = self._blocks[number - 1]
            i = bisect_left(block.starts, row)
            if i < len(block.starts):
                self._blocks[number - 1 : number] = [block.part(0, i), block.part(i, len(block.starts))]
        return number

    def _sum(self) -> None:
        self._firsts = array("Q", (block.starts[0] for block in self._blocks))
        self._before = array("Q", accumulate((block.hidden for block in self._blocks), initial=0))
        self._places = [first - before for first, before in zip(self._firsts, self._before, strict=False)]
