"""Sends from the real window: click to paint, 200 at once, a 200 MB download, 10 MB of JSON on the screen."""

import asyncio
import os
import socket
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from httpdesk.core.environment import Scope
from httpdesk.core.exchange import Outcome
from httpdesk.core.options import Effective
from httpdesk.core.prepare import prepare
from httpdesk.core.request import HttpRequest
from httpdesk.ui.loop import DeskLoop
from tests.bench.lateness import Lateness, percentile
from tests.bench.peers import blast_server, echo_server
from tests.bench.report import Peer, Report
from tests.drivers import Person, desk, until

CLICKS = 40
PAGES = 150
AT_ONCE = 200
DOWNLOAD_BYTES = 200_000_000
LARGE_BYTES = 1_000_000_000
PATIENCE_S = 120
SETTLED_S = 0.5


class Painted(QObject):
    """Waits for the next time that a widget is painted."""

    def __init__(self, widget):
        super().__init__()
        self._next = asyncio.get_running_loop().create_future()
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self._next.done():
            self._next.set_result(time.perf_counter())
        return False

    async def moment(self):
        """When it was painted."""
        try:
            return await asyncio.wait_for(self._next, 5)
        finally:
            self._widget.removeEventFilter(self)


def main(report: Report, full: bool) -> None:
    """Measure in one window after the other."""
    app = QApplication([])
    with DeskLoop(app) as loop, tempfile.TemporaryDirectory(prefix="httpdesk-bench-") as home:
        asyncio.set_event_loop(loop)
        with echo_server() as echo, blast_server() as blast:
            loop.run_until_complete(measure(report, full, Path(home), echo, blast))


async def measure(report: Report, full: bool, home: Path, echo: str, blast: str) -> None:
    async with desk(home) as person:
        await person.program.network.sender()
        await clicks(report, person, echo)
        await many(report, person, echo)
        await download(report, person, blast, home)
        await document(report, person, echo)
        if full:
            await large(report, person, blast)


def open_tab(person: Person, url: str):
    return person.program.documents.new(HttpRequest(url=url))


async def opened(person: Person, url: str):
    """A tab that stands whole on the screen, as it does before anybody can press Send."""
    tab = open_tab(person, url)
    await asyncio.sleep(SETTLED_S)
    return tab


async def send(tab) -> None:
    """Send and wait for the end."""
    before = tab.exchange
    tab.send()
    await until(lambda: tab.exchange is not before and tab.exchange.outcome and not tab.busy, PATIENCE_S)
    assert tab.exchange.outcome is Outcome.DONE, tab.exchange.problem


async def clicks(report: Report, person: Person, echo: str) -> None:
    """From the press of Send to the frame that shows the status of the whole answer; its rows may come one later."""
    for name, path in (("small", "/delay/0"), ("1mb", "/json/1MB")):
        tab = open_tab(person, echo + path)
        await send(tab)
        times = []
        for _ in range(CLICKS):
            ended = asyncio.Event()
            connection = tab.state_changed.connect(lambda tab=tab, ended=ended: None if tab.busy else ended.set())
            start = time.perf_counter()
            tab.send()
            await ended.wait()
            tab.state_changed.disconnect(connection)
            painted = Painted(tab.response_pane.head.status)
            tab.response_pane.head.status.update()
            times.append((await painted.moment() - start) * 1000)
        limit = 3 if name == "small" else None
        report.add(f"send_{name}_click_to_paint_p50_ms", statistics.median(times), "ms", limit)
        report.add(f"send_{name}_click_to_paint_p99_ms", percentile(times, 99), "ms")


