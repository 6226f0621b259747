"""The whole client against the zoo: every answer is shown, every fault is named, one request is sent per hop."""

import asyncio
import re
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import msgspec
import psutil  # type: ignore[import-untyped]
import pytest

from httpdesk.core.environment import Scope
from httpdesk.core.options import Options, effective
from httpdesk.core.prepare import prepare
from httpdesk.core.request import HttpRequest, NoBody, RawBody
from httpdesk.core.rows import Row
from httpdesk.core.settings import Pool
from httpdesk.net.sessions import Sessions
from httpdesk.protocols.http.client import HttpClient
from tests.net.fault_words import WORDS
from tests.zoo import behaviours_content, behaviours_flow, behaviours_framing, behaviours_heads
from tests.zoo.behaviour import ANY, Later
from tests.zoo.server import BY_NAME, Zoo

AT_A_TIME = 20
PATIENCE_S = 30.0
GROUPS = {
    "lengths": behaviours_framing.LENGTHS,
    "transfer-encodings": behaviours_framing.TRANSFER_ENCODINGS,
    "chunks": behaviours_framing.CHUNKS,
    "after-the-end": behaviours_framing.AFTER_THE_END,
    "status-lines": behaviours_heads.STATUS_LINES,
    "not-http": behaviours_heads.NOT_HTTP,
    "header-lines": behaviours_heads.HEADER_LINES,
    "encodings": behaviours_content.ENCODINGS,
    "texts": behaviours_content.TEXTS,
    "redirects": behaviours_flow.REDIRECTS,
    "interim": behaviours_flow.INTERIM,
    "slow": behaviours_flow.SLOW,
    "cuts": behaviours_flow.CUTS,
    "uploads": behaviours_flow.UPLOADS,
}


@asynccontextmanager
async def http_client(folder):
    sessions = Sessions(Pool(per_host=0))
    client = HttpClient(sessions, folder)
    try:
        yield client
    finally:
        await sessions.close()
        client.close()


def request_of(zoo, row, pieces):
    patience = Options(total_s=PATIENCE_S, headers_s=PATIENCE_S, sock_read_s=PATIENCE_S, follow_redirects=row.follow)
    request = HttpRequest(
        method=row.method,
        url=f"{zoo.url}/{row.name}?pieces={pieces}",
        headers=tuple(Row(name=name, value=value) for name, value in row.headers),
        body=RawBody(text=row.send.decode(), language="text") if row.send else NoBody(),
    )
    return prepare(request, Scope(), effective(msgspec.convert(dict(row.limits), Options), patience))


async def send(client, zoo, row, pieces=1):
    """Send the request of a row; returns the exchange and the body that is shown."""
    sending = client.send(request_of(zoo, row, pieces))
    async with asyncio.timeout(PATIENCE_S * 2):
        async for _event in sending:
            pass
    last = sending.exchange.last
    body = last.body.read(0, last.body.size_bytes) if last is not None and last.body is not None else b""
    client.close_exchange(sending.exchange)
    return sending.exchange, body


def words_of(exchange):
    """All that the user reads about faults."""
    problem = exchange.problem
    texts = [fault for hop in exchange.hops for fault in hop.faults]
    return " | ".join([*texts, f"{problem.title}. {problem.detail}" if problem else ""]).strip(" |")


def faults_of_client(row, exchange, body, requests):
    """What the client got wrong about a row."""
    words, head = words_of(exchange), exchange.head
    if row.status is None:
        if head is not None or exchange.problem is None:
            yield f"an answer is shown where there is none: {head}"
    elif head is None and exchange.problem is None:
        yield "neither an answer nor a problem is shown"
    elif row.status != ANY and (head is None or head.status != row.status):
        yield f"the status is {head.status if head else None}, not {row.status}"
    expected = row.body.make() if isinstance(row.body, Later) else row.body
    if expected != ANY and not (body.startswith(expected) if row.prefix else body == expected):
        yield f"the body is {body[:60]!r} ({len(body)} bytes)"
    if row.fault == "" and words:
        yield f"a fault is named where there is none: {words}"
    elif row.fault not in ("", ANY) and not re.search(WORDS[row.fault], words):
        yield f"no fault about {row.fault}: {words}"
    if row.requests != ANY and requests != 1:
        yield f"{requests} requests were sent, not one"


async def wrong_rows(rows, pieces, folder):
    """Send to all these rows, many at a time, and tell what went wrong."""
    places = asyncio.Semaphore(AT_A_TIME)

    async def one(clients, zoo, row):
        async with places:
            # A client for each row: the zoo closes connections that it promised to keep.
            client = await clients.enter_async_context(http_client(folder))
            return row, *await send(client, zoo, row, pieces)

    with Zoo() as zoo:
        async with AsyncExitStack() as clients:
            done = await asyncio.gather(*[one(clients, zoo, row) for row in rows])
        paths = [urlsplit(request.target).path.lstrip("/") for request in zoo.requests if "pieces=" in request.target]
    return [
        f"{row.name}: {fault}"
        for row, exchange, body in done
        for fault in faults_of_client(row, exchange, body, paths.count(row.name))
    ]


@pytest.mark.limit_s(180)
@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("pieces", [1, 7, 0])
async def test_every_answer_is_shown_and_every_fault_named(group, pieces, tmp_path):
    rows = [row for row in GROUPS[group] if pieces == 1 or not row.heavy]
    wrong = await wrong_rows(rows, pieces, tmp_path)
    assert not wrong, "\n".join(wrong)


def test_no_row_is_left_out():
    sent = {row.name for rows in GROUPS.values() for row in rows} | {row.name for row in behaviours_content.BOMBS}
    assert sent == set(BY_NAME)


@pytest.mark.limit_s(180)
@pytest.mark.parametrize("row", behaviours_content.BOMBS, ids=lambda row: row.name)
async def test_a_bomb_costs_little_memory(row, tmp_path):
    process = psutil.Process()
    with Zoo() as zoo:
        for step in row.steps:
            step.make()  # packing it is the server's cost
        before = most = process.memory_info().rss
        async with http_client(tmp_path) as client:
            async for _event in (sending := client.send(request_of(zoo, row, 1))):
                most = max(most, process.memory_info().rss)
        assert sending.exchange.head.status == 200
        client.close_exchange(sending.exchange)
    assert most - before < 150_000_000


@pytest.mark.parametrize("name", ["length-long-kept-open", "two-answers-kept-open", "chunk-kept-open"])
async def test_a_connection_is_kept_only_after_an_answer_in_order(name, tmp_path):
    with Zoo() as zoo:
        async with http_client(tmp_path) as client:
            await send(client, zoo, BY_NAME[name])
            in_order = BY_NAME[name].fault == ""
            assert client.sessions.idle == (1 if in_order else 0)


@pytest.mark.parametrize(
    ("name", "method", "body"),
    [("upload-redirected-307", "POST", behaviours_flow.BIG), ("upload-redirected-303", "GET", b"")],
)
async def test_a_redirect_keeps_or_drops_method_and_body(name, method, body, tmp_path):
    with Zoo() as zoo:
        async with http_client(tmp_path) as client:
            await send(client, zoo, BY_NAME[name])
        last = zoo.requests[-1]
    assert (last.target, last.method, last.body) == ("/landed", method, body)
