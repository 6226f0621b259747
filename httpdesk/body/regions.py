"""Regions: what can be folded in a formatted text, found by its indentation; any size, in pieces."""

import re
from typing import NamedTuple

from httpdesk.body.pretty_pads import MAX_LEVELS
from httpdesk.body.spool import Spool

INDENT = 2
_PIECE_BYTES = {"json": 1 << 20, "xml": 1 << 18, "html": 1 << 18}
# Most regions end near by.
_FIRST_BYTES = _BACK_BYTES = 1 << 16
CLOSERS = {ord("{"): b"}", ord("["): b"]"}


def can_fold(language: str) -> bool:
    """Whether formatted text of this language has regions."""
    return language in _PIECE_BYTES


class Region(NamedTuple):
    """A region from the line break behind its first line up to the one before its last line (-1: to the end)."""

    start: int
    stop: int


def opens(language: str, line: str, below: str) -> bool:
    """Whether a line begins a region, by the line and the one below it (JSON does not look at that)."""
    if language == "json":
        return line.endswith(("{", "[")) and indentation(line) < INDENT * MAX_LEVELS
    tag = line.lstrip(" ")[:2]
    return tag.startswith("<") and tag != "</" and indentation(below) > indentation(line)


def closes(language: str, line: str, depth: int) -> bool:
    """Whether a line is the last one of a region of some depth."""
    signs = ("}", "]") if language == "json" else ("</",)
    return indentation(line) == depth and line[depth:].startswith(signs)


def indentation(line: str) -> int:
    """With how many spaces a line begins."""
    return len(line) - len(line.lstrip(" "))


class RegionEnd:
    """Searches for the end of the region that begins with some line."""

    def __init__(self, spool: Spool, language: str, start: int, depth: int, opener: int) -> None:
        self._spool, self._start, self._position = spool, start, start
        self._language = language
        self._closing = Closing(language, depth, opener)
        self.region: Region | None = None

    def advance(self) -> bool:
        """Search the next piece; False when there is nothing to do (any more, or yet)."""
        if self.region is not None or self._spool.closed:
            return False
        finished = self._spool.finished
        piece = _FIRST_BYTES if self._position == self._start else _PIECE_BYTES[self._language]
        stop = min(self._spool.size_bytes, self._position + piece)
        found = self._closing.search(self._spool.read(self._position, stop))
        if found >= 0:
            self.region = Region(self._start, self._position + found)
            return False
        if stop == self._spool.size_bytes:
            if finished:
                self.region = Region(self._start, -1)
            return False
        self._position = max(self._position + 1, stop - self._closing.length)
        return True


class RegionAround:
    """Searches for the region that a line is in: back for the nearest line with less indentation, then for its end."""

    def __init__(self, spool: Spool, language: str, line_start: int) -> None:
        self._spool, self._language, self._stop = spool, language, line_start
        head = spool.read(line_start, line_start + INDENT * MAX_LEVELS + 2)
        self._depth = _depth(head)
        # The last line of a region belongs to it.
        self._closes = head[self._depth : self._depth + 1] in (b"}", b"]") or head[self._depth :].startswith(b"</")
        self._end: RegionEnd | None = None
        self.failed = False

    @property
    def region(self) -> Region | None:
        """What was found."""
        return self._end.region if self._end is not None else None

    def advance(self) -> bool:
        """Search the next piece; False when there is nothing to do (any more, or yet)."""
        if self._end is not None:
            return self._end.advance()
        if self.failed:
            return False
        start = max(0, self._stop - _BACK_BYTES)
        data = b"\n" * (start == 0) + self._spool.read(start, self._stop)
        most = self._depth if self._closes else self._depth - 1
        found = re.match(rb"(?s:.*)\n( {0,%d})(?=[^ \n])" % most, data) if most >= 0 else None
        if found is not None:
            self._begin(start - (start == 0) + found.start(1))
        elif start == 0 or most < 0:
            self.failed = True
        else:
            self._stop = start + INDENT * MAX_LEVELS + 2
        return True

    def _begin(self, line_start: int) -> None:
        """The first line is found: its line break is where the region begins, if it is the first line of one."""
        spool, position = self._spool, line_start
        depth = _depth(spool.read(line_start, line_start + INDENT * MAX_LEVELS + 2))
        while (at := (piece := spool.read(position, position + _BACK_BYTES)).find(b"\n")) < 0 and piece:
            position += len(piece)
        last = spool.read(position + at - 1, position + at)
        is_json = self._language == "json"
        if at < 0 or not last or (is_json and (last[0] not in CLOSERS or depth >= INDENT * MAX_LEVELS)):
            self.failed = True
            return
        self._end = RegionEnd(self._spool, self._language, position + at, depth, last[0])


class Closing:
    """Where the last line of a region at some depth is, or the first line that is no part of it any more."""

    def __init__(self, language: str, depth: int, opener: int) -> None:
        self._pattern: re.Pattern[bytes] | None = None
        self._needle = b"\n" + b" " * depth + CLOSERS.get(opener, b"}")
        if language != "json":
            self._pattern = re.compile(rb"\n {0,%d}<" % depth)
        self.length = depth + 2

    def search(self, data: bytes, position: int = 0) -> int:
        """The line break before that line, or -1."""
        if self._pattern is None:
            return data.find(self._needle, position)
        found = self._pattern.search(data, position)
        return found.start() if found else -1


def _depth(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))
