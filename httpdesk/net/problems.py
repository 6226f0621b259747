"""Every failure of the network as one Problem: what failed, how far it got, and what to try.

A new explanation is a function in problems_<noun>.py that makes a Problem, one line in _EXPLAINED (or in the tables of
problems_tls.py and problems_certificate.py), and its kind in EXIT_CODES.
"""

import re
import socket
import ssl
from collections.abc import Callable

import aiohttp

from httpdesk.core import wording
from httpdesk.core.exchange import Phase
from httpdesk.core.problem import Problem, Remedy, Stage
from httpdesk.net import problems_timeouts as timeouts
from httpdesk.net.failure import Failure
from httpdesk.net.problems_connect import connect_problem, proxy_answer_problem, proxy_connect_problem, too_many_files
from httpdesk.net.problems_cut import cut_problem
from httpdesk.net.problems_dns import name_problem
from httpdesk.net.problems_tls import handshake_cut, tls_problem
from httpdesk.net.track import Track
from httpdesk.net.transport import HeadersTimeout, TotalTimeout

EXIT_CODES: dict[str, int] = {
    # 2: the request itself is wrong, nothing was tried (curl: usage)
    "invalid": 2,
    "bad-url": 2,
    "bad-method": 2,
    "bad-header-name": 2,
    "bad-header-value": 2,
    "bad-text": 2,
    "bad-auth": 2,
    "bad-proxy": 2,
    "proxy-unsupported": 2,
    "empty-path-parameter": 2,
    # 3: variables
    "unknown-variable": 3,
    "variable-circle": 3,
    # 4: files that the request or the settings name
    "no-file": 4,
    "file-missing": 4,
    "file-is-folder": 4,
    "file-denied": 4,
    "file-unreadable": 4,
    "broken-file": 4,
    "bad-ca-file": 4,
    "bad-client-certificate": 4,
    "wrong-passphrase": 4,
    # From here on the numbers are those of curl. 5: the name of the proxy, 6: the name of the server
    "proxy-name": 5,
    "name-unknown": 6,
    "name-lookup": 6,
    # 7: no connection
    "refused": 7,
    "unreachable": 7,
    "blocked": 7,
    "reset-connect": 7,
    "connect-failed": 7,
    "too-many-files": 7,
    "proxy-unreachable": 7,
    # 23: what arrives can't be written to the disk
    "disk-full": 23,
    "disk": 23,
    # 28: a time limit
    "timeout-total": 28,
    "timeout-headers": 28,
    "timeout-connect": 28,
    "timeout-read": 28,
    "timeout-system": 28,
    # 35: the TLS handshake
    "tls-plain-http": 35,
    "tls-version": 35,
    "tls-cipher": 35,
    "tls-weak": 35,
    "tls-name": 35,
    "tls-cut": 35,
    "tls-failed": 35,
    # 47: redirects
    "too-many-redirects": 47,
    # 52, 55, 56: no answer, broken while sending, broken while receiving
    "empty-answer": 52,
    "reset-sending": 55,
    "reset": 56,
    "cut-answer": 56,
    "network": 56,
    # 58: the client certificate, 60: the certificate of the server
    "client-certificate-required": 58,
    "client-certificate-refused": 58,
    "certificate-expired": 60,
    "certificate-not-yet-valid": 60,
    "certificate-self-signed": 60,
    "certificate-unknown-authority": 60,
    "certificate-wrong-host": 60,
    "certificate-weak": 60,
    "certificate-revoked": 60,
    "certificate-invalid": 60,
    # 97: the proxy opens no way to the server
    "proxy-auth": 97,
    "proxy-refused": 97,
}
"""Every kind of Problem that a send can end with, and the exit code of the command line; 1 is for all others."""


def exit_code(problem: Problem) -> int:
    """The exit code of the command line for a send that ended with this Problem."""
    return EXIT_CODES.get(problem.kind, 1)


def problem_of(error: Exception, track: Track | None) -> Problem:
    """The Problem for what aiohttp or the operating system raised while `track` was under way; never fails."""
    failure = Failure(error, track)
    if (known := failure.cause(Problem)) is not None:
        return known
    for kind, explain in _EXPLAINED:
        if isinstance(error, kind):
            return explain(failure)
    return _unknown(failure)


def _total_timeout(failure: Failure) -> Problem:
    error = failure.cause(TotalTimeout)
    return timeouts.timeout_problem(failure, timeouts.TOTAL, error.limit_s if error else None)


def _headers_timeout(failure: Failure) -> Problem:
    error = failure.cause(HeadersTimeout)
    return timeouts.timeout_problem(failure, timeouts.HEADERS, error.limit_s if error else None)


