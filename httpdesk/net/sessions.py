"""Sessions: the only maker of aiohttp sessions; one for each TLS and proxy choice, kept until quit."""

import asyncio
import ssl
from typing import NamedTuple

import aiohttp

from httpdesk.core import urls
from httpdesk.core.options import Effective
from httpdesk.core.settings import Pool
from httpdesk.net.connector import Connector
from httpdesk.net.cookies import Jar
from httpdesk.net.exact import ExactRequest
from httpdesk.net.proxy import ASKS_SYSTEM, Proxy, proxy_for
from httpdesk.net.tls import TlsChoice, build_context, tls_choice

READ_BUFFER_BYTES = 256 << 10
AUTOMATIC_HEADERS = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


class Route(NamedTuple):
    """How a request travels: over which session, and through which proxy."""

    session: aiohttp.ClientSession
    proxy: Proxy | None = None


class _Key(NamedTuple):
    tls: TlsChoice | None
    proxy: str


class Sessions:
    """Persistent sessions with one cookie jar; made without I/O, a session comes with its first request.

    The jar may be that of other sessions, which these replace.
    """

    def __init__(self, pool: Pool, jar: Jar | None = None) -> None:
        self.jar = Jar() if jar is None else jar
        self._pool = pool
        self._sessions: dict[_Key, aiohttp.ClientSession] = {}
        self._connectors: dict[_Key, Connector] = {}
        self._contexts: dict[TlsChoice, asyncio.Future[ssl.SSLContext]] = {}

    @property
    def limit(self) -> int:
        """How many connections a session may have, 0 for no limit."""
        return self._pool.total

    @property
    def in_use(self) -> int:
        """Connections that carry a request now."""
        return sum(connector.in_use for connector in self._connectors.values())

    @property
    def idle(self) -> int:
        """Connections kept for the next request."""
        return sum(connector.idle for connector in self._connectors.values())

    async def route(self, options: Effective, url: str) -> Route:
        """The session for these options, and the proxy that its requests go through.

        Raises Problem where a certificate file or the proxy can't be used.
        """
        proxy = await asyncio.to_thread(proxy_for, options, url) if ASKS_SYSTEM else proxy_for(options, url)
        choice = await self._choice(options, url, proxy)
        key = _Key(choice, proxy.url if proxy else "")
        context = await self._context(choice) if choice and key not in self._sessions else None
        # No await from here on: two first sends at once get the same session.
        if key not in self._sessions:
            connector = Connector(self._pool, context)
            self._sessions[key], self._connectors[key] = _new_session(connector), connector
        return Route(self._sessions[key], proxy)

    async def close(self) -> None:
        """Close every connection; the sessions are gone afterwards."""
        sessions = list(self._sessions.values())
        self._sessions.clear()
        self._connectors.clear()
        self._contexts.clear()
        for session in sessions:
            await session.close()
        # The transports close their sockets in the next turn of the loop.
        await asyncio.sleep(0)

    async def _choice(self, options: Effective, url: str, proxy: Proxy | None) -> TlsChoice | None:
        """The TLS choice where the URL or the proxy speaks TLS; looks at files only where there are some."""
        target = next((urls.target(one) for one in (url, proxy.url if proxy else "") if one.startswith("https:")), None)
        if target is None:
            return None
        if options.ca_file or options.client_certificate.file:
            return await asyncio.to_thread(tls_choice, options, target.host)
        return tls_choice(options, target.host)

    async def _context(self, choice: TlsChoice) -> ssl.SSLContext:
        """The TLS context of a choice, built once, in a thread."""
        if choice not in self._contexts:
            building = asyncio.get_running_loop().run_in_executor(None, build_context, choice)
            building.add_done_callback(lambda future: self._built(choice, future))
            self._contexts[choice] = building
        # Whoever waits may be cancelled; the others still want it.
        return await asyncio.shield(self._contexts[choice])

    def _built(self, choice: TlsChoice, building: "asyncio.Future[ssl.SSLContext]") -> None:
        """Forget a failure: the file may be there at the next send."""
        if building.cancelled() or building.exception() is not None:
            self._contexts.pop(choice, None)


def _new_session(connector: Connector) -> aiohttp.ClientSession:
    session = aiohttp.ClientSession(
        connector=connector,
        request_class=ExactRequest,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=AUTOMATIC_HEADERS,
        read_bufsize=READ_BUFFER_BYTES,
    )
    # Exactly one request on the wire for each send: aiohttp would send idempotent ones again by itself.
    session._retry_connection = False  # noqa: SLF001 - no other way; tests/net/test_contract.py
    return session
