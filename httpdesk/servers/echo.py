"""The echo server: a small web server on loopback that makes the first send work without a network."""

import asyncio
import contextlib
import errno

from aiohttp import web

from httpdesk.core.environment import ECHO_PORT
from httpdesk.core.problem import Problem, Remedy
from httpdesk.servers.guard import guard
from httpdesk.servers.listening import listen
from httpdesk.servers.live import OPEN_SOCKETS, close_sockets
from httpdesk.servers.routes import add_routes

_STOP_S = 0.5


class EchoServer:
    """Serves all echo routes on 127.0.0.1, and on ::1 where the machine has it, from the running asyncio loop."""

    def __init__(self) -> None:
        self._runner: web.AppRunner | None = None
        self._listeners: list[asyncio.Server] = []
        self._port = 0

    @property
    def url(self) -> str:
        """The address without a final slash, such as "http://127.0.0.1:8377"; empty while stopped."""
        return f"http://127.0.0.1:{self._port}" if self._listeners else ""

    async def start(self, port: int | None = None) -> None:
        """Listen on a port; none or 0 takes 8377, or any free port where that is in use. Raises Problem."""
        if self._runner is not None:
            return
        runner = self._runner = _make_runner()
        try:
            await runner.setup()
            await self._listen(runner, port)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop listening, end running answers and say goodbye to WebSockets."""
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener.close()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner, port: int | None) -> None:
        server = runner.server
        if server is None:
            raise RuntimeError("the runner is not set up")
        try:
            listener = await listen(server, "127.0.0.1", port or ECHO_PORT)
        except OSError as error:
            if port:
                raise _port_problem(port, error) from error
            listener = await listen(server, "127.0.0.1", 0)
        self._listeners.append(listener)
        self._port = int(listener.sockets[0].getsockname()[1])
        # Names such as localhost may lead to ::1 first; a machine without IPv6 does not mind.
        with contextlib.suppress(OSError):
            self._listeners.append(await listen(server, "::1", self._port))


def _make_runner() -> web.AppRunner:
    app = web.Application(middlewares=[guard])
    app[OPEN_SOCKETS] = set()
    app.on_shutdown.append(close_sockets)
    add_routes(app)
    return web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=_STOP_S)


def _port_problem(port: int, error: OSError) -> Problem:
    in_use = error.errno == errno.EADDRINUSE
    return Problem(
        f"The echo server cannot listen on port {port}",
        "Another program uses this port." if in_use else (error.strerror or str(error)),
        kind="port-in-use" if in_use else "listen-failed",
        where="settings",
        evidence=f"{type(error).__name__} {error.errno}",
        remedies=(Remedy(text="Choose another port, or none: then a free one is taken."),),
    )
