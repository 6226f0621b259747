"""JSON with line breaks: every token as received, whatever the size, tolerant of what people write into JSON."""

import re

from httpdesk.body.pretty_json_whole import format_elements, format_lines, format_members
from httpdesk.body.pretty_json_writer import (
    BLOCK_COMMENT,
    COMMA,
    LINE_COMMENT,
    MEMBER,
    OPEN,
    OTHER,
    SPACE,
    START,
    STRING,
    WORD,
    JsonWriter,
    NotJson,
)

# Below this the fast way is not worth its preparation.
_FAST_BYTES = 4096
# A word that the end of a piece cuts waits for the rest, unless it is this long.
_WORD_BYTES = 256
_PIECES_UNEVEN = 8
_VARIABLE = rb"\{\{[^{}\"\n]{1,200}\}\}"


def _tokens(word: bytes) -> re.Pattern[bytes]:
    """One group for each kind of token, in the order of their numbers."""
    return re.compile(
        # \x1e begins the records of application/json-seq (RFC 7464).
        rb"([ \t\r\n\x1e]++)|(\"[^\"\\]*+(?>(?:\\.[^\"\\]*+)*)\")|("
        + word
        + rb")|([{\[])|([}\]])|(,)|(:)|(//[^\n]*+)|(/\*.*?\*/)|(.)",
        re.DOTALL,
    )


_PLAIN = _tokens(rb"[-+.\w$]++")
# The request editor: {{name}} stands for a value or a part of one.
_WITH_VARIABLES = _tokens(rb"(?>(?:[-+.\w$]|" + _VARIABLE + rb")+)")
# How a token goes on that is longer than a piece, and where it ends.
_REST = {
    STRING: re.compile(rb"[^\"\\]*+(?>(?:\\.[^\"\\]*+)*)(\"?)", re.DOTALL),
    WORD: re.compile(rb"[-+.\w$]*+()"),
    LINE_COMMENT: re.compile(rb"[^\n]*+()"),
    BLOCK_COMMENT: re.compile(rb"(?>(?:[^*]++|\*(?=[^/]))*)((?:\*/)?)"),
}
_LONG_NUMBER = re.compile(rb"[-+]?\.?\d")


