"""Connections that could not be made, to the server or to a proxy, as Problems."""

from collections.abc import Callable

from httpdesk.core import wording
from httpdesk.core.problem import Problem, Remedy, Stage
from httpdesk.net.failure import NOT_SENT, Failure

_UNREACHABLE = ("EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN")
_URL = {"label": "Go to URL", "action": "focus", "value": "url"}


def connect_problem(failure: Failure) -> Problem:
    """Why no TCP connection came about."""
    for names, explain in _BY_NUMBER:
        if failure.is_any(*names):
            return explain(failure)
    if failure.cause(ConnectionRefusedError):
        return _refused(failure)
    if failure.cause(ConnectionError):
        return _reset(failure)
    return failure.problem(
        "connect-failed",
        f"No connection to {failure.host or 'the server'}",
        f"{failure.place}: {_said(failure)}. {NOT_SENT}",
        Remedy(text="Check host and port", **_URL),
        at=Stage.TCP,
        note=f"failed after {_time(failure)}, port {failure.port}",
    )


def _refused(failure: Failure) -> Problem:
    port = failure.port
    remedies = [Remedy(text=f"Start the server, or check that its port is {port}", **_URL)]
    if failure.is_local:
        remedies.append(Remedy(text="In a container, localhost is the container itself: use its host name"))
    else:
        remedies.append(
            Remedy(text="A firewall may refuse for the server: try from another network, or ask who runs it")
        )
    if port == (443 if failure.scheme == "https" else 80):
        remedies.insert(
            1, Remedy(text=f"Port {port} is the usual one of {failure.scheme}: add the port if it is another")
        )
    return failure.problem(
        "refused",
        "Connection refused",
        f"Nothing is listening on {failure.place}. {NOT_SENT}",
        *remedies,
        at=Stage.TCP,
        note=f"refused after {_time(failure)}, port {port}{_tried(failure)}",
    )


def _unreachable(failure: Failure) -> Problem:
    what = "network" if failure.is_any("ENETUNREACH", "ENETDOWN") else "host"
    return failure.problem(
        "unreachable",
        f"{failure.host} cannot be reached",
        f"No way leads to {'its network' if what == 'network' else 'this host'} from here. {NOT_SENT}",
        Remedy(text="Check the network connection, and the VPN where one is needed, then send again"),
        Remedy(text="Check the address", **_URL),
        Remedy(text="Where only a proxy leads out, name it in the settings"),
        at=Stage.TCP,
        note=f"{what} unreachable, port {failure.port}{_tried(failure)}",
    )


def _silent(failure: Failure) -> Problem:
    """The system gave up before a limit of ours."""
    return failure.problem(
        "timeout-system",
        f"{failure.host} does not answer",
        f"The system gave up after {_time(failure)}: nothing came back from {failure.place}. {NOT_SENT}",
        Remedy(text="Check that the server is up, and that no firewall drops what is sent to its port"),
        Remedy(text="Check host and port", **_URL),
        at=Stage.TCP,
        note=f"no answer, port {failure.port}{_tried(failure)}",
    )


def _blocked(failure: Failure) -> Problem:
    return failure.problem(
        "blocked",
        "The connection was blocked on this computer",
        f"The system does not let httpdesk connect to {failure.place}. {NOT_SENT}",
        Remedy(text="Allow httpdesk in the firewall of this computer"),
        Remedy(text="Check the address", **_URL),
        at=Stage.TCP,
        note=f"not allowed, port {failure.port}",
    )


def _reset(failure: Failure) -> Problem:
    return failure.problem(
        "reset-connect",
        "The connection was reset",
        f"{failure.place} ended the connection while it was made. {NOT_SENT}",
        Remedy(text="Send again: a server that is starting, or is full, does this"),
        Remedy(text="A firewall or load balancer on the way may refuse this client"),
        at=Stage.TCP,
        note=f"reset after {_time(failure)}, port {failure.port}",
    )


