"""Sends through the whole client whose exchange stays open: for tests that look at hops, bodies and events."""

import asyncio

from httpdesk.core.environment import Scope
from httpdesk.core.options import Effective
from httpdesk.core.prepare import prepare
from httpdesk.core.request import HttpRequest
from httpdesk.core.rows import Row

PATIENCE_S = 30.0


def wire(url, *, method="GET", headers=(), options=None, folder="", **fields):
    """A prepared request."""
    rows = tuple(Row(name=name, value=value) for name, value in headers)
    request = HttpRequest(method=method, url=url, headers=rows, **fields)
    return prepare(request, Scope(), options or Effective(), folder=folder)


async def finish(sending):
    """Send; returns the exchange when it has ended."""
    async with asyncio.timeout(PATIENCE_S):
        async for _event in sending:
            pass
    return sending.exchange


async def get(client, url, **fields):
    """Send a request made by `wire`; returns the exchange."""
    return await finish(client.send(wire(url, **fields)))


async def come_true(condition):
    """Let the loop run until a condition holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - many things are waited for, none has an event
            await asyncio.sleep(0.001)


def body_of(hop):
    """The bytes of an answer."""
    return hop.body.read(0, hop.body.size_bytes)