class JsonFormatter:
    """Formats piece by piece: feed() says how much of a piece it used, the rest must come again with more.

    Behind a token that is not JSON everything is passed on as it is, and `fault` says where that begins.
    """

    def __init__(self, *, variables: bool = False) -> None:
        self.fault = ""
        self._pattern = _WITH_VARIABLES if variables else _PLAIN
        self._variables = variables
        self._writer = JsonWriter()
        self._inside: int = 0  # a token that goes on in the next piece
        self._verbatim = False
        self._uneven = 0  # so many pieces are not taken for elements of an array: the last one was not
        self._in_lines = False  # lines of JSON: the rest of a piece waits for its line end
        self._offset = 0

    @property
    def depth(self) -> int:
        """How many brackets are open."""
        return len(self._writer.stack)

    def feed(self, data: bytes, *, ended: bool) -> tuple[bytes, int]:
        """Format the next piece; gives text and how many bytes of the piece it is. `ended`: no more will come."""
        writer, consumed, size = self._writer, 0, len(data)
        while consumed < size:
            step = self._step(data[consumed:] if consumed else data, ended=ended)
            consumed += step
            self._offset += step
            if not step or size - consumed >= _FAST_BYTES or (self._in_lines and not ended):
                break
        text = b"".join(writer.out)
        writer.out.clear()
        writer.written = writer.written or bool(text)
        if ended and consumed == size:
            self._end()
        return text, consumed

    def _step(self, data: bytes, *, ended: bool) -> int:
        """Go one step on; how many bytes it took, 0 when more are needed first."""
        if self._verbatim:
            self._writer.out.append(data)
            return len(data)
        if self._inside:
            return self._go_on(self._inside, data, ended=ended)
        outside, first = self._writer.expect == START, not self._writer.started
        taken = self._fast(data, ended=ended)
        self._in_lines = bool(taken) and outside
        if taken:
            return taken
        # Where the fast way failed it would fail again: then the whole piece goes token by token.
        # (At the very start only lines were tried; a value over many lines goes on the fast way soon.)
        least = 0 if (taken is None or first) and len(data) >= _FAST_BYTES else len(data)
        return self._slow(data, least, len(data) if outside else 0, ended=ended)

    def _fast(self, data: bytes, *, ended: bool) -> int | None:
        """How many bytes went the fast way; None where it cannot be tried."""
        writer = self._writer
        if writer.broken:
            return None
        if writer.expect == START and (ended or b"\n" in data):
            lines = format_lines(data, ended=ended)
            if lines is None:
                return 0
            writer.out.append((b"\n" if writer.started else b"") + lines[0])
            return lines[1]
        if writer.expect == MEMBER and len(data) >= _FAST_BYTES:
            stack = bytes(writer.stack)
            whole = None if self._uneven else format_elements(data, stack)
            self._uneven = max(0, self._uneven - 1) if whole or self._uneven else _PIECES_UNEVEN
            whole = whole or format_members(data, stack)
            if whole is None:
                return 0
            writer.out.append(whole.text)
            writer.stack = bytearray(whole.stack)
            return whole.consumed
        return None

    def _slow(self, data: bytes, least: int, least_lines: int, *, ended: bool) -> int:
        """Go token by token, at least so far, then up to the next place where the fast way can be tried."""
        writer, size = self._writer, len(data)
        for match in self._pattern.finditer(data):
            kind, (start, stop) = match.lastindex or OTHER, match.span()
            try:
                if kind == OTHER or (not ended and stop > size - _WORD_BYTES):
                    taken = self._at_border(kind, data, start, stop, ended=ended)
                    if taken is not None:
                        return taken
                writer.take(kind, match[0])
            except NotJson:
                self._fail(data, start)
                return size
            if (kind == COMMA and stop > least) or (kind == SPACE and stop > least_lines and writer.at_new_line):
                return stop
        return size

    def _at_border(self, kind: int, data: bytes, start: int, stop: int, *, ended: bool) -> int | None:
        """How many bytes are taken where the end of the piece cuts a token; None for one that is whole."""
        if kind == OTHER:
            return self._at_other(data, start, ended=ended)
        left = len(data) - start
        if kind == OPEN and self._variables and left < _WORD_BYTES and data[start : start + 2] in (b"{", b"{{"):
            return start
        if stop < len(data) or kind not in (WORD, LINE_COMMENT):
            return None
        if kind == LINE_COMMENT:
            return self._begin(LINE_COMMENT, data, start, 2)
        if left >= _WORD_BYTES:
            if not (self._writer.in_key or _LONG_NUMBER.match(data, start)):
                raise NotJson
            return self._begin(WORD, data, start, 1)
        return start

    def _at_other(self, data: bytes, start: int, *, ended: bool) -> int:
        """Begin a string or comment whose end is not in this piece."""
        opener = data[start : start + 2]
        if opener[:1] == b'"':
            return self._begin(STRING, data, start, 1)
        if opener == b"/*":
            return self._begin(BLOCK_COMMENT, data, start, 2)
        if opener == b"/" and not ended:
            return start
        raise NotJson

    def _begin(self, kind: int, data: bytes, start: int, length: int) -> int:
        self._writer.begin(kind, data[start : start + length])
        self._inside = kind
        return start + length

    def _go_on(self, kind: int, data: bytes, *, ended: bool) -> int:
        match = _REST[kind].match(data)
        taken = match.end() if match else 0
        whole = match is not None and bool(match[1])
        if kind in (WORD, LINE_COMMENT):
            whole = taken < len(data)
        elif ended and not whole:
            taken = len(data)
        self._writer.out.append(data[:taken])
        if whole:
            self._inside = 0
            self._writer.end(kind)
            if not taken:
                return self._step(data, ended=ended)
        return taken

    def _fail(self, data: bytes, start: int) -> None:
        writer = self._writer
        self.fault = f"Not JSON from byte {self._offset + start + 1:,} on: shown as received"
        self._verbatim = True
        writer.out.append((b"\n" if writer.started else b"") + data[start:])

    def _end(self) -> None:
        writer = self._writer
        if self._inside in (WORD, LINE_COMMENT):
            writer.end(self._inside)
            self._inside = 0
        if not self.fault and (self._inside or not writer.complete):
            self.fault = f"The JSON ends early, at byte {self._offset:,}"