def _timeout(failure: Failure) -> Problem:
    if failure.numbers:
        return _from_system(failure)
    if failure.phase in (Phase.QUEUED, Phase.DNS, Phase.TCP, Phase.TLS):
        return timeouts.timeout_problem(failure, timeouts.connect_limit(failure))
    return timeouts.timeout_problem(failure, timeouts.SOCK_READ)


def _tls(failure: Failure) -> Problem:
    error = failure.tls_error
    return tls_problem(failure, error) if error else handshake_cut(failure)


def _tunnel(failure: Failure) -> Problem:
    error = failure.cause(aiohttp.ClientHttpProxyError)
    return proxy_answer_problem(failure, error.status, error.message) if error else _unknown(failure)


def _not_a_proxy(failure: Failure) -> Problem:
    # aiohttp invents a status 400 for what it can't read.
    return proxy_answer_problem(failure, 0, "") if failure.proxy else _unknown(failure)


def _from_system(failure: Failure) -> Problem:
    """An error of the operating system, by the phase in which it came."""
    if failure.tls_error:
        return _tls(failure)
    if failure.cause(socket.gaierror):
        return name_problem(failure)
    if failure.is_any("EMFILE", "ENFILE"):
        return too_many_files(failure)
    if _is_of_disk(failure):
        return _disk(failure)
    if failure.phase in (Phase.QUEUED, Phase.DNS, Phase.TCP):
        return connect_problem(failure)
    return handshake_cut(failure) if failure.phase is Phase.TLS else cut_problem(failure)


def _is_of_disk(failure: Failure) -> bool:
    """Sockets fail with errors of aiohttp or ConnectionErrors; what else comes in the download is of the spool file."""
    if failure.is_any("ENOSPC", "EDQUOT", "EFBIG", "EROFS"):
        return True
    of_socket = isinstance(failure.error, ConnectionError | aiohttp.ClientError)
    return failure.phase is Phase.DOWNLOAD and not of_socket


def _disk(failure: Failure) -> Problem:
    got = wording.size(failure.track.hop.wire_bytes) if failure.track else "What"
    full = failure.is_any("ENOSPC", "EDQUOT")
    said = next((cause.strerror for cause in failure.causes if isinstance(cause, OSError) and cause.strerror), "")
    return failure.problem(
        "disk-full" if full else "disk",
        "The disk is full" if full else "The answer cannot be written to the disk",
        f"The body of the answer is kept in the folder for temporary files, and there is no room for more of it. {got}"
        " had arrived and is kept."
        if full
        else f"The folder for temporary files: {said or type(failure.error).__name__}. {got} had arrived.",
        Remedy(text="Free some space, then send again"),
        at=Stage.ANSWER,
        note="the body could not be kept",
    )


def _bad_url(failure: Failure) -> Problem:
    return failure.problem(
        "bad-url",
        "The URL cannot be used",
        f"{failure.host or 'It'} {_message(failure.error).rpartition(' - ')[2]}.",
        Remedy(text="Correct the URL", label="Go to URL", action="focus", value="url"),
        at=Stage.ADDRESS,
        note="not a usable address",
        where="url",
    )


def _name(failure: Failure) -> Problem:
    return name_problem(failure) if failure.phase in (Phase.QUEUED, Phase.DNS, Phase.TCP) else _unknown(failure)


def _unknown(failure: Failure) -> Problem:
    """What nobody foresaw: say it in its own words."""
    message = _message(failure.error)
    name = type(failure.error).__name__
    return failure.problem(
        "network",
        "The request failed",
        f"{name}: {message}." if message else f"{name}, without a message.",
        Remedy(text="Send again"),
        Remedy(text="Copy the details and report this: httpdesk should explain it better"),
        at=failure.track.stage if failure.track else Stage.ADDRESS,
        note=name,
    )


def _message(error: Exception) -> str:
    """The message without the queries of URLs in it: these may hold secrets."""
    return re.sub(r"\?[^\s'\"]*", "?…", str(error)).strip().rstrip(".")


# The more special classes first: a TimeoutError is an OSError, and so are many errors of aiohttp.
_EXPLAINED: tuple[tuple[type[Exception], Callable[[Failure], Problem]], ...] = (
    (TotalTimeout, _total_timeout),
    (HeadersTimeout, _headers_timeout),
    (TimeoutError, _timeout),
    (aiohttp.ClientHttpProxyError, _tunnel),
    (aiohttp.ClientProxyConnectionError, proxy_connect_problem),
    (aiohttp.ClientConnectorDNSError, name_problem),
    (ssl.SSLError, _tls),
    (aiohttp.ClientSSLError, _tls),
    (OSError, _from_system),
    (aiohttp.InvalidURL, _bad_url),
    (aiohttp.ClientResponseError, _not_a_proxy),
    (aiohttp.ClientConnectionError, _from_system),
    (aiohttp.ClientPayloadError, cut_problem),
    (UnicodeError, _name),
)
