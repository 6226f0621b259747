"""Where the parts of XML and HTML go: a line for each element and comment, text where it was."""

import re

from httpdesk.body.pretty_markup_names import ENDS, INLINE, VOID
from httpdesk.body.pretty_pads import line_break

# White space behind a text is held back until it is known whether a line ends there; this much at the most.
_BLANK_BYTES = 1 << 16
# How many open elements an end tag without a start is compared with: a hostile page must not cost the square.
_LOOKED_AT = 256
_SPACE = b" \t\r\n"
_BREAK = re.compile(rb"(?<![ \t\r\n])[ \t\r]*+\n[ \t\r\n]*+")

# What is before: something on a line of its own, a start tag, text behind a start tag, text on a line of its own.
_LINE, _OPENED, _INLINE, _OWN = range(4)


class MarkupWriter:
    """Takes tags, text and comments in order and writes them to `out`."""

    def __init__(self, *, html: bool) -> None:
        self.out: list[bytes] = []
        self.written = False
        self.html = html
        self._open: list[bytes] = []  # HTML: the names of the open elements
        self._depth = 0  # XML: their number
        self._blank = b""
        self._before = _LINE

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open) if self.html else self._depth

    def text(self, data: bytes) -> None:
        """Write a part of a text."""
        data = self._blank + data
        solid = data.rstrip(_SPACE)
        if len(data) - len(solid) > _BLANK_BYTES:
            solid = data
        self._blank = data[len(solid) :]
        if solid:
            blank = solid[: len(solid) - len(solid.lstrip(_SPACE))]
            solid = solid[len(blank) :]
            self._flow(blank, _BREAK.sub(line_break(self.depth), solid) if self.html else solid)

    def part_of_text(self, data: bytes) -> None:
        """Write what stands in a text and stays as it is: CDATA, an inline element."""
        self._flow(self._blank, data)
        self._blank = b""

    def line(self, data: bytes) -> None:
        """Write what has a line of its own: a comment, an instruction, an element without content."""
        self._blank = b""
        if self.written or self.out:
            self.out.append(line_break(self.depth))
        self.out.append(data)
        self._before = _LINE

    def start(self, data: bytes, name: bytes) -> None:
        """Write a start tag or the beginning of one; started() follows when it is whole."""
        if self.html and name in INLINE:
            self.part_of_text(data)
            return
        if self.html:
            ended = ENDS.get(name, frozenset())
            while self._open and self._open[-1] in ended:
                self._open.pop()
        self.line(data)

    def started(self, name: bytes, *, empty: bool) -> None:
        """The start tag is whole; an `empty` one has no end tag."""
        if empty or (self.html and (name in INLINE or name in VOID)):
            return
        if self.html:
            self._open.append(name)
        else:
            self._depth += 1
        self._before = _OPENED

    def verbatim(self) -> None:
        """What follows up to the end tag goes to `out` as it is."""
        self._before = _INLINE

    def end(self, data: bytes, name: bytes) -> None:
        """Write an end tag, or the beginning of one."""
        if self.html and name in INLINE:
            self.part_of_text(data)
            return
        ended = self._pop(name)
        if ended == 1 and self._before in (_OPENED, _INLINE):
            if not self.html and (self._before == _INLINE or b"\n" not in self._blank):
                self.out.append(self._blank)
            self._blank = b""
            self.out.append(data)
            self._before = _LINE
        else:
            self.line(data)

    def _pop(self, name: bytes) -> int:
        """Close the element of this name and those in it; how many."""
        if not self.html:
            ended = min(self._depth, 1)
            self._depth -= ended
            return ended
        for count, found in enumerate(reversed(self._open[-_LOOKED_AT:]), start=1):
            if found == name:
                del self._open[-count:]
                return count
        return 0

    def _flow(self, blank: bytes, solid: bytes) -> None:
        if self._before in (_INLINE, _OWN):
            self.out.append(_BREAK.sub(line_break(self.depth), blank) if self.html else blank)
        elif self._before == _OPENED:
            self._before = _INLINE
            if not self.html:
                self.out.append(blank)
        else:
            self._before = _OWN
            if self.written or self.out:
                self.out.append(line_break(self.depth))
        self.out.append(solid)
