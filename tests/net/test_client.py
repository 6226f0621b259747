"""The client as the window and the command line use it: events, cancelling, what a hop knows, one request per send."""

import asyncio
import gzip

import psutil  # type: ignore[import-untyped]
import pytest

from httpdesk.core.auth import BearerAuth
from httpdesk.core.environment import Scope, Variable
from httpdesk.core.exchange import Answered, Finished, Outcome, Progress, Reached
from httpdesk.core.options import Effective
from httpdesk.core.problem import Stage
from httpdesk.core.settings import Pool
from httpdesk.servers.echo import EchoServer
from tests.net.asking import PATIENCE_S, body_of, come_true, finish, get, wire
from tests.net.sending import http_client, send
from tests.peers import certificates
from tests.peers.dead import ClosingPeer, KeepAliveLiar, ResettingPeer, SilentPeer
from tests.peers.peer import Peer, read_head, wait_for
from tests.peers.tls import ANSWER, TlsServer

MB = 1_000_000


class Flood(Peer):
    """Answers with a body of so many bytes; keeps only the first `before_hold` of them coming, then is silent."""

    def __init__(self, size_bytes, before_hold=None, headers=b"", body=None):
        super().__init__()
        self.size_bytes, self.before_hold, self.headers, self.body = size_bytes, before_hold, headers, body

    def serve(self, conn):
        while read_head(conn) is not None:
            conn.sendall(b"HTTP/1.1 200 OK\r\n%bContent-Length: %d\r\n\r\n" % (self.headers, self.size_bytes))
            left = self.size_bytes if self.before_hold is None else self.before_hold
            block = self.body or bytes(range(256)) * 4096
            while left:
                conn.sendall(block[:left])
                left -= min(left, len(block))
            if self.before_hold is not None:
                self.stopping.wait()


async def test_events_come_in_order_and_finished_comes_once(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path) as client:
        events = [event async for event in client.send(wire(f"{echo.url}/redirect/1"))]
    await echo.stop()
    kinds = [type(event) for event in events if not isinstance(event, Progress)]
    assert kinds.count(Finished) == 1
    assert kinds[-1] is Finished
    assert kinds.count(Answered) == 2
    stages = [event.stage for event in events if isinstance(event, Reached)]
    assert stages[:3] == [Stage.TCP, Stage.REQUEST, Stage.ANSWER]
    assert events[-1].exchange.outcome is Outcome.DONE


async def test_progress_is_told_while_a_body_comes(tmp_path):
    with Flood(30 * MB) as peer:
        async with http_client(tmp_path) as client:
            events = [event async for event in client.send(wire(peer.url))]
            exchange = events[-1].exchange
            assert exchange.last.body.size_bytes == exchange.last.wire_bytes == 30 * MB
            assert exchange.last.body.read(29 * MB, 29 * MB + 3) == (bytes(range(256)) * 4)[29 * MB % 256 :][:3]
            client.close_exchange(exchange)
    assert any(isinstance(event, Progress) for event in events)


