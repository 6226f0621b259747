"""The real command in a process of its own, and an echo server in a thread for it."""

import asyncio
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from httpdesk.servers.echo import EchoServer

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 40
COMMAND = [sys.executable, "-m", "httpdesk"]


@dataclass(frozen=True)
class Ended:
    """What a command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def text(self):
        return self.out.decode()


def environment(**extra):
    """The environment of a command: this source, no proxy, UTF-8 also where the console has something else."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_PROXY": "*", **extra}


def httpdesk(*arguments, stdin=b"", cwd=None, **extra):
    """Run the command to its end."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(**extra),
        timeout=PATIENCE_S,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def started(*arguments):
    """The command, still running; `with` it, so that its pipes are closed."""
    # Without a group of its own a test could not interrupt it on Windows.
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        creationflags=flags,
    )


@contextmanager
def echo_server():
    """The URL of an echo server that runs in a thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = EchoServer()
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(PATIENCE_S)
        yield server.url
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(PATIENCE_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
