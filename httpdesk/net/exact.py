"""Exact requests: aiohttp's request without what aiohttp changes, so that what was prepared is what goes out."""

import asyncio
from collections.abc import Sequence

import aiohttp
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse
from aiohttp.connector import Connection

# A server that does not know "Expect: 100-continue" is silent: the body goes out after this (curl waits as long).
EXPECT_S = 1.0


class ExactRequest(ClientRequest):
    """A request that takes any Content-Length as typed, and does not wait for ever for "100 Continue"."""

    async def send(self, conn: Connection) -> ClientResponse:
        """Called by aiohttp when there is a connection."""
        response = await super().send(conn)
        if self._continue is not None:
            self.loop.call_later(EXPECT_S, _go_on, self._continue, conn)
        return response

    def _get_content_length(self) -> int | None:
        return None


def exactly(method: str, headers: Sequence[tuple[str, str]]) -> aiohttp.ClientMiddlewareType:
    """A middleware that undoes what aiohttp changes: the method in capitals, Host first, a length of its own."""

    async def send(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        request.method = method
        request.headers.clear()
        request.headers.extend(headers)
        codings = request.headers.get("Transfer-Encoding", "")
        request.chunked = True if "chunked" in codings.lower() else None
        return await handler(request)

    return send


def _go_on(waiting: "asyncio.Future[bool]", conn: Connection) -> None:
    """Send the body without the server's word, unless its answer is here already."""
    track = getattr(conn.protocol, "track", None)
    if not waiting.done() and track is not None and track.hop.head is None:
        waiting.set_result(True)
