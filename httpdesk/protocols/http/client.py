"""The HTTP client: a prepared request in, events of its exchange out; the window and the command line enter here."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from httpdesk.core.exchange import Event, Exchange, Finished, Outcome, Progress
from httpdesk.core.problem import Problem
from httpdesk.core.redact import redact
from httpdesk.core.settings import Pool
from httpdesk.core.wire import WireRequest
from httpdesk.net.problems import problem_of
from httpdesk.net.sessions import Sessions
from httpdesk.net.transport import TotalTimeout, Transport
from httpdesk.protocols.http.client_chain import Chain
from httpdesk.protocols.http.client_preview import wire_text

WRITER_THREADS = 4
_log = logging.getLogger(__name__)


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

    async def wire_text(self, request: WireRequest) -> str:
        """What `send` would put on the wire now, as text. Raises Problem, as a send would."""
        return await wire_text(request, self.sessions.jar)

    def replace_sessions(self, pool: Pool) -> Sessions:
        """Use sessions with these limits from the next send on, and the same cookies; returns the old ones.

        Whoever calls closes the old sessions when no send uses them any more.
        """
        old = self.sessions
        self.sessions = Sessions(pool, old.jar)
        self.transport = Transport(self.sessions)
        return old

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

    def cancel(self) -> None:
        """Stop; what has arrived is kept, and `Finished` follows."""
        if not self._cancelled and self._task is not None:
            self._task.cancel()
        self._cancelled = True

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Send, and give the events as they come."""
        chain = Chain(
            self.exchange,
            self._client.transport,
            self._client.sessions.jar,
            self._client.spool_folder,
            self._client.executor,
            self._events.put_nowait,
        )
        self._task = asyncio.get_running_loop().create_task(self._run(chain), name=f"send {self.exchange.request_id}")
        try:
            while True:
                event = await self._events.get()
                if isinstance(event, Progress):
                    chain.progress_is_shown()
                yield event
                if isinstance(event, Finished):
                    await self._task  # a mistake of ours comes out here
                    return
        finally:
            if not self._task.done():
                self.cancel()
                await asyncio.wait([self._task])

    async def _run(self, chain: Chain) -> None:
        started = time.perf_counter()
        exchange = self.exchange
        try:
            exchange.outcome = Outcome.CANCELLED
            if not self._cancelled:
                await self._within_total(chain)
                exchange.outcome = Outcome.DONE
        except Problem as problem:
            exchange.outcome, exchange.problem = Outcome.FAILED, problem
        except asyncio.CancelledError:
            pass  # by cancel(); the task ends here
        except BaseException:
            exchange.outcome = Outcome.FAILED
            raise
        finally:
            exchange.total_ms = (time.perf_counter() - started) * 1000
            if _log.isEnabledFor(logging.INFO):
                _log.info(_told(exchange))
            self._events.put_nowait(Finished(exchange))

    async def _within_total(self, chain: Chain) -> None:
        limit_s = self.exchange.request.options.total_s
        limit = asyncio.timeout(limit_s or None)
        try:
            async with limit:
                await chain.send()
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise problem_of(TotalTimeout(limit_s), chain.track) from error


def _told(exchange: Exchange) -> str:
    """An exchange as one line of the log, under its request id, secrets masked."""
    status = f" {exchange.head.status}" if exchange.head else ""
    why = f" ({exchange.problem.title})" if exchange.problem else ""
    request = exchange.request
    told = f"{exchange.request_id} {request.method} {request.url}: {exchange.outcome}{status}{why}"
    return redact(f"{told}, {exchange.total_ms:.1f} ms", request.secrets)
