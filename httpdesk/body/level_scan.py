"""LevelScan: finds every region of one level of a formatted text, piece by piece, as rows to fold."""

import threading

from httpdesk.body.folds import LIMIT, Fold, FoldBlock
from httpdesk.body.lines import ROW_BYTES
from httpdesk.body.regions import CLOSERS, INDENT, Closing
from httpdesk.body.text import Text

_PIECE_BYTES = 1 << 17
_BLOCK_FOLDS = 512
# While the index is not there yet; and after each piece, so that the window gets its turn.
_WAIT_S, _BREATH_S = 0.01, 0.0005


class LevelScan:
    """Runs on a thread behind the index of the text; `blocks` grows by what is found, in order."""

    def __init__(self, text: Text, language: str, level: int) -> None:
        self.blocks: list[FoldBlock] = []
        self.done = self.capped = False
        self._text, self._language = text, language
        self._depth = INDENT * level
        self._deeper = b"\n" + b" " * (self._depth + INDENT)
        self._closings = {opener: Closing(language, self._depth, opener) for opener in (*CLOSERS, ord(">"))}
        self._position = 0
        self._inside: tuple[int, Closing] | None = None  # the first row to hide, and what ends it
        self._found: list[Fold] = []
        self._count = 0
        self._pause = threading.Event()

    def advance(self) -> bool:
        """Scan the next piece; False when nothing more will come."""
        if self.done or self._text.spool.closed:
            return False
        index, complete = self._text.index, self._text.complete
        known = index.size_bytes if complete else index.next_offset
        data = self._text.spool.read(self._position, min(known, self._position + _PIECE_BYTES))
        is_last = complete and self._position + len(data) >= known
        if not is_last and len(data) < _PIECE_BYTES:
            self._pause.wait(_WAIT_S)
            return True
        scanned, step = (len(data), len(data)) if is_last else _part(data)
        self._scan(data[:scanned])
        self._position += step
        if is_last and self._inside is not None:
            self._add(Fold(self._inside[0], index.rows))
        self._flush()
        self.capped = self._count >= LIMIT
        self.done = is_last or self.capped
        self._pause.wait(_BREATH_S)
        return True

    def _scan(self, data: bytes) -> None:
        rows, at = _Rows(self._text, self._position, data), 0
        while self._count < LIMIT:
            if self._inside is None:
                at = data.find(self._deeper, at)
                if at < 0:
                    return
                if (closing := self._opened(data, at)) is not None:
                    self._inside = rows.number(at + 1), closing
                else:
                    at += 1
                continue
            start, closing = self._inside
            at = closing.search(data, at)
            if at < 0:
                return
            self._add(Fold(start, rows.number(at + 1) + self._closes(data, at + 1)))
            self._inside = None
            at += 1

    def _opened(self, data: bytes, at: int) -> Closing | None:
        """What ends the region whose first line ends here; None when the line begins no region."""
        if at == 0:
            return None
        if self._language == "json":
            return self._closings.get(data[at - 1]) if data[at - 1] in CLOSERS else None
        line = data.rfind(b"\n", 0, at) + 1
        begins = data[line : line + self._depth + 2]
        tag = b" " * self._depth + b"<"
        return self._closings[ord(">")] if begins.startswith(tag) and not begins.endswith(b"/") else None

    def _closes(self, data: bytes, line: int) -> bool:
        """Whether a line is short and the last one of the region; else it stays on the screen."""
        if self._language == "json":
            return True
        tag = b" " * self._depth + b"</"
        whole = len(data) - line < ROW_BYTES or data.find(b"\n", line, line + ROW_BYTES) >= 0
        return whole and data.startswith(tag, line)

    def _add(self, fold: Fold) -> None:
        if fold.start < fold.stop:
            self._found.append(fold)
            self._count += 1
            if len(self._found) >= _BLOCK_FOLDS:
                self._flush()

    def _flush(self) -> None:
        if self._found:
            self.blocks.append(FoldBlock(self._found))
            self._found = []


def _part(data: bytes) -> tuple[int, int]:
    """How much of a piece to scan, and where the next one begins.

    That is at the last whole line, for what is below it was not there; of very long lines only the ends matter.
    """
    size = data.rfind(b"\n") + 1
    last = data.rfind(b"\n", 0, max(0, size - 1)) + 1
    if last:
        return size, last
    if len(data) - size >= ROW_BYTES:
        return len(data), len(data) - ROW_BYTES
    return size, max(1, size - ROW_BYTES)


class _Rows:
    """Numbers of the rows that begin in a piece: counted where no line takes more than one row, else looked up."""

    def __init__(self, text: Text, base: int, data: bytes) -> None:
        self._text, self._base, self._data = text, base, data
        self._at, self._number, self._counts = 0, -1, False

    def number(self, at: int) -> int:
        """The number of the row that begins at a byte of the piece; the bytes must be asked for in order."""
        if self._number < 0:
            self._begin()
        if not self._counts:
            return self._row(at)
        self._number += self._data.count(b"\n", self._at, at)
        self._at = at
        return self._number

    def _begin(self) -> None:
        last = len(self._data) - 1
        self._number = self._row(0)
        self._counts = self._row(last) - self._number == self._data.count(b"\n", 0, last)

    def _row(self, at: int) -> int:
        row = self._text.index.row_at(self._base + at, passing=True)
        return row.number if row is not None else 0
