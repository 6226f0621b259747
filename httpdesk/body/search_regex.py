"""Find a regular expression in UTF-8 bytes: in bounded time, without holding up other threads."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

from httpdesk.body.regex_guard import PARTS_LIMIT, parts, recurses
from httpdesk.body.text import byte_length

_QUERY_CHARACTERS = 1000
# How long one piece of a body may take.
_PIECE_S = 2.0
# In a line longer than a piece: what a match may look at behind its start.
_MARGIN_BYTES = 1 << 12
_LONG_LINE_BYTES = 1 << 16


class SearchFault(Exception):
    """Why nothing can be found, in words for the user."""


class RegexFinder:
    """Finds the matches of an expression within lines; ^ and $ are the ends of a line.

    The library `regex` stands in for `re`, which has no time limit and lets no other thread run: an expression such as
    (a+)+$ would stop the window for ever.
    """

    before_bytes = 64

    def __init__(self, query: str, *, match_case: bool, whole_word: bool) -> None:
        self._pattern = _compiled(query, match_case=match_case, whole_word=whole_word)
        self._by_line = False

    def find(self, data: bytes, start: int, *, ended: bool) -> tuple[list[tuple[int, int]], int]:
        """The matches from `start` on, and where the next piece must start. Raises SearchFault."""
        line_end = data.rfind(b"\n", start) + 1
        cut = False
        if ended:
            stop = len(data)
        elif line_end:
            stop = line_end
        elif len(data) - start > _LONG_LINE_BYTES:
            data = data[: _whole_characters(data)]
            stop, cut = _whole_characters(data[: len(data) - _MARGIN_BYTES]), True
        else:
            return [], start
        found: list[tuple[int, int]] = []
        for first, last in self._all(data if cut else data[:stop], start):
            if cut and (first >= stop or (last == len(data) and first > start)):
                # What comes behind may make it longer, or end it.
                return found, first if first < stop else max(stop, found[-1][1] if found else 0)
            found.append((first, last))
        return found, max(stop, found[-1][1] if found else 0)

    def _all(self, data: bytes, start: int) -> Iterator[tuple[int, int]]:
        before = data[:start].decode("utf-8", "surrogateescape")
        text = before + data[start:].decode("utf-8", "surrogateescape")
        character, byte = len(before), start
        for first, last in self._in_text(text, character):
            byte += byte_length(text[character:first])
            length = byte_length(text[first:last])
            yield byte, byte + length
            character, byte = last, byte + length

    def _in_text(self, text: str, position: int) -> Iterator[tuple[int, int]]:
        deadline = perf_counter() + _PIECE_S
        while position < len(text):
            stop = len(text)
            if self._by_line:
                line_end = text.find("\n", position)
                stop = line_end if line_end >= 0 else stop
            match = self._search(text, position, stop, deadline)
            if match is None:
                position = stop + 1
                continue
            first, last = match
            if not self._by_line and text.find("\n", first, last) >= 0:
                # It goes over the end of a line: from here on one line at a time.
                self._by_line = True
                position = first
                continue
            if last > first:
                yield first, last
            position = last if last > first else last + 1

    def _search(self, text: str, start: int, stop: int, deadline: float) -> tuple[int, int] | None:
        try:
            match = self._pattern.search(text, start, stop, timeout=max(0.001, deadline - perf_counter()))
        except TimeoutError:
            raise SearchFault("This expression takes too long") from None
        return match.span() if match else None


def _compiled(query: str, *, match_case: bool, whole_word: bool) -> Any:
    import regex  # type: ignore[import-untyped] # takes some 30 ms

    if len(query) > _QUERY_CHARACTERS:
        raise SearchFault(f"The expression is longer than {_QUERY_CHARACTERS:,} characters")
    if parts(query) > PARTS_LIMIT:
        raise SearchFault(f"The expression has more than {PARTS_LIMIT:,} parts when its repetitions are written out")
    if recurses(query):
        raise SearchFault("An expression that calls itself is not searched for")
    flags = regex.MULTILINE | (0 if match_case else regex.IGNORECASE)
    try:
        pattern = regex.compile(query, flags)
        return regex.compile(rf"\b(?:{query})\b", flags) if whole_word else pattern
    except regex.error as error:
        place = "" if error.pos is None else f" (character {error.pos + 1})"
        raise SearchFault(f"Not a regular expression: {error.msg}{place}") from error
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise SearchFault("Not a regular expression that can be searched for") from error


def _whole_characters(data: bytes) -> int:
    """The length of `data` without a character of UTF-8 that is cut at its end."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte & 0xC0 != 0x80:
            needed = 2 if byte >= 0xC0 else 1
            needed += (byte >= 0xE0) + (byte >= 0xF0)
            return len(data) - back if needed > back else len(data)
    return len(data)
