"""Byte search: what is typed in the find bar of bytes, as text or as hexadecimal numbers, found in a body."""

import re
from collections.abc import Mapping

from httpdesk.body.lexing import Language
from httpdesk.body.lines import RowIndex
from httpdesk.body.search import Search
from httpdesk.body.spool import Spool
from httpdesk.body.text import Text

# "89 50 4e" or "0x89504e"; "beef" alone is a word.
_PAIRS = re.compile(r"\s*(?:0x((?:[0-9a-f]{2})+)|[0-9a-f]{2}(?:\s+[0-9a-f]{2})+)\s*", re.I)


def bytes_of(words: str) -> bytes | None:
    """The bytes that hexadecimal numbers mean; None for words that are to be found as text."""
    match = _PAIRS.fullmatch(words)
    return bytes.fromhex(match[1] or words) if match else None


def search_bytes(spool: Spool, words: str, ways: Mapping[str, bool]) -> Search:
    """A search for bytes where the words are hexadecimal numbers, else for text."""
    wanted = None if ways.get("regex") else bytes_of(words)
    if wanted is None:
        return Search(spool, words, **ways)
    search = Search(spool, "")
    search.use(_BytesFinder(wanted))
    return search


class _BytesFinder:
    """Finds some bytes."""

    before_bytes = 0

    def __init__(self, wanted: bytes) -> None:
        self._wanted = wanted

    def find(self, data: bytes, start: int, *, ended: bool) -> tuple[list[tuple[int, int]], int]:
        """The matches from `start` on, and where the next piece must start."""
        found, length, position = [], len(self._wanted), start
        while (first := data.find(self._wanted, position)) >= 0:
            position = first + length
            found.append((first, position))
        return found, len(data) if ended else max(position, len(data) - length + 1, start)


class ByteText(Text):
    """A body that has no rows of text: searched, but never split into lines."""

    def __init__(self, spool: Spool, language: Language) -> None:
        super().__init__(spool, language)
        self.index = _Whole(spool)


class _Whole(RowIndex):
    """All that is there counts as known."""

    def __init__(self, spool: Spool) -> None:
        super().__init__(spool.read)
        self._spool = spool

    @property
    def size_bytes(self) -> int:
        return self._spool.size_bytes
