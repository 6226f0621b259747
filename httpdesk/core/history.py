"""History: what is kept of an exchange: the request as written and as sent, every answer, and what is told of it."""

from collections.abc import Iterable, Sequence

import msgspec

from httpdesk.core.exchange import Body, Connection, Exchange, Head, Hop, Outcome, PhaseTime
from httpdesk.core.problem import Problem, Remedy, Step
from httpdesk.core.redact import Mask
from httpdesk.core.request import HttpRequest
from httpdesk.core.wire import BytesBody, WireRequest

_SENT_BODY_BYTES = 1 << 20


class KeptHop(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A hop without its body; fields as in exchange.Hop."""

    method: str
    url: str
    sent_headers: tuple[tuple[str, str], ...] = ()
    head: Head | None = None
    encodings: tuple[str, ...] = ()
    wire_bytes: int = 0
    sent_bytes: int = 0
    head_bytes: int = 0
    expected_bytes: int | None = None
    complete: bool = False
    faults: tuple[str, ...] = ()
    interim: tuple[Head, ...] = ()
    trailers: tuple[tuple[str, str], ...] = ()
    phases: tuple[PhaseTime, ...] = ()
    connection: Connection = Connection()
    started_ms: float = 0.0


class KeptProblem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A Problem as it can be written; fields as there."""

    title: str
    detail: str = ""
    kind: str = "invalid"
    where: str = ""
    evidence: str = ""
    steps: tuple[Step, ...] = ()
    remedies: tuple[Remedy, ...] = ()


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a request came from: what it is called, its file in which workspace ("" for none), the environment."""

    name: str = ""
    workspace: str = ""
    path: str = ""
    environment: str = ""


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One exchange as it is kept, secrets masked: `written` has its variables, `sent` went out."""

    request_id: str
    written: HttpRequest
    sent: WireRequest
    origin: Origin
    started_at: float
    total_ms: float
    outcome: Outcome
    hops: tuple[KeptHop, ...] = ()
    problem: KeptProblem | None = None

    @property
    def key(self) -> str:
        """What makes two exchanges those of one request."""
        return key_of(self.origin, self.written)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange as a list shows it; `status` is 0 without an answer, `size_bytes` that of the last body."""

    id: int
    at: float
    method: str
    url: str
    name: str = ""
    environment: str = ""
    status: int = 0
    reason: str = ""
    outcome: Outcome = Outcome.DONE
    total_ms: float = 0.0
    size_bytes: int = 0
    pinned: bool = False
    unverified: bool = False


def key_of(origin: Origin, written: HttpRequest) -> str:
    """The file of a saved request; of another one method and URL as written, without the query."""
    if origin.path:
        return f"{origin.workspace}\n{origin.path}"
    return f"{written.method} {written.url.partition('?')[0]}"


def record_of(exchange: Exchange, written: HttpRequest, origin: Origin, mask: Mask) -> Record:
    """What is kept of an exchange that has ended; `written` and the options of the request are blank already."""
    problem = exchange.problem
    record = Record(
        request_id=exchange.request_id,
        written=written,
        sent=_bounded(exchange.request),
        origin=origin,
        started_at=exchange.started_at,
        total_ms=exchange.total_ms,
        outcome=exchange.outcome or Outcome.CANCELLED,
        hops=tuple(_kept(hop) for hop in exchange.hops),
        problem=None if problem is None else _kept_problem(problem),
    )
    return mask.noun(record)


def exchange_of(record: Record, bodies: Sequence[Body | None]) -> Exchange:
    """The exchange again, to be shown; `bodies` are those of its hops."""
    kept = record.problem
    return Exchange(
        request_id=record.request_id,
        request=record.sent,
        started_at=record.started_at,
        hops=[_again(hop, body) for hop, body in zip(record.hops, bodies, strict=True)],
        outcome=record.outcome,
        problem=None if kept is None else Problem(**msgspec.structs.asdict(kept)),
        total_ms=record.total_ms,
    )


def line_of(record: Record, size_bytes: int) -> Line:
    """The exchange as a list shows it; its id comes with the first writing."""
    last = record.hops[-1] if record.hops else None
    head = last.head if last is not None else None
    return Line(
        id=0,
        at=record.started_at,
        method=record.sent.method,
        url=record.sent.url,
        name=record.origin.name,
        environment=record.origin.environment,
        status=head.status if head is not None else 0,
        reason=head.reason if head is not None else "",
        outcome=record.outcome,
        total_ms=record.total_ms,
        size_bytes=size_bytes,
        unverified=any(not hop.connection.verified for hop in record.hops),
    )


def header_text(record: Record) -> str:
    """Every header that was sent or received, one a line, to be searched in."""
    pairs: list[tuple[str, str]] = []
    for hop in record.hops:
        pairs += hop.sent_headers
        pairs += hop.head.headers if hop.head is not None else ()
    return _lines(pairs or [(header.name, header.value) for header in record.sent.headers])


def sent_text(record: Record) -> str:
    """The body that was sent, as far as it is text in memory, to be searched in."""
    body = record.sent.body
    if isinstance(body, BytesBody):
        return "" if b"\0" in body.data[:1024] else body.data.decode("utf-8", "replace")
    parts = getattr(body, "parts", ())
    return _lines((part.name, " ".join((part.value, *part.files))) for part in parts)


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in dict.fromkeys(pairs))


def _bounded(sent: WireRequest) -> WireRequest:
    """The request as sent, of a body no more than the first MB; what is secret in it is not kept as such."""
    body = sent.body
    if isinstance(body, BytesBody) and len(body.data) > _SENT_BODY_BYTES:
        body = BytesBody(data=body.data[:_SENT_BODY_BYTES])
    return msgspec.structs.replace(sent, body=body, secrets=frozenset())


def _kept(hop: Hop) -> KeptHop:
    parts = {name: getattr(hop, name) for name in KeptHop.__struct_fields__}
    return KeptHop(**parts | {"faults": tuple(hop.faults), "interim": tuple(hop.interim)})


def _again(hop: KeptHop, body: Body | None) -> Hop:
    parts = msgspec.structs.asdict(hop)
    return Hop(**parts | {"faults": list(hop.faults), "interim": list(hop.interim), "body": body})


def _kept_problem(problem: Problem) -> KeptProblem:
    return KeptProblem(**{name: getattr(problem, name) for name in KeptProblem.__struct_fields__})
