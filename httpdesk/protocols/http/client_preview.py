"""Wire preview: a prepared request as the text that would go out, without sending it; files are named, not read."""

import asyncio

from httpdesk.core import urls, wording
from httpdesk.core.redact import redact
from httpdesk.core.wire import WireRequest
from httpdesk.net.cookies import Jar
from httpdesk.net.proxy import proxy_for
from httpdesk.net.transport import framed, with_proxy
from httpdesk.net.upload import Segment, segments_of
from httpdesk.protocols.http.client_chain import with_cookies

# So much of a body in memory is shown; all of it is sent.
SHOWN_BYTES = 64 << 10


async def wire_text(request: WireRequest, jar: Jar) -> str:
    """Request line, headers and body as on the wire (RFC 9112), secrets masked. Raises Problem, as a send would."""
    segments = await segments_of(request.body, request.folder)
    proxy = await asyncio.to_thread(proxy_for, request.options, request.url)
    headers = [(header.name, header.value) for header in request.headers]
    if request.takes_cookies:
        headers = with_cookies(headers, request.url, jar)
    sent, _ = with_proxy(framed(headers, segments), proxy, request.url)
    whole = proxy is not None and urls.target(request.url).scheme == "http"
    target = request.url if whole else "/" + request.url.partition("://")[2].partition("/")[2]
    lines = [f"{request.method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in sent)]
    secrets = request.secrets | ({proxy.authorization} if proxy and proxy.authorization else set())
    return redact("\n".join([*lines, "", _body(segments)]), secrets)


def _body(segments: tuple[Segment, ...]) -> str:
    parts: list[str] = []
    left_bytes = SHOWN_BYTES
    for segment in segments:
        if not isinstance(segment, bytes):
            parts.append(f"[{segment.path.name}, {wording.size(segment.size_bytes)}]")
            continue
        parts.append(segment[:left_bytes].decode("utf-8", "backslashreplace").replace("\r\n", "\n"))
        if len(segment) > left_bytes:
            parts.append(f"…\n[{wording.size(len(segment) - left_bytes)} more]")
        left_bytes -= min(left_bytes, len(segment))
    return "".join(parts)
