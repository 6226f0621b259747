"""How late the GUI thread is: a 5 ms timer notes by how much each of its ticks comes after its time.

Run as a module it measures one idle second of this machine: python -m tests.bench.lateness
"""

import math
import time

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

PERIOD_MS = 5
IDLE_LIMIT_MS = 2.0


def percentile(values: list[float], percent: float) -> float:
    """Return the smallest value that percent of the values do not exceed; 0 without values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else 0.0


class Lateness:
    """The probe, in milliseconds: `with Lateness() as probe:` in the GUI thread, while its loop runs."""

    def __init__(self, period_ms: int = PERIOD_MS) -> None:
        self.samples_ms: list[float] = []
        self._period_ms = period_ms
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(period_ms)
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        """Measure anew from here on."""
        self.samples_ms.clear()
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """End; a stall that still lasts counts."""
        if self._timer.isActive():
            self._timer.stop()
            self._note()

    def p99(self) -> float:
        """Lateness in ms that 99 of 100 ticks do not exceed."""
        return percentile(self.samples_ms, 99)

    def worst(self) -> float:
        """Return the longest lateness in ms."""
        return max(self.samples_ms, default=0.0)

    def __enter__(self) -> "Lateness":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _note(self) -> None:
        now = time.perf_counter()
        self.samples_ms.append(max(0.0, (now - self._last) * 1000 - self._period_ms))
        self._last = now


def idle_p99(seconds: float = 1.0) -> float:
    """Lateness in ms (p99) of a Qt loop that has nothing else to do."""
    app = QCoreApplication.instance() or QCoreApplication([])
    loop = QEventLoop(app)
    with Lateness() as probe:
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()
    return probe.p99()


if __name__ == "__main__":
    print(idle_p99())
