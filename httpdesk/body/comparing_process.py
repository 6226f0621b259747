"""CompareProcess: another process compares bodies, and the interpreter is left to the window."""

import threading
import time
from array import array
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from httpdesk.body.child_process import ChildProcess
from httpdesk.body.comparing import Comparison, Job, Outcome

_TIME_LIMIT_S = 180.0
_POLL_S = 0.02


class Compared(NamedTuple):
    """How a comparison ended, and its rows."""

    outcome: Outcome
    comparison: Comparison


class CompareProcess:
    """One process, started with the first comparison and kept for the next ones until close()."""

    def __init__(self, time_limit_s: float = _TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s
        self._busy = threading.Lock()
        self._child = ChildProcess("httpdesk-compare", "httpdesk.body.comparing_worker")

    @property
    def pid(self) -> int | None:
        """The process, if it runs."""
        return self._child.pid

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
                self._child.end()
                fault = "The comparison ended early: it may need too much memory for these bodies."
                return Compared(Outcome(fault=fault), Comparison())

    def close(self) -> None:
        """End the process, if it runs; blocks while a comparison runs that was not cancelled."""
        with self._busy:
            self._child.end()

    def _run(
        self, job: Job, writers: dict[bytes, Callable[[bytes], object]], cancelled: threading.Event
    ) -> Compared | None:
        connection = self._child.started(cancelled)
        if connection is None:
            return None
        connection.send_bytes(msgspec.msgpack.encode(job))
        until, columns = time.monotonic() + self._time_limit_s, _Columns()
        while True:
            if cancelled.is_set():
                self._child.end()
                return None
            if time.monotonic() > until:
                self._child.end()
                fault = f"This took more than {self._time_limit_s:g} seconds and was stopped."
                return Compared(Outcome(fault=fault), Comparison())
            if not connection.poll(_POLL_S):
                continue
            message = connection.recv_bytes()
            if message[:1] == b"=":
                return Compared(msgspec.msgpack.decode(message[1:], type=Outcome), columns.comparison)
            name, _, data = message.partition(b":")
            writers.get(name, lambda data, name=name: columns.take(name.decode(), data))(data)


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
