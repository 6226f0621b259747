"""Names that have no address, as Problems."""

import difflib
import socket

from httpdesk.core import wording
from httpdesk.core.problem import Problem, Remedy, Stage
from httpdesk.net.failure import NOT_SENT, Failure

# What getaddrinfo says of a name that does not exist, by system; 11001 and 11004 are Windows.
_NO_SUCH_NAME = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)} | {
    11001,
    11004,
}
_ENDINGS = {
    "con": "com", "cmo": "com", "ocm": "com", "vom": "com", "xom": "com", "comm": "com", "om": "com",
    "nte": "net", "ent": "net", "ner": "net", "ogr": "org", "rog": "org", "orgg": "org",
    "dve": "dev", "edv": "dev", "oi": "io", "ioo": "io", "lcoal": "local", "tset": "test",
}  # fmt: skip

_CORRECT = Remedy(text="Check the spelling of the host", label="Go to URL", action="focus", value="url")


def name_problem(failure: Failure) -> Problem:
    """Why a name could not be turned into an address."""
    error = failure.cause(socket.gaierror)
    if failure.proxy:
        return _proxy_name(failure)
    if failure.cause(UnicodeError) is not None:
        return failure.problem(
            "bad-url",
            f"{failure.host} is not a host name",
            f"A part of it is empty or longer than 63 characters. {NOT_SENT}",
            _CORRECT,
            at=Stage.ADDRESS,
            note="not a name that can be looked up",
            where="url",
        )
    # aiodns and some systems give no number: a name that they did not find is the usual reason.
    if error is None or error.errno in _NO_SUCH_NAME:
        return _no_such_name(failure)
    return failure.problem(
        "name-lookup",
        f"The address of {failure.host} could not be looked up",
        f"No name server gave an answer, so this computer may be offline. {NOT_SENT}",
        Remedy(text="Check the network connection, and the VPN where one is needed, then send again"),
        Remedy(
            text="Use the IP address of the server instead of its name", label="Go to URL", action="focus", value="url"
        ),
        at=Stage.ADDRESS,
        note=f"no answer from a name server after {wording.duration(failure.elapsed_ms)}",
    )


def _no_such_name(failure: Failure) -> Problem:
    host = failure.host
    remedies = [_CORRECT]
    if better := similar_name(host):
        remedies = [Remedy(text=f"Did you mean {better}?", label="Go to URL", action="focus", value="url")]
    if "." not in host.rstrip("."):
        remedies.append(
            Remedy(
                text="A name without a dot is known only inside its network, such as among containers: use localhost"
            )
        )
        remedies.append(Remedy(text="Where a variable was meant, write it as {{name}}"))
    elif host.endswith((".local", ".lan", ".internal", ".corp", ".home", ".intranet")):
        remedies.append(Remedy(text="Names of a private network need its VPN or its name server"))
    else:
        remedies.append(Remedy(text="A new name takes up to some hours until every name server knows it"))
    return failure.problem(
        "name-unknown",
        f"The name {host} has no address",
        f"The name server knows no such host. {NOT_SENT}",
        *remedies,
        at=Stage.ADDRESS,
        note=f"no such name, after {wording.duration(failure.elapsed_ms)}",
        where="url",
    )


def _proxy_name(failure: Failure) -> Problem:
    return failure.problem(
        "proxy-name",
        f"The proxy {failure.through} has no address",
        f"The name server knows no such host. {NOT_SENT}",
        Remedy(text="Check the address of the proxy", label="Open settings", action="open_settings", value="proxy"),
        Remedy(text="A proxy of a company network needs its VPN"),
        at=Stage.ADDRESS,
        note="the name of the proxy is unknown",
        where="settings",
    )


def similar_name(host: str) -> str:
    """A name that was probably meant, or an empty string: localhost, or an ending with two letters swapped."""
    if host != "localhost" and difflib.SequenceMatcher(None, host, "localhost").ratio() > 0.8:
        return "localhost"
    body, dot, ending = host.rpartition(".")
    return f"{body}.{_ENDINGS[ending]}" if dot and ending in _ENDINGS else ""
