"""Prepare: from a request as written to a request as sent, or the Problem that stops it (pure)."""

import re
import secrets
from collections.abc import Iterable

import msgspec

from httpdesk.core import urls
from httpdesk.core.auth import Added, Auth, InheritAuth, NoAuth, secrets_of
from httpdesk.core.bodies import wire_body
from httpdesk.core.collection import Defaults
from httpdesk.core.environment import Scope
from httpdesk.core.options import Effective
from httpdesk.core.problem import Problem, Remedy, Stage, Step, StepState
from httpdesk.core.request import HttpRequest
from httpdesk.core.rows import Row, enabled
from httpdesk.core.template import Resolver
from httpdesk.core.wire import BytesBody, Source, WireBody, WireHeader, WireRequest

# RFC 9110, section 5.6.2.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BAD_VALUE = re.compile(r"[\r\n\x00]")


class Inherited(msgspec.Struct, frozen=True, kw_only=True):
    """What the folders above give to a request, already merged: headers, and the auth that "inherit" means."""

    headers: tuple[Row, ...] = ()
    auth: Auth = NoAuth()


def inherited_from(above: Iterable[tuple[str, Defaults]]) -> Inherited:
    """Merge what the folders above a request give it, the nearest first: what is nearer wins."""
    folders = [defaults for _, defaults in above]
    headers: dict[str, Row] = {}
    for defaults in reversed(folders):
        headers.update({row.name.lower(): row for row in defaults.headers})
    auth = next((each.auth for each in folders if not isinstance(each.auth, InheritAuth)), NoAuth())
    return Inherited(headers=tuple(headers.values()), auth=auth)


def prepare(
    request: HttpRequest,
    scope: Scope,
    options: Effective,
    *,
    inherited: Inherited = Inherited(),  # noqa: B008 - frozen
    folder: str = "",
    user_agent: str = "httpdesk",
) -> WireRequest:
    """Resolve variables, add auth and automatic headers, and check all that can be checked before sending.

    Raises Problem for an unknown variable, a bad URL, method, header name or value (CR, LF, NUL).
    """
    try:
        return _prepared(request, scope, options, inherited, folder, user_agent)
    except UnicodeEncodeError as error:
        raise Problem(
            "The request holds half a character",
            f"A lone surrogate, {error.object[error.start : error.start + 1]!r}, cannot be written as UTF-8."
            " Nothing was sent.",
            kind="bad-text",
        ) from error


def _prepared(
    request: HttpRequest, scope: Scope, options: Effective, inherited: Inherited, folder: str, user_agent: str
) -> WireRequest:
    resolver = Resolver(scope)
    url = _url_text(request, resolver, options)
    method = resolver.text(request.method, "method").strip()
    auth = _resolved_auth(inherited.auth if isinstance(request.auth, InheritAuth) else request.auth, resolver)
    typed = _resolved_rows(request.headers, resolver, "header")
    # What the request says itself is not taken from above: an unknown variable there need not stop the send.
    names = {name.lower() for name, _ in typed}
    above = _resolved_rows(_without(inherited.headers, names), resolver, "inherited header")
    body, content_type = wire_body(request.body, resolver, secrets.token_hex(16), plain_json=options.plain_json)
    _stop_if_missing(resolver)
    _check_method(method)
    added = auth.added()
    url = urls.normal(_with_pairs(url, added), encode=options.encode_url)
    headers = _headers(typed, above, added)
    headers += _automatic(headers, request.suppressed, url, body, content_type, user_agent, method)
    for header in headers:
        _check_header(header)
    return WireRequest(
        method=method,
        url=url,
        headers=tuple(headers),
        body=body,
        options=options,
        takes_cookies=options.cookies and "cookie" not in map(str.lower, request.suppressed),
        folder=folder,
        variables=tuple(resolver.used.items()),
        secrets=frozenset(resolver.secrets | secrets_of(auth)),
    )


def _url_text(request: HttpRequest, resolver: Resolver, options: Effective) -> str:
    values = {row.name: resolver.text(row.value, f"path parameter {row.name}") for row in request.path}
    empty = [name for name in urls.path_names(request.url) if not values.get(name)]
    if empty:
        raise Problem(
            f"Path parameter {empty[0]} has no value",
            f":{empty[0]} stands in the URL, and its row in the Path table is empty.",
            kind="empty-path-parameter",
            where=f"path parameter {empty[0]}",
            remedies=(Remedy(text="Give it a value", label="Open Params", action="focus", value="params"),),
        )
    return urls.with_path(resolver.text(request.url, "URL"), values, options.encode_url)


def _with_pairs(url: str, added: Added) -> str:
    if not added.query:
        return url
    base, query, fragment = urls.split(url)
    rows = tuple(Row(name=name, value=value) for name, value in added.query)
    pairs = "&".join(part for part in (query, urls.split(urls.with_query("", rows)).query) if part)
    return f"{base}?{pairs}" + ("" if fragment is None else f"#{fragment}")


def _resolved_auth(auth: Auth, resolver: Resolver) -> Auth:
    fields = msgspec.structs.asdict(auth)
    values = {name: resolver.text(value, f"auth {name}") for name, value in fields.items() if isinstance(value, str)}
    return msgspec.structs.replace(auth, **values)


def _resolved_rows(rows: tuple[Row, ...], resolver: Resolver, what: str) -> list[tuple[str, str]]:
    return [
        (
            resolver.text(row.name, f"{what} {row.name}").strip(),
            resolver.text(row.value, f"{what} {row.name}").strip(" \t"),
        )
        for row in enabled(rows)
    ]


def _without(rows: tuple[Row, ...], names: set[str]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.name.strip().lower() not in names)


