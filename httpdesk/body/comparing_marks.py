"""Marks: which bytes of two lines differ, word by word where the lines are not too long."""

import re
from itertools import accumulate

from httpdesk.body.comparing_match import Matching

# Words, runs of blanks, and every other character; what is not ASCII is part of a word, so that none is cut.
_WORD = rb"[A-Za-z0-9_\x80-\xff]"
_WORDS = re.compile(_WORD + rb"++|\s++|.", re.DOTALL)
# Of a longer word, a part may be marked.
_WORD_BYTES = 40
_WORD_START = re.compile(_WORD + b"{1,%d}+" % _WORD_BYTES)
_WORD_END = re.compile(_WORD_START.pattern + rb"\Z")
# Longer lines are not divided into words.
_LONG_BYTES = 1 << 14
# How many steps may be gone in one line, and in all lines together; each line costs some to begin with.
_STEPS_OF_LINE, _STEPS, _STEPS_TO_START = 20_000, 6_000_000, 40
# A line that has less than this share in common with another one is another line.
_LIKE = 0.35

Ranges = list[tuple[int, int]]


class Marker:
    """Finds differences inside of lines; when it was asked for much, it says only where they begin and end."""

    def __init__(self, steps: int = _STEPS) -> None:
        self._steps = steps

    def marks(self, left: bytes, right: bytes) -> tuple[Ranges, Ranges] | None:
        """The bytes of each line that the other one does not have; None for lines that have too little in common."""
        head = _same_head(left, right)
        tail = _same_tail(left, right, head)
        if max(len(left), len(right)) > _LONG_BYTES or self._steps <= 0:
            found = _range(head, len(left) - tail), _range(head, len(right) - tail)
        else:
            head, tail = _whole_words(left, right, head, tail)
            found = self._by_words(left[head : len(left) - tail], right[head : len(right) - tail], head)
        same = sum(
            len(line) - sum(stop - start for start, stop in ranges) for line, ranges in _both(left, right, found)
        )
        # That both stand at the same depth says nothing.
        blank = 2 * min(len(left) - len(left.lstrip(b" ")), head)
        return found if same - blank >= _LIKE * (len(left) + len(right) - blank) else None

    def _by_words(self, left: bytes, right: bytes, base: int) -> tuple[Ranges, Ranges]:
        lefts, rights = _WORDS.findall(left), _WORDS.findall(right)
        numbers: dict[bytes, int] = {}
        a = [numbers.setdefault(word, len(numbers)) for word in lefts]
        b = [numbers.setdefault(word, len(numbers)) for word in rights]
        most = min(_STEPS_OF_LINE, self._steps)
        matching = Matching(a, b, len(a) + len(b), most)
        left_places = list(accumulate(map(len, lefts), initial=base))
        right_places = list(accumulate(map(len, rights), initial=base))
        found: tuple[Ranges, Ranges] = ([], [])
        i = j = 0
        for match in matching.matches():
            found[0].extend(_range(left_places[i], left_places[match.left]))
            found[1].extend(_range(right_places[j], right_places[match.right]))
            i, j = match.left + match.length, match.right + match.length
        found[0].extend(_range(left_places[i], left_places[-1]))
        found[1].extend(_range(right_places[j], right_places[-1]))
        self._steps -= most - matching.steps + len(a) + len(b) + _STEPS_TO_START
        return found


def _both(left: bytes, right: bytes, found: tuple[Ranges, Ranges]) -> tuple[tuple[bytes, Ranges], tuple[bytes, Ranges]]:
    return (left, found[0]), (right, found[1])


def _range(start: int, stop: int) -> Ranges:
    return [(start, stop)] if start < stop else []


def _whole_words(left: bytes, right: bytes, head: int, tail: int) -> tuple[int, int]:
    """Less of the same head and tail, so that no word is cut."""
    cut = _WORD_END.search(left, max(0, head - _WORD_BYTES), head)
    if cut and (_begins_word(left, head) or _begins_word(right, head)):
        head = cut.start()
    starts = len(left) - tail, len(right) - tail
    cut = _WORD_START.match(left, starts[0])
    if cut and (_begins_word(left, starts[0] - 1) or _begins_word(right, starts[1] - 1)):
        tail -= cut.end() - starts[0]
    return head, tail


def _begins_word(line: bytes, at: int) -> bool:
    return at >= 0 and _WORD_START.match(line, at) is not None


def _same_head(left: bytes, right: bytes) -> int:
    """How many bytes both begin with, no character of UTF-8 cut."""
    position, differ = 0, min(len(left), len(right)) + 1
    while position + 1 < differ:
        middle = (position + differ) // 2
        if left[position:middle] == right[position:middle]:
            position = middle
        else:
            differ = middle
    while position and (_goes_on(left, position) or _goes_on(right, position)):
        position -= 1
    return position


def _same_tail(left: bytes, right: bytes, head: int) -> int:
    """How many bytes both end with, behind the head, no character of UTF-8 cut."""
    count, differ = 0, min(len(left), len(right)) - head + 1
    while count + 1 < differ:
        middle = (count + differ) // 2
        if left[len(left) - middle : len(left) - count] == right[len(right) - middle : len(right) - count]:
            count = middle
        else:
            differ = middle
    while count and _goes_on(left, len(left) - count):
        count -= 1
    return count


def _goes_on(line: bytes, position: int) -> bool:
    """Whether a byte is in the middle of a character."""
    return position < len(line) and line[position] & 0xC0 == 0x80
