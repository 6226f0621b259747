"""The historian on the window's loop: bodies are taken before they go, bounds are kept, undo has its time."""

import asyncio

import pytest

from httpdesk.core.history import Origin
from httpdesk.core.history_query import Query
from httpdesk.core.request import HttpRequest
from httpdesk.core.settings import HistoryLimits, Settings
from httpdesk.store.history import HistoryStore
from httpdesk.ui import historian as module
from httpdesk.ui.historian import Historian
from httpdesk.ui.live_settings import LiveSettings
from tests.drivers import until
from tests.store.exchanges import exchange, found, spool_of

WIDE = HistoryLimits(days=0, entries=0, megabytes=0)


class Desk:
    """A historian, its settings, and what it told."""

    def __init__(self, folder, limits):
        self.folder = folder / "history"
        self.settings = LiveSettings(Settings(history=limits), lambda _: None)
        self.historian = Historian(self.folder, folder / "lent", self.settings)
        self.told: list[str] = []
        self.historian.fault.connect(self.told.append)

    async def send(self, number, body=b"{}"):
        """An exchange whose body goes as soon as it may."""
        sent = exchange(f"http://shop.example/{number}", body)
        self.historian.keep(sent, HttpRequest(url=sent.request.url), Origin())
        await self.historian.settled(sent)
        sent.hops[0].body.close()

    async def urls(self):
        ids = (await self.historian.search(Query())).ids
        lines = await self.historian.lines(ids)
        return [lines[one].url.rpartition("/")[2] for one in ids if one in lines]

    async def kept(self, *names):
        """Wait until just these are there, newest first."""
        async with asyncio.timeout(10):
            while await self.urls() != list(names):  # noqa: ASYNC110 - as a person looks again and again
                await asyncio.sleep(0.01)


@pytest.fixture
def desk(tmp_path, qapp):
    return lambda limits=WIDE: Desk(tmp_path, limits)


async def test_many_at_once_are_all_kept_with_their_bodies(desk, tmp_path):
    one = desk()
    await asyncio.gather(
        *(one.send(number, spool_of(tmp_path / "spool", b"%d " % number * 20_000)) for number in range(40))
    )
    await until(lambda: not one.told and len(list((one.folder / "bodies").glob("*"))) == 40)
    await one.historian.close()
    store = HistoryStore(one.folder)
    assert len(found(store, "")) == 40
    store.close()


async def test_what_is_being_written_at_the_end_is_written(desk):
    one = desk()
    sent = exchange("http://shop.example/last")
    one.historian.keep(sent, HttpRequest(), Origin())
    await one.historian.close()
    store = HistoryStore(one.folder)
    assert len(found(store, "")) == 1
    store.close()


async def test_the_bounds_hold_while_sending_and_when_they_change(desk):
    one = desk(HistoryLimits(entries=3, days=0, megabytes=0))
    for number in range(6):
        await one.send(number)
    await one.kept("5", "4", "3")
    one.settings.change(history=HistoryLimits(entries=1, days=0, megabytes=0))
    one.historian.apply_limits()
    await one.kept("5")
    await one.historian.close()


async def test_what_was_deleted_goes_for_good_after_a_while_and_at_the_end(desk, monkeypatch):
    one = desk()
    for number in range(3):
        await one.send(number)
    await one.kept("2", "1", "0")
    ids = (await one.historian.search(Query())).ids
    await one.historian.delete(ids[:1])
    await one.historian.restore(ids[:1])
    await one.kept("2", "1", "0")
    monkeypatch.setattr(module, "UNDO_S", 0.05)
    await one.historian.delete(ids[:1])
    await asyncio.sleep(0.3)
    await one.historian.restore(ids[:1])
    await one.kept("1", "0")
    monkeypatch.setattr(module, "UNDO_S", 60.0)
    await one.historian.delete(ids[1:2])
    await one.historian.close()
    store = HistoryStore(one.folder)
    store.restore(ids)
    assert found(store, "") == ids[2:]
    store.close()


async def test_what_an_earlier_run_left_is_tidied_at_the_start(desk, monkeypatch):
    one = desk()
    await one.send(1)
    await one.kept("1")
    await one.historian.close()
    store = HistoryStore(one.folder)
    store.delete(found(store, ""))
    store.close()
    monkeypatch.setattr(module, "UNDO_S", 0.0)
    later = desk()
    later.historian.tidy()
    async with asyncio.timeout(10):
        while True:
            totals = await later.historian._read(lambda store: store.totals())
            if totals == (0, 0):
                break
            await asyncio.sleep(0.01)
    await later.historian.close()


async def test_a_body_larger_than_half_of_the_bound_is_left_out(desk, tmp_path):
    one = desk(HistoryLimits(megabytes=1, days=0, entries=0))
    await one.send("large", spool_of(tmp_path / "spool", b"x" * 600_000))
    await one.kept("large")
    (entry_id,) = (await one.historian.search(Query())).ids
    assert (await one.historian.exchange(entry_id)).missing == 1
    await one.historian.close()
