"""Answers for the tests of the response pane: from the echo server through the real client, or made by hand."""

import asyncio
from contextlib import asynccontextmanager

from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Connection, Exchange, Finished, Head, Hop, Outcome, Phase, PhaseTime
from httpdesk.core.options import Effective
from httpdesk.core.settings import Pool
from httpdesk.core.wire import WireHeader, WireRequest
from httpdesk.net.sessions import Sessions
from httpdesk.protocols.http.client import HttpClient
from httpdesk.servers.echo import EchoServer

REQUEST = WireRequest(method="GET", url="http://test.example/", headers=(), body=None, options=Effective())
STARTED_AT = 1_800_000_000.0


@asynccontextmanager
async def echo_and_client(folder):
    """A running echo server's address, and a client."""
    server, sessions = EchoServer(), Sessions(Pool())
    client = HttpClient(sessions, folder)
    await server.start()
    try:
        yield server.url, client
    finally:
        await sessions.close()
        client.close()
        await server.stop()


def request(url, method="GET"):
    """A request as it goes out."""
    headers = (WireHeader(name="Host", value=url.split("/")[2]), WireHeader(name="Accept", value="*/*"))
    return WireRequest(method=method, url=url, headers=headers, body=None, options=Effective())


def events_of(folder, path, method="GET"):
    """Every event of a real send to the echo server."""

    async def send():
        async with echo_and_client(folder) as (url, client):
            return [event async for event in client.send(request(url + path, method))]

    return asyncio.run(send())


def hop(body=b"", content_type="text/plain", *headers, status=200, reason="OK", **facts):
    """A hop with an answer; the body is bytes or a spool."""
    spool = Spool.of(body) if isinstance(body, bytes) else body
    head = Head(status=status, reason=reason, headers=(("Content-Type", content_type), *headers))
    facts = {"url": "http://test.example/things/7", "complete": spool.finished, "wire_bytes": spool.size_bytes} | facts
    return Hop(method="GET", head=head, body=spool, **facts)


def timed(*, secure=True):
    """Phases of a new connection."""
    lengths = [(Phase.QUEUED, 0.3), (Phase.DNS, 11.8), (Phase.TCP, 21.4), (Phase.TLS, 46.2 if secure else 0.0)]
    lengths += [(Phase.SEND, 0.6), (Phase.WAIT, 92.5), (Phase.DOWNLOAD, 11.4)]
    start, phases = 0.0, []
    for phase, length in lengths:
        if length:
            phases.append(PhaseTime(phase=phase, start_ms=start, length_ms=length))
        start += length
    return tuple(phases)


LINK = Connection(peer="203.0.113.10:443", local="10.0.0.4:51822", addresses=("203.0.113.10",))


def exchange(*hops, outcome=Outcome.DONE, problem=None, total_ms=184.2):
    return Exchange("7c1f93", REQUEST, STARTED_AT, list(hops), outcome, problem, total_ms)


def show(pane, *hops, **facts):
    """Feed a pane with a whole send."""
    sent = exchange(*hops, **facts)
    pane.begin()
    for one in hops:
        if one.head is not None:
            pane.feed(Answered(one))
    pane.feed(Finished(sent))
    return sent


def replay(pane, events):
    """Feed a pane with the events of a real send."""
    pane.begin()
    for event in events:
        pane.feed(event)


def words_of(widget):
    """What labels and buttons say, as far as they show."""
    parts = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton), *widget.findChildren(QToolButton)]
    return [part.text().strip() for part in parts if part.isVisible() and part.text().strip()]


def button(widget, words):
    """The visible button that says this."""
    buttons = [*widget.findChildren(QPushButton), *widget.findChildren(QToolButton)]
    return next(found for found in buttons if found.isVisible() and words in (found.accessibleName(), found.text()))


def lines_of(pane):
    """The lines of the body that are in view."""
    return [text for _, text in pane.pages.body.code.shown_rows]


def rows_of(table):
    """The rows of a table as they are shown."""
    model = table.model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
