"""LineTable: the lines of a text as numbers that can be compared, and where each begins."""

import re
from array import array
from bisect import bisect_left
from itertools import accumulate, pairwise

from httpdesk.body.lines import ROW_BYTES, rows_of

# More lines are not compared: each takes 16 bytes.
LIMIT_LINES = 8_000_000
_PIECE_BYTES = 1 << 20
# The start of a line that says which place it is of: indentation and name of a member, a tag, a header, a setting.
_NAME = re.compile(rb'\s*+(?:"[^"]{1,300}"\s*+:|<[/!?]?[\w:.-]{1,100}|[\w.$-]{1,100}\s*+[:=])')


class LineTable:
    """Lines without their ends: `hashes` are equal where lines are (SipHash with the key of this process).

    With `commas_count` False a comma at the end of a line makes no difference: a member may have become the last one.
    """

    def __init__(self, text: bytes, *, commas_count: bool = True) -> None:
        self.text = text
        self.hashes, self.starts = array("q"), array("Q", [0])
        position, size = 0, len(text)
        while position < size:
            stop = text.rfind(b"\n", position, position + _PIECE_BYTES) + 1
            stop = stop or text.find(b"\n", position) + 1 or size
            self._take(text[position:stop], commas_count=commas_count)
            position = stop
        self._find_long()

    def __len__(self) -> int:
        return len(self.hashes)

    def line(self, number: int) -> bytes:
        """A line without its end."""
        return self.text[self.starts[number] : self.starts[number + 1]].removesuffix(b"\n")

    def name(self, number: int) -> bytes:
        """What says which place a line is of; b"" for nothing."""
        start = self.starts[number]
        found = _NAME.match(self.text, start, min(start + 512, self.starts[number + 1]))
        return found[0] if found else b""

    def row(self, number: int) -> int:
        """The first row (as body/lines.py counts them) of a line, or of what is behind the last one."""
        i = bisect_left(self.long, number)
        return number + (self._extra[i - 1] if i else 0)

    def long_lines(self, start: int, stop: int) -> "array[int]":
        """Those of some lines that are more than one row."""
        return self.long[bisect_left(self.long, start) : bisect_left(self.long, stop)]

    def _take(self, piece: bytes, *, commas_count: bool) -> None:
        lines = piece.split(b"\n")
        if not lines[-1]:
            lines.pop()
            lengths = [len(line) + 1 for line in lines]
        else:
            lengths = [len(line) + 1 for line in lines]
            lengths[-1] -= 1
        self.starts.extend(accumulate(lengths, initial=self.starts.pop()))
        if not commas_count:
            lines = [line[:-1] if line.endswith(b",") else line for line in lines]
        self.hashes.extend(map(hash, lines))

    def _find_long(self) -> None:
        """Know the lines that are cut into rows."""
        self.long, extra = array("Q"), array("Q")
        whole = 0
        for number, (start, stop) in enumerate(pairwise(self.starts)):
            if stop - start > ROW_BYTES:
                rows = rows_of(self.text, start, stop)
                if rows > 1:
                    whole += rows - 1
                    self.long.append(number)
                    extra.append(whole)
        self._extra = extra
