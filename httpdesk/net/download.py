"""Download: the body of an answer on its way to the spool; decoding and writing happen in a writer thread."""

import asyncio
from concurrent.futures import Executor

from httpdesk.body.spool import Spool


class Download:
    """Takes the bytes of one body in order; a slow disk holds the network back, never the loop."""

    def __init__(self, spool: Spool, executor: Executor) -> None:
        self.spool = spool
        self._executor = executor
        self._running: asyncio.Future[None] | None = None

    async def write(self, data: bytes) -> None:
        """Write; returns while the writing goes on, after the piece before it is written. Raises OSError."""
        await self.settle()
        loop = asyncio.get_running_loop()
        self._running = asyncio.wrap_future(self._executor.submit(self.spool.write, data), loop=loop)

    async def settle(self) -> None:
        """Wait until nothing is being written. Raises OSError."""
        if self._running is not None:
            await asyncio.shield(self._running)
            self._running = None

    async def finish(self) -> None:
        """Write what is left and close the spool for writing; also after an error or a cancellation."""
        try:
            await self.settle()
        finally:
            self.spool.finish()
