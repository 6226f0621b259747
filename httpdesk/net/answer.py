"""Answers taken from the bytes of a connection: one tolerant parser, so that no answer is ever lost.

aiohttp's own parser throws the whole answer away where it finds a fault, and what it finds depends on how TCP cut the
bytes. This one shows what came, names every fault, and does not care about segments.
"""

import re
from dataclasses import dataclass

from httpdesk.core.exchange import Head
from httpdesk.net.chunks import Chunks
from httpdesk.net.framing import CHUNKED, UNTIL_CLOSE, Framing, framing
from httpdesk.net.head import parse_head

HEAD_LIMIT_BYTES = 4 << 20
INTERIM_LIMIT = 10_000

_HEAD_END = re.compile(rb"\n\r?\n")
# "HTTP/1.1 200" of servers, "ICY 200" of radios, "RTSP/1.0 200" of cameras; and what may still become one of these.
_STATUS_LINE = re.compile(rb"(HTTP|ICY)[ \t\r\n/]|[A-Z]{1,8}/\d", re.IGNORECASE)
# An alert or a handshake (RFC 8446, section 5.1); one byte, because more may not have come yet.
_TLS_RECORD = re.compile(rb"[\x15\x16]")
_UNDECIDED = re.compile(rb"[A-Z]{0,8}/?", re.IGNORECASE)


@dataclass(frozen=True)
class Interim:
    """A 1xx answer before the real one."""

    head: Head


@dataclass(frozen=True)
class End:
    """The answer is over."""


Piece = Head | Interim | bytes | End


