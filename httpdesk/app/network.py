"""The network part of the window: loaded in a thread after the first paint, closed in order at the end."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from httpdesk.core.problem import Problem
from httpdesk.ui.live_settings import LiveSettings

if TYPE_CHECKING:
    from httpdesk.net.cookies import Jar
    from httpdesk.net.sessions import Sessions
    from httpdesk.protocols.http.client import HttpClient
    from httpdesk.servers.echo import EchoServer

# aiohttp takes some 200 ms to import: in a thread, and never at the first send.
_MODULES = ("httpdesk.protocols.http.client", "httpdesk.servers.echo")


class Network:
    """Sessions, client and echo server; `sender` waits until they are there."""

    def __init__(self, spool_folder: Path, settings: LiveSettings) -> None:
        self._spool_folder, self._settings = spool_folder, settings
        self._ready = asyncio.Event()
        self._client: HttpClient | None = None
        self._echo: EchoServer | None = None
        self._old: list[Sessions] = []

    async def load(self, echo_ready: Callable[[str], None]) -> None:
        """Import, build and listen; `echo_ready` gets the echo server's URL. Raises Problem when it can't listen."""
        for name in _MODULES:
            await asyncio.to_thread(importlib.import_module, name)
        from httpdesk.net.sessions import Sessions
        from httpdesk.protocols.http.client import HttpClient
        from httpdesk.servers.echo import EchoServer

        self._client = HttpClient(Sessions(self._settings.value.pool), self._spool_folder)
        echo = EchoServer()
        try:
            await echo.start()
            self._echo = echo
        finally:
            # Without the echo server everything else still works.
            echo_ready(echo.url)
            self._ready.set()

    async def sender(self) -> HttpClient:
        """The client; waits while it is being loaded."""
        await self._ready.wait()
        if self._client is None:
            raise Problem("The network part is not loaded", "httpdesk is closing.", kind="closing")
        return self._client

    @property
    def jar(self) -> Jar | None:
        """The cookie jar, once it is there."""
        return self._client.sessions.jar if self._client else None

    def cookies(self, url: str) -> str:
        """The Cookie header that the jar has for a URL."""
        jar = self.jar
        return jar.header(url) if jar is not None else ""

    @property
    def connections(self) -> tuple[int, int]:
        """How many connections are open, in use or kept, and the limit (0: none)."""
        if self._client is None:
            return 0, self._settings.value.pool.total
        sessions = self._client.sessions
        return sessions.in_use + sessions.idle, sessions.limit

    def renew_sessions(self) -> None:
        """The pool's limits changed: new sends use new sessions; those under way keep theirs until the end."""
        if self._client is not None:
            self._old.append(self._client.replace_sessions(self._settings.value.pool))

    async def close(self) -> None:
        """Close connections and servers."""
        self._ready.set()
        client, self._client = self._client, None
        if self._echo is not None:
            await self._echo.stop()
        for sessions in self._old:
            await sessions.close()
        if client is not None:
            await client.sessions.close()
            client.close()
