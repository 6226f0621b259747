"""Redirects: what a client asks next (RFC 9110, section 15.4; the Fetch standard), and what it must not take along."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from httpdesk.core import urls
from httpdesk.core.exchange import Head
from httpdesk.core.problem import Problem, Remedy
from httpdesk.core.redact import redact
from httpdesk.core.wire import BytesBody, Multipart, Source, WireBody, WireHeader, WireRequest

FOLLOWED = (301, 302, 303, 307, 308)

# Names of headers that carry a credential, whoever wrote them: X-Api-Key, X-Auth-Token, X-CSRF-Token and the like.
_CREDENTIAL = re.compile(
    r"(^|[-_])(authorization|authentication|auth|cookie2?|secret|password|passwd|passphrase|credentials?|signature)"
    r"($|[-_])|api[-_]?key|access[-_]?key|token|session[-_]?(id|key)|^x-.*-key$",
    re.IGNORECASE,
)
# What describes a body goes with it.
_OF_BODY = re.compile(r"content-.*|transfer-encoding|expect|digest|repr-digest|trailer", re.IGNORECASE)
_USER = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*@")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_CONTROL = re.compile(r"[\t\r\n]")


@dataclass(frozen=True)
class Asked:
    """One request of a chain: what goes out on a hop, before the cookies of the jar."""

    method: str
    url: str
    headers: tuple[WireHeader, ...]
    body: WireBody

    @classmethod
    def first(cls, request: WireRequest) -> "Asked":
        """The request as it was prepared."""
        return cls(request.method, request.url, request.headers, request.body)


def following(asked: Asked, head: Head, request: WireRequest, faults: list[str]) -> Asked | None:
    """The request that this answer asks for, or None; `faults` says why a redirect is not followed.

    The method changes as browsers change it: POST becomes GET at 301 and 302, everything but GET and HEAD at 303.
    """
    if head.status not in FOLLOWED:
        return None
    url = _location(asked.url, head, faults)
    if url is None:
        return None
    elsewhere = urls.target(url) != urls.target(asked.url)
    after = _with_method(asked, head.status)
    if elsewhere and not request.options.keep_credentials:
        if _holds_secret(after.body, request.secrets):
            faults.append("The redirect is not followed: the body holds a secret, and the address is another origin")
            return None
        after = _without_credentials(after, request.secrets)
    return replace(after, url=url, headers=_with_host(after.headers, url, elsewhere))


def too_many(count: int, url: str) -> Problem:
    """The Problem for a chain of more redirects than allowed; `url` is where it would have gone."""
    title = f"More than {count} redirects" if count != 1 else "More than one redirect"
    return Problem(
        title,
        f"The next one would have gone to {url[:200]}. Every answer so far is kept.",
        kind="too-many-redirects",
        remedies=(
            Remedy(text="Look at the chain: a loop is a fault of the server"),
            Remedy(text="Allow more redirects", label="Open settings", action="request_settings"),
        ),
    )


def is_credential(header: WireHeader, secrets: Iterable[str]) -> bool:
    """Whether a header must not go to another origin: by who wrote it, by its name, or by a secret in its value."""
    if header.source is Source.AUTH or _CREDENTIAL.search(header.name):
        return True
    return header.source is not Source.AUTOMATIC and _has_secret(header.value, secrets)


def _location(base: str, head: Head, faults: list[str]) -> str | None:
    found = dict.fromkeys(head.all("Location"))
    if not found:
        faults.append(f"Status {head.status} is a redirect, but there is no Location header")
        return None
    first = _CONTROL.sub("", next(iter(found))).strip()
    if len(found) > 1:
        faults.append("The redirect has several Location headers; the first one counts")
    if not first:
        faults.append("The redirect is not followed: its Location header is empty")
        return None
    try:
        # Also without a user name and password: they would go where the server likes.
        bare = _USER.sub(lambda match: f"{match.group(1) or ''}//", first)
        return urls.normal(bare if _ABSOLUTE.match(bare) else urljoin(base, bare), encode=True)
    except Problem as problem:
        reason = problem.title
    except ValueError as error:
        reason = str(error)
    faults.append(f"The redirect to “{_shown(first)}” is not followed: {reason[:1].lower()}{reason[1:]}")
    return None


def _shown(text: str, limit: int = 100) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:limit]) + "…" * (
        len(text) > limit
    )


def _with_method(asked: Asked, status: int) -> Asked:
    to_get = asked.method == "POST" if status in (301, 302) else status == 303 and asked.method not in ("GET", "HEAD")
    if not to_get:
        return asked
    headers = tuple(header for header in asked.headers if not _OF_BODY.fullmatch(header.name))
    return Asked("GET", asked.url, headers, None)


def _without_credentials(asked: Asked, secrets: frozenset[str]) -> Asked:
    return replace(asked, headers=tuple(header for header in asked.headers if not is_credential(header, secrets)))


def _with_host(headers: tuple[WireHeader, ...], url: str, elsewhere: bool) -> tuple[WireHeader, ...]:
    """Host belongs to the URL; a typed one stays as long as the origin is the same."""
    host = urls.split(url).base.partition("://")[2].partition("/")[0]
    scheme = urls.target(url).scheme
    host = host.removesuffix(":443" if scheme == "https" else ":80")
    return tuple(
        WireHeader(name=header.name, value=host, source=Source.AUTOMATIC, fixed=True)
        if header.name.lower() == "host" and (elsewhere or header.source is Source.AUTOMATIC)
        else header
        for header in headers
    )


def _holds_secret(body: WireBody, secrets: frozenset[str]) -> bool:
    if isinstance(body, BytesBody):
        text = body.data.decode("utf-8", "replace") if secrets else ""
        return _has_secret(text, secrets)
    if isinstance(body, Multipart):
        return any(_has_secret(part.value, secrets) for part in body.parts)
    return False


def _has_secret(text: str, secrets: Iterable[str]) -> bool:
    secrets = [secret for secret in secrets if secret]
    return any(secret in text for secret in secrets) or redact(text, secrets) != text
