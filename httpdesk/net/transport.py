"""Transport: one request on the wire and the head of its answer, exactly as it was prepared."""

import asyncio
from collections.abc import Sequence

import aiohttp
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, ClientTimeout
from yarl import URL

from httpdesk.core.options import Effective
from httpdesk.net.sessions import Sessions
from httpdesk.net.track import CURRENT, Track
from httpdesk.net.upload import Segment, Upload

Headers = Sequence[tuple[str, str]]


class HeadersTimeout(TimeoutError):
    """The head of the answer did not come in time."""


def client_timeout(options: Effective) -> ClientTimeout:
    """The limits that aiohttp watches itself; 0 is none, and nothing is rounded up."""
    return ClientTimeout(
        total=None,
        connect=options.connect_s or None,
        sock_connect=options.sock_connect_s or None,
        sock_read=options.sock_read_s or None,
        ceil_threshold=float("inf"),
    )


class Transport:
    """Sends hops over the sessions."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def ask(
        self, track: Track, headers: Headers, segments: Sequence[Segment], options: Effective
    ) -> ClientResponse:
        """Send the request of `track.hop`; returns when the head of the answer is in it.

        Raises Problem, HeadersTimeout, or what aiohttp raises.
        """
        hop = track.hop
        session = await self._sessions.session(options, hop.url)
        CURRENT.set(track)
        loop = asyncio.get_running_loop()
        limit = asyncio.timeout(None)
        try:
            async with limit:
                if options.headers_s:
                    track.on_sent = lambda: limit.reschedule(loop.time() + options.headers_s)
                return await session.request(
                    hop.method,
                    URL(hop.url, encoded=True),
                    headers=headers,
                    data=Upload(segments, hop) if segments else None,
                    allow_redirects=False,
                    timeout=client_timeout(options),
                    middlewares=(_exactly(hop.method, headers),),
                )
        except TimeoutError as error:
            if limit.expired():
                raise HeadersTimeout from error
            raise
        finally:
            track.on_sent = None


def _exactly(method: str, headers: Headers) -> aiohttp.ClientMiddlewareType:
    """A middleware that undoes what aiohttp changes: the method in capitals, Host first, a length of its own."""

    async def send(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        request.method = method
        request.headers.clear()
        request.headers.extend(headers)
        codings = request.headers.get("Transfer-Encoding", "")
        request.chunked = True if "chunked" in codings.lower() else None
        return await handler(request)

    return send
