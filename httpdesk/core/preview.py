"""Preview: what would be sent if Send were pressed now, cheap enough for every keystroke."""

import msgspec

from httpdesk.core import urls
from httpdesk.core.environment import Scope
from httpdesk.core.options import Effective
from httpdesk.core.prepare import Inherited, header_name_fault, prepare
from httpdesk.core.problem import Problem
from httpdesk.core.redact import redact
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.core.template import Resolver, names_in
from httpdesk.core.wire import Source, WireHeader

_SCANNED_CHARACTERS = 1 << 20


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The URL as far as it is known, the headers, the options, and the problem that Send would meet.

    Secrets are masked in URL and headers.
    """

    url: str
    headers: tuple[WireHeader, ...] = ()
    problem: Problem | None = None
    options: Effective = Effective()


def preview(request: HttpRequest, scope: Scope, options: Effective, inherited: Inherited, user_agent: str) -> Preview:
    """What `prepare` would make of the request; the body's text is left out, so Content-Length is not known."""
    light = request
    if isinstance(request.body, RawBody) and request.body.text:
        light = msgspec.structs.replace(request, body=msgspec.structs.replace(request.body, text=" "))
    try:
        wire = prepare(light, scope, options, inherited=inherited, user_agent=user_agent)
    except Problem as problem:
        if sound := _with_sound_headers(request, scope):
            # What is added automatically does not depend on a header that is wrong.
            return msgspec.structs.replace(preview(sound, scope, options, inherited, user_agent), problem=problem)
        return Preview(url=_as_far_as_known(request, scope), problem=problem, options=options)
    headers = tuple(
        msgspec.structs.replace(
            header, value="" if header.name == "Content-Length" else redact(header.value, wire.secrets)
        )
        for header in wire.headers
    )
    return Preview(url=redact(wire.url, wire.secrets), headers=headers, options=options)


def with_cookies(preview: Preview, cookies: str) -> Preview:
    """The preview with a Cookie header of the jar, none where that is empty."""
    if not cookies:
        return preview
    header = WireHeader(name="Cookie", value=cookies, source=Source.JAR)
    return msgspec.structs.replace(preview, headers=(*preview.headers, header))


def _with_sound_headers(request: HttpRequest, scope: Scope) -> HttpRequest | None:
    """The request without the headers that can't be sent, nor automatic ones in their place; None: all can."""
    wrong = {
        row
        for row in request.headers
        if header_name_fault(row.name)[0] or unknown_names(f"{row.name} {row.value}", scope)
    }
    if not wrong:
        return None
    sound = tuple(row for row in request.headers if row not in wrong)
    suppressed = (*request.suppressed, *(row.name for row in wrong if row.enabled))
    return msgspec.structs.replace(request, headers=sound, suppressed=suppressed)


def _as_far_as_known(request: HttpRequest, scope: Scope) -> str:
    resolver = Resolver(scope)
    try:
        values = {row.name: resolver.text(row.value, "path") for row in request.path if row.value}
        url = urls.with_path(resolver.text(request.url, "URL"), values, encode=False)
        return redact(url, resolver.secrets)
    except Problem:
        return request.url


def unknown_names(text: str, scope: Scope) -> tuple[str, ...]:
    """The variables in a text that the scope can't resolve; of a huge text only the first MB is read."""
    return tuple(name for name in names_in(text[:_SCANNED_CHARACTERS]) if scope.find(name) is None)
