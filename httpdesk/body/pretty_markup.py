"""XML and HTML with a line for each element: tags, attributes, comments and texts as received, whatever the size."""

import re
from collections.abc import Callable

from httpdesk.body.pretty_markup_names import VERBATIM
from httpdesk.body.pretty_markup_writer import MarkupWriter

# What the end of a piece cuts waits for the rest, unless it is this long.
_WAITING_BYTES = 4096
_NAME = rb"[A-Za-z_:\x80-\xff][^\s/>\"'=<]*+"
_VALUES = rb"[^>\"']*+(?>(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*)"
# An element with nothing but text, as most are in data: one match instead of three.
_LEAF = rb"(?P<leaf><(" + _NAME + rb")" + _VALUES + rb"(?<!/)>(?P<inner>[^<]*+)</\2\s*+>)|"
_PARTS = (
    # "<" before anything that is no name is text.
    rb"(?P<text>(?>(?:[^<]++|<(?=[^A-Za-z_:\x80-\xff/!?]))+))",
    rb"(?P<comment><!--.*?-->)",
    rb"(?P<cdata><!\[CDATA\[.*?\]\]>)",
    rb"(?P<line><\?.*?\?>|<!(?!--|\[CDATA\[)[^>\[]*+>)",
    rb"(?P<end></(?P<ended>[^\s>]*+)[^>]*+>)",
    rb"(?P<start><(?P<name>" + _NAME + rb")" + _VALUES + rb">)",
    rb"(?P<cut><)",
)
_XML = re.compile(_LEAF + b"|".join(_PARTS), re.DOTALL)
_HTML = re.compile(b"|".join(_PARTS), re.DOTALL)
_OPENER = re.compile(rb"<!--|<!\[CDATA\[|<!|<\?|</(?P<ended>[^\s>]{0,200})|<(?P<name>[^\s/>\"'=<]{0,200})")
_STOPS = {name: re.compile(rb"</" + name + rb"(?![\w-])", re.IGNORECASE) for name in VERBATIM}

# Inside of what, and up to what, when it is longer than a piece; and what comes behind each of the signs.
_TAG, _DOUBLE, _SINGLE, _COMMENT, _CDATA, _PI, _DECLARATION, _SUBSET, _END = range(1, 10)
_REST = {
    _TAG: (re.compile(rb"[^>\"']*+([>\"']?)"), {b">": 0, b'"': _DOUBLE, b"'": _SINGLE}),
    _DOUBLE: (re.compile(rb"[^\"]*+(\"?)"), {b'"': _TAG}),
    _SINGLE: (re.compile(rb"[^']*+('?)"), {b"'": _TAG}),
    _COMMENT: (re.compile(rb".*?(?:(-->)|(?=-{0,2}\Z))", re.DOTALL), {b"-->": 0}),
    _CDATA: (re.compile(rb".*?(?:(\]\]>)|(?=\]{0,2}\Z))", re.DOTALL), {b"]]>": 0}),
    _PI: (re.compile(rb".*?(?:(\?>)|(?=\??\Z))", re.DOTALL), {b"?>": 0}),
    _DECLARATION: (re.compile(rb"[^>\[]*+([>\[]?)"), {b">": 0, b"[": _SUBSET}),
    _SUBSET: (re.compile(rb"[^\]]*+(\]?)"), {b"]": _DECLARATION}),
    _END: (re.compile(rb"[^>]*+(>?)"), {b">": 0}),
}
_KINDS = {b"<!--": _COMMENT, b"<![CDATA[": _CDATA, b"<!": _DECLARATION, b"<?": _PI}


