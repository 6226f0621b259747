"""The history: a search among 100,000 exchanges, an insert, and what either does to the window's thread."""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from httpdesk.app import application
from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Exchange, Head, Hop, Outcome, Phase, PhaseTime
from httpdesk.core.history import KeptHop, Origin, Record
from httpdesk.core.history_query import Query, parse
from httpdesk.core.options import Effective
from httpdesk.core.request import HttpRequest
from httpdesk.core.settings import HistoryLimits, Settings
from httpdesk.core.wire import WireRequest
from httpdesk.store.history import Entry, HistoryStore
from httpdesk.store.history_bodies import Kept
from httpdesk.ui.historian import Historian
from httpdesk.ui.history_list import HistoryList
from httpdesk.ui.history_model import HistoryModel
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.loop import DeskLoop
from tests.bench.lateness import Lateness
from tests.bench.report import Report

ENTRIES, WRITTEN = 100_000, 10_000
SEARCH_LIMIT_MS, STALL_LIMIT_MS, LIST_LIMIT_MS = 100.0, 8.0, 50.0
ROUNDS, INSERTS = 7, 200
NOW = 1_800_000_000.0
SEARCHES = (
    "",
    "o",
    "order",
    "customer shipped",
    "json",
    "zebra",
    '"orders/ord_77"',
    "status:4xx method:POST",
    "host:shop7.example status:5xx",
    "since:7d order",
    "status:2xx order method:GET",
)
NOUNS = ("order", "customer", "invoice", "refund", "session", "product", "basket", "address", "coupon", "parcel")
WORDS = ("shipped", "paid", "open", "late", "returned", "gift", "express", "manual", "draft", "archived")


def entries(count: int) -> Iterator[Entry]:
    """So many exchanges with 40 hosts, the last one now; some 2 KB of text in each."""
    pick = random.Random(4)
    for number in range(count):
        noun, method = pick.choice(NOUNS), pick.choice(("GET", "GET", "GET", "POST", "PUT", "DELETE"))
        url = f"https://shop{number % 40}.example/v1/{noun}s/ord_{number}?status={pick.choice(WORDS)}&limit=25"
        body = " ".join(f'"{pick.choice(WORDS)}": "{pick.choice(NOUNS)}_{pick.randrange(10**6)}",' for _ in range(40))
        body += " zebra" if number % 1000 == 0 else ""
        headers = (("Content-Type", "application/json"), ("X-Request", f"{pick.randrange(1 << 40):x}"), ("ETag", '"a"'))
        head = Head(status=pick.choice((200, 200, 201, 204, 400, 404, 422, 500, 503)), reason="Any", headers=headers)
        hop = KeptHop(
            method=method,
            url=url,
            sent_headers=(("Host", url.split("/")[2]), ("Accept", "*/*"), ("User-Agent", "httpdesk")),
            head=head,
            complete=True,
            phases=tuple(PhaseTime(phase=phase, start_ms=1.0, length_ms=2.0) for phase in Phase),
        )
        record = Record(
            request_id=f"{number:06x}",
            written=HttpRequest(method=method, url=url),
            sent=WireRequest(method=method, url=url, headers=(), body=None, options=Effective()),
            origin=Origin(name=f"Get {noun}", environment="Staging"),
            started_at=NOW - (count - number) * 60 * ENTRIES / count,
            total_ms=184.0,
            outcome=Outcome.DONE,
            hops=(hop,),
        )
        yield Entry(record=record, bodies=(Kept(size_bytes=len(body), data=body.encode()),), answer=body)


