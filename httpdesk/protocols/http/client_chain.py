"""A chain: the hops of one send, each asked, received and recorded, until an answer is no redirect to follow."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

import aiohttp
import msgspec

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Event, Exchange, Hop, Progress, Reached
from httpdesk.core.problem import Stage
from httpdesk.net import redirects
from httpdesk.net.certificates import read_all
from httpdesk.net.cookies import Jar
from httpdesk.net.decode import Decoder, codings_of
from httpdesk.net.download import Download
from httpdesk.net.problems import problem_of
from httpdesk.net.redirects import Asked
from httpdesk.net.track import Track
from httpdesk.net.transport import Transport
from httpdesk.net.upload import Segment, segments_of, size_of

PROGRESS_S = 1 / 30


class Chain:
    """Sends the request of `exchange` and follows redirects; `track` is the hop that is under way or was the last."""

    def __init__(
        self,
        exchange: Exchange,
        transport: Transport,
        jar: Jar,
        spool_folder: Path,
        executor: Executor,
        tell: Callable[[Event], None],
    ) -> None:
        self.track: Track | None = None
        self._exchange, self._request = exchange, exchange.request
        self._transport, self._jar = transport, jar
        self._spool_folder, self._executor = spool_folder, executor
        self._tell = tell
        self._takes_cookies = exchange.request.takes_cookies and exchange.request.options.cookies
        self._started = time.perf_counter()
        self._shown_at = 0.0
        self._progress_waits = False

    def progress_is_shown(self) -> None:
        """The last Progress was taken: another one may come."""
        self._progress_waits = False

    async def send(self) -> None:
        """Send; every hop is in the exchange, however it ends. Raises Problem."""
        request = self._request
        asked = Asked.first(request)
        segments = await segments_of(request.body, request.folder)
        for followed in range(request.options.max_redirects + 1):
            hop = await self._hop(asked, segments)
            if not request.options.follow_redirects or hop.head is None:
                return
            after = redirects.following(asked, hop.head, request, hop.faults)
            if after is None:
                return
            if followed == request.options.max_redirects:
                raise redirects.too_many(followed, after.url)
            asked, segments = after, segments if after.body is not None else ()

    async def _hop(self, asked: Asked, segments: tuple[Segment, ...]) -> Hop:
        hop = Hop(method=asked.method, url=asked.url, started_ms=(time.perf_counter() - self._started) * 1000)
        self._exchange.hops.append(hop)
        track = self.track = Track(hop, self._reached, self._request.options)
        track.variables, track.redirected = self._request.variables, len(self._exchange.hops) > 1
        try:
            try:
                response = await self._transport.ask(
                    track, self._headers(asked), segments, self._request.options, self._request.secrets
                )
                self._remember(hop)
                await self._receive(hop, track, response)
                self._note_early(hop, segments)
            finally:
                track.stop()
                await self._read_certificates(track)
        except (aiohttp.ClientError, OSError) as error:
            raise problem_of(error, track) from error
        return hop

    def _headers(self, asked: Asked) -> list[tuple[str, str]]:
        """The headers of a hop, with the cookies of the jar."""
        headers = [(header.name, header.value) for header in asked.headers]
        return with_cookies(headers, asked.url, self._jar) if self._takes_cookies else headers

    def _remember(self, hop: Hop) -> None:
        if self._request.options.cookies and hop.head is not None:
            self._jar.remember(hop.url, hop.head.all("Set-Cookie"))

    async def _receive(self, hop: Hop, track: Track, response: aiohttp.ClientResponse) -> None:
        """Take the body; whatever ends it, what has arrived is in the spool."""
        answer = track.answer
        codings = codings_of(hop.head.all("Content-Encoding")) if hop.head is not None else ()
        hop.encodings = (*codings, *(answer.codings if answer is not None else ()))
        hop.body = spool = Spool(self._spool_folder)
        download = Download(spool, Decoder(hop.encodings, hop.faults), hop.faults, self._executor)
        self._tell(Answered(hop))
        try:
            while (data := await response.content.readany()) and not download.overflowed:
                await download.write(data)
                self._progress(hop)
        except (aiohttp.ClientError, OSError, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError):
                download.stop()
            await download.write(response.content.rest())  # type: ignore[attr-defined]
            raise
        finally:
            response.close()
            await download.finish()
        hop.complete = answer is not None and answer.complete and download.whole

    def _note_early(self, hop: Hop, segments: tuple[Segment, ...]) -> None:
        """Name an answer that came before the request was sent whole (with Expect that is in order)."""
        size_bytes = size_of(segments)
        if hop.sent_bytes < size_bytes and self._request.header("Expect") is None:
            sent = f"{hop.sent_bytes:,} of {size_bytes:,} bytes went out"
            hop.faults.append(f"The answer came before the request was sent whole: {sent}")

    async def _read_certificates(self, track: Track) -> None:
        if track.chain:
            certificates = await asyncio.to_thread(read_all, track.chain)
            track.hop.connection = msgspec.structs.replace(track.hop.connection, certificates=certificates)

    def _reached(self, stage: Stage) -> None:
        self._tell(Reached(stage))

    def _progress(self, hop: Hop) -> None:
        now = time.perf_counter()
        if not self._progress_waits and now - self._shown_at >= PROGRESS_S:
            self._progress_waits, self._shown_at = True, now
            self._tell(Progress(hop))


def with_cookies(headers: list[tuple[str, str]], url: str, jar: Jar) -> list[tuple[str, str]]:
    """The headers with the cookies that the jar has for a URL, in one Cookie header with those that were typed."""
    typed = "; ".join(value for name, value in headers if name.lower() == "cookie" and value.strip())
    cookies = jar.header(url, typed)
    if cookies == typed:
        return headers
    at = next((at for at, (name, _) in enumerate(headers) if name.lower() == "cookie"), len(headers))
    rest = [pair for pair in headers if pair[0].lower() != "cookie"]
    return [*rest[:at], ("Cookie", cookies), *rest[at:]]
