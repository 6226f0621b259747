"""FormatProcess: another process formats pieces of large bodies, and the interpreter is left to the window.

Whatever runs Python in a thread makes each event of the window wait for the interpreter, up to a millisecond a time.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple, Protocol

# A piece takes some ms; a process that needs longer has been stopped by somebody.
_ANSWER_LIMIT_S = 10.0
_START_LIMIT_S = 30.0
_END_S = 2.0
# On a machine with few processors the window comes first.
_NICENESS = 5


class Formatter(Protocol):
    """One language; `fault` says in words what was not of the language, "" for nothing. It can be pickled."""

    fault: str

    @property
    def depth(self) -> int:
        """How many brackets or elements are open: what it remembers grows with them."""
        ...

    def feed(self, data: bytes, *, ended: bool) -> tuple[bytes, int]:
        """Format the next piece; gives text and how many bytes of the piece it is, which may be all but the last few.

        The rest must come again with more behind it. With `ended` no more will come, and all of it is used in time.
        """
        ...


class Formatted(NamedTuple):
    """A formatted piece, how many bytes of the source it is, and the formatter that goes on behind it."""

    text: bytes
    consumed: int
    formatter: Formatter


class FormatProcess:
    """One process for all bodies, started when it is first wanted.

    It keeps nothing: the formatter travels with each piece. So it serves several bodies in turn, and when it dies its
    users go on by themselves where they are.
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
        """Whether it takes pieces now; asked first, it begins to start. Does not wait."""
        if not self._wanted:
            self._wanted = True
            threading.Thread(target=self._start, name="format-start", daemon=True).start()
        return self._connection is not None

    def feed(self, formatter: Formatter, data: bytes, *, ended: bool) -> Formatted | None:
        """Format a piece there; blocks. None when it can't, and then `formatter` is as it was."""
        with self._busy:
            connection = self._connection
            if connection is None:
                return None
            try:
                connection.send((formatter, data, ended))
                if connection.poll(_ANSWER_LIMIT_S):
                    return Formatted(*connection.recv())
            except (EOFError, OSError):
                pass
            self._end()
            return None

    def close(self) -> None:
        """End the process, if it runs."""
        with self._busy:
            self._end()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), name="httpdesk-format", daemon=True)
        with self._busy:
            process.start()
            theirs.close()
            self._process = process
            with contextlib.suppress(EOFError, OSError):
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
    """Format pieces until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, which ends us
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with contextlib.suppress(EOFError, OSError):
        connection.send("ready")
        while True:
            formatter, data, ended = connection.recv()
            text, consumed = formatter.feed(data, ended=ended)
            connection.send((text, consumed, formatter))
