"""FilterProcess: starts the worker when it is first needed, and ends it when it takes too long."""

import threading
import time
from collections.abc import Callable

import msgspec

from httpdesk.body.child_process import ChildProcess
from httpdesk.filters.job import MORE_TIME_S_PER_BYTE, TIME_LIMIT_S, Job, Outcome

_POLL_S = 0.02


class FilterProcess:
    """One worker for everybody, one job at a time."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s
        self._busy = threading.Lock()
        self._child = ChildProcess("httpdesk-filter", "httpdesk.filters.worker")

    def run(self, job: Job, write: Callable[[bytes], object], cancelled: threading.Event) -> Outcome | None:
        """Evaluate a job and hand on its result in pieces; blocks. None when it was cancelled."""
        while not self._busy.acquire(timeout=_POLL_S):
            if cancelled.is_set():
                return None
        try:
            return self._run(job, write, cancelled)
        except (EOFError, OSError):
            self._child.end()
            return Outcome(fault="The filter ended early: it may need too much memory for this body.")
        finally:
            self._busy.release()

    def close(self) -> None:
        """End the worker, if it runs."""
        with self._busy:
            self._child.end()

    @property
    def pid(self) -> int | None:
        """The worker's process, if it runs."""
        return self._child.pid

    def _run(self, job: Job, write: Callable[[bytes], object], cancelled: threading.Event) -> Outcome | None:
        connection = self._child.started(cancelled)
        if connection is None:
            return None
        connection.send_bytes(msgspec.msgpack.encode(job))
        limit_s = self._time_limit_s + round(job.size_bytes * MORE_TIME_S_PER_BYTE)
        until = time.monotonic() + limit_s
        while True:
            if cancelled.is_set():
                self._child.end()
                return None
            if time.monotonic() > until:
                self._child.end()
                return Outcome(fault=f"This took more than {limit_s:g} seconds and was stopped.")
            if not connection.poll(_POLL_S):
                continue
            message = connection.recv_bytes()
            if message[:1] == b"=":
                return msgspec.msgpack.decode(message[1:], type=Outcome)
            write(message[1:])
