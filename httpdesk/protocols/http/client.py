"""The HTTP client: a prepared request in, events of its exchange out; the window and the command line enter here."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import aiohttp

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Event, Exchange, Finished, Hop, Outcome, Progress, Reached
from httpdesk.core.problem import Problem, Stage
from httpdesk.core.wire import WireRequest
from httpdesk.net.download import Download
from httpdesk.net.problems import problem_of
from httpdesk.net.sessions import Sessions
from httpdesk.net.track import Track
from httpdesk.net.transport import Transport
from httpdesk.net.upload import segments_of

PROGRESS_S = 1 / 30
WRITER_THREADS = 4


class HttpClient:
    """Sends requests over shared sessions; bodies of answers go to spools in `spool_folder`."""

    def __init__(self, sessions: Sessions, spool_folder: Path) -> None:
        self.sessions = sessions
        self.transport = Transport(sessions)
        self.spool_folder = spool_folder
        self.executor = ThreadPoolExecutor(WRITER_THREADS, thread_name_prefix="spool")

    def send(self, request: WireRequest) -> "Sending":
        """Prepare to send; iterating over the result sends."""
        return Sending(self, request)

    def close_exchange(self, exchange: Exchange) -> None:
        """Give up the bodies of an exchange that is no longer shown."""
        for hop in exchange.hops:
            if hop.body is not None:
                hop.body.close()

    def close(self) -> None:
        """End the writer threads; after the last send."""
        self.executor.shutdown(wait=False)


class Sending:
    """One send: iterate for its events, `Finished` comes last; iterating ends the send when it ends early."""

    def __init__(self, client: HttpClient, request: WireRequest) -> None:
        self.exchange = Exchange(request_id=secrets.token_hex(3), request=request, started_at=time.time())
        self._client = client
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._cancelled = False
        self._shown_at = 0.0
        self._progress_waits = False

    def cancel(self) -> None:
        """Stop; what has arrived is kept, and `Finished` follows."""
        self._cancelled = True
        if self._task is not None:
            self._task.cancel()

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Send, and give the events as they come."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name=f"send {self.exchange.request_id}")
        try:
            while True:
                event = await self._events.get()
                self._progress_waits = self._progress_waits and not isinstance(event, Progress)
                yield event
                if isinstance(event, Finished):
                    await self._task  # a mistake of ours comes out here
                    return
        finally:
            if not self._task.done():
                self._task.cancel()
                await asyncio.wait([self._task])

    async def _run(self) -> None:
        started = time.perf_counter()
        exchange = self.exchange
        try:
            if not self._cancelled:
                await self._send()
            exchange.outcome = Outcome.DONE
        except Problem as problem:
            exchange.outcome, exchange.problem = Outcome.FAILED, problem
        except asyncio.CancelledError:
            exchange.outcome = Outcome.CANCELLED
        except (aiohttp.ClientError, OSError) as error:
            exchange.outcome, exchange.problem = Outcome.FAILED, problem_of(error, None)
        finally:
            exchange.total_ms = (time.perf_counter() - started) * 1000
            self._events.put_nowait(Finished(exchange))

    async def _send(self) -> None:
        request = self.exchange.request
        segments = await segments_of(request.body, request.folder)
        hop = Hop(method=request.method, url=request.url)
        self.exchange.hops.append(hop)
        headers = [(header.name, header.value) for header in request.headers]
        hop.sent_headers = tuple(headers)
        track = Track(hop, self._reached)
        try:
            response = await self._client.transport.ask(track, headers, segments, request.options)
            hop.body = spool = Spool(self._client.spool_folder)
            self._events.put_nowait(Answered(hop))
            download = Download(spool, self._client.executor)
            try:
                while data := await response.content.readany():
                    await download.write(data)
                    self._progress(hop)
            finally:
                await download.finish()
                response.close()
            hop.complete = track.answer is not None and track.answer.complete
        finally:
            track.stop()
            hop.phases = track.phases()

    def _reached(self, stage: Stage) -> None:
        self._events.put_nowait(Reached(stage))

    def _progress(self, hop: Hop) -> None:
        now = time.perf_counter()
        if not self._progress_waits and now - self._shown_at >= PROGRESS_S:
            self._progress_waits, self._shown_at = True, now
            self._events.put_nowait(Progress(hop))
