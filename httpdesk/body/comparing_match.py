"""Matching: which lines of two texts are the same ones, in bounded time whatever they hold.

Lines that are unique on both sides hold the texts together (patience diff); what is between them is found by the
algorithm of Myers ("An O(ND) Difference Algorithm", 1986) without the lines that the other side does not have.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# How many lines may be looked at for unique ones, and how many steps may be gone between them: some seconds each.
_LOOKS, _STEPS = 24_000_000, 5_000_000
# Of more lines than these only some are tried as anchors; between two of those all are.
_SAMPLE = 250_000
# More lines that have nothing in common by these samples are not looked into: each would take 100 bytes.
_MOST_LINES = 4_000_000
_MOST_EDITS = 2_000


class Match(NamedTuple):
    """Lines from `left` on are those from `right` on, so many of them."""

    left: int
    right: int
    length: int


class Matching:
    """The matches of two sequences; `coarse` gaps were too costly to look into; `steps` may still be gone."""

    def __init__(self, left: Sequence[int], right: Sequence[int], looks: int = _LOOKS, steps: int = _STEPS) -> None:
        self._left, self._right = left, right
        self._looks, self.steps = looks, steps
        self.coarse = 0

    def matches(self) -> Iterator[Match]:
        """Every match in order, each as long as it can be."""
        last = Match(0, 0, 0)
        for found in self._found():
            if found.left == last.left + last.length and found.right == last.right + last.length:
                last = Match(last.left, last.right, last.length + found.length)
                continue
            if last.length:
                yield last
            last = found
        if last.length:
            yield last

    def _found(self) -> Iterator[Match]:
        work: list[Match | tuple[int, int, int, int]] = [(0, len(self._left), 0, len(self._right))]
        while work:
            part = work.pop()
            if isinstance(part, Match):
                yield part
                continue
            left, left_stop, right, right_stop = part
            head = self._same_head(*part)
            if head:
                yield Match(left, right, head)
                left, right = left + head, right + head
            if tail := self._same_tail(left, left_stop, right, right_stop):
                left_stop, right_stop = left_stop - tail, right_stop - tail
                work.append(Match(left_stop, right_stop, tail))
            if left < left_stop and right < right_stop:
                work += reversed(self._divided(left, left_stop, right, right_stop))

    def _same_head(self, left: int, left_stop: int, right: int, right_stop: int) -> int:
        a, b, most = self._left, self._right, min(left_stop - left, right_stop - right)
        count = 0
        while count < most and a[left + count] == b[right + count]:
            count += 1
        return count

    def _same_tail(self, left: int, left_stop: int, right: int, right_stop: int) -> int:
        a, b, most = self._left, self._right, min(left_stop - left, right_stop - right)
        count = 0
        while count < most and a[left_stop - count - 1] == b[right_stop - count - 1]:
            count += 1
        return count

    def _divided(
        self, left: int, left_stop: int, right: int, right_stop: int
    ) -> list[Match | tuple[int, int, int, int]]:
        """The matches of a gap, and the smaller gaps between them that are to be looked into."""
        size = left_stop - left + right_stop - right
        anchors: list[tuple[int, int]] = []
        # Sampled by what they are, so that the same ones are taken on both sides.
        for sample in sorted({1 + size // _SAMPLE, 1}, reverse=True):
            if not anchors and self._looks >= size and size // sample <= _MOST_LINES:
                self._looks -= size
                anchors = self._anchors(left, left_stop, right, right_stop, sample)
        if not anchors:
            return list(self._between(left, left_stop, right, right_stop))
        parts: list[Match | tuple[int, int, int, int]] = []
        for i, j in anchors:
            if i > left or j > right:
                parts.append((left, i, right, j))
            parts.append(Match(i, j, 1))
            left, right = i + 1, j + 1
        parts.append((left, left_stop, right, right_stop))
        return parts

    def _anchors(self, left: int, left_stop: int, right: int, right_stop: int, sample: int) -> list[tuple[int, int]]:
        """Lines that are unique on both sides, as many as keep their order."""
        a = [(n, i) for i, n in enumerate(self._left[left:left_stop], left) if not n % sample]
        b = [(n, j) for j, n in enumerate(self._right[right:right_stop], right) if not n % sample]
        counted, once = Counter(n for n, _ in a), Counter(n for n, _ in b)
        places = {n: j for n, j in b if once[n] == 1 and counted.get(n) == 1}
        return _rising([(i, places[n]) for n, i in a if n in places])

    def _between(self, left: int, left_stop: int, right: int, right_stop: int) -> Iterator[Match]:
        """The matches in a gap without unique lines."""
        if left_stop - left + right_stop - right > _MOST_LINES:
            yield from self._in_step(left, left_stop, right, right_stop)
            return
        known = set(self._right[right:right_stop])
        lefts = [i for i in range(left, left_stop) if self._left[i] in known]
        known = {self._left[i] for i in lefts}
        rights = [j for j in range(right, right_stop) if self._right[j] in known]
        if not lefts:
            return
        pairs = self._shortest([self._left[i] for i in lefts], [self._right[j] for j in rights])
        if pairs is None:
            yield from self._in_step(left, left_stop, right, right_stop)
            return
        for i, j in pairs:
            yield Match(lefts[i], rights[j], 1)

    def _in_step(self, left: int, left_stop: int, right: int, right_stop: int) -> Iterator[Match]:
        """Equal lines at equal distances from the start or from the end of a gap, if these are most of them."""
        a, b, most = self._left, self._right, min(left_stop - left, right_stop - right)
        for i, j in ((left, right), (left_stop - most, right_stop - most)):
            same = [n for n in range(most) if a[i + n] == b[j + n]]
            if 2 * len(same) > most:
                yield from (Match(i + n, j + n, 1) for n in same)
                return
        self.coarse += 1

    def _shortest(self, a: list[int], b: list[int]) -> list[tuple[int, int]] | None:
        """The pairs of a shortest edit script, or None where it is too long to be found."""
        n, m, most = len(a), len(b), min(_MOST_EDITS, len(a) + len(b))
        reach = [0] * (2 * most + 3)  # how far each diagonal goes; diagonal k is at most + 1 + k
        zero, steps, trace = most + 1, self.steps, []
        for edits in range(most + 1):
            trace.append(reach[zero - edits - 1 : zero + edits + 2])
            lowest, highest = max(0, edits - m) * 2 - edits, edits - max(0, edits - n) * 2
            for k in range(lowest, highest + 1, 2):
                below, above = reach[zero + k - 1], reach[zero + k + 1]
                x = above if k == -edits or (k != edits and below < above) else below + 1
                start = x
                while x < n and x - k < m and a[x] == b[x - k]:
                    x += 1
                reach[zero + k] = x
                steps -= 1 + x - start
                if x >= n and x - k >= m:
                    self.steps = steps
                    return _backtracked(trace, n, m)
            if steps < 0:
                break
        self.steps = max(0, steps)
        return None


def _backtracked(trace: list[list[int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for edits in range(len(trace) - 1, -1, -1):
        reach, zero, k = trace[edits], edits + 1, x - y
        below, above = reach[zero + k - 1], reach[zero + k + 1]
        before = k + 1 if k == -edits or (k != edits and below < above) else k - 1
        from_x = reach[zero + before] if edits else 0
        from_y = from_x - before if edits else 0
        while x > from_x and y > from_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = from_x, from_y
    pairs.reverse()
    return pairs


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second parts rise (the first ones do)."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j) if ends and j < ends[-1] else len(ends)
        if length == len(ends):
            ends.append(j)
            at.append(number)
        else:
            ends[length], at[length] = j, number
        before.append(at[length - 1] if length else -1)
    found: list[tuple[int, int]] = []
    number = at[-1] if at else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    found.reverse()
    return found
