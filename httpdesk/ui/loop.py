"""The event loop: qasync, with scheduling of our own, so that the window gets its turn whatever the network does.

qasync makes one Qt timer for each callback and keeps those of cancelled ones: every time limit of a send would stay for
its full length, and many sends at once would hold up the window. Here callbacks wait in a queue that is worked off for
some milliseconds at a time, and all timers share one. Reading and writing sockets stays qasync's.
"""

import asyncio
import heapq
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

BUDGET_S = 0.004
"""For so long callbacks run in one go; then painting and input have their turn."""
_EARLY_S = 0.0001
_FEW_DEAD = 100
_CHECK_EVERY = 8
_WORKERS = 8


class _Waker(QObject):
    """Turns one posted event into one call, from any thread."""

    TYPE = QEvent.Type(QEvent.registerEventType())

    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._run = run

    def wake(self) -> None:
        QCoreApplication.postEvent(self, QEvent(self.TYPE))

    def event(self, event: QEvent) -> bool:
        if event.type() != self.TYPE:
            return super().event(event)
        self._run()
        return True


def _timer(run: Callable[[], None]) -> QTimer:
    timer = QTimer()
    timer.setSingleShot(True)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(run)
    return timer


class DeskLoop(qasync.QEventLoop):  # type: ignore[misc] # qasync has no types
    """An asyncio loop on Qt's; callbacks run in the order in which they were scheduled."""

    def __init__(self, app: QApplication) -> None:
        self._waiting: deque[asyncio.Handle] = deque()
        self._awake = False
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._count = 0
        self._dead = 0
        self._armed: float | None = None
        self._waker = _Waker(self._work)
        self._alarm = _timer(self._ring)
        self._later = _timer(self._work)
        super().__init__(app)
        # qasync's own pool is made of QThreads, which end the process when one is still busy at the end.
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="worker")
        self.set_default_executor(self._pool)

    # -- what asyncio calls

    def call_soon(self, callback: Callable[..., Any], *args: Any, context: Context | None = None) -> asyncio.Handle:
        """Run a callback after those that wait already."""
        handle = asyncio.Handle(callback, args, self, context=context)
        self._waiting.append(handle)
        self._wake()
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """As call_soon, from any thread. Raises RuntimeError once the loop is closed."""
        if self.is_closed():
            raise RuntimeError("Event loop is closed")
        handle = asyncio.Handle(callback, args, self, context=context)
        self._waiting.append(handle)
        # Always: the loop's thread may just be about to find the queue empty.
        self._waker.wake()
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Run a callback after so many seconds."""
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Run a callback at a time of this loop's clock."""
        handle = asyncio.TimerHandle(when, callback, args, self, context=context)
        handle._scheduled = True  # type: ignore[attr-defined]  # noqa: SLF001 - asyncio's own sign for the call below
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, handle))
        if self._armed is None or when < self._armed:
            self._arm()
        return handle

    def _timer_handle_cancelled(self, _handle: asyncio.TimerHandle) -> None:
        """Forget cancelled timers when they are many (most time limits never ring)."""
        self._dead += 1
        if self._dead > _FEW_DEAD and self._dead * 2 > len(self._timers):
            self._timers = [entry for entry in self._timers if not entry[2].cancelled()]
            heapq.heapify(self._timers)
            self._dead = 0

    def close(self) -> None:
        """End; what still waits does not run."""
        super().close()
        self._alarm.stop()
        self._later.stop()
        self._waiting.clear()
        self._timers.clear()

    def run_forever(self) -> None:
        """Run until stop()."""
        if self._waiting:
            self._waker.wake()
        super().run_forever()

    def _add_callback(self, handle: asyncio.Handle, _delay: float = 0) -> None:
        """How asyncio hands over what a signal of the system has to run."""
        self._waiting.append(handle)
        self._wake()

    # -- working off

    def _wake(self) -> None:
        if not self._awake:
            self._awake = True
            self._waker.wake()

    def _work(self) -> None:
        """Run what waits, for a while; what is left runs after Qt's own events."""
        end = time.perf_counter() + BUDGET_S
        self._awake = True
        waiting, done = self._waiting, 0
        try:
            while waiting and self.is_running():
                handle = waiting.popleft()
                if not handle.cancelled():
                    handle._run()  # noqa: SLF001 - as asyncio's own loop does
                done += 1
                if done % _CHECK_EVERY == 0 and time.perf_counter() > end:
                    break
        finally:
            self._awake = bool(waiting) and self.is_running()
            if self._awake:
                self._later.start(0)

    def _arm(self) -> None:
        """Set the one alarm to the next timer that is not cancelled."""
        timers = self._timers
        while timers and timers[0][2].cancelled():
            heapq.heappop(timers)
            self._dead = max(0, self._dead - 1)
        if not timers:
            self._armed = None
            self._alarm.stop()
        elif timers[0][0] != self._armed:
            self._armed = timers[0][0]
            # Rounded up: an alarm that rings too early would only be set again.
            self._alarm.start(max(0, int((self._armed - self.time()) * 1000 + 0.999)))

    def _ring(self) -> None:
        """Put the timers whose time has come into the queue."""
        self._armed = None
        now, timers = self.time() + _EARLY_S, self._timers
        while timers and timers[0][0] <= now:
            handle = heapq.heappop(timers)[2]
            handle._scheduled = False  # type: ignore[attr-defined]  # noqa: SLF001
            if handle.cancelled():
                self._dead = max(0, self._dead - 1)
            else:
                self._waiting.append(handle)
        self._arm()
        if self._waiting:
            self._work()
