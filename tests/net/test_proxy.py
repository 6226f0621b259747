"""Proxies: which one is chosen, what it sees, and what it must not see."""

import base64

import pytest

from httpdesk.core.exchange import Outcome
from httpdesk.core.options import Effective, ProxyMode
from httpdesk.core.options import Proxy as ProxyOptions
from httpdesk.core.problem import Problem
from httpdesk.net.proxy import Proxy, bypasses, proxy_for
from httpdesk.servers.echo import EchoServer
from tests.net.asking import body_of, get
from tests.net.sending import http_client
from tests.peers import certificates
from tests.peers.peer import free_port, header
from tests.peers.proxy import ForwardProxy
from tests.peers.tls import TlsServer

TOKEN = f"Basic {base64.b64encode(b'ada:pass:word').decode()}"


def manual(url, bypass=(), **fields):
    return Effective(proxy=ProxyOptions(mode=ProxyMode.MANUAL, url=url, bypass=tuple(bypass), **fields))


@pytest.mark.parametrize(
    ("rules", "host", "direct"),
    [
        (["api.example"], "api.example", True),
        (["API.example:443"], "api.example", True),
        (["example"], "api.example", True),
        ([".example"], "api.example", True),
        ([".example"], "example", True),
        (["*.example"], "api.example", True),
        (["ample"], "api.example", False),
        (["10.0.0.0/8"], "10.1.2.3", True),
        (["10.0.0.0/8"], "11.1.2.3", False),
        (["127.0.0.1"], "127.0.0.1", True),
        (["::1", "fe80::/10"], "fe80::7", True),
        (["[::1]"], "::1", True),
        (["*"], "anything", True),
        (["", " "], "api.example", False),
    ],
)
def test_the_bypass_list(rules, host, direct):
    assert bypasses(rules, host) is direct


def test_the_environment_is_read(monkeypatch):
    def found(url):
        return proxy_for(Effective(), url)

    assert found("http://api.example/") is None
    monkeypatch.setenv("http_proxy", "http://ada:pass%3Aword@proxy.example:3128/")
    monkeypatch.setenv("HTTPS_PROXY", "proxy2.example:8080")
    monkeypatch.setenv("no_proxy", "internal.example,10.0.0.0/8")
    assert found("http://api.example/") == Proxy("http://proxy.example:3128", TOKEN)
    assert found("https://api.example/") == Proxy("http://proxy2.example:8080")
    for url in ("http://internal.example/", "http://x.internal.example/", "http://10.1.1.1/", "http://127.0.0.1/"):
        assert found(url) is None
    assert proxy_for(Effective(proxy=ProxyOptions(mode=ProxyMode.NONE)), "http://api.example/") is None


def test_a_socks_proxy_for_all_is_a_problem_not_a_way_round(monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5://proxy.example:1080")
    with pytest.raises(Problem) as caught:
        proxy_for(Effective(), "http://api.example/")
    assert caught.value.kind == "proxy-unsupported"
    assert "all_proxy" in caught.value.detail
    monkeypatch.setenv("http_proxy", "http://proxy.example")
    assert proxy_for(Effective(), "http://api.example/") == Proxy("http://proxy.example:80")


@pytest.mark.parametrize(
    "url", ["http://", "http://proxy:99999", "http://pro xy", "http://[::1", "http://p/path", "a:b"]
)
def test_a_wrong_proxy_address_is_a_problem(url):
    with pytest.raises(Problem) as caught:
        proxy_for(manual(url), "http://api.example/")
    assert caught.value.kind in ("bad-proxy", "proxy-unsupported")


def test_the_settings_win_over_the_credentials_in_the_address():
    options = manual("http://other:x@proxy.example", username="ada", password="pass:word")
    assert proxy_for(options, "http://api.example/") == Proxy("http://proxy.example:80", TOKEN)
    with pytest.raises(Problem) as caught:
        proxy_for(manual("http://ada:hidden@"), "http://api.example/")
    assert "hidden" not in caught.value.evidence


async def test_plain_http_goes_through_the_proxy(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    port = int(echo.url.rpartition(":")[2])
    with ForwardProxy("ada", "pass:word", hosts={"127.0.0.1": ("127.0.0.1", port)}) as proxy:
        options = manual(proxy.url, username="ada", password="pass:word")
        async with http_client(tmp_path) as client:
            exchange = await get(client, f"{echo.url}/anything?a=1", options=options)
            wrong = await get(client, f"{echo.url}/anything", options=manual(proxy.url))
    await echo.stop()
    assert exchange.head.status == 200
    assert b"roxy-" not in body_of(exchange.last)
    assert (proxy.seen[0].target, proxy.seen[0].authorization) == (f"http://127.0.0.1:{port}/anything?a=1", TOKEN)
    assert exchange.last.connection.proxy == proxy.url
    assert ("Proxy-Authorization", "Basic ••••••") in exchange.last.sent_headers
    assert wrong.head.status == 407
    assert body_of(wrong.last) == b"who are you"


async def test_https_goes_through_a_tunnel_and_the_password_stays_outside(tmp_path):
    ca_file = str(certificates.write_authority(tmp_path))
    with TlsServer() as server, ForwardProxy("ada", "pass:word") as proxy:
        tunnel = ProxyOptions(mode=ProxyMode.MANUAL, url=proxy.url, username="ada", password="pass:word", bypass=())
        async with http_client(tmp_path) as client:
            exchange = await get(client, f"{server.url}/", options=Effective(ca_file=ca_file, proxy=tunnel))
            again = await get(client, f"{server.url}/", options=Effective(ca_file=ca_file, proxy=tunnel))
    assert exchange.problem is None
    assert exchange.head.status == again.head.status == 200
    [seen] = proxy.seen
    assert (seen.method, seen.authorization) == ("CONNECT", TOKEN)
    assert not header(server.heads[0], "Proxy-Authorization")
    assert b"aiohttp" not in seen.head
    assert (exchange.last.connection.proxy, exchange.last.connection.tls_version) == (proxy.url, "TLSv1.3")
    assert again.last.connection.reused


@pytest.mark.parametrize("status", [403, 407, 502])
async def test_a_refused_tunnel_is_a_problem_with_its_status(status, tmp_path):
    answer = f"HTTP/1.1 {status} No\r\nContent-Length: 2\r\n\r\nno".encode()
    with ForwardProxy(connect_answer=answer) as proxy:
        async with http_client(tmp_path) as client:
            exchange = await get(client, "https://api.example/", options=manual(proxy.url))
    assert exchange.outcome is Outcome.FAILED
    assert exchange.head is None
    assert exchange.problem.kind.startswith("proxy")
    assert str(status) in f"{exchange.problem.title} {exchange.problem.detail} {exchange.problem.evidence}"


async def test_a_proxy_that_is_not_there_is_named(tmp_path):
    async with http_client(tmp_path) as client:
        exchange = await get(client, "http://api.example/", options=manual(f"http://127.0.0.1:{free_port()}"))
    assert exchange.problem.kind.startswith("proxy")
    assert exchange.last.connection.proxy.startswith("http://127.0.0.1:")


async def test_loopback_is_reached_directly_by_default(tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path) as client:
        exchange = await get(client, f"{echo.url}/anything")
    await echo.stop()
    assert exchange.head.status == 200
    assert exchange.last.connection.proxy == ""