@pytest.mark.parametrize("size_bytes", [1000, 5 * MB])
async def test_cancelling_keeps_what_has_arrived(size_bytes, tmp_path):
    with Flood(50 * MB, before_hold=size_bytes) as peer:
        async with http_client(tmp_path) as client:
            sending = client.send(wire(peer.url))
            seen = []
            async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
                async for event in sending:
                    seen.append(event)
                    if isinstance(event, Answered):
                        group.create_task(_cancel_at(sending, size_bytes))
            last = sending.exchange.last
            assert body_of(last) == (bytes(range(256)) * (size_bytes // 256 + 1))[:size_bytes]
            assert last.body.finished
            assert not last.complete
            client.close_exchange(sending.exchange)
    assert sending.exchange.outcome is Outcome.CANCELLED
    assert sending.exchange.problem is None
    assert isinstance(seen[-1], Finished)


async def _cancel_at(sending, size_bytes):
    await come_true(lambda: sending.exchange.last.wire_bytes >= size_bytes)
    sending.cancel()
    sending.cancel()


async def test_cancelling_a_coded_body_keeps_what_was_decoded(tmp_path):
    body = gzip.compress(b"hello " * 100_000)
    half = body[: len(body) // 2]
    with Flood(len(body), before_hold=len(half), headers=b"Content-Encoding: gzip\r\n", body=half) as peer:
        async with http_client(tmp_path) as client:
            sending = client.send(wire(peer.url))
            async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
                async for event in sending:
                    if isinstance(event, Answered):
                        group.create_task(_cancel_with_some(sending))
            assert body_of(sending.exchange.last).startswith(b"hello hello ")


async def _cancel_with_some(sending):
    await come_true(lambda: sending.exchange.last.body.size_bytes)
    sending.cancel()


async def test_cancelling_before_and_while_waiting(tmp_path):
    with SilentPeer() as peer:
        async with http_client(tmp_path) as client:
            early = client.send(wire(peer.url))
            early.cancel()
            assert (await finish(early)).outcome is Outcome.CANCELLED
            assert peer.accepted == 0
            sending = client.send(wire(peer.url))
            async for event in sending:
                if event == Reached(Stage.ANSWER):
                    sending.cancel()
            assert sending.exchange.outcome is Outcome.CANCELLED
            assert client.sessions.in_use == 0


async def test_leaving_the_events_early_ends_the_send(tmp_path):
    with SilentPeer() as peer:
        async with http_client(tmp_path) as client:
            events = aiter(client.send(wire(peer.url)))
            await anext(events)
            await events.aclose()
            assert client.sessions.in_use == 0


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
@pytest.mark.parametrize("peer", [ClosingPeer, lambda: ResettingPeer(after_request=True)])
async def test_one_send_is_one_request_also_when_the_connection_breaks(peer, method, tmp_path):
    with peer() as server:
        async with http_client(tmp_path) as client:
            exchange = await get(client, server.url, method=method)
        assert server.accepted == 1
    assert exchange.outcome is Outcome.FAILED
    assert exchange.head is None


async def test_a_kept_connection_that_breaks_is_a_problem_not_a_second_request(tmp_path):
    with KeepAliveLiar() as peer:
        async with http_client(tmp_path) as client:
            first = await get(client, peer.url)
            second = await get(client, peer.url)
            third = await get(client, peer.url)
        assert peer.requests == 3
    assert (first.head.status, third.head.status) == (200, 200)
    assert second.outcome is Outcome.FAILED
    assert second.last.connection.reused


async def test_a_connection_that_the_server_has_closed_is_not_used(tmp_path):
    class Once(Peer):
        def serve(self, conn):
            read_head(conn)
            conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with Once() as peer:
        async with http_client(tmp_path) as client:
            for number in range(1, 4):
                exchange = await get(client, peer.url)
                assert exchange.head.status == 200
                # The loop gets no turn between the server's end and the next send: only the socket knows.
                wait_for(lambda: not peer._open, "the server's end")
                assert peer.accepted == number


async def test_a_hop_knows_its_connection(tmp_path):
    ca_file = str(certificates.write_authority(tmp_path))
    with TlsServer("with_intermediate") as server:
        async with http_client(tmp_path) as client:
            trusted = await get(client, server.url, options=Effective(ca_file=ca_file))
            again = await get(client, server.url, options=Effective(ca_file=ca_file))
            unchecked = await get(client, server.url, options=Effective(verify=False))
    connection = trusted.last.connection
    assert connection.peer == f"127.0.0.1:{server.port}"
    assert connection.local.startswith("127.0.0.1:")
    assert connection.addresses == (connection.peer,)
    assert connection.tls_version == "TLSv1.3"
    assert connection.cipher
    assert len(connection.certificates) >= 2
    assert "127.0.0.1" in connection.certificates[0].names
    assert (connection.verified, connection.reused) == (True, False)
    assert (again.last.connection.reused, again.last.connection.certificates) == (True, connection.certificates)
    assert not unchecked.last.connection.verified
    assert (body_of(trusted.last), trusted.last.complete, trusted.last.wire_bytes) == (ANSWER, True, len(ANSWER))


async def test_a_hop_knows_what_was_sent_and_what_came(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path) as client:
        exchange = await get(client, f"{echo.url}/gzip", auth=BearerAuth(token="a-long-secret"))
        hop = exchange.last
        assert hop.encodings == ("gzip",)
        assert 0 < hop.wire_bytes == hop.expected_bytes != hop.body.size_bytes
        assert b'"encoding": "gzip"' in body_of(hop)
        assert ("Authorization", "Bearer ••••••") in hop.sent_headers
        assert hop.head_bytes > 20
    await echo.stop()


async def test_two_hundred_sends_at_once_share_the_pool(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path, Pool(total=50, per_host=8)) as client:
        sends = [get(client, f"{echo.url}/bytes/{1000 + number}") for number in range(200)]
        done = await asyncio.gather(*sends)
        assert client.sessions.idle <= 8
        assert client.sessions.in_use == 0
    await echo.stop()
    assert [exchange.last.body.size_bytes for exchange in done] == [1000 + number for number in range(200)]
    assert sum(not exchange.last.connection.reused for exchange in done) <= 8


async def test_a_large_body_costs_little_memory_and_lies_in_one_private_file(tmp_path):
    process = psutil.Process()
    with Flood(120 * MB) as peer:
        async with http_client(tmp_path) as client:
            before = most = process.memory_info().rss
            async for _event in (sending := client.send(wire(peer.url))):
                most = max(most, process.memory_info().rss)
            file = sending.exchange.last.body.path
            assert file.stat().st_size == 120 * MB
            client.close_exchange(sending.exchange)
            assert not file.exists()
    assert most - before < 60 * MB


async def test_a_full_disk_is_a_problem_and_keeps_what_fitted(tmp_path):
    folder = tmp_path / "spool"
    folder.write_text("a file where the folder should be")
    with Flood(5 * MB) as peer:
        async with http_client(folder) as client:
            exchange = await get(client, peer.url)
    assert exchange.problem.kind == "disk"
    assert exchange.head.status == 200
    assert exchange.last.body.size_bytes > 0


async def test_urls_go_out_as_they_were_typed(tmp_path):
    paths = ["/a/../b", "/a//b/", "/a%2fb?c=%20&d=+&&", "/?x=[1]&y={}", "/a;b=c,d?e/f?g", "/~a!$'()*", "/x?", "/"]
    with Flood(2) as peer:
        targets: list[str] = []
        peer.serve = lambda conn: _note_target(conn, targets)
        async with http_client(tmp_path) as client:
            for path in paths:
                await get(client, peer.url + path)
    assert targets == [path.replace("{}", "%7B%7D") for path in paths]


def _note_target(conn, targets):
    while (request := read_head(conn)) is not None:
        targets.append(request[0].split(b" ")[1].decode())
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


async def test_the_log_tells_every_send_under_its_request_id_without_secrets(tmp_path, caplog):
    caplog.set_level("INFO", "httpdesk.protocols.http.client")
    scope = Scope(("S", (Variable(name="token", value="s3cret", secret=True),)))
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path) as client:
        answered = await send(client, f"{echo.url}/status/404?t={{{{token}}}}", scope)
        refused = await send(client, "http://127.0.0.1:1/")
    url = echo.url
    await echo.stop()
    lines = [record.getMessage() for record in caplog.records]
    assert lines[0].startswith(f"{answered.request_id} GET {url}/status/404?t=••••••: done 404, ")
    assert lines[1].startswith(f"{refused.request_id} GET http://127.0.0.1:1/: failed (Connection refused), ")
    assert len(lines) == 2
