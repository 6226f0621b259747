"""Track: one hop while it is under way: how far it got, when, and over which addresses."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextvars import ContextVar
from time import perf_counter
from typing import TYPE_CHECKING, Any

import msgspec

from httpdesk.core.exchange import Connection, Hop, Phase, PhaseTime
from httpdesk.core.options import Effective
from httpdesk.core.problem import Stage
from httpdesk.net.certificates import chain_of

if TYPE_CHECKING:
    from httpdesk.net.answer import AnswerParser
    from httpdesk.net.handler import AnswerHandler

STAGES = {
    Phase.QUEUED: Stage.ADDRESS,
    Phase.DNS: Stage.ADDRESS,
    Phase.TCP: Stage.TCP,
    Phase.TLS: Stage.TLS,
    Phase.SEND: Stage.REQUEST,
    Phase.WAIT: Stage.ANSWER,
    Phase.DOWNLOAD: Stage.ANSWER,
}


class Track:
    """Times the phases of one hop and collects what the connector learns; `reached` is told of each new stage.

    `handler` is the connection's protocol once there is one, `answer` its parser; `on_sent` is called when the last
    byte of the request is out. `proxy` is the URL of the proxy without credentials, `port` the port of `addresses`.
    `variables` are the names and values that made the request (secret ones masked), `redirected` says that a redirect
    led here.
    """

    def __init__(self, hop: Hop, reached: Callable[[Stage], None], options: Effective | None = None) -> None:
        self.hop = hop
        self.options = options
        self.proxy = ""
        self.port = 0
        self.variables: tuple[tuple[str, str], ...] = ()
        self.redirected = False
        self.chain: tuple[bytes, ...] = ()
        self.on_sent: Callable[[], None] | None = None
        self.handler: AnswerHandler | None = None
        self.answer: AnswerParser | None = None
        self.secure = False
        self.addresses: tuple[str, ...] = ()
        self.looked_up = False
        self.reused = False
        self.stage = Stage.VARIABLES
        self._reached = reached
        self._spans: list[tuple[Phase, float, float]] = []
        self._phase = Phase.QUEUED
        self._since = self._started = perf_counter()

    @property
    def phase(self) -> Phase:
        """The phase that runs now, or in which it ended."""
        return self._phase

    def switch(self, phase: Phase) -> None:
        """End the running phase and begin another (some come again, such as TCP for a second address)."""
        now = perf_counter()
        self._spans.append((self._phase, self._since, now))
        self._phase, self._since = phase, now
        if STAGES[phase] is not self.stage:
            self.stage = STAGES[phase]
            self._reached(self.stage)

    def request_sent(self) -> None:
        """The last byte of the request is out (called for each request by the handler)."""
        if self._phase is Phase.SEND:
            self.switch(Phase.WAIT)
        if self.on_sent is not None:
            self.on_sent()

    def stop(self) -> None:
        """The hop is over; the times stand still."""
        self._spans.append((self._phase, self._since, perf_counter()))
        self._since = self._spans[-1][2]
        self.hop.phases = self.phases()
        if not self.hop.connection.peer:
            addresses = tuple(address((host, self.port)) for host in self.addresses)
            self.hop.connection = Connection(addresses=addresses, proxy=self.proxy)

    def running_ms(self) -> float:
        """How long the running phase has lasted."""
        return (perf_counter() - self._since) * 1000

    def length_ms(self, phase: Phase) -> float | None:
        """How long a phase was in all, None when it did not happen."""
        spans = [end - start for found, start, end in self._spans if found is phase]
        return sum(spans) * 1000 if spans else None

    def phases(self) -> tuple[PhaseTime, ...]:
        """Every phase that happened, in order."""
        times = []
        for phase in Phase:
            spans = [(start, end) for found, start, end in self._spans if found is phase]
            if spans:
                length = sum(end - start for start, end in spans)
                start_ms = (spans[0][0] - self._started) * 1000
                times.append(PhaseTime(phase=phase, start_ms=start_ms, length_ms=length * 1000))
        return tuple(times)

    def connected(self, transport: asyncio.BaseTransport | None, verified: bool) -> None:
        """A new connection is there: keep what is known of it in the hop; `chain` has its certificates."""
        found = transport.get_extra_info if transport is not None else _nothing
        secure: ssl.SSLObject | None = found("ssl_object")
        cipher = secure.cipher() if secure is not None else None
        self.chain = chain_of(secure) if secure is not None else ()
        self.hop.connection = Connection(
            peer=address(found("peername")),
            local=address(found("sockname")),
            addresses=tuple(address((host, self.port)) for host in self.addresses),
            proxy=self.proxy,
            tls_version=(secure.version() or "") if secure is not None else "",
            cipher=cipher[0] if cipher else "",
            verified=verified or secure is None,
        )

    def reuses(self, connection: Connection, chain: tuple[bytes, ...]) -> None:
        """A kept connection carries this hop."""
        self.reused, self.chain = True, chain
        self.hop.connection = msgspec.structs.replace(connection, reused=True)


def address(found: Any) -> str:
    """A socket's address as "ip:port", empty where there is none."""
    if not isinstance(found, tuple) or len(found) < 2:
        return ""
    host, port = found[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _nothing(_name: str) -> None:
    return None


CURRENT: ContextVar[Track] = ContextVar("track")
"""The hop that the running task sends: aiohttp hands no request of ours down to the connector's inner steps."""
