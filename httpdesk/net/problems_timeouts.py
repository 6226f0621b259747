"""Time limits that ran out, as Problems: which one, how long it is, and how far the send had got."""

from typing import NamedTuple

from httpdesk.core import wording
from httpdesk.core.exchange import Phase
from httpdesk.core.problem import Problem, Remedy
from httpdesk.net.failure import NOT_SENT, Failure
from httpdesk.net.track import STAGES

_MAY_HAVE_ACTED = "The server may have acted on it all the same."


class Limit(NamedTuple):
    """A time limit: the kind of its Problem, its option, and what it is called in the settings."""

    kind: str
    option: str
    name: str


TOTAL = Limit("timeout-total", "total_s", "total")
HEADERS = Limit("timeout-headers", "headers_s", "headers")
CONNECT = Limit("timeout-connect", "connect_s", "connect")
SOCK_CONNECT = Limit("timeout-connect", "sock_connect_s", "socket connect")
SOCK_READ = Limit("timeout-read", "sock_read_s", "socket read")


def connect_limit(failure: Failure) -> Limit:
    """Which of the two limits of connecting ran out; aiohttp does not tell."""
    whole_s, one_s = failure.options.connect_s, failure.options.sock_connect_s
    if failure.phase not in (Phase.TCP, Phase.TLS) or not one_s:
        return CONNECT
    if not whole_s or failure.track is None:
        return SOCK_CONNECT
    phases = (Phase.QUEUED, Phase.DNS, Phase.TCP, Phase.TLS)
    spent_ms = sum(failure.track.length_ms(phase) or 0.0 for phase in phases) + failure.track.running_ms()
    return CONNECT if spent_ms >= whole_s * 1000 * 0.99 else SOCK_CONNECT


def timeout_problem(failure: Failure, limit: Limit, limit_s: float | None = None) -> Problem:
    """The Problem of a limit that ran out; `limit_s` where the error knows better than the options."""
    seconds = limit_s or getattr(failure.options, limit.option)
    words = wording.limit(seconds) if seconds else "the limit"
    title, happened = _what(failure, words)
    more_s = seconds * 2 if seconds else 60.0
    more = wording.limit(more_s)
    remedies = [
        Remedy(
            text=f"Allow {more} and send again",
            label=f"Wait {more}",
            action="set_time_limit",
            value=f"{limit.option}={more_s:g}",
        ),
        *_advice(failure),
    ]
    return failure.problem(
        limit.kind,
        title,
        f"{happened} Limit: {limit.name}, {words}.",
        *remedies,
        at=STAGES[failure.phase],
        note=f"no end within {words}, the limit “{limit.name}”",
    )


def _what(failure: Failure, words: str) -> tuple[str, str]:
    """Title and what happened."""
    track, phase = failure.track, failure.phase
    if phase in (Phase.QUEUED, Phase.DNS, Phase.TCP, Phase.TLS):
        title, happened = _before_request(failure, words)
        return title, f"{happened} {NOT_SENT}"
    sent = wording.size(track.hop.sent_bytes) if track else ""
    if phase is Phase.SEND:
        return f"The request was not sent whole within {words}", f"{failure.host} took {sent} of the body and no more."
    if phase is Phase.WAIT or track is None or track.hop.head is None:
        came = "The head of the answer had begun to come." if _begun(failure) else "It sent nothing back."
        return f"No answer within {words}", f"{failure.host} took the request. {came} {_MAY_HAVE_ACTED}"
    got = wording.size(track.hop.wire_bytes)
    whole = f" of {wording.size(track.hop.expected_bytes)}" if track.hop.expected_bytes else ""
    return f"The answer did not end within {words}", f"{got}{whole} of its body had come and are kept."


def _before_request(failure: Failure, words: str) -> tuple[str, str]:
    if failure.phase is Phase.QUEUED:
        return f"No free connection within {words}", "Every connection that may be made is in use by other requests."
    if failure.phase is Phase.DNS:
        return f"No address within {words}", f"The name server did not answer about {failure.host}."
    who = f"The proxy {failure.through}" if failure.proxy else failure.place
    if failure.phase is Phase.TCP:
        return f"No connection within {words}", f"{who} does not answer: nothing came back."
    return f"No TLS handshake within {words}", f"{who} accepted the connection and said no more."


def _begun(failure: Failure) -> bool:
    track = failure.track
    return track is not None and track.answer is not None and track.answer.started


def _advice(failure: Failure) -> list[Remedy]:
    if failure.phase is Phase.QUEUED:
        return [
            Remedy(text="Cancel requests that hang, or allow more connections in the settings"),
        ]
    if failure.phase is Phase.TCP:
        return [
            Remedy(text="Check that the server is up, and that no firewall drops what is sent to its port"),
            Remedy(text="Check host and port in the URL"),
        ]
    if failure.phase is Phase.TLS and failure.scheme == "https":
        return [Remedy(text="Check that this port speaks TLS; plain HTTP is http://")]
    if failure.phase is Phase.DNS:
        return [Remedy(text="Check the network connection, and the VPN where one is needed")]
    return [Remedy(text="Look at the log of the server: what does it wait for?")]
