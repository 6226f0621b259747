"""Compressed streams of four formats behind one face: bounded steps, and all output up to the byte that is wrong.

The libraries throw away what a failing call has decoded already; here that part is decoded again, byte by byte.
"""

import sys
import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ERRORS = (zlib.error, brotli.error, zstd.ZstdError)
OUTPUT_BYTES = 256 << 10
INPUT_BYTES = 16 << 10
CODINGS = ("gzip", "deflate", "br", "zstd")
# RFC 9659: more than 8 MiB of window is not for HTTP.
ZSTD_WINDOW_LOG = 23


class Stream(Protocol):
    """One compressed stream; once it has `ended`, `rest` is what came after it.

    `certain` is True when output proves the format; raw deflate and Brotli decode a little of anything.
    """

    ended: bool
    rest: bytes
    certain: bool

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode at most INPUT_BYTES, in pieces of a bounded size. Raises one of ERRORS after the last good byte."""


def open_stream(coding: str) -> Stream:
    """A new stream of one of the CODINGS."""
    if coding == "gzip":
        return _Zlib(zlib.MAX_WBITS | 16)
    if coding == "deflate":
        return _Deflate()
    return _Brotli() if coding == "br" else _Zstd()


class _Zlib:
    certain = True

    def __init__(self, window_bits: int) -> None:
        self._inner = zlib.decompressobj(window_bits)
        self.ended, self.rest = False, b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        before, given = self._inner.copy(), 0
        try:
            for piece in self._pieces(data):
                given += len(piece)
                yield piece
        except zlib.error:
            self._inner = before
            singles = (data[at : at + 1] for at in range(len(data)))
            yield from _beyond(given, (piece for byte in singles for piece in self._pieces(byte)))
        self.ended, self.rest = self._inner.eof, self._inner.unused_data

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            piece = self._inner.decompress(data, OUTPUT_BYTES)
            if piece:
                yield piece
            data = self._inner.unconsumed_tail
            if self._inner.eof or not (data or len(piece) == OUTPUT_BYTES):
                return


class _Deflate:
    """Either zlib's format, as the standard says, or raw deflate, as some servers send it; two bytes tell."""

    def __init__(self) -> None:
        self.certain = True
        self._start = b""
        self._inner: _Zlib | None = None
        self.ended, self.rest = False, b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._start += data
            if len(self._start) < 2:
                return
            data = self._start
            is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self.certain = is_zlib
            self._inner = _Zlib(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        yield from self._inner.feed(data)
        self.ended, self.rest = self._inner.ended, self._inner.rest


class _Replayed:
    """A stream whose state can't be copied: its input is kept while it is short."""

    certain = True

    def __init__(self) -> None:
        self._open()
        self._history: bytearray | None = bytearray()
        self._given = 0
        self.ended, self.rest = False, b""

    def _open(self) -> None:
        raise NotImplementedError

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        raise NotImplementedError

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._history is not None:
            self._history += data
            if len(self._history) > 2 * INPUT_BYTES:
                self._history = None
        try:
            for piece in self._pieces(data):
                self._given += len(piece)
                yield piece
        except ERRORS:
            if self._history is None:
                raise
            yield from self._again(bytes(self._history))

    def _again(self, history: bytes) -> Iterator[bytes]:
        self._open()
        yield from _beyond(self._given, self._singles(history))

    def _singles(self, history: bytes) -> Iterator[bytes]:
        for at in range(len(history)):
            yield from self._pieces(history[at : at + 1])
            if self.ended:
                self.rest = history[at + 1 :]
                return


class _Brotli(_Replayed):
    certain = False

    def _open(self) -> None:
        self._inner = brotli.Decompressor()

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            piece = self._inner.process(data, output_buffer_limit=OUTPUT_BYTES)
            data = b""
            if piece:
                yield piece
            if self._inner.is_finished() or self._inner.can_accept_more_data():
                self.ended = self._inner.is_finished()
                return


class _Zstd(_Replayed):
    def _open(self) -> None:
        limit = {int(zstd.DecompressionParameter.window_log_max): ZSTD_WINDOW_LOG}
        self._inner = zstd.ZstdDecompressor(options=limit)

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            piece = self._inner.decompress(data, OUTPUT_BYTES)
            data = b""
            if piece:
                yield piece
            if self._inner.eof or self._inner.needs_input:
                self.ended, self.rest = self._inner.eof, self._inner.unused_data if self._inner.eof else b""
                return


def _beyond(count: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces without their first `count` bytes."""
    for piece in pieces:
        if count < len(piece):
            yield piece[count:]
        count = max(0, count - len(piece))