class AnswerParser:
    """Reads one answer to a request of `method`; `faults` collects what the server got wrong, in words.

    `complete` is True when the body ended as announced; `reusable` tells whether the connection may serve again;
    `doubtful` asks the caller to call `end` after a short silence, because the announced end may never come.
    """

    def __init__(self, method: str, faults: list[str]) -> None:
        self.head_bytes = 0
        self.body_bytes = 0
        self.expected_bytes: int | None = None
        self.complete = False
        self.reusable = False
        self.doubtful = False
        self.is_http = True
        self.codings: tuple[str, ...] = ()
        self.trailers: tuple[tuple[str, str], ...] = ()
        self.started = False
        self._method, self._faults = method, faults
        self._buffer = bytearray()
        self._framing: Framing | None = None
        self._chunks: Chunks | None = None
        self._over = False
        self._interims = 0
        self._last_interim = (b"", Head(status=0, reason=""))

    def feed(self, data: bytes) -> list[Piece]:
        """Take bytes as they came; returns what they make."""
        pieces: list[Piece] = []
        if self._framing is None:
            self.started = self.started or bool(data)
            scan_from = max(0, len(self._buffer) - 2)
            self._buffer += data
            pieces += self._heads(scan_from)
            data = b""
        if self._framing is not None:
            data, self._buffer = bytes(self._buffer) or data, bytearray()
            pieces += self._body(data, self._framing)
        return pieces

    def _heads(self, scan_from: int) -> list[Piece]:
        """Take interim heads and the real one off the buffer."""
        pieces: list[Piece] = []
        while self._looks_like_http():
            end = _HEAD_END.search(self._buffer, scan_from)
            if (end.end() if end else len(self._buffer)) > HEAD_LIMIT_BYTES:
                self._note(f"The head of the answer is longer than {HEAD_LIMIT_BYTES >> 20} MiB")
                return [*pieces, *self.end()]
            if end is None:
                return pieces
            raw, scan_from = bytes(self._buffer[: end.start()]), 0
            del self._buffer[: end.end()]
            pieces.append(self._head(raw, end.end()))
            if isinstance(pieces[-1], Head) or self._over:
                return pieces
        return [*pieces, self._not_http()]

    def end(self, reason: str = "") -> list[Piece]:
        """The connection has ended (`reason` says how, when it was not in order); returns the last pieces."""
        if self._over:
            return []
        if self._framing is None:
            if not bytes(self._buffer).strip():
                return []
            if not _STATUS_LINE.match(self._buffer) and not b"HTTP/".startswith(self._buffer):
                return [self._not_http(), bytes(self._buffer), self._finish(complete=True)]
            self._note("The answer ends inside its head" + (f": {reason}" if reason else ""))
            head = self._head(bytes(self._buffer), len(self._buffer))
            self._buffer.clear()
            self.reusable = False
            return [head, self._finish(complete=False)]
        whole = self._framing.length == UNTIL_CLOSE and not reason
        if not whole:
            self._note(self._cut(reason))
        self.reusable = False
        return [self._finish(complete=whole)]

    def _looks_like_http(self) -> bool:
        """Whether the buffer begins, or may still begin, with a status line; blank space before it is skipped."""
        lead = len(self._buffer) - len(self._buffer.lstrip(b"\r\n \t"))
        if lead:
            self._note("There is blank space before the status line")
            del self._buffer[:lead]
        self.is_http = bool(_STATUS_LINE.match(self._buffer) or _UNDECIDED.fullmatch(self._buffer))
        return self.is_http

    def _head(self, raw: bytes, length: int) -> Piece:
        known, head = self._last_interim
        if raw != known:
            head = parse_head(raw, self._faults)
        if 100 <= head.status < 200 and head.status != 101:
            self._last_interim = (raw, head)
            self._interims += 1
            if self._interims > INTERIM_LIMIT:
                self._note(f"More than {INTERIM_LIMIT:,} interim answers came and no real one")
                return self._finish(complete=False)
            return Interim(head)
        self.head_bytes = length
        self._begin(framing(head, self._method, self._faults))
        return head

    def _not_http(self) -> Head:
        self.is_http = False
        if _TLS_RECORD.match(self._buffer):
            self._note("The answer is not HTTP but looks like TLS: this port expects https. It is shown as it came")
        else:
            self._note("The answer is not HTTP: it has no status line. It is shown as it came")
        self._begin(Framing(UNTIL_CLOSE, reusable=False, doubtful=True))
        return Head(status=0, reason="", http_version="")

    def _begin(self, found: Framing) -> None:
        self._framing = found
        self.codings, self.reusable, self.doubtful = found.codings, found.reusable, found.doubtful
        if found.length == CHUNKED:
            self._chunks = Chunks(self._faults)
        elif found.length >= 0:
            self.expected_bytes = found.length

    def _body(self, data: bytes, found: Framing) -> list[Piece]:
        if self._over:
            if data.strip(b"\r\n"):
                self.reusable = False
                self._note("More bytes came after the end of the answer")
            return []
        if self._chunks is not None:
            return self._chunked(data, self._chunks)
        if found.length == UNTIL_CLOSE:
            self.body_bytes += len(data)
            return [data] if data else []
        left = found.length - self.body_bytes
        pieces: list[Piece] = [data[:left]] if data and left else []
        self.body_bytes += min(left, len(data))
        if self.body_bytes == found.length:
            pieces.append(self._finish(complete=True))
            self._body(data[left:], found)
        return pieces

    def _chunked(self, data: bytes, chunks: Chunks) -> list[Piece]:
        parts, rest = chunks.feed(data)
        self.body_bytes += sum(map(len, parts))
        pieces: list[Piece] = list(parts)
        if chunks.broken:
            self.reusable, self.doubtful = False, True
        if chunks.done:
            self.trailers = chunks.trailers
            pieces.append(self._finish(complete=True))
            self._body(rest, Framing(0))
        return pieces

    def _finish(self, *, complete: bool) -> End:
        self._over, self.complete, self.doubtful = True, complete, False
        return End()

    def _cut(self, reason: str) -> str:
        if self.expected_bytes is not None:
            text = f"The body ends after {self.body_bytes:,} of {self.expected_bytes:,} bytes"
        elif self._chunks is not None:
            text = f"The body ends after {self.body_bytes:,} bytes, before its last chunk"
        else:
            text = f"The body ends after {self.body_bytes:,} bytes"
        return f"{text}: {reason}" if reason else text

    def _note(self, fault: str) -> None:
        if fault not in self._faults:
            self._faults.append(fault)
