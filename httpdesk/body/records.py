"""Records: where the rows of a table begin in a growing body, kept sparsely (2 MB for a body of 1 GB)."""

from array import array
from bisect import bisect_right
from collections.abc import Callable
from typing import Protocol

FIRST_BYTES, PIECE_BYTES, PIECE_LIMIT_BYTES = 1 << 14, 1 << 16, 1 << 19
BLOCK_BYTES = 8192
# A longer record is shown as far as this.
RECORD_BYTES = 1 << 16
_CACHED_BLOCKS = 64


class Scanner(Protocol):
    """Finds the starts of records, in pieces."""

    @property
    def done(self) -> bool:
        """Whether no more records will come, whatever follows."""
        ...

    def starts(self, data: bytes, *, ended: bool) -> tuple[list[int], int]:
        """Where records start in the next piece, and how many bytes are dealt with; the rest is to come again."""
        ...


class RecordIndex:
    """One thread calls advance(), any thread asks. `scanner` makes one that stands where a record may begin."""

    def __init__(self, read: Callable[[int, int], bytes], start: int, scanner: Callable[[], Scanner]) -> None:
        self._read, self._make = read, scanner
        self._scanner = scanner()
        self._position, self._piece = start, FIRST_BYTES
        self._offsets, self._numbers = array("Q"), array("Q")
        self._started = 0
        self._complete = False
        self._cache: dict[tuple[int, int], tuple[bytes, list[int]]] = {}

    @property
    def count(self) -> int:
        """How many records there are whose end is known."""
        return self._started if self._complete else max(0, self._started - 1)

    def advance(self, size_bytes: int, *, ended: bool) -> bool:
        """Take the next piece of a body of which so much is here; False when there is nothing new."""
        if self._complete:
            return False
        base = self._position
        data = self._read(base, min(size_bytes, base + self._piece))
        ends_here = ended and base + len(data) >= size_bytes
        starts, taken = self._scanner.starts(data, ended=ends_here) if data else ([], 0)
        for start in starts:
            self._add(base + start)
        self._position = base + taken
        self._complete = self._scanner.done or (ends_here and taken == len(data))
        wants_more = not taken and len(data) == self._piece < PIECE_LIMIT_BYTES
        self._piece = PIECE_BYTES if taken else min(self._piece * 2, PIECE_LIMIT_BYTES)
        return self._complete or taken > 0 or wants_more

    def record(self, number: int, limit_bytes: int = RECORD_BYTES) -> bytes:
        """The bytes of a record, with what is between it and the next one; no more than so many."""
        block = bisect_right(self._numbers, number) - 1
        if block < 0 or number >= self.count:
            return b""
        base, data, starts = self._block(block)
        place = number - self._numbers[block]
        if place >= len(starts):
            return b""
        start = starts[place]
        stop = starts[place + 1] if place + 1 < len(starts) else self._stop(block) - base
        if stop <= len(data):
            return data[start : min(stop, start + limit_bytes)]
        return self._read(base + start, base + min(stop, start + limit_bytes))

    def _add(self, offset: int) -> None:
        if not self._offsets or offset - self._offsets[-1] >= BLOCK_BYTES:
            self._offsets.append(offset)
            self._numbers.append(self._started)  # last: readers on other threads look here first
        self._started += 1

    def _stop(self, block: int) -> int:
        return self._offsets[block + 1] if block + 1 < len(self._numbers) else self._position

    def _records_in(self, block: int) -> int:
        following = self._numbers[block + 1] if block + 1 < len(self._numbers) else self._started
        return following - self._numbers[block]

    def _block(self, block: int) -> tuple[int, bytes, list[int]]:
        base, stop = self._offsets[block], self._stop(block)
        known = self._cache.get((base, stop))
        if known is None:
            # Only its last record can be longer than a block: there is nothing to find behind its start.
            data = self._read(base, min(stop, base + BLOCK_BYTES + RECORD_BYTES))
            known = data, self._make().starts(data[:BLOCK_BYTES], ended=True)[0][: self._records_in(block)]
            if len(self._cache) >= _CACHED_BLOCKS:
                self._cache.clear()
            self._cache[base, stop] = known
        return base, *known
