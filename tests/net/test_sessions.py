"""Sessions: one for each TLS and proxy choice, made once, closed in order."""

import asyncio
import gc

import pytest

from httpdesk.core.options import ClientCertificate, Effective, Proxy, ProxyMode
from httpdesk.core.problem import Problem
from httpdesk.core.settings import Pool
from httpdesk.net.sessions import Sessions
from httpdesk.servers.echo import EchoServer
from tests.net.asking import body_of, get
from tests.net.sending import http_client
from tests.peers import certificates
from tests.peers.tls import TlsServer

HTTPS = "https://api.example/"


async def session_of(sessions, options, url):
    return (await sessions.route(options, url)).session


async def the_sessions(*asked):
    """The sessions for these pairs of options and URL, asked for at the same time."""
    sessions = Sessions(Pool())
    found = await asyncio.gather(*[session_of(sessions, options, url) for options, url in asked])
    await sessions.close()
    return found


async def test_two_first_sends_at_once_make_one_session():
    found = await the_sessions(*[(Effective(), HTTPS)] * 5, *[(Effective(total_s=1), "https://other.example/")] * 5)
    assert len(set(found)) == 1


async def test_each_tls_and_proxy_choice_has_its_own_session(tmp_path):
    ca_file = str(certificates.write_authority(tmp_path))
    client_file = str(certificates.write_client_pem(tmp_path))
    proxy = Proxy(mode=ProxyMode.MANUAL, url="http://proxy.example:3128")
    choices = [
        Effective(),
        Effective(verify=False),
        Effective(ca_file=ca_file),
        Effective(min_tls="1.3"),
        Effective(client_certificate=ClientCertificate(file=client_file)),
        Effective(proxy=proxy),
    ]
    found = await the_sessions(*[(options, HTTPS) for options in choices])
    assert len(set(found)) == len(choices)
    plain = await the_sessions(*[(options, "http://api.example/") for options in choices])
    assert len(set(plain)) == 2


async def test_a_host_may_be_exempt_from_the_check():
    options = Effective(unverified_hosts=("a.example",))
    found = await the_sessions((options, "https://a.example/"), (options, "https://b.example/"), (Effective(), HTTPS))
    assert found[0] is not found[1]
    assert found[1] is found[2]


async def test_a_changed_ca_file_counts_at_the_next_send(tmp_path):
    ca_file = tmp_path / "ca.pem"
    ca_file.write_text("no certificate")
    sessions = Sessions(Pool())
    with pytest.raises(Problem) as caught:
        await session_of(sessions, Effective(ca_file=str(ca_file)), HTTPS)
    assert caught.value.kind == "bad-ca-file"
    ca_file.write_bytes(certificates.write_authority(tmp_path).read_bytes())
    first = await session_of(sessions, Effective(ca_file=str(ca_file)), HTTPS)
    assert first is await session_of(sessions, Effective(ca_file=str(ca_file)), HTTPS)
    await sessions.close()


async def test_cancelling_the_first_send_leaves_the_session_to_the_second():
    sessions = Sessions(Pool())
    loop = asyncio.get_running_loop()
    first = loop.create_task(session_of(sessions, Effective(), HTTPS))
    second = loop.create_task(session_of(sessions, Effective(), HTTPS))
    await asyncio.sleep(0)
    first.cancel()
    assert not (await second).closed
    await sessions.close()


@pytest.mark.filterwarnings("error::ResourceWarning")
async def test_closing_leaves_nothing_open(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    ca_file = str(certificates.write_authority(tmp_path))
    with TlsServer() as server:
        async with http_client(tmp_path) as client:
            for url in (echo.url, server.url):
                assert (await get(client, url, options=Effective(ca_file=ca_file))).problem is None
            assert client.sessions.idle == 2
        assert (client.sessions.idle, client.sessions.in_use) == (0, 0)
    await echo.stop()
    gc.collect()


async def test_new_limits_take_new_sessions_and_keep_the_cookies(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path) as client:
        await get(client, f"{echo.url}/cookies/set?flavour=oat")
        old = client.replace_sessions(Pool(total=7))
        assert (client.sessions.limit, old.idle) == (7, 1)
        exchange = await get(client, f"{echo.url}/cookies")
        assert b"oat" in body_of(exchange.last)
        assert not exchange.last.connection.reused
        await client.sessions.close()
    await echo.stop()


async def test_the_pool_limits_connections_and_forgets_idle_ones(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path, Pool(total=3, per_host=2, keep_alive_s=0.05)) as client:
        assert client.sessions.limit == 3
        done = await asyncio.gather(*[get(client, f"{echo.url}/delay/0.05") for _ in range(6)])
        ports = {exchange.last.connection.local for exchange in done}
        assert len(ports) == 2
        later = await _after_idling(client, echo)
        assert later.last.connection.local not in ports
    await echo.stop()


async def _after_idling(client, echo):
    while client.sessions.idle:  # noqa: ASYNC110 - the pool tells nobody
        await asyncio.sleep(0.01)
    return await get(client, echo.url)
