"""Download: the body of an answer on its way to the spool; decoding and writing happen in a writer thread."""

import asyncio
from collections.abc import Iterable
from concurrent.futures import Executor
from typing import Protocol

from httpdesk.core import wording
from httpdesk.net.decode import Decoder

INLINE_BYTES = 1 << 20
"""A body up to this size stays in memory: writing it needs no thread."""
BATCH_BYTES = 1 << 20
DECODED_LIMIT_BYTES = 2 << 30


class Sink(Protocol):
    """Where a body goes: body/spool.py, which this room does not know. `write` blocks and may raise OSError."""

    @property
    def size_bytes(self) -> int: ...  # noqa: D102
    def write(self, data: bytes) -> None: ...  # noqa: D102
    def finish(self) -> None: ...  # noqa: D102


class Download:
    """Takes the bytes of one body in order; a slow disk or decoder holds the network back, never the loop.

    A body that grows beyond `limit_bytes` by decoding is cut (`overflowed`), and `faults` says so.
    """

    def __init__(
        self,
        spool: Sink,
        decoder: Decoder,
        faults: list[str],
        executor: Executor,
        limit_bytes: int = DECODED_LIMIT_BYTES,
    ) -> None:
        self.spool = spool
        self.overflowed = False
        self._decoder, self._faults = decoder, faults
        self._executor = executor
        self._limit_bytes = limit_bytes
        self._taken_bytes = 0
        self._stopped = False
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._running: asyncio.Future[None] | None = None

    @property
    def whole(self) -> bool:
        """Whether everything was decoded to its proper end."""
        return self._decoder.whole and not self.overflowed

    async def write(self, data: bytes) -> None:
        """Write; returns while the writing goes on, unless much waits to be written. Raises OSError for a full disk."""
        if self._running is None and self._decoder.idle and self.spool.size_bytes + len(data) <= INLINE_BYTES:
            self.spool.write(data)
            return
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if self._running is not None and (self._running.done() or self._waiting_bytes >= BATCH_BYTES):
            await self._settle()
        if self._running is None:
            self._start()

    async def finish(self) -> None:
        """Write what is left and close the spool for writing, also after an error. Raises OSError."""
        try:
            await self._settle()
            if self._waiting:
                self._start()
                await self._settle()
            if not self._decoder.idle and not self.overflowed:
                self._run(self._decoder.finish())
                await self._settle()
        finally:
            self.spool.finish()

    def stop(self) -> None:
        """Decode no more of what waits; what is decoded stays."""
        self._stopped = True

    def _start(self) -> None:
        batch, self._waiting, self._waiting_bytes = self._waiting, [], 0
        self._run(piece for data in batch for piece in self._decoded(data))

    def _decoded(self, data: bytes) -> Iterable[bytes]:
        self._taken_bytes += len(data)
        return self._decoder.feed(data)

    def _run(self, pieces: Iterable[bytes]) -> None:
        self._running = asyncio.wrap_future(self._executor.submit(self._put, pieces))

    async def _settle(self) -> None:
        """Wait for the thread; it works on after a cancellation, so that is passed on only when it has ended."""
        if self._running is None:
            return
        cancelled = False
        while not self._running.done():
            try:
                await asyncio.wait([self._running])
            except asyncio.CancelledError:
                cancelled = True
                self.stop()
        running, self._running = self._running, None
        try:
            running.result()
        except OSError:
            self._waiting.clear()
            raise
        if cancelled:
            raise asyncio.CancelledError

    def _put(self, pieces: Iterable[bytes]) -> None:
        """In the writer thread."""
        for piece in pieces:
            if self.overflowed or (self._stopped and not self._decoder.idle):
                return
            room = self._limit_bytes - self.spool.size_bytes
            if not self._decoder.idle and len(piece) > room:
                self.spool.write(piece[:room])
                self._overflow()
                return
            self.spool.write(piece)

    def _overflow(self) -> None:
        self.overflowed = True
        ratio = self._limit_bytes / max(1, self._taken_bytes)
        self._faults.append(
            f"The body is cut here: {wording.size(self._taken_bytes)} of it decoded to more than"
            f" {wording.size(self._limit_bytes)}, {ratio:,.0f} times its size"
        )
