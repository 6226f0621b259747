"""History entries: an exchange of the window made into one of the history, and back into one that a pane can show."""

from pathlib import Path

import msgspec

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Exchange, Hop
from httpdesk.core.history import Line, Origin, Record, exchange_of, record_of
from httpdesk.core.options import Options
from httpdesk.core.redact import Mask
from httpdesk.core.request import HttpRequest
from httpdesk.store import disk_faults
from httpdesk.store.blank import literal_secrets, option_secrets, options_without_secrets, request_without_secrets
from httpdesk.store.history import SEARCHED_CHARACTERS, Entry, HistoryStore, Stored
from httpdesk.store.history_bodies import Bodies, Kept
from httpdesk.views import pick
from httpdesk.views.charset import encoding_of


class Reopened(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange of the history, its bodies in files of whoever shows it; so many bodies are `missing`."""

    line: Line
    record: Record
    exchange: Exchange
    missing: int = 0


def entry_of(exchange: Exchange, written: HttpRequest, origin: Origin, files: Bodies, largest_bytes: int) -> Entry:
    """Take over what is to be kept of an exchange that has ended, without its secrets; blocks.

    A larger body than `largest_bytes` (0: any) is left out, and so is one that the disk does not take.
    """
    sent = exchange.request
    levels = Options(client_certificate=sent.options.client_certificate, proxy=sent.options.proxy)
    mask = Mask(sent.secrets | literal_secrets(written) | option_secrets(levels))
    blank = options_without_secrets(levels)
    options = msgspec.structs.replace(sent.options, client_certificate=blank.client_certificate, proxy=blank.proxy)
    bare = Exchange(
        exchange.request_id,
        msgspec.structs.replace(sent, options=options),
        exchange.started_at,
        exchange.hops,
        exchange.outcome,
        exchange.problem,
        exchange.total_ms,
    )
    record = record_of(bare, request_without_secrets(written), origin, mask)
    bodies: list[Kept | None] = []
    fault = ""
    for hop in exchange.hops:
        kept = None
        if hop.body is not None:
            kept = Kept(size_bytes=hop.body.size_bytes)
            if not largest_bytes or kept.size_bytes <= largest_bytes:
                try:
                    kept = files.hold(hop.body, mask)
                except OSError as error:
                    fault = disk_faults.reason(error)
        bodies.append(kept)
    answer = mask.text(_searched(exchange.last)) if exchange.last is not None else ""
    return Entry(record=record, bodies=tuple(bodies), answer=answer, fault=fault)


def reopened(stored: Stored, store: HistoryStore, folder: Path) -> Reopened:
    """The exchange again, its files lent into `folder`; blocks."""
    bodies: list[Spool | None] = []
    missing = 0
    for kept in stored.bodies:
        try:
            bodies.append(_spool(kept, store, folder))
        except FileNotFoundError:
            bodies.append(None)
        missing += kept is not None and bodies[-1] is None
    return Reopened(
        line=stored.line, record=stored.record, exchange=exchange_of(stored.record, bodies), missing=missing
    )


def _spool(kept: Kept | None, store: HistoryStore, folder: Path) -> Spool | None:
    if kept is None or kept.is_left_out:
        return None
    return Spool.over(store.bodies.lend(kept.file, folder)) if kept.file else Spool.of(kept.data)


def _searched(hop: Hop) -> str:
    """The beginning of an answer, if it is text."""
    if hop.body is None or not hop.body.size_bytes:
        return ""
    head = hop.body.read(0, 4 * SEARCHED_CHARACTERS)
    content_type = hop.head.first("content-type") if hop.head is not None else ""
    if pick(content_type, head[:4096]).shown_as != "text":
        return ""
    return head.decode(encoding_of(content_type, head), "replace")[:SEARCHED_CHARACTERS]
