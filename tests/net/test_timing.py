"""Time: every limit ends its phase with its own problem, and the phases of a hop add up."""

import asyncio
import time

import pytest

from httpdesk.core.exchange import Outcome, Phase
from httpdesk.core.options import Effective
from httpdesk.core.request import RawBody
from httpdesk.core.settings import Pool
from httpdesk.servers.echo import EchoServer
from tests.net.asking import body_of, come_true, finish, get, wire
from tests.net.sending import http_client
from tests.peers import certificates
from tests.peers.dead import DeafPeer, FullPeer, SilentPeer
from tests.peers.tls import TlsServer
from tests.zoo.server import Zoo

SOON_S = 0.3
LATE_S = 5.0
NONE = {"total_s": 0.0, "headers_s": 0.0, "connect_s": 0.0, "sock_connect_s": 0.0, "sock_read_s": 0.0}


def only(**limits):
    """Options with these limits and no others."""
    return Effective(**(NONE | limits))


async def failing(folder, url, kind, **fields):
    """Send what must end with this kind of problem soon; returns the exchange."""
    started = time.monotonic()
    async with http_client(folder, fields.pop("pool", None)) as client:
        exchange = await get(client, url, **fields)
    assert exchange.problem is not None, exchange
    assert (exchange.outcome, exchange.problem.kind) == (Outcome.FAILED, kind), str(exchange.problem)
    assert SOON_S * 0.9 <= time.monotonic() - started < LATE_S
    return exchange


async def test_the_head_has_its_own_limit(tmp_path):
    with SilentPeer() as peer:
        exchange = await failing(tmp_path, peer.url, "timeout-headers", options=only(headers_s=SOON_S))
    assert exchange.last.phases[-1].phase is Phase.WAIT


@pytest.mark.parametrize("name", ["slow-head-drip", "interim-drip", "slow-half-a-status-line"])
async def test_a_head_that_drips_does_not_outlast_the_limit(name, tmp_path):
    with Zoo() as zoo:
        await failing(tmp_path, f"{zoo.url}/{name}", "timeout-headers", options=only(headers_s=SOON_S))


async def test_the_time_of_an_upload_does_not_count_as_waiting_for_the_head(tmp_path):
    with DeafPeer() as peer:
        body = RawBody(text="x" * 20_000_000, language="text")
        options = only(headers_s=0.05, total_s=SOON_S)
        exchange = await failing(tmp_path, peer.url, "timeout-total", method="POST", body=body, options=options)
    assert 0 < exchange.last.sent_bytes < 20_000_000


@pytest.mark.parametrize("name", ["slow-body-drip", "slow-chunk-drip", "endless-body", "endless-trailers"])
async def test_the_total_ends_a_body_and_keeps_what_came(name, tmp_path):
    with Zoo() as zoo:
        exchange = await failing(tmp_path, f"{zoo.url}/{name}", "timeout-total", options=only(total_s=SOON_S))
    assert exchange.head.status == 200
    assert body_of(exchange.last)
    assert not exchange.last.complete
    assert exchange.last.body.finished


async def test_the_total_spans_redirects(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    url = f"{echo.url}/redirect/1?to={echo.url}/delay/20"
    exchange = await failing(tmp_path, url, "timeout-total", options=only(total_s=SOON_S))
    await echo.stop()
    assert [hop.head.status if hop.head else None for hop in exchange.hops] == [302, None]


async def test_silence_inside_a_body_ends_it_and_keeps_what_came(tmp_path):
    with Zoo() as zoo:
        exchange = await failing(
            tmp_path, f"{zoo.url}/slow-half-a-body", "timeout-read", options=only(sock_read_s=SOON_S)
        )
    assert body_of(exchange.last) == b"hello"


async def test_a_server_that_takes_no_connection(tmp_path):
    with FullPeer() as peer:
        for limits in ({"sock_connect_s": SOON_S}, {"connect_s": SOON_S}):
            exchange = await failing(tmp_path, peer.url, "timeout-connect", options=only(**limits))
            assert exchange.last.phases[-1].phase is Phase.TCP


async def test_a_tls_handshake_that_never_ends(tmp_path):
    with TlsServer("silent_in_handshake") as server:
        exchange = await failing(tmp_path, server.url, "timeout-connect", options=only(sock_connect_s=SOON_S))
    assert exchange.last.phases[-1].phase is Phase.TLS


async def test_waiting_for_a_free_connection_counts_as_connecting(tmp_path):
    pool = Pool(total=1, per_host=1)
    with SilentPeer() as peer:
        async with http_client(tmp_path, pool) as client:
            first = client.send(wire(peer.url, options=only()))
            holding = asyncio.get_running_loop().create_task(finish(first))
            await come_true(lambda: client.sessions.in_use)
            second = await get(client, peer.url, options=only(connect_s=SOON_S))
            first.cancel()
            assert (await holding).outcome is Outcome.CANCELLED
    assert second.problem.kind == "timeout-connect"
    assert [time.phase for time in second.last.phases] == [Phase.QUEUED]


async def test_no_limit_means_no_limit(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path) as client:
        exchange = await get(client, f"{echo.url}/delay/0.5", options=only())
    await echo.stop()
    assert exchange.outcome is Outcome.DONE


async def test_the_phases_of_a_hop_follow_each_other_and_add_up(tmp_path):
    ca_file = str(certificates.write_authority(tmp_path))
    with TlsServer() as server:
        url = server.url.replace("127.0.0.1", "localhost")
        async with http_client(tmp_path) as client:
            first = await get(client, url, options=Effective(ca_file=ca_file))
            second = await get(client, url, options=Effective(ca_file=ca_file))
    assert first.problem is None
    assert [time.phase for time in first.last.phases] == list(Phase)
    assert {time.phase for time in second.last.phases} == {Phase.QUEUED, Phase.SEND, Phase.WAIT, Phase.DOWNLOAD}
    for exchange in (first, second):
        length_ms = sum(time.length_ms for time in exchange.last.phases)
        assert 0 < length_ms <= exchange.total_ms
