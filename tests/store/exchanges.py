"""Exchanges for the tests of the history, made by hand."""

from datetime import UTC, datetime
from typing import Any

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Connection, Exchange, Head, Hop, Outcome, Phase, PhaseTime
from httpdesk.core.history import Origin
from httpdesk.core.history_query import parse
from httpdesk.core.options import Effective
from httpdesk.core.request import HttpRequest
from httpdesk.core.wire import BytesBody, WireHeader, WireRequest
from httpdesk.ui.history_entry import entry_of

_JSON = "application/json"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def spool_of(folder, data):
    """A spool that keeps its bytes in a file."""
    spool = Spool(folder, memory_bytes=0)
    spool.write(data)
    spool.finish()
    return spool


def exchange(url="http://shop.example/orders", body=b"{}", *, status=200, method="GET", at=0.0, kind=_JSON, **facts):
    """One that has ended; `body` is bytes or a spool, `facts` are those of the request."""
    head = Head(status=status, reason="Fine", headers=(("Content-Type", kind), ("X-Mark", "walrus")))
    hop = Hop(
        method=method,
        url=url,
        sent_headers=(("Host", "shop.example"), ("Authorization", "Bearer t0ps3cret")),
        head=head if status else None,
        body=(Spool.of(body) if isinstance(body, bytes) else body) if status else None,
        complete=bool(status),
        faults=["Something odd"],
        phases=(PhaseTime(phase=Phase.WAIT, start_ms=1.0, length_ms=2.0),),
        connection=Connection(peer="127.0.0.1:80", verified=status != 299),
    )
    parts: dict[str, Any] = {
        "headers": (WireHeader(name="Accept", value="*/*"),),
        "body": BytesBody(data=b'{"sent": "otter"}'),
    } | facts
    request = WireRequest(method=method, url=url, options=Effective(), **parts)
    at = at or NOW.timestamp()
    outcome = Outcome.DONE if status else Outcome.FAILED
    return Exchange("7c1f93", request, at, [hop], outcome, None, 184.2)


def add(store, sent=None, *, origin=Origin(), written=None, largest_bytes=0):  # noqa: B008 - frozen
    """Put an exchange into a store; its id."""
    sent = sent or exchange()
    written = written or HttpRequest(method=sent.request.method, url=sent.request.url)
    return store.add(entry_of(sent, written, origin, store.bodies, largest_bytes))


def found(store, text, now=NOW):
    """The ids that a line of text finds."""
    return store.search(parse(text, now)).ids
