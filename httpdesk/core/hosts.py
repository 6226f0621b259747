"""Hosts: the part of a URL between // and the path, checked and turned into ASCII (IDNA, RFC 5890; RFC 3986)."""

import ipaddress
import re

from httpdesk.core.problem import Problem, Remedy

_NOT_IN_A_NAME = re.compile(r"[\s<>\"{}|\\^`%\[\]]")
_LABEL_LIMIT, _NAME_LIMIT = 63, 253


def bad_url(title: str, detail: str, *remedies: Remedy) -> Problem:
    """The Problem for a URL that can't be used."""
    remedies = remedies or (Remedy(text="Correct the URL", label="Go to URL", action="focus", value="url"),)
    return Problem(title, detail, kind="bad-url", where="url", remedies=remedies)


def ascii_authority(authority: str) -> str:
    """Host and port as they go out. Raises Problem."""
    if "@" in authority:
        raise bad_url(
            "The URL holds a user name or password",
            "It would show in logs and history.",
            Remedy(text="Move it to the Auth tab", label="Open Auth", action="focus", value="auth"),
        )
    host, port = host_and_port(authority)
    if not host:
        raise bad_url("The URL has no host", "Write it between // and the next /, such as https://example.com.")
    if port and not (port.isdecimal() and port.isascii() and 0 < int(port) < 65536):
        raise bad_url(f"{port} is not a port", "A port is a number from 1 to 65535.")
    return ascii_host(host) + (f":{int(port)}" if port else "")


def host_and_port(authority: str) -> tuple[str, str]:
    """The two parts as typed; brackets of an IPv6 address stay. Raises Problem."""
    if authority.startswith("["):
        host, bracket, rest = authority.partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise bad_url("The IPv6 address is not closed", "It ends with ], such as http://[::1]:8080/.")
        return host + "]", rest[1:]
    if authority.count(":") > 1 and _is_address(authority):
        raise bad_url(
            "An IPv6 address stands in brackets", f"Write [{authority}], so that a port can be told from the address."
        )
    host, _, port = authority.partition(":")
    return host, port


def ascii_host(host: str) -> str:
    """A host name or address in ASCII and lower case. Raises Problem."""
    if host.startswith("["):
        if not _is_address(host.strip("[]").partition("%")[0]):
            raise bad_url(f"{host} is not an IPv6 address", "It has up to eight groups of hexadecimal digits.")
        return host
    if _NOT_IN_A_NAME.search(host):
        raise bad_url(f"{host} is not a host name", "It holds a character that no host name has.")
    name = host.lower() if host.isascii() else _idna(host)
    labels = name.removesuffix(".").split(".")
    if not all(labels):
        raise bad_url(f"{host} is not a host name", "There is nothing between two of its dots, or before the first.")
    if max(map(len, labels)) > _LABEL_LIMIT or len(name) > _NAME_LIMIT:
        raise bad_url(f"{_short(host)} is not a host name", f"A part between dots has up to {_LABEL_LIMIT} characters.")
    # A name can't end with a number (WHATWG URL, host parsing): the resolver would read 127.1 as an address.
    if labels[-1].isdecimal() and not _is_address(name):
        raise bad_url(f"{host} is not an IPv4 address", "It has four numbers from 0 to 255, such as 127.0.0.1.")
    return name


def _idna(host: str) -> str:
    import idna  # its tables take 8 ms to load, and most hosts are ASCII

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise bad_url(f"{_short(host)} is not a host name", f"{error}.") from error


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
