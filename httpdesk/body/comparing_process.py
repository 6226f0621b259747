"""CompareProcess: another process compares bodies, and the interpreter is left to the window."""

import contextlib
import multiprocessing
import threading
import time
from array import array
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple

import msgspec

from httpdesk.body.comparing import Comparison, Job, Outcome

_START_LIMIT_S, _TIME_LIMIT_S = 30.0, 180.0
_POLL_S = 0.02
_END_S = 2.0


class Compared(NamedTuple):
    """How a comparison ended, and its rows."""

    outcome: Outcome
    comparison: Comparison


class CompareProcess:
    """One process, started with the first comparison and kept for the next ones until close()."""

    def __init__(self, time_limit_s: float = _TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s
        self._busy = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The process, if it runs."""
        return self._process.pid if self._process is not None else None

    def run(
        self,
        job: Job,
        write_left: Callable[[bytes], object],
        write_right: Callable[[bytes], object],
        cancelled: threading.Event,
    ) -> Compared | None:
        """Compare, and hand on the texts that are shown in pieces; blocks. None when it was cancelled."""
        with self._busy:
            if cancelled.is_set():
                return None
            try:
                return self._run(job, {b"<": write_left, b">": write_right}, cancelled)
            except (EOFError, OSError):
                self._end()
                fault = "The comparison ended early: it may need too much memory for these bodies."
                return Compared(Outcome(fault=fault), Comparison())

    def close(self) -> None:
        """End the process, if it runs; blocks while a comparison runs that was not cancelled."""
        with self._busy:
            self._end()

    def _run(
        self, job: Job, writers: dict[bytes, Callable[[bytes], object]], cancelled: threading.Event
    ) -> Compared | None:
        connection = self._started(cancelled)
        if connection is None:
            return None
        connection.send_bytes(msgspec.msgpack.encode(job))
        until, columns = time.monotonic() + self._time_limit_s, _Columns()
        while True:
            if cancelled.is_set():
                self._end()
                return None
            if time.monotonic() > until:
                self._end()
                fault = f"This took more than {self._time_limit_s:g} seconds and was stopped."
                return Compared(Outcome(fault=fault), Comparison())
            if not connection.poll(_POLL_S):
                continue
            message = connection.recv_bytes()
            if message[:1] == b"=":
                return Compared(msgspec.msgpack.decode(message[1:], type=Outcome), columns.comparison)
            name, _, data = message.partition(b":")
            writers.get(name, lambda data, name=name: columns.take(name.decode(), data))(data)

    def _started(self, cancelled: threading.Event) -> Connection | None:
        """The connection to a process that is ready; None when it was cancelled meanwhile."""
        # With nothing to do it says nothing: what is there to read is its end.
        if self._connection is not None and not self._connection.poll():
            return self._connection
        self._end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        # The target is named here, so that only the other process imports it.
        from httpdesk.body.comparing_worker import serve

        process = context.Process(target=serve, args=(theirs,), name="httpdesk-compare", daemon=True)
        self._process, self._connection = process, ours
        process.start()
        theirs.close()
        until = time.monotonic() + _START_LIMIT_S
        while not ours.poll(_POLL_S):
            if cancelled.is_set() or time.monotonic() > until:
                self._end()
                if cancelled.is_set():
                    return None
                raise OSError("the process did not start")
        ours.recv_bytes()
        return ours

    def _end(self) -> None:
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            with contextlib.suppress(OSError, ValueError):
                process.kill()
                process.join(_END_S)
                process.close()


class _Columns:
    """A comparison that arrives column by column, in pieces."""

    def __init__(self) -> None:
        self.comparison = Comparison()
        self._begun: set[str] = set()

    def take(self, name: str, data: bytes) -> None:
        """Add a piece to a column."""
        column: array[int] = self.comparison.arrays()[name]
        if name not in self._begun:
            self._begun.add(name)
            del column[:]
        column.frombytes(data)
