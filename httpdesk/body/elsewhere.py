"""Elsewhere: another process for work on bodies that would hold up the window.

Whatever runs Python in a thread makes each event of the window wait for the interpreter, up to a millisecond a time;
and a single call that takes seconds, such as a regular expression gone wild, makes it wait for all of them.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

Result = TypeVar("Result")

# What gives no result for so long has gone wild, or somebody has stopped the process.
LIMIT_S = 10.0
_START_LIMIT_S = 30.0
_END_S = 2.0
# On a machine with few processors the window comes first.
_NICENESS = 5


class Elsewhere:
    """One process for all bodies, started when it is first wanted; its users take turns.

    It keeps nothing between two runs, so it may end at any time: what was given so far counts.
    """

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._wanted = False
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The process, if it runs and is ready."""
        process = self._process
        return process.pid if process is not None and self._connection is not None else None

    def ready(self) -> bool:
        """Whether it takes work now; asked first, it begins to start. Does not wait."""
        if not self._wanted:
            self._wanted = True
            threading.Thread(target=self._start, name="elsewhere-start", daemon=True).start()
        return self._connection is not None

    def wait(self) -> bool:
        """Start if need be, and block until it takes work; False when it can't be started."""
        with self._busy:
            if self._connection is None:
                self._wanted = True
                self._open()
            return self._connection is not None

    def run(self, work: Callable[..., Iterator[Result]], *arguments: Any, limit_s: float = LIMIT_S) -> Iterator[Result]:
        """Call a function of a module there and hand on what it yields; blocks.

        It ends early, without an error, when the process is not ready, dies, or gives nothing for `limit_s` seconds;
        then the process is ended.
        """
        with self._busy:
            connection, whole = self._connection, False
            if connection is None:
                return
            try:
                connection.send((work, arguments))
                while connection.poll(limit_s):
                    answer = connection.recv()
                    if answer is None:
                        whole = True
                        return
                    yield answer[0]
            except (EOFError, OSError):
                pass
            finally:
                if not whole:
                    self._end()

    def close(self) -> None:
        """End the process, if it runs."""
        with self._busy:
            self._end()

    def _start(self) -> None:
        with self._busy:
            if self._connection is None:
                self._open()

    def _open(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), name="httpdesk-bodies", daemon=True)
        with contextlib.suppress(EOFError, OSError):
            process.start()
            theirs.close()
            self._process = process
            if ours.poll(_START_LIMIT_S):
                ours.recv()
                self._connection = ours
                return
        ours.close()
        self._end()

    def _end(self) -> None:
        process, connection = self._process, self._connection
        self._process = self._connection = None
        self._wanted = False
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.join(_END_S)


def _serve(connection: Connection) -> None:
    """Do what comes until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, which ends us
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with contextlib.suppress(EOFError, OSError):
        connection.send("ready")
        while True:
            work, arguments = connection.recv()
            for result in work(*arguments):
                connection.send((result,))
            connection.send(None)
