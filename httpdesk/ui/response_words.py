"""Words for an answer: status, steps, phases, sizes and the connection, as every page of the response says them."""

from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from httpdesk.core.exchange import Connection, Exchange, Head, Hop, Outcome, Phase
from httpdesk.core.problem import Problem, Stage, StepState
from httpdesk.core.wording import duration, size
from httpdesk.ui import tokens
from httpdesk.ui.code_view_signs import make_visible

_REASON_CHARACTERS = 40
_PHASE_ROLES = {
    Phase.QUEUED: "d0",
    Phase.DNS: "d6",
    Phase.TCP: "d3",
    Phase.TLS: "d4",
    Phase.SEND: "d2",
    Phase.WAIT: "d1",
    Phase.DOWNLOAD: "d2",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("response", words)


def status(head: Head) -> str:
    """Code and reason as the server sent them: "200 OK"."""
    reason = make_visible(head.reason.strip()[:_REASON_CHARACTERS])[0]
    return f"{head.status:03d} {reason}".rstrip()


def step(stage: Stage) -> str:
    """What goes on now, beside the ticking time."""
    return {
        Stage.VARIABLES: _tr("Preparing"),
        Stage.ADDRESS: _tr("Looking up the address"),
        Stage.TCP: _tr("Connecting"),
        Stage.TLS: _tr("TLS handshake"),
        Stage.REQUEST: _tr("Sending"),
        Stage.ANSWER: _tr("Waiting for server"),
    }[stage]


def step_name(stage: Stage) -> str:
    """A step on the error page."""
    return {
        Stage.VARIABLES: _tr("Variables resolved"),
        Stage.ADDRESS: _tr("Address found"),
        Stage.TCP: _tr("TCP connect"),
        Stage.TLS: _tr("TLS handshake"),
        Stage.REQUEST: _tr("Request sent"),
        Stage.ANSWER: _tr("Answer"),
    }[stage]


def phase(kind: Phase) -> str:
    """A phase of the waterfall."""
    return {
        Phase.QUEUED: _tr("Waiting for a slot"),
        Phase.DNS: _tr("DNS lookup"),
        Phase.TCP: _tr("TCP connect"),
        Phase.TLS: _tr("TLS handshake"),
        Phase.SEND: _tr("Sending"),
        Phase.WAIT: _tr("Waiting for server"),
        Phase.DOWNLOAD: _tr("Download"),
    }[kind]


def phase_role(kind: Phase) -> str:
    """The colour of a phase."""
    return _PHASE_ROLES[kind]


def problem_pill(problem: Problem) -> str:
    """The pill of a send without an answer: what is surely true in two words."""
    if problem.kind.startswith("timeout"):
        return _tr("Timeout")
    sent = any(step.stage is Stage.REQUEST and step.state is StepState.DONE for step in problem.steps)
    return _tr("No answer") if sent else _tr("Not sent")


def pill(exchange: Exchange, hop: Hop | None) -> tuple[str, str]:
    """Words and colour role of the status pill of a finished send, while this hop is shown."""
    is_last = hop is exchange.last
    if is_last and exchange.outcome is Outcome.CANCELLED:
        return _tr("Cancelled"), "warning"
    if hop is not None and hop.head is not None:
        return status(hop.head), tokens.status_role(hop.head.status)
    if exchange.problem is not None:
        return problem_pill(exchange.problem), "danger"
    return _tr("No answer"), "danger"


def request_went_out(hop: Hop | None) -> bool:
    """Whether bytes of the request may have reached the server."""
    return hop is not None and (hop.sent_bytes > 0 or any(time.phase is Phase.SEND for time in hop.phases))


def received_bytes(hop: Hop) -> int:
    """How much of a body has come, as transferred."""
    return hop.wire_bytes or (hop.body.size_bytes if hop.body is not None else 0)


def body_bytes(hop: Hop) -> int:
    """How large a body is, unpacked."""
    return hop.body.size_bytes if hop.body is not None else 0


def progress(hop: Hop) -> str:
    """How much has come of how much: "38.1 of 100 MB"."""
    done = size(received_bytes(hop))
    if not hop.expected_bytes:
        return done
    whole = size(hop.expected_bytes)
    number, _, unit = done.partition("\u202f")
    return _tr("{done} of {whole}").format(done=number if whole.endswith(f"\u202f{unit}") else done, whole=whole)


def size_of(hop: Hop) -> str:
    """The size of a body that came, and of how much where that was not all; "" where there was no answer."""
    if hop.head is None:
        return ""
    return size(received_bytes(hop)) if hop.complete else progress(hop)


def received(hop: Hop) -> str:
    """The size of a body, on the wire and unpacked: "12.4 KB (71.9 KB unpacked, gzip)"."""
    wire, unpacked = received_bytes(hop), body_bytes(hop)
    if not hop.encodings:
        return size(wire)
    return _tr("{wire} ({unpacked} unpacked, {how})").format(
        wire=size(wire), unpacked=size(unpacked), how=", ".join(hop.encodings)
    )


def sizes(hop: Hop) -> list[tuple[str, str]]:
    """Every size that is known of a hop, as (what, how much)."""
    facts = [(_tr("Body, as transferred"), size(received_bytes(hop))), (_tr("Body, unpacked"), size(body_bytes(hop)))]
    if hop.encodings:
        facts.append((_tr("Packed with"), ", ".join(hop.encodings)))
    if hop.expected_bytes is not None:
        facts.append((_tr("Announced length"), size(hop.expected_bytes)))
    facts.append((_tr("Headers"), size(hop.head_bytes)))
    facts.append((_tr("Request headers"), size(sent_head_bytes(hop))))
    facts.append((_tr("Request body"), size(hop.sent_bytes)))
    return facts


def connection(hop: Hop) -> list[tuple[str, str]]:
    """What is known of a hop's connection, as (what, words)."""
    link = hop.connection
    facts = [(_tr("Connection"), _tr("reused") if link.reused else _tr("new"))]
    if link.peer:
        facts.append((_tr("Address"), f"{link.peer} ({family(link.peer)})"))
    if link.proxy:
        facts.append((_tr("Proxy"), link.proxy))
    if hop.head is not None:
        facts.append((_tr("Protocol"), f"HTTP/{hop.head.http_version}"))
    if link.tls_version:
        facts.append((_tr("TLS"), tls(link)))
    facts.append((_tr("Sent / received"), f"{size(sent_head_bytes(hop) + hop.sent_bytes)} / {received(hop)}"))
    return facts


def tls(link: Connection) -> str:
    """TLS version, cipher and how long the certificate is valid, in one line."""
    parts = [link.tls_version.removeprefix("TLSv").removeprefix("TLS "), link.cipher]
    if link.certificates:
        parts.append(_tr("valid until {date}").format(date=link.certificates[0].not_after[:10]))
    if not link.verified:
        parts.append(_tr("not verified"))
    return ", ".join(part for part in parts if part)


def family(peer: str) -> str:
    """IPv4 or IPv6, of "ip:port"."""
    return "IPv6" if peer.count(":") > 1 else "IPv4"


def host_of(url: str) -> str:
    """The host of a URL, or nothing where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def target_of(hop: Hop) -> str:
    """The request target as it stands in the request line."""
    try:
        parts = urlsplit(hop.url)
    except ValueError:
        return hop.url
    if hop.connection.proxy and parts.scheme == "http":
        return hop.url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def sent_head_bytes(hop: Hop) -> int:
    """How large request line and headers are as sent (HTTP/1.1); secrets that are masked count as shown."""
    if not hop.sent_headers:
        return 0
    line = len(f"{hop.method} {target_of(hop)} HTTP/1.1\r\n\r\n".encode())
    return line + sum(len(f"{name}: {value}\r\n".encode("utf-8", "replace")) for name, value in hop.sent_headers)


def ended(exchange: Exchange) -> str:
    """The end of a request for who does not see it: "200 OK, 184 ms, 12.4 KB"."""
    words, _ = pill(exchange, exchange.last)
    if exchange.problem is not None and exchange.head is None:
        return f"{words}: {exchange.problem.title}"
    parts = [words, duration(exchange.total_ms)]
    if exchange.last is not None and exchange.head is not None:
        parts.append(size(received_bytes(exchange.last)))
    return ", ".join(parts)


def length_ms(hop: Hop) -> float:
    """How long a hop took, from its first step to its last byte."""
    return max((part.start_ms + part.length_ms for part in hop.phases), default=0.0)
