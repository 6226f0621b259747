"""ChildProcess: a process of our own that works on bodies, and what it does to itself at its start."""

import contextlib
import importlib
import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

_START_LIMIT_S = 30.0
_POLL_S = 0.02
_END_S = 2.0
# On a machine with few processors the window comes first.
_NICENESS = 5


class ChildProcess:
    """Runs `serve` of a module, which only the child imports, with one end of a connection; says "ready" first.

    One thread at a time may use it.
    """

    def __init__(self, name: str, module: str) -> None:
        self._name, self._module = name, module
        self._process: BaseProcess | None = None
        self.connection: Connection | None = None
        """Our end, while the process takes work."""

    @property
    def pid(self) -> int | None:
        """The process, if it runs."""
        process = self._process
        return process.pid if process is not None else None

    def started(self, cancelled: threading.Event | None = None) -> Connection | None:
        """The connection, started if need be; blocks. None when cancelled; raises OSError when it does not start."""
        # With nothing to do it says nothing: what is there to read is its end.
        if self.connection is not None and not self.connection.poll():
            return self.connection
        self.end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_main, args=(self._module, theirs), name=self._name, daemon=True)
        try:
            self._process.start()
            theirs.close()
            until = time.monotonic() + _START_LIMIT_S
            while not ours.poll(_POLL_S):
                if cancelled is not None and cancelled.is_set():
                    break
                if time.monotonic() > until:
                    raise OSError("the process did not start")
            else:
                ours.recv_bytes()
                self.connection = ours
        finally:
            if self.connection is None:
                ours.close()
                self.end()
        return self.connection

    def end(self) -> None:
        """End the process, if it runs."""
        process, connection = self._process, self.connection
        self._process = self.connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            with contextlib.suppress(OSError, ValueError):
                process.kill()
                process.join(_END_S)
                process.close()


def step_back() -> None:
    """In the child: leave the processors to the window."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def limit_memory(limit_bytes: int) -> None:
    """In the child: take no more memory than this, where the system can see to it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = limit_bytes if most == resource.RLIM_INFINITY else min(most, limit_bytes)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _main(module: str, connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, which ends us
    with contextlib.suppress(EOFError, OSError):
        importlib.import_module(module).serve(connection)
