"""Answers that go on: server-sent events and a WebSocket that says everything back."""

import asyncio
import json
import time

import aiohttp
from aiohttp import web

from httpdesk.servers.amounts import parse_seconds
from httpdesk.servers.explain import explain

MAX_INTERVAL_S = 60.0
MAX_MESSAGE_BYTES = 64 * 1024 * 1024
OPEN_SOCKETS = web.AppKey("open_sockets", set[web.WebSocketResponse])


async def events(request: web.Request) -> web.StreamResponse:
    """Send ?count= events (5; 0 never ends), one every ?interval= seconds (1), after any Last-Event-ID."""
    count = request.query.get("count", "5")
    interval_s = parse_seconds(request.query.get("interval", "1"))
    if not (count.isascii() and count.isdigit()) or interval_s is None or interval_s > MAX_INTERVAL_S:
        return explain(
            400,
            f"count is a whole number, interval a number of seconds up to {MAX_INTERVAL_S:.0f}.",
            "GET /sse?count=3&interval=0.5",
        )
    last_seen = request.headers.get("Last-Event-ID", "")
    number = int(last_seen) if last_seen.isascii() and last_seen.isdigit() else 0
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    if request.method == "HEAD":
        return response
    await response.write(b": hello from the echo server\nretry: 2000\n\n")
    while count == "0" or number < int(count):
        number += 1
        data = json.dumps({"number": number, "time": time.time()})
        await response.write(f"id: {number}\nevent: tick\ndata: {data}\n\n".encode())
        await asyncio.sleep(interval_s)
    return response


async def websocket(request: web.Request) -> web.StreamResponse:
    """Say every text and binary message back; a plain GET is told how to connect."""
    offered = [name.strip() for name in request.headers.get("Sec-WebSocket-Protocol", "").split(",") if name.strip()]
    socket = web.WebSocketResponse(protocols=offered[:1], max_msg_size=MAX_MESSAGE_BYTES)
    if not socket.can_prepare(request):
        return explain(
            426,
            "This route speaks WebSocket, and the request did not ask to upgrade.",
            f"Open a WebSocket request to ws://{request.host}/ws.",
            headers={"Upgrade": "websocket", "Connection": "Upgrade"},
        )
    await socket.prepare(request)
    open_sockets = request.app[OPEN_SOCKETS]
    open_sockets.add(socket)
    try:
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                await socket.send_str(message.data)
            elif message.type is aiohttp.WSMsgType.BINARY:
                await socket.send_bytes(message.data)
    finally:
        open_sockets.discard(socket)
    return socket


async def close_sockets(app: web.Application) -> None:
    """Say goodbye to every open WebSocket (code 1001, going away)."""
    open_sockets = app[OPEN_SOCKETS]
    for socket in list(open_sockets):
        await socket.close(code=aiohttp.WSCloseCode.GOING_AWAY, message=b"The echo server stops")
