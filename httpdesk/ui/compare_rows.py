"""CompareRows: what a comparison shows, row by row: the rows of both texts, and which equal ones are folded away."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from httpdesk.body.comparing import Comparison, Kind, Place
from httpdesk.body.folds import LIMIT, Fold, FoldBlock, Folds
from httpdesk.body.spool import Spool
from httpdesk.ui.code_view_reading import Reading
from httpdesk.ui.code_view_row import Look, RowLayout

# So many equal rows stay above and below a difference; fewer than those are not worth a fold.
_CONTEXT_ROWS, _LEAST_ROWS = 3, 3
_BLOCK_FOLDS = 4096
_KEPT_LAYOUTS = 800


class CompareRows:
    """Two texts and their comparison. A row has a number among all rows, and a place among those that are shown."""

    def __init__(self, readings: tuple[Reading, Reading], comparison: Comparison) -> None:
        self.comparison, self.folds = comparison, Folds()
        self._readings = readings
        self._equal = list(_blocks(comparison))
        self._kept: dict[tuple[int, int], RowLayout] = {}

    @property
    def complete(self) -> bool:
        """Whether every row of both texts is known."""
        return all(reading.complete for reading in self._readings)

    @property
    def count(self) -> int:
        """How many rows are shown."""
        rows = self.comparison.rows
        return self.folds.place(rows - 1) + 1 if rows else 0

    @property
    def lines(self) -> int:
        """How many lines the longer text has."""
        return max(reading.text.index.lines for reading in self._readings)

    def set_folded(self, *, folded: bool) -> None:
        """Fold the equal rows away that are not near a difference, or show all rows."""
        self.folds.clear()
        if folded:
            self.folds.extend(self._equal)

    def hidden_at(self, row: int) -> Fold | None:
        """What a shown row stands for beside itself."""
        fold = self.folds.below(row)
        return fold if fold is not None and fold.start == row + 1 else None

    def lines_of(self, fold: Fold) -> int:
        """How many rows are folded with the row that stands for them."""
        return fold.stop - fold.start + 1

    def layouts(self, row: int, look: Look) -> tuple[Place, RowLayout | None, RowLayout | None]:
        """What stands in a row, laid out; None where a side has none, or it is not known yet."""
        place = self.comparison.place(row)
        return place, self._layout(0, place.left, look), self._layout(1, place.right, look)

    def is_ready(self, row: int) -> bool:
        """Whether there is nothing left to read for a row, because it is known or stands for others."""
        place = self.comparison.place(row)
        return self.hidden_at(row) is not None or all(
            number is None or (side, number) in self._kept for side, number in enumerate(place[1:])
        )

    def marks(self, side: int, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """The bytes of a side that differ inside of lines, between two places."""
        marks = self.comparison.right_marks if side else self.comparison.left_marks
        i = bisect_right(marks, start)
        i -= i % 2
        while i + 1 < len(marks) and marks[i] < stop:
            yield marks[i], marks[i + 1]
            i += 2

    def text(self, side: int, first: int, last: int, limit_bytes: int) -> str:
        """The text of a side in some rows, the first and the last one too; not more than so many bytes of it."""
        start, stop = self._offset(side, first), self._offset(side, last + 1)
        return self._readings[side].text.spool.read(start, min(stop, start + limit_bytes)).decode("utf-8", "replace")

    def forget_layouts(self) -> None:
        """The look has changed."""
        self._kept.clear()

    def close(self) -> None:
        """End the work on the texts, and give them up."""
        for reading in self._readings:
            reading.close()
            reading.text.spool.close()

    def _layout(self, side: int, number: int | None, look: Look) -> RowLayout | None:
        if number is None:
            return None
        kept = self._kept.get((side, number))
        if kept is None:
            text = self._readings[side].text
            found = text.index.window(number, 1)
            if not found:
                return None
            characters = text.characters(found[0])
            kept = RowLayout(found[0], characters, text.spans(found[0], characters), look, None)
            if len(self._kept) >= _KEPT_LAYOUTS:
                self._kept.pop(next(iter(self._kept)))
            # The last row that is known may still grow.
            if self.complete or found[0].stop < text.index.next_offset:
                self._kept[side, number] = kept
        return kept

    def _offset(self, side: int, row: int) -> int:
        """Where the text of a side begins in a row, or would if it had one there."""
        number, index = self.comparison.text_row(side, row), self._readings[side].text.index
        found = index.window(number, 1)
        return found[0].start if found else index.size_bytes


def nothing_to_compare() -> CompareRows:
    """No rows at all."""
    return CompareRows((Reading(Spool.of(b""), "text"), Reading(Spool.of(b""), "text")), Comparison())


def _blocks(comparison: Comparison) -> Iterator[FoldBlock]:
    """The equal rows that are far from every difference, in blocks of folds."""
    folds: list[Fold] = []
    last, count = len(comparison.kinds) - 1, 0
    for hunk, (top, bottom) in enumerate(pairwise(comparison.tops)):
        if comparison.kinds[hunk] != Kind.EQUAL:
            continue
        first = top + (_CONTEXT_ROWS if hunk else 0)
        stop = bottom - (_CONTEXT_ROWS if hunk < last else 0)
        if stop - first > _LEAST_ROWS and count < LIMIT:
            folds.append(Fold(first + 1, stop))
            count += 1
        if len(folds) == _BLOCK_FOLDS:
            yield FoldBlock(folds)
            folds = []
    if folds:
        yield FoldBlock(folds)
