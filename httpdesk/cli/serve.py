"""Serves the echo server until Ctrl+C."""

import asyncio
import contextlib
import signal
import sys

from httpdesk.cli.options import ServeOptions
from httpdesk.servers.echo import EchoServer


def serve_echo(options: ServeOptions) -> int:
    """Listen, print the address, wait for the end; the exit code. Raises Problem for a port that is in use."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(options.port))
    return 0


async def _serve(port: int | None) -> None:
    server = EchoServer()
    await server.start(port)
    try:
        # A reader of the output gets the address alone.
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stderr.write("The echo server answers with what it gets. Ctrl+C ends it.\n")
        stop = asyncio.Event()
        # Not on Windows: there Ctrl+C comes as KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await stop.wait()
    finally:
        await server.stop()
