"""Console entries: what one line of the console shows, copied from an exchange with every secret masked."""

import time
from datetime import datetime

import msgspec
from PySide6.QtCore import QCoreApplication

from httpdesk.core import wording
from httpdesk.core.exchange import Connection, Exchange, Hop, Outcome, Phase
from httpdesk.core.problem import Problem
from httpdesk.core.redact import redact
from httpdesk.ui import tokens

_VALUE_CHARACTERS, _DETAIL_CHARACTERS = 2_000, 60_000
_URL_CHARACTERS = 4_000
_NOTE_ROLES = {"info": "info", "warning": "warning", "error": "danger"}

LIMIT = 1_000
"""So many lines are kept."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line; `url` holds the words of a note, `role` is the colour of the status, `level` is info, warning or error.

    `detail` are the facts as text. Nothing here refers to the exchange, whose bodies may go.
    """

    at: str
    request_id: str = ""
    method: str = ""
    url: str
    status: str = ""
    role: str = "text2"
    duration: str = ""
    size: str = ""
    level: str = "info"
    detail: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it tells of no request."""
        return not self.method

    @property
    def spoken(self) -> str:
        """The line as a sentence, for screen readers and for copying."""
        parts = (self.at, self.request_id, self.method, self.url, self.status, self.duration, self.size)
        return "  ".join(part for part in parts if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Console", text)


def note(words: str, level: str = "info") -> Entry:
    """A line that is no request: "info", "warning" or "error"."""
    return Entry(at=_clock(time.time()), url=words, role=_NOTE_ROLES.get(level, "info"), level=level, detail=words)


def of_exchange(exchange: Exchange) -> Entry:
    """The line of a request that has ended."""
    secrets = exchange.request.secrets
    last = exchange.last
    status, role, level = _status(exchange)
    received = last is not None and last.head is not None
    return Entry(
        at=_clock(exchange.started_at),
        request_id=exchange.request_id,
        method=exchange.request.method,
        url=redact(exchange.request.url, secrets)[:_URL_CHARACTERS],
        status=redact(status, secrets),
        role=role,
        duration=wording.duration(exchange.total_ms),
        size=wording.size(last.body.size_bytes if last.body else 0) if last and received else "",
        level=level,
        detail=redact("\n".join(_facts(exchange)), secrets)[:_DETAIL_CHARACTERS],
    )


def _clock(unix_s: float) -> str:
    # The user's own clock is meant.
    return datetime.fromtimestamp(unix_s).astimezone().strftime("%H:%M:%S.%f")[:-3]


def _status(exchange: Exchange) -> tuple[str, str, str]:
    """Words, colour and level."""
    head = exchange.head
    if exchange.outcome == Outcome.CANCELLED:
        return _tr("Cancelled"), "warning", "warning"
    if exchange.problem is not None:
        return exchange.problem.title, "danger", "error"
    if head is None:
        return _tr("No answer"), "danger", "error"
    faulty = exchange.last is not None and bool(exchange.last.faults)
    level = "error" if head.status >= 500 else "warning" if head.status >= 400 or faulty else "info"
    return f"{head.status} {head.reason}".strip(), tokens.status_role(head.status), level


def _facts(exchange: Exchange) -> list[str]:
    lines = [f"{exchange.request.method} {exchange.request.url}"]
    lines.append(_tr("Request {id}, {duration}").format(id=exchange.request_id, duration=_total(exchange)))
    if exchange.problem is not None:
        lines += ["", _tr("Problem"), *_indented(*_problem_lines(exchange.problem))]
    for number, hop in enumerate(exchange.hops, 1):
        if len(exchange.hops) > 1:
            lines += ["", _tr("Hop {number}: {method} {url}").format(number=number, method=hop.method, url=hop.url)]
        lines += _hop_lines(hop)
    if exchange.request.variables:
        pairs = (f"{name} = {value}" for name, value in exchange.request.variables)
        lines += ["", _tr("Variables"), *_indented(*pairs)]
    return lines


def _total(exchange: Exchange) -> str:
    return wording.duration(exchange.total_ms)


def _problem_lines(problem: Problem) -> list[str]:
    return [line for line in (problem.title, problem.detail, problem.evidence) if line]


def _hop_lines(hop: Hop) -> list[str]:
    lines = [
        "",
        _tr("Sent, {size}").format(size=wording.size(hop.sent_bytes)) if hop.sent_bytes else _tr("Sent"),
        *_indented(*_header_lines(hop.sent_headers)),
    ]
    for head in (*hop.interim, hop.head):
        if head is not None:
            first = f"HTTP/{head.http_version} {head.status} {head.reason}".rstrip()
            lines += ["", _tr("Received"), *_indented(first, *_header_lines(head.headers))]
    if hop.head is not None:
        lines += _indented(_body_line(hop))
    if hop.trailers:
        lines += ["", _tr("Trailers"), *_indented(*_header_lines(hop.trailers))]
    if hop.faults:
        lines += ["", _tr("What the server got wrong"), *_indented(*hop.faults)]
    if hop.phases:
        times = (f"{_phase(time.phase):<10} {wording.duration(time.length_ms)}" for time in hop.phases)
        lines += ["", _tr("Time"), *_indented(*times)]
    if connection := _connection_lines(hop.connection):
        lines += ["", _tr("Connection"), *_indented(*connection)]
    return lines


def _body_line(hop: Hop) -> str:
    shown = wording.size(hop.body.size_bytes if hop.body else 0)
    if hop.encodings:
        words = _tr("Body {size}, {transferred} as {encodings}")
        words = words.format(size=shown, transferred=wording.size(hop.wire_bytes), encodings=", ".join(hop.encodings))
    else:
        words = _tr("Body {size}").format(size=shown)
    return words if hop.complete else _tr("{body}, not complete").format(body=words)


def _header_lines(headers: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"{name}: {value[:_VALUE_CHARACTERS]}" for name, value in headers]


def _connection_lines(connection: Connection) -> list[str]:
    if not connection.peer:
        return []
    used = _tr("used again") if connection.reused else _tr("new")
    lines = [f"{connection.peer}, {used}"]
    if connection.proxy:
        lines.append(_tr("through the proxy {proxy}").format(proxy=connection.proxy))
    if connection.tls_version:
        checked = _tr("verified") if connection.verified else _tr("not verified")
        lines.append(f"{connection.tls_version}, {connection.cipher}, {checked}")
    return lines


def _phase(phase: Phase) -> str:
    words = {
        Phase.QUEUED: _tr("Queued"),
        Phase.DNS: _tr("DNS"),
        Phase.TCP: _tr("TCP"),
        Phase.TLS: _tr("TLS"),
        Phase.SEND: _tr("Send"),
        Phase.WAIT: _tr("Wait"),
        Phase.DOWNLOAD: _tr("Download"),
    }
    return words[phase]


def _indented(*lines: str) -> list[str]:
    return [f"  {line}" for line in lines]
