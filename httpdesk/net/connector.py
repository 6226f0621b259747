"""The connector: aiohttp's pool, DNS cache and happy eyeballs, with times for each step and our own protocol."""

import asyncio
import functools
from typing import Any

from aiohttp import ClientRequest, ClientTimeout, TCPConnector
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.helpers import is_ip_address

from httpdesk.core.exchange import Phase
from httpdesk.core.settings import Pool
from httpdesk.net.handler import AnswerHandler
from httpdesk.net.track import CURRENT


class Connector(TCPConnector):
    """Reports to the Track that is current in the task that connects."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(
            limit=pool.total,
            limit_per_host=pool.per_host,
            keepalive_timeout=pool.keep_alive_s,
            ttl_dns_cache=int(pool.dns_cache_s),
        )
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
            track.handler, track.reused = handler, handler.requests > 0
            handler.begin(track)
        track.switch(Phase.SEND)
        return connection

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
        track.addresses = tuple(result["host"] for result in found)
        return found

    async def _wrap_create_connection(
        self, *args: Any, req: ClientRequest, **kwargs: Any
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        track = CURRENT.get()
        track.secure = kwargs.get("ssl") is not None
        track.switch(Phase.TCP)
        return await super()._wrap_create_connection(*args, req=req, **kwargs)

    async def _start_tls_connection(self, *args: Any, **kwargs: Any) -> tuple[asyncio.BaseTransport, ResponseHandler]:
        CURRENT.get().secure = True
        return await super()._start_tls_connection(*args, **kwargs)
