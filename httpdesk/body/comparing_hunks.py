"""Hunks: two texts as rows side by side: what is the same, and in the gaps which lines are of one place."""

from httpdesk.body.comparing import Comparison, Kind
from httpdesk.body.comparing_lines import LineTable
from httpdesk.body.comparing_marks import Marker
from httpdesk.body.comparing_match import Matching

# Lines of larger gaps are not paired one by one.
_GAP_LINES = 4_000


class Hunks:
    """Fills a Comparison; `removed`, `added` and `changed` count lines, `coarse` the gaps taken as a whole."""

    def __init__(self, left: LineTable, right: LineTable) -> None:
        self.comparison = Comparison()
        self.removed = self.added = self.changed = self.coarse = 0
        self._left, self._right, self._marker = left, right, Marker()

    def find(self) -> None:
        """Compare from the first line to the last; once."""
        matching = Matching(self._left.hashes, self._right.hashes)
        left = right = 0
        for match in matching.matches():
            self._gap(left, match.left, right, match.right)
            left, right = match.left + match.length, match.right + match.length
            self._same(match.left, left, match.right, right)
        self._gap(left, len(self._left), right, len(self._right))
        self.coarse += matching.coarse

    def _same(self, left: int, left_stop: int, right: int, right_stop: int) -> None:
        """Equal lines; a long one may have a row more on one side, by a comma."""
        for long in self._left.long_lines(left, left_stop):
            place = right + long - left
            self._add(Kind.EQUAL, left, long, right, place)
            self._add(Kind.EQUAL, long, long + 1, place, place + 1)
            left, right = long + 1, place + 1
        self._add(Kind.EQUAL, left, left_stop, right, right_stop)

    def _gap(self, left: int, left_stop: int, right: int, right_stop: int) -> None:
        """Lines that are not the same."""
        if left == left_stop or right == right_stop or left_stop - left + right_stop - right > _GAP_LINES:
            self._others(left, left_stop, right, right_stop)
            return
        if left_stop - left == right_stop - right == 1:
            self._pair(left, right)
            return
        for i, j in self._same_places(left, left_stop, right, right_stop):
            self._unnamed(left, i, right, j)
            self._pair(i, j)
            left, right = i + 1, j + 1
        self._unnamed(left, left_stop, right, right_stop)

    def _same_places(self, left: int, left_stop: int, right: int, right_stop: int) -> list[tuple[int, int]]:
        """Lines that begin with the same name."""
        lefts = [self._left.name(i) for i in range(left, left_stop)]
        rights = [self._right.name(j) for j in range(right, right_stop)]
        numbers = {name: number for number, name in enumerate({*lefts, *rights})}
        # A line without a name is like no other.
        a = [numbers[name] if name else -1 for name in lefts]
        b = [numbers[name] if name else -2 for name in rights]
        matching = Matching(a, b, len(a) + len(b), 20 * (len(a) + len(b)))
        found = [
            (left + match.left + n, right + match.right + n)
            for match in matching.matches()
            for n in range(match.length)
        ]
        self.coarse += matching.coarse
        return found

    def _unnamed(self, left: int, left_stop: int, right: int, right_stop: int) -> None:
        """Lines between those of one place: as many on both sides may be pairs."""
        if left_stop - left == right_stop - right:
            for i, j in zip(range(left, left_stop), range(right, right_stop), strict=True):
                self._pair(i, j)
        else:
            self._others(left, left_stop, right, right_stop)

    def _pair(self, i: int, j: int) -> None:
        """Two lines of one place; they may even be the same, where a gap was taken as a whole."""
        if self._left.hashes[i] == self._right.hashes[j]:
            self._add(Kind.EQUAL, i, i + 1, j, j + 1)
            return
        found = self._marker.marks(self._left.line(i), self._right.line(j))
        if found is None:
            self._others(i, i + 1, j, j + 1)
            return
        for marks, ranges, base in (
            (self.comparison.left_marks, found[0], self._left.starts[i]),
            (self.comparison.right_marks, found[1], self._right.starts[j]),
        ):
            for start, stop in ranges:
                marks.extend((base + start, base + stop))
        self.changed += 1
        self._add(Kind.CHANGED, i, i + 1, j, j + 1)

    def _others(self, left: int, left_stop: int, right: int, right_stop: int) -> None:
        """Lines that have nothing to do with each other."""
        self.removed += left_stop - left
        self.added += right_stop - right
        kind = Kind.RIGHT if left == left_stop else Kind.LEFT if right == right_stop else Kind.REPLACED
        self._add(kind, left, left_stop, right, right_stop)

    def _add(self, kind: Kind, left: int, left_stop: int, right: int, right_stop: int) -> None:
        rows = self._left.row(left_stop) - self._left.row(left), self._right.row(right_stop) - self._right.row(right)
        self.comparison.add(kind, *rows)
