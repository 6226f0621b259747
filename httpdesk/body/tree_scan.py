"""ChildScan: finds the children of one node of formatted JSON or XML, a piece at a time, while the text grows."""

import re
from array import array
from operator import attrgetter

from httpdesk.body.spool import Spool
from httpdesk.body.tree_lines import children_of

PAGE = 1000
PIECE_BYTES = 1 << 16
# Where there are many children: while a piece is looked at by the regular expression no other thread gets its turn.
_DENSE_BYTES, _DENSE = 1 << 14, 2000
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_LONGEST_END = 3
_CLOSE = 1  # the number of the group "close"
_start, _group = re.Match.start, attrgetter("lastindex")


class ChildScan:
    """Where the first thousand children start, where each further thousand starts, and how many there are.

    One thread calls advance(), any thread asks; `shared` says that it is not the window's thread. With `most` the scan
    begins with the child on the line at `start`, which is element `number` of its parent, and ends after so many;
    without, it begins behind the line at `start`, which is the parent's.
    """

    def __init__(self, spool: Spool, language: str, level: int, start: int, *, number: int = 0, most: int = 0) -> None:
        self.offsets, self.numbers = array("Q"), array("Q")
        self.pages, self.page_numbers = array("Q"), array("Q")
        self.count = 0
        self.done = False
        self.shared = False
        self.stop = start
        self._spool, self._language = spool, language
        self._pattern = children_of(language, level)
        self._piece = PIECE_BYTES
        self._number, self._most = number, most
        self._until = b""
        # From the line break before the first child on; the very first line has none.
        self._at = max(0, start - 1) if most else start
        self._begins = start == 0 and (level < 0 or bool(most))

    @property
    def position(self) -> int:
        """How far the text was looked at."""
        return self._at

    def advance(self, piece_bytes: int = 0) -> bool:
        """Look at the next piece; False when there is nothing new."""
        if self.done:
            return False
        piece_bytes = piece_bytes or self._piece
        finished = self._spool.finished or self._spool.closed  # before reading: what comes in between is not the end
        data = self._spool.read(self._at, self._at + piece_bytes)
        ended = finished and self._at + len(data) >= self._spool.size_bytes
        taken = len(data) if ended else self._whole_lines(data, piece_bytes)
        if not taken and not ended:
            return False
        if self._begins and data:
            self._begins = False
            if data[:1] not in b"\n ":
                self._add(0, is_element=data[:1] == b"<" and data[1:2] not in (b"!", b"?"))
        (self._look_json if self._language == "json" else self._look)(data[:taken])
        self._at += taken
        if ended and not self.done:
            self.stop = self._at
            self.done = True
        return True

    def _whole_lines(self, data: bytes, piece_bytes: int) -> int:
        """How much of a piece can be looked at while more follows."""
        taken = data.rfind(b"\n")
        if taken > 0:
            return taken
        # A long line goes on. The end of a comment may be cut.
        return len(data) - _LONGEST_END if len(data) == piece_bytes else 0

    def _look_json(self, data: bytes) -> None:
        """Find all children in a piece at once: one by one, a million of them would take seconds from the window."""
        matches = list(self._pattern.finditer(data))
        groups = list(map(_group, matches))
        count = groups.index(_CLOSE) if _CLOSE in groups else len(groups)
        starts = list(map(_start, matches[:count]))
        self._piece = PIECE_BYTES if len(starts) < _DENSE else _DENSE_BYTES
        if self._most and len(starts) > (room := self._most - self.count):
            self.stop, self.done = self._at + starts[room] + 1, True
            del starts[room:]
        elif count < len(groups):
            self.stop, self.done = self._at + _start(matches[count]) + 1, True
        first = self._at + 1
        kept = starts[: max(0, PAGE - self.count)]
        self.offsets.extend(first + at for at in kept)
        self.numbers.extend([self._number] * len(kept))
        pages = starts[-self.count % PAGE :: PAGE]
        self.pages.extend(first + at for at in pages)
        self.page_numbers.extend([self._number] * len(pages))
        self.count += len(starts)  # last: readers on other threads look here first

    def _look(self, data: bytes) -> None:
        position = 0
        while not self.done:
            if self._until:
                end = data.find(self._until, position)
                if end < 0:
                    return
                position, self._until = end + len(self._until), b""
            for match in self._pattern.finditer(data, position):
                if match[0] in _ENDS:
                    position, self._until = match.end(), _ENDS[match[0]]
                    break
                if match["close"]:
                    self.stop, self.done = self._at + match.start() + 1, True
                    return
                if self._found(data, match.start(), is_element=self._language == "xml" and bool(match["element"])):
                    return
            if not self._until:
                return

    def _found(self, data: bytes, at: int, *, is_element: bool) -> bool:
        """Add a child; whether it was the last one that is wanted."""
        offset = self._at + at + 1
        if self._language == "xml" and not is_element:
            # A line of a longer text is no child; one that follows a tag is.
            before = data[at - 1 : at] if at else self._spool.read(offset - 2, offset - 1)
            if before != b">":
                return False
        self._add(offset, is_element=is_element)
        return self.done

    def _add(self, offset: int, *, is_element: bool) -> None:
        if self._most and self.count == self._most:
            self.stop, self.done = offset, True
            return
        if self.count < PAGE:
            self.numbers.append(self._number)
            self.offsets.append(offset)
        if self.count % PAGE == 0:
            self.page_numbers.append(self._number)
            self.pages.append(offset)
        self._number += is_element
        self.count += 1  # last: readers on other threads look here first
