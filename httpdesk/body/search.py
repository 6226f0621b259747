"""Search: every place of a text or expression in a body, found piece by piece while the body still arrives."""

from array import array
from typing import NamedTuple, Protocol

from httpdesk.body.search_plain import PlainFinder
from httpdesk.body.search_regex import RegexFinder, SearchFault
from httpdesk.body.spool import Spool

MATCH_LIMIT = 1_000_000
PIECE_BYTES = 1 << 18


class Finder(Protocol):
    """Finds in one piece."""

    @property
    def before_bytes(self) -> int:
        """How many bytes before the piece it wants to see."""
        ...

    def find(self, data: bytes, start: int, *, ended: bool) -> tuple[list[tuple[int, int]], int]:
        """The matches from `start` on in bytes of `data`, and where the next piece must start (`start`: no progress).

        `ended`: no more will come behind. Raises SearchFault.
        """
        ...


class Match(NamedTuple):
    """One match: bytes from `start` up to `stop`."""

    start: int
    stop: int


class Search:
    """Fills `matches` with start and stop of every match in turn (bytes of the body, in order, none over another).

    advance() runs on any one thread, all else may be read on others meanwhile. `capped`: there are more than
    MATCH_LIMIT. `fault` says in words why there is nothing to find, "" otherwise.
    """

    def __init__(
        self,
        text_spool: Spool,
        query: str,
        *,
        match_case: bool = False,
        whole_word: bool = False,
        regex: bool = False,
    ) -> None:
        self.matches = array("Q")
        self.capped = False
        self.fault = ""
        self._spool = text_spool
        self._position = 0
        self._finder: Finder | None = None
        try:
            if query and regex:
                self._finder = RegexFinder(query, match_case=match_case, whole_word=whole_word)
            elif query:
                self._finder = PlainFinder(query, match_case=match_case, whole_word=whole_word)
        except SearchFault as fault:
            self.fault = str(fault)

    def use(self, finder: Finder) -> None:
        """Find in another way than by the query; before the first piece."""
        self._finder = finder

    @property
    def count(self) -> int:
        """How many matches there are so far."""
        return len(self.matches) // 2

    @property
    def done(self) -> bool:
        """Whether no more matches will come."""
        ended = self._spool.finished and self._position >= self._spool.size_bytes
        return self._finder is None or bool(self.fault) or self.capped or ended

    def match(self, number: int) -> Match:
        """One match, from 0."""
        return Match(self.matches[2 * number], self.matches[2 * number + 1])

    def advance(self) -> bool:
        """Search the next piece; False when there is nothing to do."""
        finder = self._finder
        if finder is None or self.done:
            return False
        finished = self._spool.finished  # before reading: what comes in between is not the end
        base = max(0, self._position - finder.before_bytes)
        data = self._spool.read(base, self._position + PIECE_BYTES)
        ended = finished and base + len(data) >= self._spool.size_bytes
        start = self._position - base
        try:
            found, after = finder.find(data, start, ended=ended)
        except SearchFault as fault:
            self.fault = f"{fault}, at byte {self._position + 1:,}"
            return True
        room = MATCH_LIMIT - self.count
        self.capped = len(found) > room
        for first, last in found[:room]:
            self.matches.extend((base + first, base + last))
        self._position = base + after
        return after > start
