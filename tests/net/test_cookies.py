"""Cookies: the jar gives and takes them on every hop; what the user typed wins."""

from httpdesk.core.auth import ApiKeyAuth
from httpdesk.core.options import Effective
from httpdesk.net.cookies import Jar
from tests.net.asking import get
from tests.net.sending import http_client
from tests.peers.peer import Peer, header, read_head


class Baker(Peer):
    """Answers with these header lines, in turn; `cookies` are the Cookie headers that came."""

    def __init__(self, *lines):
        super().__init__()
        self.lines, self.cookies, self.heads = list(lines), [], []

    def serve(self, conn):
        while (request := read_head(conn)) is not None:
            self.heads.append(request[0])
            self.cookies.append(header(request[0], "Cookie"))
            line = self.lines.pop(0) if self.lines else ""
            status = 302 if "Location" in line else 200
            conn.sendall(f"HTTP/1.1 {status} X\r\n{line}Content-Length: 0\r\n\r\n".encode())


async def test_cookies_come_back_to_the_server_that_set_them(tmp_path):
    with Baker("Set-Cookie: a=1; HttpOnly\r\nSet-Cookie: b=x,y=z; Path=/\r\n") as baker, Baker() as other:
        async with http_client(tmp_path) as client:
            await get(client, baker.url)
            await get(client, baker.url)
            await get(client, other.url.replace("127.0.0.1", "localhost"))
    assert baker.cookies == ["", "a=1; b=x,y=z"]
    assert other.cookies == [""]


async def test_a_redirect_sets_cookies_for_the_next_hop(tmp_path):
    with Baker("Set-Cookie: sid=7\r\nLocation: /home\r\n") as baker:
        async with http_client(tmp_path) as client:
            exchange = await get(client, f"{baker.url}/login")
            assert [morsel.key for morsel in client.sessions.jar] == ["sid"]
    assert baker.cookies == ["", "sid=7"]
    assert ("Cookie", "sid=7") in exchange.last.sent_headers


async def test_typed_cookies_win_name_by_name_and_make_one_header(tmp_path):
    with Baker("Set-Cookie: a=jar\r\nSet-Cookie: b=jar\r\n") as baker:
        async with http_client(tmp_path) as client:
            await get(client, baker.url)
            auth = ApiKeyAuth(key="key", value="k", placement="cookie")
            await get(client, baker.url, headers=[("cookie", "a=typed"), ("X-After", "1")], auth=auth)
    assert baker.cookies[1] == "a=typed; key=k; b=jar"
    assert baker.heads[1].lower().count(b"\r\ncookie:") == 1


async def test_cookies_off_means_neither_given_nor_taken(tmp_path):
    with Baker("Set-Cookie: a=1\r\n", "Set-Cookie: b=1\r\n") as baker:
        async with http_client(tmp_path) as client:
            await get(client, baker.url)
            await get(client, baker.url, options=Effective(cookies=False))
            assert [morsel.key for morsel in client.sessions.jar] == ["a"]
    assert baker.cookies == ["", ""]


async def test_a_deleted_cookie_is_gone():
    jar = Jar()
    jar.remember("http://127.0.0.1/", ["a=1", "b=2"])
    jar.remember("http://127.0.0.1/", ["a=; Max-Age=0"])
    assert jar.pairs("http://127.0.0.1/x") == [("b", "2")]
    assert jar.header("http://127.0.0.1/", "c=3") == "c=3; b=2"
    jar.clear()
    assert jar.header("http://127.0.0.1/") == ""


async def test_secure_and_path_limit_a_cookie():
    jar = Jar()
    jar.remember("https://a.example/dir/page", ["s=1; Secure; Path=/", "p=1; Path=/dir", "d=1; Domain=example"])
    assert {name for name, _ in jar.pairs("https://a.example/dir/x")} >= {"s", "p"}
    assert {name for name, _ in jar.pairs("http://a.example/dir/x")} & {"s"} == set()
    assert "p" not in dict(jar.pairs("https://a.example/other"))