_BY_NUMBER: tuple[tuple[tuple[str, ...], Callable[[Failure], Problem]], ...] = (
    (("ECONNREFUSED",), _refused),
    (_UNREACHABLE, _unreachable),
    (("ETIMEDOUT",), _silent),
    (("EACCES", "EPERM"), _blocked),
    (("ECONNRESET", "ECONNABORTED", "EPIPE"), _reset),
)


def too_many_files(failure: Failure) -> Problem:
    """The system gives no further connection or file to this program."""
    return failure.problem(
        "too-many-files",
        "Too many connections and files are open",
        f"The system allows no further one for httpdesk. {NOT_SENT}",
        Remedy(
            text="Lower the number of connections in all",
            label="Open settings",
            action="open_settings",
            value="connections",
        ),
        Remedy(text="Close tabs with running requests, then send again"),
        at=Stage.TCP,
        note="no free file descriptor",
    )


def proxy_connect_problem(failure: Failure) -> Problem:
    """Why the proxy itself can't be reached."""
    if failure.is_any("ECONNREFUSED") or failure.cause(ConnectionRefusedError):
        what, note = "Nothing is listening there", "refused"
    elif failure.is_any(*_UNREACHABLE):
        what, note = "No way leads to it from here", "unreachable"
    else:
        what, note = _said(failure), "failed"
    return failure.problem(
        "proxy-unreachable",
        f"The proxy {failure.through} cannot be reached",
        f"{what}. {NOT_SENT}",
        Remedy(text="Check the address of the proxy", label="Open settings", action="open_settings", value="proxy"),
        Remedy(text="A proxy of a company network needs its VPN"),
        Remedy(text=f"Where {failure.host} is reached directly, add it to the hosts without a proxy"),
        at=Stage.TCP,
        note=f"{note} after {_time(failure)}, the proxy {failure.through}",
        where="settings",
    )


def proxy_answer_problem(failure: Failure, status: int, reason: str) -> Problem:
    """Why the proxy opened no tunnel; status 0 where its answer is not HTTP."""
    settings = {"label": "Open settings", "action": "open_settings", "value": "proxy"}
    answer = f"{status} {reason}".strip()
    if status == 407:
        title, detail = "The proxy asks for a user name and password", f"{failure.through} answered {answer}"
        remedies = [Remedy(text="Give them in the settings", **settings)]
        kind = "proxy-auth"
    elif not status:
        kind, title = "proxy-refused", f"{failure.through} is not an HTTP proxy"
        detail = "It answered CONNECT with something that is not HTTP"
        remedies = [Remedy(text="Check address and port of the proxy", **settings)]
    elif status in (502, 503, 504):
        kind, title = "proxy-refused", f"The proxy cannot reach {failure.host}"
        detail = f"{failure.through} answered {answer} when it was asked for {failure.place}"
        remedies = [
            Remedy(text="Check host and port", label="Go to URL", action="focus", value="url"),
            Remedy(text="The name may be known here and not to the proxy: reach this host without it"),
        ]
    else:
        kind, title = "proxy-refused", f"The proxy does not let through to {failure.host}"
        detail = f"{failure.through} answered {answer} when it was asked for {failure.place}"
        remedies = [Remedy(text=f"Ask who runs the proxy, or reach {failure.host} without it", **settings)]
        if failure.port != 443:
            remedies.append(Remedy(text=f"Many proxies let only port 443 through; this is port {failure.port}"))
    note = f"the proxy answered {answer}" if status else "the answer of the proxy is not HTTP"
    return failure.problem(kind, title, f"{detail}. {NOT_SENT}", *remedies, at=Stage.TCP, note=note)


def _time(failure: Failure) -> str:
    return wording.duration(failure.elapsed_ms)


def _tried(failure: Failure) -> str:
    count = len(failure.track.addresses) if failure.track else 0
    return f", {count} addresses tried" if count > 1 else ""


def _said(failure: Failure) -> str:
    """What the system said, for what has no sentence of its own."""
    said = next((cause.strerror for cause in failure.causes if isinstance(cause, OSError) and cause.strerror), "")
    return said or f"{type(failure.error).__name__} without a reason"
