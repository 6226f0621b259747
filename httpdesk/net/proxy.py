"""Proxies: which one a request goes through, from the settings, the environment or the system, or none."""

import ipaddress
import re
import sys
import urllib.request
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from httpdesk.core import urls
from httpdesk.core.auth.basic import basic
from httpdesk.core.options import Effective, ProxyMode
from httpdesk.core.options import Proxy as ProxyOptions
from httpdesk.core.problem import Problem, Remedy

# Where Python asks more than the environment, it blocks: the registry on Windows, a framework on a Mac.
ASKS_SYSTEM = sys.platform in ("win32", "darwin")
_PORTS = {"http": 80, "https": 443}


class Proxy(NamedTuple):
    """An HTTP proxy: its URL without credentials, and the value of Proxy-Authorization or nothing."""

    url: str
    authorization: str = ""


def proxy_for(options: Effective, url: str) -> Proxy | None:
    """The proxy for a URL, None for the direct way; blocks where ASKS_SYSTEM. Raises Problem for a bad one."""
    chosen, scheme, host = options.proxy, urls.target(url).scheme, urls.target(url).host
    if chosen.mode is ProxyMode.NONE or bypasses(chosen.bypass, host):
        return None
    if chosen.mode is ProxyMode.MANUAL:
        return _parse(chosen.url, chosen, "settings") if chosen.url.strip() else None
    found = urllib.request.getproxies()
    text = found.get(scheme) or found.get("all") or ""
    if not text or bypasses(found.get("no", "").split(","), host):
        return None
    if ASKS_SYSTEM and urllib.request.proxy_bypass(host):
        return None
    return _parse(text, ProxyOptions(), "environment")


def bypasses(rules: Iterable[str], host: str) -> bool:
    """Whether a host is reached directly: a rule is a host, a suffix (".example"), a network ("10.0.0.0/8") or "*"."""
    host = host.lower().strip("[].")
    address = _address(host)
    return any(_matches(rule.strip().lower(), host, address) for rule in rules if rule.strip())


def _matches(rule: str, host: str, address: "ipaddress.IPv4Address | ipaddress.IPv6Address | None") -> bool:
    if rule == "*":
        return True
    if address is not None:
        try:
            return address in ipaddress.ip_network(rule.strip("[]"), strict=False)
        except ValueError:
            return False
    # As curl reads no_proxy: a name stands for itself and for the names below it, with a dot in front or without.
    name = re.sub(r":\d+$", "", rule).removeprefix("*").strip(".")
    return host == name or host.endswith(f".{name}")


def _address(host: str) -> "ipaddress.IPv4Address | ipaddress.IPv6Address | None":
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _parse(text: str, given: ProxyOptions, source: str) -> Proxy:
    """Read a proxy's URL; the user name and password of the settings win over those in it."""
    text = text.strip()
    parts = _split(text if "://" in text else f"http://{text}")
    scheme = parts.scheme.lower() if parts else ""
    if parts is not None and (scheme.startswith("socks") or scheme not in _PORTS):
        raise _problem(
            f"A proxy of the kind {scheme}:// is not supported",
            "httpdesk speaks to HTTP proxies (http:// or https://).",
            "proxy-unsupported",
            source,
        )
    if parts is None or not parts.hostname or parts.path.strip("/") or parts.query:
        raise _problem(
            "The address of the proxy is not valid",
            "It is written like http://proxy.example:8080.",
            "bad-proxy",
            source,
            evidence=_without_password(text),
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    user = given.username or unquote(parts.username or "")
    password = given.password if given.username else unquote(parts.password or "")
    return Proxy(f"{scheme}://{host}:{parts.port or _PORTS[scheme]}", basic(user, password) if user else "")


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        valid = parts.port != 0 and not re.search(r"[\s<>\"{}|\\^`]", parts.netloc)
    except ValueError:
        return None
    return parts if valid else None


def _without_password(text: str) -> str:
    return re.sub(r"(//)?[^/@]*@", r"\1", text)[:80]


def _problem(title: str, detail: str, kind: str, source: str, evidence: str = "") -> Problem:
    if source == "environment":
        detail += " It comes from the environment or the system (http_proxy, https_proxy, all_proxy)."
    remedies = (
        Remedy(text="Correct the proxy in the settings", label="Open settings", action="open_settings", value="proxy"),
        Remedy(text="Choose no proxy for this request", label="Open settings", action="request_settings"),
    )
    return Problem(
        title, f"{detail} Nothing was sent.", kind=kind, where="settings", evidence=evidence, remedies=remedies
    )
