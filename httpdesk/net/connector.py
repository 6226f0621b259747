"""The connector: aiohttp's pool, DNS cache and happy eyeballs, with times for each step and our own protocol."""

import asyncio
import functools
import select
import ssl
from typing import Any

from aiohttp import ClientRequest, ClientTimeout, TCPConnector
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.helpers import is_ip_address

from httpdesk.core.exchange import Phase
from httpdesk.core.settings import Pool
from httpdesk.net.handler import AnswerHandler
from httpdesk.net.track import CURRENT

# asyncio limits a TLS handshake to 60 s by itself; here the limits of the options count, and only they.
NO_LIMIT_S = 86_400.0


class Connector(TCPConnector):
    """Reports to the Track that is current in the task that connects."""

    def __init__(self, pool: Pool, context: ssl.SSLContext | None = None) -> None:
        super().__init__(
            ssl=context if context is not None else True,
            limit=pool.total,
            limit_per_host=pool.per_host,
            keepalive_timeout=pool.keep_alive_s,
            ttl_dns_cache=int(pool.dns_cache_s),
        )
        self._verified = context is None or context.verify_mode is not ssl.CERT_NONE
        self._factory: functools.partial[Any] = functools.partial(self._handler)

    @property
    def in_use(self) -> int:
        """Connections that carry a request, or are being made for one."""
        return len(self._acquired)

    @property
    def idle(self) -> int:
        """Connections kept for the next request."""
        return sum(map(len, self._conns.values()))

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Any],
        timeout: ClientTimeout,  # noqa: ASYNC109 - aiohttp calls it so
    ) -> Connection:
        """Called by aiohttp for each request: a connection from the pool, or a new one."""
        connection = await super().connect(req, traces, timeout)
        track, handler = CURRENT.get(), connection.protocol
        if isinstance(handler, AnswerHandler):
            handler.begin(track, verified=self._verified)
        track.switch(Phase.SEND)
        return connection

    async def _get(self, *args: Any, **kwargs: Any) -> Connection | None:
        """A kept connection, but none that the server has closed or used meanwhile: a request on it would be lost."""
        while (connection := await super()._get(*args, **kwargs)) is not None:
            transport = connection.transport
            if transport is not None and not is_stale(transport):
                return connection
            connection.close()
        return None

    def _handler(self) -> AnswerHandler:
        """Make a protocol; the loop calls this when TCP is there and TLS is not."""
        if CURRENT.get().secure:
            CURRENT.get().switch(Phase.TLS)
        return AnswerHandler(self._loop)

    async def _resolve_host(self, host: str, port: int, traces: Any = None) -> list[Any]:
        track = CURRENT.get()
        if not is_ip_address(host):
            track.switch(Phase.DNS)
            track.looked_up = True
        found = await super()._resolve_host(host, port, traces)
        track.addresses, track.port = tuple(result["host"] for result in found), port
        return found

    async def _wrap_create_connection(
        self, *args: Any, req: ClientRequest, **kwargs: Any
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        track = CURRENT.get()
        track.secure = kwargs.get("ssl") is not None
        if track.secure:
            kwargs["ssl_handshake_timeout"] = NO_LIMIT_S
        track.switch(Phase.TCP)
        return await super()._wrap_create_connection(*args, req=req, **kwargs)

    async def _start_tls_connection(self, *args: Any, **kwargs: Any) -> tuple[asyncio.BaseTransport, ResponseHandler]:
        CURRENT.get().secure = True
        return await super()._start_tls_connection(*args, **kwargs)


def is_stale(transport: asyncio.BaseTransport) -> bool:
    """Whether something waits on an idle connection that the loop has not seen yet: its end, or bytes nobody asked for.

    On TLS only an end counts; bytes may be a new session ticket.
    """
    if not hasattr(select, "poll"):
        return False
    sock = transport.get_extra_info("socket")
    if sock is None or sock.fileno() < 0:
        return True
    end = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR
    unasked = 0 if transport.get_extra_info("ssl_object") else select.POLLIN
    poller = select.poll()
    poller.register(sock.fileno(), end | unasked)
    return bool(poller.poll(0))