class MarkupFormatter:
    """Formats piece by piece: feed() says how much of a piece it used, the rest must come again with more."""

    def __init__(self, *, html: bool = False) -> None:
        self.fault = ""
        self._writer = MarkupWriter(html=html)
        self._pattern = _HTML if html else _XML
        self._takers: dict[str, Callable[[re.Match[bytes]], None]] = {
            "leaf": self._leaf,
            "text": self._text,
            "comment": self._line,
            "cdata": self._cdata,
            "line": self._line,
            "end": self._end,
            "start": self._start,
        }
        self._inside = 0  # what goes on in the next piece
        self._name = b""  # of the tag that goes on
        self._last = b""  # its last byte
        self._verbatim = b""  # the element whose content is verbatim
        self._offset = 0

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return self._writer.depth

    def feed(self, data: bytes, *, ended: bool) -> tuple[bytes, int]:
        """Format the next piece; gives text and how many bytes of the piece it is. `ended`: no more will come."""
        writer, consumed = self._writer, 0
        while consumed < len(data):
            step = self._step(data, consumed, ended=ended)
            if step is None:
                break
            consumed = step
        text = b"".join(writer.out)
        writer.out.clear()
        writer.written = writer.written or bool(text)
        self._offset += consumed
        if ended and consumed == len(data) and not writer.html and (self._inside or writer.depth):
            self.fault = f"The XML ends early, at byte {self._offset:,}"
        return text, consumed

    def _step(self, data: bytes, position: int, *, ended: bool) -> int | None:
        """Go one step on; the new position, None when more bytes are needed first."""
        if self._verbatim:
            return self._copy_verbatim(data, position, ended=ended)
        if self._inside:
            return self._go_on(data, position, ended=ended)
        for match in self._pattern.finditer(data, position):
            kind = match.lastgroup or ""
            if kind == "cut":
                return self._begin(data, match.start(), position, ended=ended)
            self._takers[kind](match)
            if kind == "start" and self._stops_here():
                return match.end()
        return len(data)

    def _stops_here(self) -> bool:
        return bool(self._verbatim)

    def _name_of(self, name: bytes) -> bytes:
        return name.lower() if self._writer.html else name

    def _text(self, match: re.Match[bytes]) -> None:
        self._writer.text(match[0])

    def _line(self, match: re.Match[bytes]) -> None:
        self._writer.line(match[0])

    def _cdata(self, match: re.Match[bytes]) -> None:
        self._writer.part_of_text(match[0])

    def _end(self, match: re.Match[bytes]) -> None:
        self._writer.end(match[0], self._name_of(match["ended"]))

    def _leaf(self, match: re.Match[bytes]) -> None:
        inner = match["inner"]
        if b"\n" in inner and not inner.strip():
            self._writer.line(match[0].replace(b">" + inner + b"</", b"></"))
        else:
            self._writer.line(match[0])

    def _start(self, match: re.Match[bytes]) -> None:
        name = self._name_of(match["name"])
        self._writer.start(match[0], name)
        self._started(name, empty=match[0].endswith(b"/>"))

    def _started(self, name: bytes, *, empty: bool) -> None:
        self._writer.started(name, empty=empty)
        if self._writer.html and name in VERBATIM and not empty:
            self._verbatim = name
            self._writer.verbatim()

    def _begin(self, data: bytes, start: int, position: int, *, ended: bool) -> int | None:
        """Begin what the end of the piece cuts, when it is long or nothing follows."""
        if not ended and len(data) - start < _WAITING_BYTES:
            return start if start > position else None
        opener = _OPENER.match(data, start)
        found = opener[0] if opener else b"<"
        name = self._name_of(found.lstrip(b"</"))
        if found == b"<":
            self._writer.text(found)
        elif found in _KINDS:
            self._inside = _KINDS[found]
            (self._writer.part_of_text if self._inside == _CDATA else self._writer.line)(found)
        elif found.startswith(b"</"):
            self._inside = _END
            self._writer.end(found, name)
        else:
            self._inside, self._name, self._last = _TAG, name, b""
            self._writer.start(found, name)
        return start + len(found)

    def _go_on(self, data: bytes, position: int, *, ended: bool) -> int | None:
        pattern, behind = _REST[self._inside]
        match = pattern.match(data, position)
        sign = (match[1] or b"") if match else b""
        stop = match.end() if match and (sign or not ended) else len(data)
        self._writer.out.append(data[position:stop])
        if stop - position > len(sign):
            self._last = data[stop - len(sign) - 1 : stop - len(sign)]
        if not sign:
            return stop if stop > position else None
        was, self._inside = self._inside, behind[sign]
        if was == _TAG and not self._inside:
            self._started(self._name, empty=self._last == b"/")
        elif was in (_DOUBLE, _SINGLE):
            self._last = sign
        return stop

    def _copy_verbatim(self, data: bytes, position: int, *, ended: bool) -> int | None:
        stop = _STOPS[self._verbatim].search(data, position)
        if stop and (ended or stop.end() < len(data)):
            self._verbatim = b""
            copied = stop.start()
        else:
            # The end tag may be cut.
            copied = len(data) if ended else max(position, len(data) - len(self._verbatim) - 2)
        self._writer.out.append(data[position:copied])
        return copied if copied > position or not self._verbatim else None
