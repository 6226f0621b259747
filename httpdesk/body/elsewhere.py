"""Elsewhere: another process for work on bodies that would hold up the window.

Whatever runs Python in a thread makes each event of the window wait for the interpreter, up to a millisecond a time;
and a single call that takes seconds, such as a regular expression gone wild, makes it wait for all of them.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from httpdesk.body.child_process import ChildProcess, step_back

Result = TypeVar("Result")

# What gives no result for so long has gone wild, or somebody has stopped the process.
LIMIT_S = 10.0


class Elsewhere:
    """One process for all bodies, started when it is first wanted; its users take turns.

    It keeps nothing between two runs, so it may end at any time: what was given so far counts.
    """

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._wanted = False
        self._child = ChildProcess("httpdesk-bodies", __name__)

    @property
    def pid(self) -> int | None:
        """The process, if it runs and is ready."""
        return self._child.pid if self._child.connection is not None else None

    def ready(self) -> bool:
        """Whether it takes work now; asked first, it begins to start. Does not wait."""
        if not self._wanted:
            self._wanted = True
            threading.Thread(target=self._start, name="elsewhere-start", daemon=True).start()
        return self._child.connection is not None

    def wait(self) -> bool:
        """Start if need be, and block until it takes work; False when it can't be started."""
        with self._busy:
            self._wanted = True
            self._open()
            return self._child.connection is not None

    def run(self, work: Callable[..., Iterator[Result]], *arguments: Any, limit_s: float = LIMIT_S) -> Iterator[Result]:
        """Call a function of a module there and hand on what it yields; blocks.

        It ends early, without an error, when the process is not ready, dies, or gives nothing for `limit_s` seconds;
        then the process is ended.
        """
        with self._busy:
            connection, whole = self._child.connection, False
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
            self._open()

    def _open(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            self._child.started()

    def _end(self) -> None:
        self._wanted = False
        self._child.end()


def serve(connection: Connection) -> None:
    """Do what comes until the other end is closed."""
    step_back()
    connection.send_bytes(b"ready")
    while True:
        work, arguments = connection.recv()
        for result in work(*arguments):
            connection.send((result,))
        connection.send(None)
