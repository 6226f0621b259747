"""FilterProcess: starts the worker when it is first needed, and ends it when it takes too long."""

import contextlib
import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import msgspec

from httpdesk.filters.job import MORE_TIME_S_PER_BYTE, TIME_LIMIT_S, Job, Outcome

_START_LIMIT_S = 30.0
_POLL_S = 0.02
_END_S = 2.0


class FilterProcess:
    """One worker for everybody, one job at a time."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s
        self._busy = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def run(self, job: Job, write: Callable[[bytes], object], cancelled: threading.Event) -> Outcome | None:
        """Evaluate a job and hand on its result in pieces; blocks. None when it was cancelled."""
        while not self._busy.acquire(timeout=_POLL_S):
            if cancelled.is_set():
                return None
        try:
            return self._run(job, write, cancelled)
        except (EOFError, OSError):
            self._end()
            return Outcome(fault="The filter ended early: it may need too much memory for this body.")
        finally:
            self._busy.release()

    def close(self) -> None:
        """End the worker, if it runs."""
        with self._busy:
            self._end()

    @property
    def pid(self) -> int | None:
        """The worker's process, if it runs."""
        return self._process.pid if self._process is not None else None

    def _run(self, job: Job, write: Callable[[bytes], object], cancelled: threading.Event) -> Outcome | None:
        connection = self._started(cancelled)
        if connection is None:
            return None
        connection.send_bytes(msgspec.msgpack.encode(job))
        limit_s = self._time_limit_s + round(job.size_bytes * MORE_TIME_S_PER_BYTE)
        until = time.monotonic() + limit_s
        while True:
            if cancelled.is_set():
                self._end()
                return None
            if time.monotonic() > until:
                self._end()
                return Outcome(fault=f"This took more than {limit_s:g} seconds and was stopped.")
            if not connection.poll(_POLL_S):
                continue
            message = connection.recv_bytes()
            if message[:1] == b"=":
                return msgspec.msgpack.decode(message[1:], type=Outcome)
            write(message[1:])

    def _started(self, cancelled: threading.Event) -> Connection | None:
        """The connection to a worker that is ready; None when it was cancelled meanwhile."""
        # With nothing to do it says nothing: what is there to read is its end.
        if self._connection is not None and not self._connection.poll():
            return self._connection
        self._end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        # The target is named here, so that only the worker imports it.
        from httpdesk.filters.worker import serve

        process = context.Process(target=serve, args=(theirs,), name="httpdesk-filter", daemon=True)
        self._process, self._connection = process, ours
        process.start()
        theirs.close()
        until = time.monotonic() + _START_LIMIT_S
        while not ours.poll(_POLL_S):
            if cancelled.is_set() or time.monotonic() > until:
                self._end()
                if cancelled.is_set():
                    return None
                raise OSError("the worker did not start")
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
