"""The protocol of each connection: aiohttp's, with our own parser in the place of the one that loses answers."""

import asyncio
import contextlib
from typing import Any

from aiohttp.client_proto import ResponseHandler
from aiohttp.http import HttpVersion11, RawResponseMessage
from aiohttp.streams import EMPTY_PAYLOAD, StreamReader
from multidict import CIMultiDict, CIMultiDictProxy

from httpdesk.core.exchange import Connection, Head, Phase
from httpdesk.net.answer import AnswerParser, End, Interim, Piece
from httpdesk.net.track import Track

# How long a server may be silent after an answer whose end is unclear, before it counts as over.
SILENCE_AFTER_FAULT_S = 0.5
INTERIM_LIMIT = 20
UNREAD_BYTES = 64 << 10

_NO_HEADERS = CIMultiDictProxy(CIMultiDict[str]())


class Payload(StreamReader):
    """The body of an answer as it arrives."""

    def rest(self) -> bytes:
        """What has arrived and was not read, also after a failure."""
        self._exception = None
        return self.read_nowait() if self._buffer else b""


class AnswerHandler(ResponseHandler):
    """One connection; `begin` is called for each request that it carries (not for the CONNECT of a proxy)."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.track: Track | None = None
        self._seam: _Parser | None = None
        self._kept: tuple[Connection, tuple[bytes, ...]] | None = None

    def begin(self, track: Track, *, verified: bool) -> None:
        """The next request on this connection is this one; `verified` says whether its certificate was checked."""
        self.track = track
        track.handler = self
        if self._kept is None:
            track.connected(self.transport, verified)
            self._kept = track.hop.connection, track.chain
        else:
            track.reuses(*self._kept)

    def set_response_params(self, **params: Any) -> None:
        """Called by aiohttp before it sends a request."""
        super().set_response_params(**params)
        if self.track is not None:
            payload = Payload(self, params["read_bufsize"], timer=params["timer"], loop=self._loop)
            self._parser = self._seam = _Parser(self, self.track, payload)  # type: ignore[assignment]

    def start_timeout(self) -> None:
        """Called by aiohttp when the last byte of a request is written."""
        super().start_timeout()
        if self.track is not None:
            self.track.request_sent()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Called by the loop; the parser learns how the connection ended."""
        if self._seam is not None and exc is not None:
            self._take_unread(self._seam)
            self._seam.reason = "the connection was reset"
        super().connection_lost(exc)

    def set_exception(self, exc: BaseException, *cause: BaseException) -> None:
        """Called by aiohttp when the request can't be written, too."""
        if self._seam is not None and not isinstance(exc, TimeoutError):
            self._take_unread(self._seam)
        super().set_exception(exc, *cause)

    def _take_unread(self, seam: "_Parser") -> None:
        """A server that refuses an upload answers and resets: the write fails while its answer is still unread."""
        transport = self.transport
        if transport is None or seam.answer.body_bytes or transport.get_extra_info("ssl_object"):
            return
        sock = transport.get_extra_info("socket")
        with contextlib.suppress(OSError), sock.dup() as copy:
            copy.setblocking(False)
            while data := copy.recv(UNREAD_BYTES):
                seam.feed_data(data)

    def deliver(self, head: Head, payload: StreamReader) -> None:
        """Hand a head to the response that waits for it."""
        message = RawResponseMessage(
            HttpVersion11, head.status, head.reason, _NO_HEADERS, (), False, None, False, False
        )
        if payload is not EMPTY_PAYLOAD:
            self._payload = payload
            payload.on_eof(self._drop_timeout)
        self.feed_data((message, payload), 0)

    def hurry(self) -> None:
        """The end of this answer is unclear: wait for more only for a short while."""
        self.read_timeout = min(self.read_timeout or SILENCE_AFTER_FAULT_S, SILENCE_AFTER_FAULT_S)
        self.start_read_timer()

    def start_read_timer(self) -> None:
        """Count the silence of the server from now on."""
        super().start_timeout()

    def _on_read_timeout(self) -> None:
        if self._seam is not None and self._seam.answer.doubtful:
            self._seam.feed_eof()
            self.close()
        else:
            super()._on_read_timeout()


class _Parser:
    """What aiohttp calls as its parser."""

    def __init__(self, handler: AnswerHandler, track: Track, payload: Payload) -> None:
        self.reason = ""
        self.answer = AnswerParser(track.hop.method, track.hop.faults)
        self._handler, self._track, self._payload = handler, track, payload
        self._hurried = False
        track.answer = self.answer

    def feed_data(self, data: bytes) -> tuple[tuple[()], bool, bytes]:
        """Take bytes of the connection; what aiohttp expects back is delivered by other ways."""
        if data:
            over = self._payload.is_eof()
            self._take(self.answer.feed(data))
            if over:
                # Nobody asked for these bytes: the next request must not find them.
                self._handler.close()
            if self.answer.doubtful and not self._hurried:
                self._hurried = True
                self._handler.hurry()
        return (), False, b""

    def feed_eof(self) -> None:
        """The connection has ended."""
        self._take(self.answer.end(self.reason))

    def pause_reading(self) -> None:
        """The transport pauses; nothing is kept back here."""

    def _take(self, pieces: list[Piece]) -> None:
        hop = self._track.hop
        for piece in pieces:
            if isinstance(piece, bytes):
                self._payload.feed_data(piece)
            elif isinstance(piece, Head):
                hop.head, hop.head_bytes = piece, self.answer.head_bytes
                hop.expected_bytes = self.answer.expected_bytes
                self._track.switch(Phase.DOWNLOAD)
                self._handler.deliver(piece, self._payload)
            elif isinstance(piece, Interim):
                if len(hop.interim) < INTERIM_LIMIT:
                    hop.interim.append(piece.head)
                self._handler.deliver(piece.head, EMPTY_PAYLOAD)
            elif isinstance(piece, End):
                hop.trailers = self.answer.trailers
                self._end()
                if hop.head is None:
                    self._handler.close()
        hop.wire_bytes = self.answer.body_bytes

    def _end(self) -> None:
        # Before the end is known: it gives the connection back to the pool.
        if not self.answer.reusable:
            self._handler.force_close()
        self._payload.feed_eof()
