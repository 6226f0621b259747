"""The history when things go wrong: kills, full disks, damage, two programs at once."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from httpdesk.core.history import Origin
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.store.history import HistoryStore
from httpdesk.store.history_access import HistoryAccess
from httpdesk.store.history_bodies import Kept
from httpdesk.ui.history_entry import entry_of
from tests.store.exchanges import add, exchange, found

ROOT = Path(__file__).parent.parent.parent
ADDS = """
import sys
from pathlib import Path
from httpdesk.store.history import HistoryStore
from tests.store.exchanges import add, exchange, spool_of
folder = Path(sys.argv[1])
store = HistoryStore(folder)
number = 0
while True:
    number += 1
    body = spool_of(folder / "spool", b"%d " % number * 20_000) if number % 3 == 0 else b"{}"
    add(store, exchange(f"http://shop.example/{sys.argv[2]}/{number}", body))
    print(number, flush=True)
"""


def child(folder, name):
    """A program that adds entries until it is killed; it prints how many are in."""
    command = [sys.executable, "-W", "ignore", "-c", ADDS, str(folder), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def urls(folder):
    """What is in a history, oldest first."""
    store = HistoryStore(folder)
    try:
        ids = found(store, "")
        lines = store.lines(ids)
        for one in ids:
            stored = store.read(one)
            assert stored
            for kept in stored.bodies:
                if kept and kept.file:
                    assert store.bodies.path(kept.file).stat().st_size == kept.size_bytes
        assert store._connection.execute("pragma integrity_check").fetchone() == ("ok",)
        store._connection.execute("insert into words (words) values ('integrity-check')")
        return [lines[one].url.removeprefix("http://shop.example/") for one in reversed(ids)]
    finally:
        store.close()


def test_a_kill_loses_no_more_than_the_exchange_that_was_being_written(tmp_path):
    acknowledged = 0
    for round_ in range(5):
        line = "0"
        with child(tmp_path, str(round_)) as program:
            for _ in range(4 + 3 * round_):
                line = program.stdout.readline()
            program.kill()
        mine = [url for url in urls(tmp_path) if url.startswith(f"{round_}/")]
        assert mine == [f"{round_}/{number}" for number in range(1, len(mine) + 1)]
        assert len(mine) >= int(line)
        acknowledged += int(line)
    assert len(urls(tmp_path)) >= acknowledged > 40


def test_two_programs_write_and_read_the_same_history(tmp_path):
    with child(tmp_path, "a") as one, child(tmp_path, "b") as other:
        last: dict[str, int] = {}
        for _ in range(60):
            last = {"a": int(one.stdout.readline()), "b": int(other.stdout.readline())}
        one.kill()
        other.kill()
    there = urls(tmp_path)
    for name, count in last.items():
        mine = [url for url in there if url.startswith(f"{name}/")]
        assert mine == [f"{name}/{number}" for number in range(1, len(mine) + 1)]
        assert len(mine) >= count


# -- through threads, as the window has it


def entry(files, url="http://shop.example/", body=b"{}"):
    return entry_of(exchange(url, body), HttpRequest(), Origin(), files, 0)


class Access:
    """A history with what it told."""

    def __init__(self, folder):
        self.told: list[str] = []
        self.prepared = 0
        self.access = HistoryAccess(folder, self.told.append)

    async def add(self, url="http://shop.example/"):
        def prepared():
            self.prepared += 1

        await self.access.add(lambda files: entry(files, url), prepared)

    async def urls(self):
        def read(store):
            ids = found(store, "")
            return [store.lines(ids)[one].url for one in ids]

        return await self.access.read(read)


@pytest.mark.parametrize("damage", ["no database", "cut", "zeros in the middle"])
async def test_a_broken_database_is_set_aside_and_told_and_blocks_nothing(tmp_path, damage):
    store = HistoryStore(tmp_path)
    for number in range(300):
        add(store, exchange(f"http://shop.example/{number}"))
    store.close()
    file = tmp_path / "history.db"
    whole = file.read_bytes()
    broken = {
        "no database": b"not a database" * 100,
        "cut": whole[: len(whole) // 2],
        "zeros in the middle": whole[:4096] + bytes(len(whole) - 4096),
    }[damage]
    file.write_bytes(broken)
    history = Access(tmp_path)
    await history.add()
    assert await history.urls() == ["http://shop.example/"]
    assert len(history.told) == 1
    assert "history.db.broken-1" in history.told[0]
    assert (tmp_path / "history.db.broken-1").read_bytes()[:4000] == broken[:4000]
    await history.access.close()
    assert urls(tmp_path) == [""]


async def test_a_full_disk_is_told_and_what_was_sent_is_written_later(tmp_path, monkeypatch):
    history = Access(tmp_path)
    await history.add("http://shop.example/1")
    limit = await history.access.write(lambda store: _limited(store, pages=0))
    for number in (2, 3):
        with pytest.raises(Problem, match=r"The history can't be written. The disk is full\."):
            await history.add(f"http://shop.example/{number}" + "x" * 200_000)
    assert history.prepared == 3
    assert await history.urls() == ["http://shop.example/1"]
    await history.access.write(lambda store: _limited(store, pages=limit))
    await history.add("http://shop.example/4")
    assert [url[:21] for url in await history.urls()] == [f"http://shop.example/{number}" for number in (4, 3, 2, 1)]
    await history.access.close()


def _limited(store, *, pages):
    """Let the database grow no more, as on a full disk; what the limit was."""
    run = store._connection.execute
    (before,) = run("pragma max_page_count").fetchone()
    (now,) = run("pragma page_count").fetchone()
    run(f"pragma max_page_count = {pages or now}")
    return before


async def test_a_body_that_the_disk_does_not_take_is_told_and_the_rest_kept(tmp_path):
    history = Access(tmp_path)
    (tmp_path / "bodies").write_text("no folder")
    with pytest.raises(Problem, match="no room for a body") as caught:
        await history.access.add(lambda files: entry(files, body=b"x" * 100_000), lambda: None)
    assert "The rest is kept" in caught.value.detail
    assert await history.urls() == ["http://shop.example/"]
    await history.access.close()


async def test_where_no_folder_can_be_made_that_is_told_and_nothing_lost(tmp_path):
    (tmp_path / "file").write_text("")
    history = Access(tmp_path / "file" / "history")
    with pytest.raises(Problem, match="A part of its path is a file"):
        await history.add("http://shop.example/1")
    assert history.prepared == 1
    (tmp_path / "file").unlink()
    await history.add("http://shop.example/2")
    assert await history.urls() == ["http://shop.example/2", "http://shop.example/1"]
    await history.access.close()


async def test_what_waits_is_written_at_the_end(tmp_path):
    history = Access(tmp_path)
    other = sqlite3.connect(tmp_path / "history.db")
    await history.add("http://shop.example/1")
    await history.access.write(lambda store: store._connection.execute("pragma busy_timeout = 10"))
    other.execute("begin immediate")
    with pytest.raises(Problem, match="Another program is using it"):
        await history.add("http://shop.example/2")
    other.rollback()
    other.close()
    await history.access.close()
    assert urls(tmp_path) == ["1", "2"]


async def test_reading_goes_on_while_something_is_written(tmp_path):
    history = Access(tmp_path)
    await history.add()
    going = asyncio.Event()
    loop = asyncio.get_running_loop()
    release: list[bool] = []

    def slow(store):
        store._connection.execute("begin immediate")
        loop.call_soon_threadsafe(going.set)
        while not release:
            pass
        store._connection.execute("rollback")

    writing = asyncio.ensure_future(history.access.write(slow))
    await going.wait()
    try:
        assert await history.urls() == ["http://shop.example/"]
    finally:
        release.append(True)
        await writing
    await history.access.close()


# Any text a user or a server may come up with.
TEXTS = st.text(st.characters(exclude_categories=[]), max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5), TEXTS)
def test_no_text_breaks_the_history_or_its_search(tmp_path_factory, sent, looked_for):
    store = HistoryStore(tmp_path_factory.mktemp("history"))
    try:
        for url, body in sent:
            data = body.encode("utf-8", "surrogatepass")
            add(store, exchange(f"http://x/{url}", data), origin=Origin(name=url), written=HttpRequest(url=url))
        found(store, looked_for)
        store.indexed = False
        assert len(found(store, "")) == len(sent)
        found(store, looked_for)
        assert [kept.record.written.url for one in reversed(found(store, "")) if (kept := store.read(one))] == [
            url.encode("utf-8", "replace").decode() for url, _ in sent
        ]
    finally:
        store.close()


async def test_a_damaged_index_is_made_anew_and_nothing_set_aside(tmp_path):
    store = HistoryStore(tmp_path)
    for number in range(20):
        add(store, exchange(f"http://shop.example/{number}"))
    store._connection.execute("update words_data set block = zeroblob(8) where id > 10")
    store.close()
    history = Access(tmp_path)
    assert await history.access.read(lambda store: len(found(store, "walrus"))) == 20
    await history.add()
    assert await history.access.read(lambda store: len(found(store, "walrus"))) == 21
    assert not history.told
    assert not list(tmp_path.glob("*broken*"))
    await history.access.close()


async def test_a_database_that_is_in_use_is_not_set_aside_when_another_fault_shows(tmp_path):
    history = Access(tmp_path)
    await history.add()
    failed: list[bool] = []

    def fault(store):
        if not failed:
            failed.append(True)
            error = sqlite3.DatabaseError("malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return len(found(store, ""))

    assert await history.access.read(fault) == 1
    assert not history.told
    assert not list(tmp_path.glob("*broken*"))
    await history.access.close()


async def test_an_entry_that_can_never_be_written_holds_up_no_other(tmp_path):
    history = Access(tmp_path)

    def odd(files):
        made = entry(files)
        return msgspec.structs.replace(made, bodies=(Kept(size_bytes=1 << 70),))

    with pytest.raises(OverflowError):
        await history.access.add(odd, lambda: None)
    await history.add("http://shop.example/2")
    assert await history.urls() == ["http://shop.example/2"]
    await history.access.close()
