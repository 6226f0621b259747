"""Listen for connections whose methods may be any word."""

import asyncio
from functools import partial

from aiohttp import web
from aiohttp.http_parser import HttpRequestParserPy
from aiohttp.web_protocol import RequestHandler

HEAD_LIMIT_BYTES = 1024 * 1024
MAX_HEADERS = 10_000


async def listen(server: web.Server, host: str, port: int) -> asyncio.Server:
    """Listen on one address; raises OSError."""
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(partial(_connection, server), host, port, start_serving=False)
    # Starting is a step of its own: cancelled inside of create_server, it would leave the socket open.
    try:
        await listener.start_serving()
    except BaseException:
        listener.close()
        raise
    return listener


def _connection(server: web.Server) -> RequestHandler:
    connection = server()
    # aiohttp's C parser answers 400 to methods that it does not know; the one in Python takes them all.
    # An echo shows the body as sent, also when it says that it is gzip, and large heads too.
    connection._parser = HttpRequestParserPy(  # noqa: SLF001 - guarded by test_anything_answers_every_method
        connection,
        asyncio.get_running_loop(),
        max_line_size=HEAD_LIMIT_BYTES,
        max_field_size=HEAD_LIMIT_BYTES,
        max_headers=MAX_HEADERS,
        payload_exception=web.RequestPayloadError,
        auto_decompress=False,
    )
    return connection
