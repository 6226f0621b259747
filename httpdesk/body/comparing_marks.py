"""Marks: which bytes of two lines differ, word by word where the lines are short."""

import re
from difflib import SequenceMatcher

# Words, runs of blanks, and every other character; what is not ASCII is part of a word, so that none is cut.
_WORDS = re.compile(rb"[A-Za-z0-9_\x80-\xff]++|\s++|.", re.DOTALL)
# Longer lines are not divided into words.
_LONG_BYTES = 1 << 14
# Pairs of words that are compared in one line, and in all lines together.
_PAIRS_OF_LINE, _PAIRS = 10_000, 12_000_000
# What it takes to begin with a line, as so many pairs.
_PAIRS_TO_START = 60
# A line that has less than this share in common with another one is another line.
_LIKE = 0.35

Ranges = list[tuple[int, int]]


class Marker:
    """Finds differences inside of lines; when it was asked for much, it says only where they begin and end."""

    def __init__(self, pairs: int = _PAIRS) -> None:
        self._pairs = pairs

    def marks(self, left: bytes, right: bytes) -> tuple[Ranges, Ranges] | None:
        """The bytes of each line that the other one does not have; None for lines that have too little in common."""
        head = _same_head(left, right)
        tail = _same_tail(left, right, head)
        shorter, longer = sorted((len(left), len(right)))
        a, b = left[head : len(left) - tail], right[head : len(right) - tail]
        words = (_WORDS.findall(a), _WORDS.findall(b)) if longer <= _LONG_BYTES else ([], [])
        cost = len(words[0]) * len(words[1])
        if not 1 < cost <= min(_PAIRS_OF_LINE, self._pairs):
            blank = len(left) - len(left.lstrip(b" "))
            common = head + tail - min(head, blank)
            if shorter == longer == 0 or common < _LIKE * (longer - blank) * (shorter > blank):
                return None
            return _range(head, len(left) - tail), _range(head, len(right) - tail)
        self._pairs -= cost + _PAIRS_TO_START
        return self._by_words(words, head, len(left) + len(right))

    def _by_words(self, words: tuple[list[bytes], list[bytes]], head: int, whole: int) -> tuple[Ranges, Ranges] | None:
        matcher = SequenceMatcher(None, *words, autojunk=False)
        found: tuple[Ranges, Ranges] = ([], [])
        at = [head, head]
        differ = 0
        for tag, *places in matcher.get_opcodes():
            for side in (0, 1):
                length = sum(map(len, words[side][places[2 * side] : places[2 * side + 1]]))
                if tag != "equal" and length:
                    found[side].append((at[side], at[side] + length))
                    differ += length
                at[side] += length
        return found if whole - differ >= _LIKE * whole else None


def _range(start: int, stop: int) -> Ranges:
    return [(start, stop)] if start < stop else []


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