def _stop_if_missing(resolver: Resolver) -> None:
    if not resolver.missing:
        return
    names = list(dict.fromkeys(name for name, _ in resolver.missing))
    places = "; ".join(f"{{{{{name}}}}} in {where}" for name, where in resolver.missing)
    title = f"Variable {names[0]} has no value" if len(names) == 1 else f"{len(names)} variables have no value"
    raise Problem(
        title,
        f"{places}. Nothing was sent.",
        kind="unknown-variable",
        where=resolver.missing[0][1],
        steps=(Step(stage=Stage.VARIABLES, state=StepState.FAILED, note=", ".join(names)),),
        remedies=(
            Remedy(
                text=f"Give {names[0]} a value in the environment",
                label="Set value",
                action="edit_environment",
                value=names[0],
            ),
            Remedy(text="Choose the environment that has it, at the top right"),
            Remedy(text="Check the spelling inside the braces"),
        ),
    )


def _check_method(method: str) -> None:
    if not _TOKEN.fullmatch(method):
        shown = method or "(empty)"
        raise Problem(
            f"{shown!r} is not a method",
            "A method is one word of letters, digits and !#$%&'*+.^_`|~- (RFC 9110).",
            kind="bad-method",
            where="method",
            remedies=(Remedy(text="Choose another method, at the left of the URL"),),
        )


def _headers(typed: list[tuple[str, str]], above: list[tuple[str, str]], added: Added) -> list[WireHeader]:
    names = {name.lower() for name, _ in typed}
    cookies = "; ".join(f"{name}={value}" for name, value in added.cookies)
    headers = [WireHeader(name=name, value=value) for name, value in typed]
    headers += [
        WireHeader(name=name, value=value, source=Source.AUTH)
        for name, value in added.headers
        if name.lower() not in names
    ]
    names |= {header.name.lower() for header in headers}
    headers += [
        WireHeader(name=name, value=value, source=Source.INHERITED)
        for name, value in above
        if name.lower() not in names
    ]
    return _with_cookies(headers, cookies) if cookies else headers


def _with_cookies(headers: list[WireHeader], cookies: str) -> list[WireHeader]:
    """Add to the Cookie header that is there: a request has one at the most (RFC 6265, section 5.4)."""
    for at, header in enumerate(headers):
        if header.name.lower() == "cookie":
            joined = "; ".join(part for part in (header.value.rstrip("; "), cookies) if part)
            return [*headers[:at], msgspec.structs.replace(header, value=joined), *headers[at + 1 :]]
    return [*headers, WireHeader(name="Cookie", value=cookies, source=Source.AUTH)]


def _automatic(
    headers: list[WireHeader],
    suppressed: tuple[str, ...],
    url: str,
    body: WireBody,
    content_type: str,
    user_agent: str,
    method: str,
) -> list[WireHeader]:
    """Headers that a client adds by itself, unless typed or switched off; they show before the send (row 8)."""
    present = {header.name.lower() for header in headers}
    off = {name.lower() for name in suppressed}
    wanted = [
        ("Host", urls.host_header(url), True),
        ("User-Agent", user_agent, False),
        ("Accept", "*/*", False),
        ("Accept-Encoding", "gzip, deflate, br, zstd", False),
    ]
    if content_type:
        wanted.append(("Content-Type", content_type, False))
    if "transfer-encoding" in present:
        pass  # a length beside it would make two framings of one body (RFC 9112, section 6.2)
    elif isinstance(body, BytesBody):
        wanted.append(("Content-Length", str(len(body.data)), True))
    elif body is None and method in ("POST", "PUT", "PATCH"):
        wanted.append(("Content-Length", "0", True))
    return [
        WireHeader(name=name, value=value, source=Source.AUTOMATIC, fixed=fixed)
        for name, value, fixed in wanted
        if name.lower() not in present and (fixed or name.lower() not in off)
    ]


def _check_header(header: WireHeader) -> None:
    where = f"header {header.name}"
    if not _TOKEN.fullmatch(header.name):
        raise bad_header_name(header.name)
    if _BAD_VALUE.search(header.value):
        raise Problem(
            f"Header {header.name} holds a line break or NUL",
            "A header value is one line; a break in it would start another header.",
            kind="bad-header-value",
            where=where,
            remedies=(Remedy(text="Remove the line break", label="Go to headers", action="focus", value="headers"),),
        )
    try:
        header.value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Problem(
            f"Header {header.name} cannot be written as UTF-8", str(error), kind="bad-header-value", where=where
        ) from error


def header_name_fault(name: str) -> tuple[str, str]:
    """What is wrong with a header name and a better one, or two empty strings."""
    if not name or _TOKEN.fullmatch(name):
        return "", ""
    better = re.sub(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]+", "-", name).strip("-")
    hint = f" Did you mean {better}?" if better else ""
    if name.endswith(":"):
        return f"{name}: a header name has no colon.{hint}", better
    if any(character.isspace() for character in name):
        return f"{name}: a header name cannot hold a space.{hint}", better
    return f"{name}: a header name holds only letters, digits and !#$%&'*+.^_`|~-.{hint}", better


def bad_header_name(name: str) -> Problem:
    """The Problem for a header name that is not a token (RFC 9110, section 5.6.2)."""
    fault, better = header_name_fault(name)
    remedies = (
        (Remedy(text=f"Rename it to {better}", label="Rename", action="fix_header", value=f"{name}={better}"),)
        if better
        else ()
    )
    fault = fault or "A header has a value and no name."
    return Problem(
        "A header name is not valid", fault, kind="bad-header-name", where=f"header {name}", remedies=remedies
    )
