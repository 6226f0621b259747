"""The echo server as a whole: start, stop, ports, Host allow-list, index, HEAD and OPTIONS."""

import asyncio
import gc
import socket

import pytest
import qasync

from httpdesk.core.problem import Problem
from httpdesk.servers.echo import EchoServer
from httpdesk.servers.routes import ROUTES
from tests.servers.client import echo, get, get_json, get_quietly, raw


async def test_the_index_lists_every_route_and_its_examples_work():
    async with echo() as (_server, client):
        answer, body = await get(client, "/")
        assert answer.content_type == "text/html"
        for route in ROUTES:
            assert f'href="{route.example}"'.encode() in body
            example, _body = await get(client, route.example, method=route.methods[0].replace("*", "GET"))
            assert example.status not in {404, 405, 500}


@pytest.mark.parametrize("route", ["/", *(route.example for route in ROUTES if "GET" in route.methods)])
async def test_head_answers_as_get_without_a_body(route):
    if route.startswith(("/delay", "/sse")):
        route = route.replace("/2", "/0")
    async with echo() as (_server, client):
        answer, body = await get(client, route, method="HEAD")
        again, _body = await get(client, "/status/200")
    assert body == b""
    assert answer.status not in {404, 405, 500}
    assert again.status == 200, "the connection is still in order"


async def test_options_lists_the_methods_and_other_methods_are_refused():
    async with echo() as (_server, client):
        answer, body = await get(client, "/stream/10", method="OPTIONS")
        assert (answer.status, body, answer.headers["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")
        answer, _shown = await get_json(client, "/stream/10", method="DELETE")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        answer, _body = await get(client, "/auth/basic", method="OPTIONS")
        assert answer.status == 204


async def test_an_unknown_path_is_explained():
    async with echo() as (_server, client):
        answer, shown = await get_json(client, "/nothing-here")
    assert answer.status == 404
    assert "/nothing-here" in shown["error"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]", ""])
async def test_a_foreign_host_header_is_refused(host):
    async with echo() as (server, client):
        port = server.url.rpartition(":")[2]
        answer, shown = await get_json(client, "/anything", headers={"Host": host.format(port=port)})
    assert answer.status == 421
    assert f"127.0.0.1:{port}" in shown["try"]
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
async def test_loopback_host_headers_are_served(host):
    async with echo() as (server, client):
        port = server.url.rpartition(":")[2]
        answer, _shown = await get_json(client, "/anything", headers={"Host": host.format(port=port)})
    assert answer.status == 200


async def test_a_missing_host_header_is_refused():
    async with echo() as (server, _client):
        answer = await raw(server, b"GET /anything HTTP/1.0\r\n\r\n")
    assert b" 421 " in answer.partition(b"\r\n")[0]


async def test_the_server_listens_on_loopback_only():
    async with echo() as (server, _client):
        listeners = [sock.getsockname()[0] for listener in server._listeners for sock in listener.sockets]
    assert set(listeners) <= {"127.0.0.1", "::1"}
    assert "127.0.0.1" in listeners


async def test_a_taken_port_is_passed_over_or_explained():
    first, second = EchoServer(), EchoServer()
    assert first.url == ""
    await first.start()
    try:
        await second.start()
        assert second.url not in {first.url, ""}
        await second.stop()
        with pytest.raises(Problem) as caught:
            await second.start(int(first.url.rpartition(":")[2]))
        assert caught.value.kind == "port-in-use"
        assert second.url == ""
    finally:
        await first.stop()


async def test_a_given_port_is_used_and_free_again_after_stop():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = EchoServer()
    for _ in range(2):
        await server.start(port)
        assert server.url == f"http://127.0.0.1:{port}"
        await server.stop()
    assert server.url == ""


async def test_stop_does_not_wait_for_a_long_delay():
    async with echo() as (server, client), asyncio.TaskGroup() as group:
        sending = group.create_task(get_quietly(client, "/delay/300"))
        # A second answer on a connection of its own means that the first request has arrived too.
        await get(client, "/status/200")
        await server.stop()
        assert await sending is None


@pytest.mark.parametrize("turns", range(15))
async def test_a_start_that_is_cancelled_leaves_no_socket_open(turns):
    """At whatever turn of the loop: a window may be closed as soon as it is shown."""
    server = EchoServer()
    start = asyncio.create_task(server.start())
    for _ in range(turns):
        await asyncio.sleep(0)
    start.cancel()
    await asyncio.wait([start])
    await server.stop()
    # What nobody has any more says so when it goes, and that fails the test.
    del server, start
    gc.collect()


def test_the_server_runs_on_the_loop_of_the_window(qapp):
    async def exchange():
        async with echo() as (_server, client):
            answer, body = await get(client, "/json/300kB")
            assert (answer.status, len(body)) == (200, 300_000)

    loop = qasync.QEventLoop(qapp)
    try:
        loop.run_until_complete(exchange())
    finally:
        loop.close()