def fill(store: HistoryStore) -> None:
    """Write 10,000 exchanges as the program does, then nine copies of each: all of them would take a minute."""
    connection = store._connection
    connection.execute("pragma synchronous = off")
    for entry in entries(WRITTEN):
        store.add(entry)
    columns = {}
    for table in ("exchange", "record", "body", "text"):
        every = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        columns[table] = ", ".join(name for name in every if name != "id")
    connection.execute("begin")
    for copy in range(1, ENTRIES // WRITTEN):
        for table, names in columns.items():
            connection.execute(
                f"insert into {table} (id, {names}) select id + {copy * WRITTEN}, {names} from {table} where id <= ?",
                (WRITTEN,),
            )
    # In their order, as if they had come one after the other.
    connection.execute("update exchange set at = ? + id * 60, day = ? + id / 1440", (NOW - ENTRIES * 60, 739_000))
    connection.execute("insert into words (words) values ('rebuild')")
    connection.execute("commit")
    connection.execute("pragma synchronous = normal")


def search_ms(store: HistoryStore, text: str) -> float:
    """A search with the lines of its first screen, median."""
    query = parse(text, datetime.fromtimestamp(NOW, UTC))
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        store.lines(store.search(query).ids[:40])
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def exchange(folder: Path, number: int) -> Exchange:
    """An answer of 100 KB in a file."""
    spool = Spool(folder, memory_bytes=0)
    spool.write(b'{"order": "paid and shipped"}\n' * 3400)
    spool.finish()
    head = Head(status=200, reason="OK", headers=(("Content-Type", "application/json"),))
    url = f"https://shop.example/v1/orders/{number}"
    hop = Hop(method="GET", url=url, head=head, body=spool, complete=True)
    request = WireRequest(
        method="GET", url=url, headers=(), body=None, options=Effective(), secrets=frozenset({"t0ken-of-mine"})
    )
    return Exchange(f"{number:06x}", request, NOW, [hop], Outcome.DONE, None, 12.0)


async def inserts(folder: Path) -> tuple[float, Lateness, Lateness]:
    """Insert 200 answers, 20 a second, then search; ms of each insert, and how late the window's thread was."""
    settings = Settings(history=HistoryLimits(days=0))
    historian = Historian(folder, folder / "lent", LiveSettings(settings, lambda _: None))
    await historian.search(Query())
    sent = [exchange(folder / "spool", number) for number in range(INSERTS)]
    times: list[float] = []
    with Lateness() as inserting:
        for one in sent:
            done = asyncio.get_running_loop().create_future()
            historian.added.connect(lambda done=done: done.done() or done.set_result(None))
            start = time.perf_counter()
            historian.keep(one, HttpRequest(url=one.request.url), Origin())
            await done
            times.append((time.perf_counter() - start) * 1000)
            historian.added.disconnect()
            await asyncio.sleep(0.02)
    model = HistoryModel()
    shown = HistoryList(model)
    shown.resize(272, 800)
    shown.show()
    with Lateness() as searching:
        for text in SEARCHES:
            found = await historian.search(parse(text, datetime.fromtimestamp(NOW, UTC)))
            model.show_found(found.ids, found.days)
            model.put(await historian.lines(found.ids[:40]), found.ids[:40])
            await asyncio.sleep(0.02)
    shown.close()
    for one in sent:
        one.hops[0].body.close()  # type: ignore[union-attr]
    await historian.close()
    return statistics.median(times), inserting, searching


def main(report: Report, full: bool) -> None:
    """Fill a history, search it, add to it."""
    del full
    app = application()
    with tempfile.TemporaryDirectory(prefix="httpdesk-bench-") as home:
        folder = Path(home)
        store = HistoryStore(folder)
        fill(store)
        times = {text: search_ms(store, text) for text in SEARCHES}
        store.indexed = False
        start = time.perf_counter()
        store.search(parse("zebra", datetime.fromtimestamp(NOW, UTC)))
        scanned = ("all texts read", (time.perf_counter() - start) * 1000)
        store.close()
        with DeskLoop(app) as loop:
            asyncio.set_event_loop(loop)
            insert_ms, inserting, searching = loop.run_until_complete(inserts(folder))
    report.add("history_search_100k_ms", max(times.values()), "ms", SEARCH_LIMIT_MS)
    report.add("history_search_100k_rare_word_ms", times["zebra"], "ms", SEARCH_LIMIT_MS, scanned)
    report.add("history_search_100k_filters_ms", times["status:4xx method:POST"], "ms", SEARCH_LIMIT_MS)
    report.add("history_search_and_list_stall_p99_ms", searching.p99(), "ms", STALL_LIMIT_MS)
    report.add("history_search_and_list_stall_max_ms", searching.worst(), "ms", LIST_LIMIT_MS)
    report.add("history_insert_into_100k_ms", insert_ms, "ms")
    report.add("history_insert_stall_p99_ms", inserting.p99(), "ms", STALL_LIMIT_MS)
    report.add("history_insert_stall_max_ms", inserting.worst(), "ms")
