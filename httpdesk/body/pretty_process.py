"""FormatProcess: another process formats pieces of large bodies, and the interpreter is left to the window.

Whatever runs Python in a thread makes each event of the window wait for the interpreter, up to a millisecond a time.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple, Protocol

# A piece takes some ms; a process that needs longer has been stopped by somebody.
_ANSWER_LIMIT_S = 10.0
_START_LIMIT_S = 30.0
_END_S = 2.0
_PIECE_BYTES = 1 << 18
# So deep that the open brackets, which go along with each piece, cost more than the formatting.
_DEEP = 20_000
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

    def pieces(self, formatter: Formatter, file: Path, start: int, stop: int, *, ended: bool) -> Iterator[Formatted]:
        """Format these bytes of a file there, up to what the next ones decide; `ended`: there are none.

        Blocks. It ends early when the process dies: what was given so far counts.
        """
        with self._busy:
            connection, whole = self._connection, False
            if connection is None:
                return
            try:
                connection.send((formatter, str(file), start, stop, ended))
                while connection.poll(_ANSWER_LIMIT_S):
                    answer = connection.recv()
                    if answer is None:
                        whole = True
                        return
                    yield Formatted(*answer)
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
            for formatted in _pieces(*connection.recv()):
                connection.send(tuple(formatted))
            connection.send(None)


def _pieces(formatter: Formatter, file: str, start: int, stop: int, ended: bool) -> Iterator[Formatted]:
    with Path(file).open("rb", buffering=0) as source:
        while start < stop and formatter.depth <= _DEEP:
            source.seek(start)
            data = source.read(min(_PIECE_BYTES, stop - start))
            text, consumed = formatter.feed(data, ended=ended and start + len(data) == stop)
            if not consumed:
                return
            start += consumed
            yield Formatted(text, consumed, formatter)