async def many(report: Report, person: Person, echo: str) -> None:
    """200 sends at once through the program's own sessions."""
    client = await person.program.network.sender()
    wire = prepare(HttpRequest(url=f"{echo}/json/10kB"), Scope(), Effective())

    async def one() -> None:
        sending = client.send(wire)
        async for _ in sending:
            pass
        assert sending.exchange.outcome is Outcome.DONE, sending.exchange.problem
        client.close_exchange(sending.exchange)

    await one()
    start = time.perf_counter()
    with Lateness() as probe:
        await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    took_s = time.perf_counter() - start
    report.add("send_200_parallel_stall_p99_ms", probe.p99(), "ms", 8)
    report.add("send_200_parallel_stall_max_ms", probe.worst(), "ms", 33)
    report.add("send_200_parallel_per_s", AT_ONCE / took_s, "requests/s")


async def download(report: Report, person: Person, blast: str, home: Path) -> None:
    with Lateness() as probe:
        tab = await opened(person, f"{blast}/{DOWNLOAD_BYTES}")
    report.add("new_tab_stall_max_ms", probe.worst(), "ms", 33)
    memory = psutil.Process().memory_info().rss
    start = time.perf_counter()
    with Lateness() as probe:
        await send(tab)
    took_s = time.perf_counter() - start
    floor = await asyncio.to_thread(raw_download, blast, DOWNLOAD_BYTES, home / "floor")
    report.add("download_200mb_stall_p99_ms", probe.p99(), "ms", 8)
    report.add("download_200mb_stall_max_ms", probe.worst(), "ms", 33)
    mb_s = DOWNLOAD_BYTES / took_s / 1e6
    report.add("download_mb_s", mb_s, "MB/s", 300, Peer("socket to file", floor), at_least=True)
    report.add("download_200mb_memory_mb", (psutil.Process().memory_info().rss - memory) / 1e6, "MB", 16)
    person.program.documents.close(tab)
    await until(lambda: tab not in person.program.desk.documents)


def raw_download(url: str, size: int, file: Path) -> float:
    """The physical limit: bytes from a socket into a file, MB/s."""
    parts = urlsplit(url)
    buffer = bytearray(1 << 20)
    start = time.perf_counter()
    with socket.create_connection((parts.hostname, parts.port)) as connection, file.open("wb", 0) as out:
        connection.sendall(f"GET /{size} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        left = size
        while left > 0 and (count := connection.recv_into(buffer)):
            out.write(memoryview(buffer)[:count])
            left -= count
    file.unlink()
    return size / (time.perf_counter() - start) / 1e6


async def document(report: Report, person: Person, echo: str) -> None:
    """10 MB of JSON in one line, formatted and coloured while it arrives, then looked through."""
    tab = await opened(person, f"{echo}/json/10MB?minified=1")
    start = time.perf_counter()
    with Lateness() as probe:
        await send(tab)
        code = tab.response_pane.pages.body.code
        await until(lambda: code.text.complete, PATIENCE_S)
        formatted_ms = (time.perf_counter() - start) * 1000
        for _ in range(PAGES):
            QTest.keyClick(code, Qt.Key.Key_PageDown)
            await asyncio.sleep(0.01)
    report.add("body_10mb_until_formatted_ms", formatted_ms, "ms")
    report.add("body_10mb_stall_p99_ms", probe.p99(), "ms", 8)
    report.add("body_10mb_stall_max_ms", probe.worst(), "ms", 33)


async def large(report: Report, person: Person, blast: str) -> None:
    """1 GB: the memory that it takes in the window."""
    tab = open_tab(person, f"{blast}/{LARGE_BYTES}")
    process, peak = psutil.Process(os.getpid()), 0
    before = process.memory_info().rss

    async def watch() -> None:
        nonlocal peak
        while True:
            peak = max(peak, process.memory_info().rss)
            await asyncio.sleep(0.05)

    watching = asyncio.ensure_future(watch())
    with Lateness() as probe:
        await send(tab)
    watching.cancel()
    report.add("download_1gb_memory_mb", (peak - before) / 1e6, "MB", 60)
    report.add("download_1gb_stall_p99_ms", probe.p99(), "ms", 8)
    report.add("download_1gb_stall_max_ms", probe.worst(), "ms", 33)
