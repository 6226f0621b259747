"""Story: an exchange told line by line as "curl -v" tells it, with times, for the Timeline page."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from httpdesk.core.exchange import Certificate, Exchange, Head, Hop, Outcome, Phase, PhaseTime
from httpdesk.core.wording import duration, size
from httpdesk.ui import tokens
from httpdesk.ui.response_words import received, sent_head_bytes, status, target_of

# The Headers page shows all of them.
_HEADER_LINES = 500


class Line(NamedTuple):
    """One line: `sign` is "" for a heading, "*" for what happened, ">" for what was sent, "<" for what came."""

    sign: str
    words: str
    title: str = ""
    at_ms: float | None = None
    icon: str = ""
    role: str = "text3"

    def __str__(self) -> str:
        told = ": ".join(part for part in (self.title, self.words) if part)
        return f"{self.sign} {told}" if self.sign else told


def _tr(words: str) -> str:
    return QCoreApplication.translate("story", words)


def story(exchange: Exchange) -> list[Line]:
    """All lines, one block a hop."""
    lines: list[Line] = []
    for number, hop in enumerate(exchange.hops, 1):
        if len(exchange.hops) > 1:
            place = _tr("Request {number} of {count}").format(number=number, count=len(exchange.hops))
            lines.append(Line("", f"{hop.method} {hop.url}", place))
        lines += _hop(hop)
    lines += _end(exchange)
    return lines


def first_line_of(lines: list[Line], hop: int) -> int:
    """Where the block of a hop begins."""
    headings = [at for at, line in enumerate(lines) if not line.sign]
    return headings[hop] if hop < len(headings) else 0


def _hop(hop: Hop) -> Iterator[Line]:
    times = {time.phase: time for time in hop.phases}
    yield from _connecting(hop, times)
    if hop.sent_headers or Phase.SEND in times:
        yield from _sent(hop, times)
    for head in hop.interim:
        yield Line("*", _tr("before the answer"), status(head), icon="info", role="info")
        yield from _received(head)
    if Phase.WAIT in times:
        words = _tr("{time} for the first byte").format(time=duration(times[Phase.WAIT].length_ms))
        yield Line("*", words, _tr("Waited"), _at(hop, times, Phase.WAIT), "timer", "info")
    if hop.head is not None:
        yield from _answer(hop, hop.head, times)
    for fault in hop.faults:
        yield Line("*", fault, _tr("Fault"), icon="triangle-alert", role="warning")


def _connecting(hop: Hop, times: dict[Phase, PhaseTime]) -> Iterator[Line]:
    link = hop.connection
    if Phase.QUEUED in times:
        words = duration(times[Phase.QUEUED].length_ms)
        yield Line("*", words, _tr("Queued"), _at(hop, times, Phase.QUEUED), "circle-dot")
    if link.proxy:
        yield Line("*", link.proxy, _tr("Proxy"), icon="network", role="info")
    if Phase.DNS in times:
        words = _joined(duration(times[Phase.DNS].length_ms), ", ".join(link.addresses))
        yield Line("*", words, _tr("DNS"), _at(hop, times, Phase.DNS), "globe", "info")
    ends = _tr("{peer} from {local}").format(peer=link.peer, local=link.local) if link.local else link.peer
    if link.reused:
        yield Line("*", ends, _tr("Reused connection"), _at(hop, times, Phase.SEND), "plug", "success")
    elif Phase.TCP in times:
        words = _joined(duration(times[Phase.TCP].length_ms), ends)
        yield Line("*", words, _tr("New connection"), _at(hop, times, Phase.TCP), "plug", "warning")
    if link.tls_version or Phase.TLS in times:
        yield from _tls(hop, times)


def _tls(hop: Hop, times: dict[Phase, PhaseTime]) -> Iterator[Line]:
    link = hop.connection
    took = duration(times[Phase.TLS].length_ms) if Phase.TLS in times else ""
    version = link.tls_version.replace("TLSv", "TLS ") or "TLS"
    yield Line("*", _joined(took, link.cipher), version, _at(hop, times, Phase.TLS), "lock", "m_patch")
    for number, certificate in enumerate(link.certificates):
        title = _tr("Issuer's certificate") if number else _tr("Certificate")
        yield Line("*", _certificate(certificate), title, icon="shield")
        if certificate.names:
            yield Line("*", ", ".join(certificate.names), _tr("Names"))
        if certificate.sha256:
            yield Line("*", certificate.sha256, "SHA-256")
    if not link.verified:
        words = _tr("the certificate was accepted without a check")
        yield Line("*", words, _tr("Not verified"), icon="shield-alert", role="danger")


def _certificate(certificate: Certificate) -> str:
    return _tr("{subject}, issued by {issuer}, valid from {start} to {end}").format(
        subject=certificate.subject,
        issuer=certificate.issuer,
        start=certificate.not_before[:10],
        end=certificate.not_after[:10],
    )


def _sent(hop: Hop, times: dict[Phase, PhaseTime]) -> Iterator[Line]:
    took = duration(times[Phase.SEND].length_ms) if Phase.SEND in times else ""
    body = _tr("{size} of body").format(size=size(hop.sent_bytes)) if hop.sent_bytes else ""
    words = _joined(took, _headers(len(hop.sent_headers)), size(sent_head_bytes(hop)), body)
    yield Line("*", words, _tr("Request"), _at(hop, times, Phase.SEND), "arrow-up", "warning")
    yield Line(">", f"{hop.method} {target_of(hop)} HTTP/1.1")
    yield from (Line(">", f"{name}: {value}") for name, value in hop.sent_headers)


def _answer(hop: Hop, head: Head, times: dict[Phase, PhaseTime]) -> Iterator[Line]:
    words = _joined(_headers(len(head.headers)), size(hop.head_bytes) if hop.head_bytes else "", *hop.encodings)
    at_ms = _at(hop, times, Phase.DOWNLOAD)
    yield Line("*", words, status(head), at_ms, "arrow-down", tokens.status_role(head.status))
    yield from _received(head)
    took = duration(times[Phase.DOWNLOAD].length_ms) if Phase.DOWNLOAD in times else ""
    end_ms = at_ms + times[Phase.DOWNLOAD].length_ms if at_ms is not None else None
    yield Line("*", _joined(took, received(hop)), _tr("Body"), end_ms, "arrow-down-to-line", "success")
    if hop.trailers:
        yield Line("*", _headers(len(hop.trailers)), _tr("Trailers"), icon="arrow-down", role="success")
        yield from (Line("<", f"{name}: {value}") for name, value in hop.trailers[:_HEADER_LINES])


def _received(head: Head) -> Iterator[Line]:
    yield Line("<", f"HTTP/{head.http_version} {head.status} {head.reason}")
    yield from (Line("<", f"{name}: {value}") for name, value in head.headers[:_HEADER_LINES])
    if len(head.headers) > _HEADER_LINES:
        more = _tr("and {count} more, see Headers").format(count=len(head.headers) - _HEADER_LINES)
        yield Line("*", more, _tr("Headers"))


def _end(exchange: Exchange) -> Iterator[Line]:
    if exchange.outcome is Outcome.DONE:
        yield Line("*", duration(exchange.total_ms), _tr("Done"), exchange.total_ms, "circle-check", "success")
    elif exchange.outcome is Outcome.CANCELLED:
        yield Line("*", _tr("by you"), _tr("Cancelled"), exchange.total_ms, "circle-stop", "warning")
    elif exchange.problem is not None:
        yield Line("*", str(exchange.problem), _tr("Failed"), exchange.total_ms, "circle-x", "danger")
        if exchange.problem.evidence:
            yield Line("*", exchange.problem.evidence)
    yield Line("*", exchange.request_id, _tr("Request id"), icon="hash")


def _headers(count: int) -> str:
    return _tr("1 header") if count == 1 else QCoreApplication.translate("story", "%n headers", "", count)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _at(hop: Hop, times: dict[Phase, PhaseTime], phase: Phase) -> float | None:
    return hop.started_ms + times[phase].start_ms if phase in times else None
