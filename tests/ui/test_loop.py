"""The event loop does what asyncio's does, exactly on time, and lets the window have its turn."""

import asyncio
import contextvars
import signal
import threading
import time

import aiohttp
import pytest
import qasync
from aiohttp import web
from PySide6.QtCore import QObject, QTimer, Signal

from httpdesk.ui.loop import BUDGET_S, DeskLoop
from tests.bench.lateness import Lateness


@pytest.fixture
def loop(qapp):
    with DeskLoop(qapp) as loop:
        asyncio.set_event_loop(loop)
        yield loop
    asyncio.set_event_loop(None)


@pytest.fixture(params=[DeskLoop, qasync.QEventLoop], ids=["ours", "qasync"])
def either(request, qapp):
    """Ours, and qasync's own to compare with."""
    with request.param(qapp) as loop:
        asyncio.set_event_loop(loop)
        yield loop
    asyncio.set_event_loop(None)


def test_callbacks_run_in_order(either):
    seen: list[int] = []

    async def work():
        for number in range(100):
            either.call_soon(seen.append, number)
        done = asyncio.Event()
        either.call_soon(done.set)
        await done.wait()

    either.run_until_complete(work())
    assert seen == list(range(100))


def test_tasks_futures_gather_and_cancellation_work(either):
    async def child(number):
        await asyncio.sleep(0.001 * number)
        return number

    async def work():
        task = asyncio.ensure_future(asyncio.sleep(60))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await asyncio.sleep(60)
        return await asyncio.gather(*map(child, range(10)))

    assert either.run_until_complete(work()) == list(range(10))


def test_threads_hand_over_and_come_back(either):
    async def work():
        threads = await asyncio.gather(*(asyncio.to_thread(threading.get_ident) for _ in range(5)))
        got = either.create_future()
        threading.Thread(target=lambda: either.call_soon_threadsafe(got.set_result, "there")).start()
        return set(threads), await got

    threads, got = either.run_until_complete(work())
    assert threading.get_ident() not in threads
    assert got == "there"


def test_an_error_comes_out(either):
    async def fail():
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        either.run_until_complete(fail())


def test_context_variables_are_kept(loop):
    name = contextvars.ContextVar("name", default="none")

    async def work():
        name.set("inner")
        found = loop.create_future()
        loop.call_soon(lambda: found.set_result(name.get()))
        return await found

    assert loop.run_until_complete(work()) == "inner"
    assert name.get() == "none"


def test_a_loop_can_run_again(loop):
    async def answer():
        await asyncio.sleep(0)
        return 42

    assert [loop.run_until_complete(answer()) for _ in range(3)] == [42, 42, 42]


def test_what_was_scheduled_before_the_start_runs(loop):
    seen: list[str] = []
    loop.call_soon(seen.append, "before")
    loop.run_until_complete(asyncio.sleep(0.01))
    assert seen == ["before"]


def test_sleeps_are_exact_and_in_order(loop):
    async def late_by(seconds):
        start = loop.time()
        await asyncio.sleep(seconds)
        return loop.time() - start - seconds

    async def work():
        return await asyncio.gather(*(late_by(number / 200) for number in range(40)))

    late = sorted(loop.run_until_complete(work()))
    assert late[0] >= -0.0002  # never early
    assert late[len(late) // 2] < 0.02


def test_cancelled_timers_are_forgotten(loop):
    async def work():
        for _ in range(5000):
            loop.call_later(300, print).cancel()
        return len(loop._timers)

    assert loop.run_until_complete(work()) <= 250


def test_callbacks_that_breed_do_not_lock_the_window_out(loop):
    """Qt's own timers tick while callbacks schedule callbacks without end."""
    ticks = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(1)

    async def work():
        stop = loop.time() + 0.3

        def breed():
            if loop.time() < stop:
                loop.call_soon(breed)
                loop.call_soon(time.perf_counter)

        for _ in range(50):
            loop.call_soon(breed)
        with Lateness() as probe:
            await asyncio.sleep(0.35)
        return probe.p99()

    late_ms = loop.run_until_complete(work())
    timer.stop()
    assert len(ticks) > 20
    assert late_ms < 20 * BUDGET_S * 1000


def test_a_signal_of_qt_can_resolve_a_future(loop):
    class Source(QObject):
        fired = Signal(str)

    source = Source()

    async def work():
        got = loop.create_future()
        source.fired.connect(got.set_result)
        QTimer.singleShot(5, lambda: source.fired.emit("signal"))
        return await got

    assert loop.run_until_complete(work()) == "signal"


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="no such signals on Windows")
def test_signals_of_the_system_arrive(loop):
    async def work():
        got = asyncio.Event()
        loop.add_signal_handler(signal.SIGUSR1, got.set)
        threading.Timer(0.05, signal.raise_signal, [signal.SIGUSR1]).start()
        async with asyncio.timeout(5):
            await got.wait()
        return loop.remove_signal_handler(signal.SIGUSR1)

    assert loop.run_until_complete(work())


def test_subtasks_of_http_run_side_by_side(loop):
    """A real server and client on the same loop."""

    async def hello(request):
        await asyncio.sleep(0.05)
        return web.Response(text=request.query["n"])

    async def work():
        app = web.Application()
        app.router.add_get("/", hello)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/"

        async def get(session, number):
            async with session.get(url, params={"n": str(number)}) as answer:
                return int(await answer.text())

        async with aiohttp.ClientSession() as session:
            start = time.perf_counter()
            found = await asyncio.gather(*(get(session, number) for number in range(40)))
            took_s = time.perf_counter() - start
        await runner.cleanup()
        return found, took_s

    found, took_s = loop.run_until_complete(work())
    assert found == list(range(40))
    assert took_s < 1.5  # one after the other would be 2 s


def test_a_closed_loop_takes_nothing_more(qapp):
    loop = DeskLoop(qapp)
    loop.close()
    with pytest.raises(RuntimeError):
        loop.call_soon_threadsafe(print)


def test_a_hundred_thousand_signals(qapp):
    """PySide6 6.12.0 drops a reference of True or None with each on Python below 3.12; the process then aborts."""

    class Source(QObject):
        changed = Signal(bool)

    source = Source()
    seen: list[bool] = []
    source.changed.connect(seen.append)
    for _ in range(100_000):
        source.changed.emit(True)
    assert len(seen) == 100_000
    assert all(seen)
