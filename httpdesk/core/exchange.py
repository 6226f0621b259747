"""Exchange: what was sent, every answer on the way, and all that is known of the connection and the time it took."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import msgspec

from httpdesk.core.problem import Problem, Stage
from httpdesk.core.wire import WireRequest

if TYPE_CHECKING:
    from pathlib import PurePath


class Body(Protocol):
    """The bytes of an answer as body/spool.py keeps them: growing until `finished`."""

    @property
    def size_bytes(self) -> int: ...  # noqa: D102
    @property
    def finished(self) -> bool: ...  # noqa: D102
    @property
    def path(self) -> "PurePath | None": ...  # noqa: D102
    def read(self, start: int, stop: int) -> bytes: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class Phase(StrEnum):
    """The parts of the time between Send and the last byte, in order."""

    QUEUED = "queued"
    DNS = "dns"
    TCP = "tcp"
    TLS = "tls"
    SEND = "send"
    WAIT = "wait"
    DOWNLOAD = "download"


class PhaseTime(msgspec.Struct, frozen=True, kw_only=True):
    """When a phase began after the hop's start, and how long it was (ms)."""

    phase: Phase
    start_ms: float
    length_ms: float


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate of the server's chain, its own first; times are ISO 8601 dates."""

    subject: str
    issuer: str
    not_before: str
    not_after: str
    names: tuple[str, ...] = ()
    sha256: str = ""


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """The connection an answer came over; addresses are "ip:port", TLS fields are empty on plain HTTP.

    `verified` is False when a certificate was accepted without a check.
    """

    peer: str = ""
    local: str = ""
    addresses: tuple[str, ...] = ()
    reused: bool = False
    proxy: str = ""
    tls_version: str = ""
    cipher: str = ""
    certificates: tuple[Certificate, ...] = ()
    verified: bool = True


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Status line and headers as received, in order and spelling; `http_version` is such as "1.1"."""

    status: int
    reason: str
    http_version: str = "1.1"
    headers: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a header, in any case."""
        return tuple(value for key, value in self.headers if key.lower() == name.lower())

    def first(self, name: str, default: str = "") -> str:
        """The first value of a header, in any case."""
        return next(iter(self.all(name)), default)


@dataclass
class Hop:
    """One request and its answer; a send has one, and one more for each redirect that was followed.

    `wire_bytes` counts the body as transferred, `body.size_bytes` as decoded; `faults` name in words what the server
    got wrong (the answer is shown all the same); `interim` holds the first 1xx answers; `sent_headers` are the bytes'
    own headers, redacted.
    """

    method: str
    url: str
    sent_headers: tuple[tuple[str, str], ...] = ()
    head: Head | None = None
    body: Body | None = None
    encodings: tuple[str, ...] = ()
    wire_bytes: int = 0
    sent_bytes: int = 0
    head_bytes: int = 0
    expected_bytes: int | None = None
    complete: bool = False
    faults: list[str] = field(default_factory=list)
    interim: list[Head] = field(default_factory=list)
    trailers: tuple[tuple[str, str], ...] = ()
    phases: tuple[PhaseTime, ...] = ()
    connection: Connection = field(default_factory=Connection)
    started_ms: float = 0.0


class Outcome(StrEnum):
    """How a send ended."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass
class Exchange:
    """One press of Send: its id (in log and console), its hops, and how it ended; `started_at` is Unix time."""

    request_id: str
    request: WireRequest
    started_at: float
    hops: list[Hop] = field(default_factory=list)
    outcome: Outcome | None = None
    problem: Problem | None = None
    total_ms: float = 0.0

    @property
    def last(self) -> Hop | None:
        """The hop whose answer is shown."""
        return self.hops[-1] if self.hops else None

    @property
    def head(self) -> Head | None:
        """Status and headers of the last answer."""
        return self.last.head if self.last else None


# Events of a send, in the order in which they come: Reached*, Answered, Progress*, for each hop; then Finished.


class Reached(msgspec.Struct, frozen=True):
    """A step of the send begins, for the words under the ticking time."""

    stage: Stage


@dataclass(frozen=True)
class Answered:
    """The head of an answer is here; its body grows in `hop.body`."""

    hop: Hop


@dataclass(frozen=True)
class Progress:
    """Body bytes so far (at most some 30 a second)."""

    hop: Hop


@dataclass(frozen=True)
class Finished:
    """The end, whatever it was; nothing follows."""

    exchange: Exchange


Event = Reached | Answered | Progress | Finished
