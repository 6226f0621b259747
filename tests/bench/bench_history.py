"""The history: a search among 100,000 exchanges, an insert, and what either does to the window's thread."""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from httpdesk.core.exchange import Head, Outcome, Phase, PhaseTime
from httpdesk.core.history import KeptHop, Origin, Record
from httpdesk.core.history_query import parse
from httpdesk.core.options import Effective
from httpdesk.core.request import HttpRequest
from httpdesk.core.wire import WireRequest
from httpdesk.store.history import Entry, HistoryStore, Kept
from tests.bench.report import Report

ENTRIES = 100_000
SEARCH_LIMIT_MS, STALL_LIMIT_MS = 100.0, 8.0
ROUNDS = 5
NOW = 1_800_000_000.0
SEARCHES = (
    "",
    "order",
    "o",
    "customer shipped",
    "json",
    "status:4xx method:POST",
    "host:shop7.example status:5xx",
    "zebra",
    '"ord_77777"',
    "since:7d order",
)
NOUNS = ("order", "customer", "invoice", "refund", "session", "product", "basket", "address", "coupon", "parcel")
WORDS = ("shipped", "paid", "open", "late", "returned", "gift", "express", "manual", "draft", "archived")


def entries(count: int) -> Iterator[Entry]:
    """So many exchanges of some hundred requests, the last one now."""
    pick = random.Random(4)
    for number in range(count):
        noun, method = pick.choice(NOUNS), pick.choice(("GET", "GET", "GET", "POST", "PUT", "DELETE"))
        url = f"https://shop{number % 40}.example/v1/{noun}s/ord_{number}?status={pick.choice(WORDS)}&limit=25"
        body = " ".join(f'"{pick.choice(WORDS)}": "{pick.choice(NOUNS)}_{pick.randrange(10**6)}",' for _ in range(40))
        if number % 10_000 == 0:
            body += " zebra"
        headers = (("Content-Type", "application/json"), ("X-Request", f"{pick.randrange(1 << 40):x}"), ("ETag", '"a"'))
        status = pick.choice((200, 200, 200, 201, 204, 400, 404, 422, 500, 503))
        hop = KeptHop(
            method=method,
            url=url,
            sent_headers=(("Host", url.split("/")[2]), ("Accept", "*/*"), ("User-Agent", "httpdesk")),
            head=Head(status=status, reason="Whatever", headers=headers),
            complete=True,
            phases=tuple(PhaseTime(phase=phase, start_ms=1.0, length_ms=2.0) for phase in Phase),
        )
        record = Record(
            request_id=f"{number:06x}",
            written=HttpRequest(method=method, url=url),
            sent=WireRequest(method=method, url=url, headers=(), body=None, options=Effective()),
            origin=Origin(name=f"Get {noun}", environment="Staging"),
            started_at=NOW - (count - number) * 60,
            total_ms=184.0,
            outcome=Outcome.DONE,
            hops=(hop,),
        )
        data = body.encode()
        yield Entry(record=record, bodies=(Kept(size_bytes=len(data), data=data),), answer=body)


def fill(store: HistoryStore, count: int) -> float:
    """Add that many in few transactions, as no program does it but a bench; seconds."""
    start = time.perf_counter()
    connection = store._connection
    connection.execute("pragma synchronous = off")
    for entry in entries(count):
        store.add(entry)
    connection.execute("pragma synchronous = normal")
    return time.perf_counter() - start


def main(report: Report, full: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="httpdesk-bench-") as home:
        store = HistoryStore(Path(home))
        taken = fill(store, ENTRIES)
        print("fill", taken)
        for text in SEARCHES:
            query = parse(text, datetime.fromtimestamp(NOW, UTC))
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                found = store.search(query)
                lines = store.lines(found.ids[:60])
                times.append((time.perf_counter() - start) * 1000)
            print(f"{text!r:40} {len(found.ids):7} {statistics.median(times):.1f} {max(times):.1f}")
        start = time.perf_counter()
        t = store.facets("host", 8)
        print("facets", time.perf_counter() - start)
        start = time.perf_counter()
        store._remove([1, 2, 3, 4, 5] * 1)
        print("remove5", time.perf_counter() - start)
        import os

        print(os.path.getsize(store.file) / 1e6, "MB")
        store.close()
