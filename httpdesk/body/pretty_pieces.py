"""Pieces of a large body, formatted one after the other where Formatting wants it: in another process."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

_PIECE_BYTES = 1 << 18
# So deep that the open brackets, which go along with each piece, cost more than the formatting.
_DEEP = 20_000


class Formatter(Protocol):
    """One language; `fault` says in words what was not of the language, "" for nothing. It can be pickled."""

    fault: str

    @property
    def depth(self) -> int:
        """How many brackets or elements are open: what it remembers grows with them."""
        ...

    def feed(self, data: bytes, *, ended: bool) -> tuple[bytes, int]:
        """Format the next piece; gives text and how many bytes of the piece it is, which may be all but the last few.

        The rest must come again with more behind it. With `ended` no more will come, and all of it is used in time.
        """
        ...


class Formatted(NamedTuple):
    """A formatted piece, how many bytes of the source it is, and the formatter that goes on behind it."""

    text: bytes
    consumed: int
    formatter: Formatter


def formatted_pieces(formatter: Formatter, file: Path, start: int, stop: int, ended: bool) -> Iterator[Formatted]:
    """Format bytes of a file, up to what the next ones decide; `ended`: there are none. Raises OSError.

    The formatter travels with each piece, so that whoever wants them can go on by himself at any time.
    """
    with file.open("rb", buffering=0) as source:
        while start < stop and formatter.depth <= _DEEP:
            source.seek(start)
            data = source.read(min(_PIECE_BYTES, stop - start))
            text, consumed = formatter.feed(data, ended=ended and start + len(data) == stop)
            if not consumed:
                return
            start += consumed
            yield Formatted(text, consumed, formatter)
