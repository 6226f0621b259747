"""Text: a body as rows of characters with colours, while it is still growing."""

from httpdesk.body.lexed import Lexed
from httpdesk.body.lexing import Language, Span
from httpdesk.body.lines import Row, RowIndex
from httpdesk.body.spool import Spool

FIRST_BYTES, PIECE_BYTES = 1 << 14, 1 << 17
_KEPT_STATES = 4096
# Rows are read many at a time: at each read of a file a busy thread may take its turn, for a millisecond.
_NEAR_BYTES = 1 << 13


class Text:
    """The rows of a spool of UTF-8: found by advance() on any one thread, read and coloured on another.

    Bytes that are not UTF-8 become lone surrogates (as with "surrogateescape"), so that characters and bytes can
    always be counted into each other.
    """

    def __init__(self, spool: Spool, language: Language, lexed: Lexed | None = None) -> None:
        self.spool, self.language, self.lexed = spool, language, lexed
        self.index = RowIndex(spool.read, language.track)
        self._states: dict[int, int] = {}
        self._near, self._near_start = b"", 0

    @property
    def complete(self) -> bool:
        """Whether every row is known and no more will come."""
        return self.spool.finished and self.index.size_bytes >= self.spool.size_bytes

    def advance(self) -> bool:
        """Find the rows of the next piece; False when there is nothing new."""
        index = self.index
        if self.spool.size_bytes <= index.size_bytes:
            return False
        piece = PIECE_BYTES if index.size_bytes else FIRST_BYTES
        index.feed(self.spool.read(index.next_offset, index.size_bytes + piece))
        return True

    def characters(self, row: Row) -> str:
        """The text of a row without its line end."""
        data = self._read(row.start, row.stop)
        if data.endswith(b"\n"):
            data = data[: -2 if data.endswith(b"\r\n") else -1]
        return data.decode("utf-8", "surrogateescape")

    def spans(self, row: Row, characters: str) -> list[Span]:
        """The coloured parts of a row."""
        if self.lexed is not None:
            return self.lexed.spans(row, characters)
        spans, after = self.language.spans(characters, self._state(row), ends_line=self._ends_line(row))
        self._keep(row.number + 1, after)
        return spans

    def _state(self, row: Row) -> int:
        """The state before a row: from the row above, or from the last one that the index knows."""
        if row.starts_line and self.language.fresh_lines:
            return 0
        kept = self._states.get(row.number)
        if kept is not None:
            return kept
        known, state = self.index.checkpoint(row.number)
        for above in self.index.window(known, row.number - known):
            _, state = self.language.spans(self.characters(above), state, ends_line=self._ends_line(above))
            self._keep(above.number + 1, state)
        return state

    def _ends_line(self, row: Row) -> bool:
        return self._read(row.stop - 1, row.stop) == b"\n"

    def _read(self, start: int, stop: int) -> bytes:
        """The bytes of a row, or a part of it; what is around them is kept for the next one."""
        if self.spool.closed:
            return b""
        if start < self._near_start or stop > self._near_start + len(self._near):
            self._near_start = start - start % _NEAR_BYTES
            self._near = self.spool.read(self._near_start, self._near_start + 2 * _NEAR_BYTES)
        return self._near[start - self._near_start : stop - self._near_start]

    def _keep(self, number: int, state: int) -> None:
        if number >= self.index.rows:
            return  # the row above may still grow
        if len(self._states) >= _KEPT_STATES:
            self._states.clear()
        self._states[number] = state


def byte_length(characters: str) -> int:
    """How many bytes of the body some characters of a Text are."""
    return len(characters) if characters.isascii() else len(characters.encode("utf-8", "surrogateescape"))
