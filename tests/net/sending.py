"""One send through the whole client, for tests that look at how it ends."""

import asyncio
from contextlib import asynccontextmanager

from httpdesk.core.environment import Scope
from httpdesk.core.options import Effective, Proxy, ProxyMode
from httpdesk.core.prepare import prepare
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.core.settings import Pool
from httpdesk.net.sessions import Sessions
from httpdesk.protocols.http.client import HttpClient

PATIENCE_S = 20.0
DIRECT = Proxy(mode=ProxyMode.NONE)


@asynccontextmanager
async def http_client(spool_folder, pool=None):
    """A client that ends in order."""
    sessions = Sessions(pool or Pool())
    client = HttpClient(sessions, spool_folder)
    try:
        yield client
    finally:
        await sessions.close()
        client.close()


async def send(client, url, scope=None, folder="", method="GET", body=None, headers=(), **options):
    """Send and wait for the end; returns the exchange, whose bodies are closed."""
    fields = {"body": body} if body is not None else {}
    request = HttpRequest(method=method, url=url, headers=headers, **fields)
    wire = prepare(request, scope or Scope(), Effective(**({"proxy": DIRECT} | options)), folder=folder)
    sending = client.send(wire)
    async with asyncio.timeout(PATIENCE_S):
        async for _event in sending:
            pass
    client.close_exchange(sending.exchange)
    return sending.exchange


async def problem_of_send(spool_folder, url, **options):
    """The Problem of a send that must fail."""
    async with http_client(spool_folder) as client:
        exchange = await send(client, url, **options)
    assert isinstance(exchange.problem, Problem), f"no problem, but {exchange.outcome}: {exchange.head}"
    return exchange.problem
