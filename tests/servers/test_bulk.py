"""Large answers: exact sizes, and a loop that goes on."""

import asyncio
import json

import pytest

from tests.servers.client import echo, get, get_json


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 517, 65_536, 300_001])
@pytest.mark.parametrize(
    "path", ["/stream/{}", "/stream/{}?type=binary", "/json/{}", "/json/{}?minified=1", "/bytes/{}"]
)
@pytest.mark.parametrize("chunked", [False, True])
async def test_bulk_answers_have_exactly_the_size_asked_for(path, size, chunked):
    address = path.format(size) + (("&" if "?" in path else "?") + "chunked=1" if chunked else "")
    async with echo() as (_server, client):
        answer, body = await get(client, address)
    assert len(body) == size
    assert answer.headers.get("Content-Length") == (None if chunked else str(size))
    if "json" in path and size > 0:
        json.loads(body)
    if answer.content_type == "application/x-ndjson":
        assert all(isinstance(json.loads(line), dict) for line in body.splitlines() if line.strip())
    if answer.content_type == "application/octet-stream":
        assert body[:300] == (bytes(range(256)) * 2)[: min(size, 300)]


async def test_json_rows_differ_and_minified_is_one_line():
    async with echo() as (_server, client):
        _answer, indented = await get(client, "/json/20kB")
        _answer, minified = await get(client, "/json/20kB?minified=1")
    assert len({row["id"] for row in json.loads(indented)}) == len(json.loads(indented)) > 50
    assert indented.count(b"\n") > 500
    assert b"\n" not in minified


@pytest.mark.parametrize(("text", "size"), [("2kB", 2000), ("2KiB", 2048), ("1.5kb", 1500), ("0.01MB", 10_000)])
async def test_sizes_have_units(text, size):
    async with echo() as (_server, client):
        _answer, body = await get(client, f"/bytes/{text}")
    assert len(body) == size


@pytest.mark.parametrize("text", ["x", "-1", "1TB", "5000GB", "1.2.3"])
async def test_a_size_that_is_none_is_explained(text):
    async with echo() as (_server, client):
        answer, shown = await get_json(client, f"/stream/{text}")
    assert answer.status == 400
    assert text in shown["error"]


async def test_the_loop_goes_on_while_a_large_answer_is_made():
    turns = 0

    async def count():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with echo() as (_server, client), asyncio.TaskGroup() as group:
        counter = group.create_task(count())
        _answer, body = await get(client, "/stream/5MB")
        counter.cancel()
    assert len(body) == 5_000_000
    assert turns > 5_000_000 / 131_072


async def test_a_client_that_leaves_does_not_stop_the_server():
    async with echo() as (_server, client):
        async with client.get("/stream/1GB?type=binary") as answer:
            await answer.content.read(1000)
            answer.close()
        again, _body = await get(client, "/status/200")
    assert again.status == 200
