"""Transport: one request on the wire and the head of its answer, exactly as it was prepared."""

import asyncio
from collections.abc import Sequence

from aiohttp import ClientResponse, ClientTimeout
from yarl import URL

from httpdesk.core.options import Effective
from httpdesk.core.redact import MASK, redact
from httpdesk.net.exact import exactly
from httpdesk.net.proxy import Proxy
from httpdesk.net.sessions import Sessions
from httpdesk.net.track import CURRENT, Track
from httpdesk.net.upload import Segment, Upload, size_of

Headers = Sequence[tuple[str, str]]


class TotalTimeout(TimeoutError):
    """The whole send took longer than `limit_s`, in whatever phase it was then (raised by the client)."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(f"no end within {limit_s:g} s")
        self.limit_s = limit_s


class HeadersTimeout(TimeoutError):
    """The head of the answer was not complete `limit_s` after the last byte of the request."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(f"no head within {limit_s:g} s")
        self.limit_s = limit_s


def client_timeout(options: Effective) -> ClientTimeout:
    """The limits that aiohttp watches itself; 0 is none, and nothing is rounded up.

    It raises ConnectionTimeoutError for `connect_s` and `sock_connect_s`, SocketTimeoutError for `sock_read_s`.
    """
    return ClientTimeout(
        total=None,
        connect=options.connect_s or None,
        sock_connect=options.sock_connect_s or None,
        sock_read=options.sock_read_s or None,
        ceil_threshold=float("inf"),
    )


class Transport:
    """Sends hops over the sessions."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def ask(
        self,
        track: Track,
        headers: Headers,
        segments: Sequence[Segment],
        options: Effective,
        secrets: frozenset[str] = frozenset(),
    ) -> ClientResponse:
        """Send the request of `track.hop`; returns when the head of the answer is in it.

        One call writes one request, never two: when the server closes a kept connection at the very moment at which
        it is used again, that is a failure (a connection that was closed before is not used). `secrets` are masked in
        `hop.sent_headers`. Raises Problem, HeadersTimeout, or what aiohttp raises.
        """
        hop = track.hop
        session, proxy = await self._sessions.route(options, hop.url)
        headers = framed(headers, segments)
        headers, for_proxy = with_proxy(headers, proxy, hop.url)
        hop.sent_headers = tuple(_shown(name, value, secrets) for name, value in headers)
        track.proxy = proxy.url if proxy else ""
        CURRENT.set(track)
        loop = asyncio.get_running_loop()
        limit = asyncio.timeout(None)
        try:
            async with limit:
                if options.headers_s:
                    track.on_sent = lambda: limit.reschedule(loop.time() + options.headers_s)
                return await session.request(
                    hop.method,
                    _url(hop.url),
                    headers=headers,
                    data=Upload(segments, hop) if segments else None,
                    allow_redirects=False,
                    timeout=client_timeout(options),
                    middlewares=(exactly(hop.method, headers),),
                    proxy=proxy.url if proxy else None,
                    proxy_headers=for_proxy if proxy else None,
                )
        except TimeoutError as error:
            if limit.expired():
                raise HeadersTimeout(options.headers_s) from error
            raise
        finally:
            track.on_sent = None


def _url(text: str) -> URL:
    """The URL as it is; yarl would drop an empty query, so that "?" goes as a part of the path."""
    if not text.endswith("?"):
        return URL(text, encoded=True)
    scheme, _, rest = text.partition("://")
    authority, slash, path = rest.partition("/")
    return URL.build(scheme=scheme, authority=authority, path=slash + path, encoded=True)


def framed(headers: Headers, segments: Sequence[Segment]) -> Headers:
    """With a Content-Length where the body comes from files and nothing else says how long it is."""
    names = {name.lower() for name, _ in headers}
    if not segments or names & {"content-length", "transfer-encoding"}:
        return headers
    return [*headers, ("Content-Length", str(size_of(segments)))]


def with_proxy(headers: Headers, proxy: Proxy | None, url: str) -> tuple[Headers, dict[str, str]]:
    """The headers of the request and those for the proxy: its password never goes through the tunnel."""
    if proxy is None:
        return headers, {}
    typed = [(name, value) for name, value in headers if name.lower() == "proxy-authorization"]
    extra = typed or ([("Proxy-Authorization", proxy.authorization)] if proxy.authorization else [])
    rest = [pair for pair in headers if pair not in typed]
    if not url.startswith("https:"):
        return [*rest, *extra], {}
    agents = [(name, value) for name, value in headers if name.lower() == "user-agent"]
    return rest, dict([*agents, *extra])


def _shown(name: str, value: str, secrets: frozenset[str]) -> tuple[str, str]:
    if name.lower() == "proxy-authorization":
        return name, f"{value.partition(' ')[0]} {MASK}"
    return name, redact(value, secrets)
