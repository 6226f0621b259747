"""A running echo server, and a plain client that follows and decodes nothing by itself."""

import asyncio
import json
from contextlib import asynccontextmanager

import aiohttp

from httpdesk.servers.echo import EchoServer


@asynccontextmanager
async def echo():
    """A running echo server and a client that follows and decodes nothing by itself."""
    server = EchoServer()
    await server.start()
    try:
        async with aiohttp.ClientSession(server.url, auto_decompress=False) as client:
            yield server, client
    finally:
        await server.stop()


async def get(client, path, **options):
    """Send, and return the answer with its body already read as `answer.body`."""
    method = options.pop("method", "GET")
    async with client.request(method, path, allow_redirects=False, **options) as answer:
        return answer, await answer.read()


async def get_json(client, path, **options):
    answer, body = await get(client, path, **options)
    assert answer.content_type == "application/json"
    return answer, json.loads(body)


async def raw(server, request):
    """Send bytes over a plain socket and return all that comes back until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
    writer.write(request)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def get_quietly(client, path):
    try:
        return await get(client, path)
    except aiohttp.ClientError:
        return None
