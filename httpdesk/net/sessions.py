"""Sessions: the only maker of aiohttp sessions; one for each TLS and proxy choice, kept until quit."""

import aiohttp

from httpdesk.core.options import Effective
from httpdesk.core.settings import Pool
from httpdesk.net.connector import Connector

READ_BUFFER_BYTES = 64 << 10
AUTOMATIC_HEADERS = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


class Sessions:
    """Persistent sessions with one cookie jar; made without I/O, a session comes with its first request."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._sessions: dict[object, aiohttp.ClientSession] = {}
        self._connectors: dict[object, Connector] = {}

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

    async def session(self, options: Effective, url: str) -> aiohttp.ClientSession:
        """The session for these options; raises Problem where a certificate file can't be used."""
        key = "plain"
        if key not in self._sessions:
            connector = Connector(self._pool)
            session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=AUTOMATIC_HEADERS,
                read_bufsize=READ_BUFFER_BYTES,
            )
            # Exactly one request on the wire for each send: aiohttp would send idempotent ones again by itself.
            session._retry_connection = False  # noqa: SLF001 - no other way; tests/net/test_contract.py
            self._sessions[key], self._connectors[key] = session, connector
        return self._sessions[key]

    async def close(self) -> None:
        """Close every connection; the sessions are gone afterwards."""
        sessions = list(self._sessions.values())
        self._sessions.clear()
        self._connectors.clear()
        for session in sessions:
            await session.close()
