"""Two JSON answers of 1, 10 and 50 MB with few differences side by side: how long it takes, and how the window does."""

import asyncio
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from httpdesk.body.comparing import ORDER_LIMIT_BYTES
from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Head
from httpdesk.ui.compare_source import CompareSource
from httpdesk.ui.compare_tab import CompareTab
from httpdesk.ui.loop import DeskLoop
from httpdesk.ui.theme import theme
from tests.bench.lateness import Lateness
from tests.bench.report import Report
from tests.drivers import until

MB = 1 << 20
SIZE_PX = (1100, 800)
DIFFERENCES = 10
# Seconds for each size in MB; the stall is that of the viewer.
LIMITS_S = {1: 1.0, 10: 6.0, 50: 20.0}
P99_LIMIT_MS, WORST_LIMIT_MS = 8, 33
_HEAD = Head(status=200, reason="OK", headers=(("Content-Type", "application/json"),))


def main(report: Report, full: bool) -> None:
    """Each size by itself; the first one once more before, to load what is loaded once."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    sys.setswitchinterval(0.001)  # as the program does
    theme.start(app)
    with DeskLoop(app) as loop, tempfile.TemporaryDirectory() as folder:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(measure(Report(), Path(folder), 1))
        for size_mb in (1, 10, *([50] if full else [])):
            loop.run_until_complete(measure(report, Path(folder), size_mb))


async def measure(report: Report, folder: Path, size_mb: int) -> None:
    """One pair: compared, then gone through from difference to difference."""
    pair = bodies(size_mb, folder)
    sources = [CompareSource(title="", spool=spool, head=_HEAD) for spool in pair]

    async def both() -> tuple[CompareSource, CompareSource]:
        return sources[0], sources[1]

    before_bytes = psutil.Process().memory_info().rss
    with Lateness() as probe:
        start_s = time.perf_counter()
        tab = CompareTab("", both, folder)
        tab.resize(*SIZE_PX)
        tab.show()
        await until(lambda: tab.outcome is not None, 120)
        taken_s = time.perf_counter() - start_s
        worker_mb = psutil.Process(tab._process.pid).memory_info().rss / MB
        for _ in range(DIFFERENCES):
            tab.go_to_difference(1)
            await asyncio.sleep(0.03)
    assert tab._rows.comparison.count == DIFFERENCES, tab.bar.count.text()
    memory_mb = (psutil.Process().memory_info().rss - before_bytes) / MB
    name = f"compare_{size_mb}mb"
    report.add(f"{name}_s", taken_s, "s", LIMITS_S[size_mb])
    report.add(f"{name}_stall_p99_ms", probe.p99(), "ms", P99_LIMIT_MS)
    report.add(f"{name}_stall_max_ms", probe.worst(), "ms", WORST_LIMIT_MS)
    report.add(f"{name}_memory_mb", memory_mb, "MB")
    report.add(f"{name}_process_memory_mb", worker_mb, "MB")
    await tab.shut()
    tab.close()
    tab.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for spool in pair:
        spool.close()


def bodies(size_mb: int, folder: Path) -> tuple[Spool, Spool]:
    """Two bodies in one line each, with some other values, and as far as that is looked for in another order."""
    dice, count = random.Random(size_mb), size_mb * MB // 128
    items = [
        {
            "id": f"ord_{number}",
            "total": dice.randrange(10**6),
            "paid": number % 3 == 0,
            "customer": {"name": "Zoë", "email": f"c{dice.randrange(10**6)}@example.com"},
            "tags": ["new"],
        }
        for number in range(count)
    ]
    left = spool_of(items, folder)
    for number in range(DIFFERENCES):
        items[(2 * number + 1) * count // (2 * DIFFERENCES)]["total"] = -1
    if size_mb * MB < ORDER_LIMIT_BYTES:
        items = [dict(reversed(item.items())) for item in items]
    return left, spool_of(items, folder)


def spool_of(value: object, folder: Path) -> Spool:
    spool = Spool(folder)
    spool.write(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())
    spool.finish()
    return spool
