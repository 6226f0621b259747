"""Failure: an exception of the network with all that is known of its hop, from which the sentences are made."""

import contextlib
import errno
import socket
import ssl
from collections.abc import Iterator
from typing import TypeVar

from aiohttp import ClientConnectorError, ClientError

from httpdesk.core import urls
from httpdesk.core.exchange import Phase
from httpdesk.core.options import Effective
from httpdesk.core.problem import Problem, Remedy, Stage
from httpdesk.net.steps import steps_of
from httpdesk.net.track import Track

AnyError = TypeVar("AnyError", bound=BaseException)

NOT_SENT = "The request was not sent."
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Failure:
    """One failed hop; `place` is what was connected to: the proxy where there is one and it failed, else the server."""

    def __init__(self, error: Exception, track: Track | None) -> None:
        self.error, self.track = error, track
        self.causes = tuple(_causes(error))
        self.phase = track.phase if track else Phase.QUEUED
        self.options = (track.options if track else None) or Effective()
        self.url = track.hop.url if track else ""
        self.proxy = track.proxy if track else ""
        self.scheme, self.host, self.port = _target_of(self.url, error)
        self.redirected = track is not None and track.redirected
        self.through = self.proxy.rpartition("/")[2] if self.proxy else ""

    @property
    def place(self) -> str:
        """Host and port in words."""
        return f"{self.host} port {self.port}" if self.port else self.host or "the server"

    def scheme_remedy(self, scheme: str, text: str) -> Remedy:
        """Another scheme, with a button where the URL is the one that was typed."""
        _, separator, rest = self.url.partition("://")
        if not separator or self.redirected:
            return Remedy(text=text)
        return Remedy(text=text, label=f"Use {scheme}", action="replace_url", value=f"{scheme}://{rest}")

    @property
    def is_local(self) -> bool:
        """Whether the server should run on this computer."""
        return self.host in LOOPBACK or self.host.endswith(".localhost") or self.host.startswith("127.")

    @property
    def elapsed_ms(self) -> float:
        """How long the phase that failed has lasted."""
        if self.track is None:
            return 0.0
        return (self.track.length_ms(self.phase) or 0.0) + self.track.running_ms()

    @property
    def tls_error(self) -> ssl.SSLError | None:
        """What OpenSSL said; aiohttp's errors are SSLErrors too, but empty ones."""
        found = (
            cause for cause in self.causes if isinstance(cause, ssl.SSLError) and not isinstance(cause, ClientError)
        )
        return next(found, None)

    def cause(self, kind: type[AnyError]) -> AnyError | None:
        """The first cause of a class, the outermost first."""
        return next((cause for cause in self.causes if isinstance(cause, kind)), None)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The error numbers of the operating system; several where several addresses failed in several ways."""
        found = dict.fromkeys(number for cause in self.causes for number in _numbers(cause))
        return tuple(found)

    def is_any(self, *names: str) -> bool:
        """Whether the operating system said one of these, such as "ECONNREFUSED"."""
        return bool({getattr(errno, name) for name in names if hasattr(errno, name)} & set(self.numbers))

    def problem(
        self, kind: str, title: str, detail: str, *remedies: Remedy, at: Stage, note: str, where: str = ""
    ) -> Problem:
        """The Problem; `note` stands beside the step that failed."""
        if self.redirected:
            detail = f"{detail} A redirect led to {self.scheme}://{self.host}."
        return Problem(
            title,
            detail,
            kind=kind,
            where=where,
            evidence=self.evidence,
            steps=steps_of(self.track, at, note),
            remedies=remedies[:3],
        )

    @property
    def evidence(self) -> str:
        """Small print: the class, and what the operating system or OpenSSL calls it."""
        words = [type(self.error).__name__]
        if (tls := self.tls_error) is not None:
            code = getattr(tls, "verify_code", None)
            words.append(f"{getattr(tls, 'reason', None) or 'SSLError'} {'' if code is None else code}".strip())
        elif (name := self.cause(socket.gaierror)) is not None:
            words.append(f"getaddrinfo {name.errno}")
        elif self.numbers:
            words += [f"errno {number} {errno.errorcode.get(number, '')}".strip() for number in self.numbers]
        if self.track is not None:
            words.append(f"in phase {self.phase}")
        return ", ".join(words)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        found = waiting.pop(0)
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        inner = (getattr(found, name, None) for name in ("certificate_error", "os_error", "__cause__"))
        waiting += [cause for cause in inner if isinstance(cause, BaseException)]


def _numbers(error: BaseException) -> Iterator[int]:
    if not isinstance(error, OSError) or isinstance(error, ssl.SSLError | socket.gaierror):
        return
    if error.errno is not None:
        yield error.errno
    elif type(error) is OSError:
        # aiohappyeyeballs: "Multiple exceptions: [Errno 111] Connect call failed ..., [Errno 101] ...".
        for piece in str(error).split("[Errno ")[1:]:
            number = piece.partition("]")[0]
            if number.isdecimal():
                yield int(number)


def _target_of(url: str, error: Exception) -> urls.Target:
    if "://" in url:
        with contextlib.suppress(Problem, ValueError):
            return urls.target(url)
    if isinstance(error, ClientConnectorError):
        return urls.Target("https" if error.ssl else "http", error.host, error.port or 0)
    return urls.Target("http", "", 0)
