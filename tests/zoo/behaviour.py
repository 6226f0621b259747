"""A behaviour: what a hostile server does with one request, and what a client should make of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# For `status`: whatever is shown. For `fault` and `body`: no matter.
ANY = -1

# What a fault can be about; the tests of a client map these words to its own sentences.
FAULTS = {
    "cut": "the answer ends before its end",
    "extra": "bytes came after the end of the answer",
    "length": "Content-Length is no number, or there are several",
    "framing": "Content-Length and Transfer-Encoding contradict each other, or the transfer coding is unknown",
    "chunk": "a chunk is malformed",
    "header": "a header line is malformed",
    "status-line": "the status line is malformed",
    "not-http": "what came is not HTTP",
    "size": "the head is larger than the client's limits",
    "encoding": "the content does not decode",
    "redirect": "a redirect that can't or must not be followed",
    "no-answer": "the connection ended before an answer",
    "time": "a time limit was reached",
    "interim": "an interim answer that nobody asked for",
}


@dataclass(frozen=True)
class Pause:
    """Send nothing for some seconds."""

    seconds_s: float


@dataclass(frozen=True)
class Later:
    """Bytes that are made when they are asked for, because they are many."""

    make: Callable[[], bytes]


@dataclass(frozen=True)
class Forever:
    """Send the same bytes over and over until the client goes away."""

    data: bytes
    every_s: float = 0.0


# Ends; without one the server closes in an orderly way.
RST = "rst"  # close with a reset
HOLD = "hold"  # keep the connection open and silent until the client goes away
STUCK = "stuck"  # keep the connection open and read nothing, until the zoo closes
DRAIN = "drain"  # end the server's half, read whatever the client still sends, then close
BODY = "body"  # read the body of the request now

Step = bytes | Pause | Later | Forever | str


@dataclass(frozen=True)
class Behaviour:
    """One row of the zoo.

    The server reads the request ("all" of it, its "head" only, or "half" of its body), then takes the steps.
    A client shows `status` (None: no answer, but a problem) and `body` (decoded; only its start when `prefix`),
    and names a `fault` (a key of FAULTS; "" for none; ANY for no matter). `requests` is how many it may send.
    `send`, `method` and `headers` are the request to make; `limits` are time limits that this row needs;
    `follow` says whether redirects are followed. `heavy` rows are too large to be sent in small pieces.
    """

    name: str
    steps: tuple[Step, ...]
    status: int | None = 200
    body: bytes | Later | int = b""
    fault: str | int = ""
    prefix: bool = False
    method: str = "GET"
    send: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    reads: str = "all"
    follow: bool = False
    requests: int = 1
    limits: tuple[tuple[str, float], ...] = ()
    heavy: bool = False

    @property
    def ends(self) -> bool:
        """Whether the server is ever done by itself."""
        return not any(isinstance(step, Forever) or step in {HOLD, STUCK} for step in self.steps)


def row(name: str, *steps: Step, **expected: Any) -> Behaviour:
    """Write a behaviour as one line of a table."""
    return Behaviour(name, steps, **expected)


def head(*headers: bytes, line: bytes = b"HTTP/1.1 200 OK") -> bytes:
    """A status line and header lines, with the empty line."""
    return b"\r\n".join([line, *headers, b"", b""])


def plain(body: bytes, *headers: bytes, line: bytes = b"HTTP/1.1 200 OK") -> bytes:
    """A correct answer with Content-Length."""
    return head(*headers, b"Content-Length: %d" % len(body), line=line) + body


def chunks(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    """Pieces as chunks (RFC 9112, section 7.1)."""
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + end


CHUNKED = b"Transfer-Encoding: chunked"
HELLO = b"hello"
