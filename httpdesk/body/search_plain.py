"""Find a plain text in UTF-8 bytes: with or without regard to case, also as a whole word."""

import re

# A character of UTF-8 before and behind a match decides whether it is a whole word.
_CHARACTER_BYTES = 4
# Spellings to which upper() and lower() do not lead.
_NOT_FOUND_BY_PYTHON = {"ß": "ẞ", "\u03c3": "ς", "Σ": "ς"}


class PlainFinder:
    """Finds one text in pieces of a body."""

    before_bytes = _CHARACTER_BYTES

    def __init__(self, query: str, *, match_case: bool, whole_word: bool) -> None:
        needle = query.encode("utf-8", "surrogatepass")
        self._lower = not match_case and query.isascii()
        self._needle = needle.lower() if self._lower else needle
        self._longest = len(needle)
        self._pattern: re.Pattern[bytes] | None = None
        if not match_case and not query.isascii():
            # In turn, not with re.IGNORECASE on str: bytes keep their places, and nothing must be decoded.
            variants = [_variants(character) for character in query]
            self._longest = sum(max(map(len, forms)) for forms in variants)
            self._pattern = re.compile(b"".join(b"(?:" + b"|".join(map(re.escape, forms)) + b")" for forms in variants))
        self._word_before = whole_word and _is_word(query[0])
        self._word_behind = whole_word and _is_word(query[-1])

    def find(self, data: bytes, start: int, *, ended: bool) -> tuple[list[tuple[int, int]], int]:
        """The matches from `start` on, and where the next piece must start."""
        found: list[tuple[int, int]] = []
        position, text = start, data.lower() if self._lower else data
        while position < len(data):
            first, last = self._next(text, position)
            if first < 0:
                break
            if not ended and self._word_behind and not _is_whole(data[last : last + _CHARACTER_BYTES]):
                return found, first  # whether it ends here is not known yet
            if self._stands_alone(data, first, last):
                found.append((first, last))
                position = last
            else:
                position = first + 1
        # Nothing else is there that is whole; the beginning of a match may be.
        return found, len(data) if ended else max(position, len(data) - self._longest + 1)

    def _next(self, data: bytes, position: int) -> tuple[int, int]:
        if self._pattern is None:
            first = data.find(self._needle, position)
            return first, first + len(self._needle)
        match = self._pattern.search(data, position)
        return match.span() if match else (-1, -1)

    def _stands_alone(self, data: bytes, first: int, last: int) -> bool:
        return not (
            (self._word_before and _is_word(_before(data, first))) or (self._word_behind and _is_word(_at(data, last)))
        )


def _variants(character: str) -> list[bytes]:
    """The spellings of a character in small and capital letters."""
    forms = {character, *_NOT_FOUND_BY_PYTHON.get(character, "")}
    for form in tuple(forms):
        forms |= {form.lower(), form.upper(), form.title(), form.casefold()}
    return sorted(form.encode("utf-8", "surrogatepass") for form in forms if len(form) == 1)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _at(data: bytes, position: int) -> str:
    return data[position : position + _CHARACTER_BYTES].decode("utf-8", "ignore")[:1]


def _is_whole(behind: bytes) -> bool:
    """Whether the first of these bytes of UTF-8, if there are any, make a whole character."""
    lead = behind[:1] or b"\xf0"
    return len(behind) > (lead >= b"\xc0") + (lead >= b"\xe0") + (lead >= b"\xf0")


def _before(data: bytes, position: int) -> str:
    start = position - 1
    while start > max(0, position - _CHARACTER_BYTES) and data[start] & 0xC0 == 0x80:
        start -= 1
    return data[max(0, start) : position].decode("utf-8", "ignore")[-1:]
