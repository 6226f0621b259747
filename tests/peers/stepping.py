"""A server whose answer arrives in steps, each when the test says so."""

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Stepping:
    """One answer without a length (or with one): head at once, then what more() is given, until end()."""

    def __init__(self, content_type: str, headers: str = "") -> None:
        self.url = ""
        self._head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n{headers}Connection: close\r\n\r\n"
        self._pieces: asyncio.Queue[bytes | None] = asyncio.Queue()

    def more(self, data: bytes) -> None:
        """Send more of the body."""
        self._pieces.put_nowait(data)

    def end(self) -> None:
        """Close the connection: the body ends here."""
        self._pieces.put_nowait(None)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(self._head.encode())
            while (piece := await self._pieces.get()) is not None:
                writer.write(piece)
                await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def stepping(content_type: str, headers: str = "") -> AsyncIterator[Stepping]:
    """Run such a server on the loopback."""
    peer = Stepping(content_type, headers)
    server = await asyncio.start_server(peer.answer, "127.0.0.1", 0)
    peer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    try:
        yield peer
    finally:
        peer.end()
        server.close()
        await server.wait_closed()
