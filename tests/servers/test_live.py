"""Server-sent events and the WebSocket."""

import asyncio

import aiohttp
import pytest

from tests.servers.client import echo, get, get_json


async def test_events_stream_and_resume():
    async with echo() as (_server, client):
        answer, body = await get(client, "/sse?count=2&interval=0")
        assert answer.content_type == "text/event-stream"
        assert [line for line in body.decode().splitlines() if line.startswith("id:")] == ["id: 1", "id: 2"]
        _answer, body = await get(client, "/sse?count=3&interval=0", headers={"Last-Event-ID": "2"})
        assert body.count(b"event: tick") == 1
        answer, _shown = await get_json(client, "/sse?interval=soon")
        assert answer.status == 400


async def test_endless_events_end_when_the_server_stops():
    async with echo() as (server, client), client.get("/sse?count=0&interval=0.01") as answer:
        await answer.content.readuntil(b"id: 3\n")
        await server.stop()
        with pytest.raises(aiohttp.ClientError):
            await answer.read()


async def test_a_websocket_says_everything_back():
    async with echo() as (_server, client), client.ws_connect("/ws", protocols=("chat", "other"), max_msg_size=0) as ws:
        assert ws.protocol == "chat"
        await ws.send_str("héllo")
        assert await ws.receive_str() == "héllo"
        await ws.send_bytes(bytes(range(256)) * 40_000)
        assert await ws.receive_bytes() == bytes(range(256)) * 40_000


async def test_an_open_websocket_hears_that_the_server_stops():
    async with echo() as (server, client), client.ws_connect("/ws") as ws:
        await ws.send_str("first")
        await ws.receive_str()
        stopping = asyncio.ensure_future(server.stop())
        message = await ws.receive()
        await stopping
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.GOING_AWAY)


async def test_a_plain_get_of_the_websocket_is_told_to_upgrade():
    async with echo() as (_server, client):
        answer, shown = await get_json(client, "/ws")
    assert (answer.status, answer.headers["Upgrade"]) == (426, "websocket")
    assert "ws://127.0.0.1" in shown["try"]
