"""Redirects: which are followed, how the method changes, and what never goes to another origin."""

import pytest

from httpdesk.core.auth import ApiKeyAuth, BasicAuth, BearerAuth
from httpdesk.core.exchange import Head, Outcome
from httpdesk.core.options import Effective
from httpdesk.core.request import RawBody
from httpdesk.core.wire import WireHeader
from httpdesk.net.redirects import Asked, following, is_credential
from httpdesk.servers.echo import EchoServer
from tests.net.asking import body_of, get, wire
from tests.net.sending import http_client
from tests.peers.peer import Peer, header, read_body, read_head

HERE = "http://a.example/dir/page?q=1"


class Origin(Peer):
    """Answers every request with the next of these answers; `heads` and `bodies` are what came."""

    def __init__(self, *answers):
        super().__init__()
        self.answers, self.heads, self.bodies = list(answers), [], []

    def serve(self, conn):
        rest = b""
        while (request := read_head(conn, rest)) is not None:
            head, rest = request
            body, rest = read_body(conn, head, rest)
            self.heads.append(head)
            self.bodies.append(body)
            status, location = self.answers.pop(0) if self.answers else (200, "")
            line = f"Location: {location}\r\n" if location else ""
            conn.sendall(f"HTTP/1.1 {status} X\r\n{line}Content-Length: 2\r\n\r\nok".encode())


def step(location, status=302, options=None, **fields):
    """What follows an answer to HERE; returns the request and the faults."""
    request = wire(HERE, options=options, **fields)
    faults: list[str] = []
    head = Head(status=status, reason="", headers=(("Location", location),) if location is not None else ())
    return following(Asked.first(request), head, request, faults), faults


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/x", "http://a.example/x"),
        ("x", "http://a.example/dir/x"),
        ("?z", "http://a.example/dir/page?z"),
        ("../x#part", "http://a.example/x"),
        ("//b.example:8080/x", "http://b.example:8080/x"),
        ("https://b.example", "https://b.example/"),
        ("HTTP://B.example/X", "http://b.example/X"),
        ("http://user:secret@b.example/", "http://b.example/"),
        ("//user@b.example/", "http://b.example/"),
        (" /a b\t ", "http://a.example/a%20b"),
        ("http://müller.example/größe", "http://xn--mller-kva.example/gr%C3%B6%C3%9Fe"),
    ],
)
def test_locations_are_resolved(location, url):
    after, faults = step(location)
    assert (after.url, faults) == (url, [])


@pytest.mark.parametrize(
    "location",
    ["", "file:///etc/passwd", "javascript:alert(1)", "data:,x", "http://", "http:///x", "http://[::1/", "http://a:0/"],
)
def test_what_is_no_web_address_is_not_followed_and_named(location):
    after, faults = step(location)
    assert after is None
    assert "not followed" in faults[0]


def test_a_redirect_without_location_is_shown_with_a_fault():
    assert step(None) == (None, ["Status 302 is a redirect, but there is no Location header"])
    assert step("/x", 304) == (None, [])
    assert step("/x", 201) == (None, [])


@pytest.mark.parametrize(
    ("status", "method", "expected"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (307, "POST", "POST"),
        (308, "POST", "POST"),
        (301, "PUT", "PUT"),
        (302, "DELETE", "DELETE"),
        (303, "PUT", "GET"),
        (303, "HEAD", "HEAD"),
        (301, "HEAD", "HEAD"),
    ],
)
def test_the_method_changes_as_in_browsers(status, method, expected):
    after, _faults = step("/x", status, method=method, body=RawBody(text="{}"))
    assert after.method == expected
    names = {header.name for header in after.headers}
    assert ("Content-Type" in names) == (after.body is not None)
    assert (after.body is None) == (expected != method)


AUTHS = [
    BasicAuth(username="ada", password="pass phrase"),
    BearerAuth(token="token-of-ada"),
    ApiKeyAuth(key="X-Plain", value="key-of-ada"),
    ApiKeyAuth(key="session", value="key-of-ada", placement="cookie"),
]
TYPED = [("X-Api-Key", "1"), ("Cookie", "a=1"), ("X-Auth-Token", "1"), ("Proxy-Authorization", "1"), ("X-Kind", "7")]


@pytest.mark.parametrize("auth", AUTHS, ids=lambda auth: type(auth).__name__ + getattr(auth, "placement", ""))
@pytest.mark.parametrize("location", ["http://b.example/", "https://a.example/", "http://a.example:81/"])
def test_credentials_stay_with_their_origin(auth, location):
    after, _faults = step(location, auth=auth, headers=TYPED)
    names = [header.name for header in after.headers if header.name not in ("User-Agent", "Accept", "Accept-Encoding")]
    assert names == ["X-Kind", "Host"]
    there = step(location, auth=auth, headers=TYPED, options=Effective(keep_credentials=True))[0]
    here = step("/other", auth=auth, headers=TYPED)[0]
    for kept in (there, here):
        assert {name for name, _ in TYPED} <= {header.name for header in kept.headers}
        assert any("ada" in header.value or header.name == "Authorization" for header in kept.headers)


@pytest.mark.parametrize(
    ("name", "carries"),
    [
        ("Authorization", True),
        ("X-Amz-Security-Token", True),
        ("X-CSRF-Token", True),
        ("Api-Key", True),
        ("apikey", True),
        ("Ocp-Apim-Subscription-Key", False),
        ("X-Goog-Key", True),
        ("Idempotency-Key", False),
        ("X-Author", False),
        ("Accept", False),
    ],
)
def test_names_of_headers_with_credentials_are_known(name, carries):
    assert is_credential(WireHeader(name=name, value="1"), frozenset()) is carries


def test_a_secret_is_found_in_any_header_and_any_form():
    secrets = frozenset({"s3cret value"})
    for value in ("s3cret value", "key=s3cret%20value", "Basic YWRhOnMzY3JldCB2YWx1ZQ=="):
        assert is_credential(WireHeader(name="X-Kind", value=value), secrets)


def test_a_body_with_a_secret_is_not_sent_to_another_origin():
    fields = {"method": "POST", "auth": BearerAuth(token="token-of-ada"), "body": RawBody(text="token-of-ada")}
    after, faults = step("http://b.example/", 307, **fields)
    assert after is None
    assert "another origin" in faults[0]
    assert step("/x", 307, **fields)[0] is not None


def test_a_typed_host_stays_with_its_origin():
    def host(location):
        after, _faults = step(location, headers=[("Host", "typed.example")])
        return next(header.value for header in after.headers if header.name == "Host")

    assert host("/x") == "typed.example"
    assert host("http://b.example:81/x") == "b.example:81"
    assert host("https://b.example:443/x") == "b.example"


async def test_every_hop_is_kept(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    async with http_client(tmp_path) as client:
        exchange = await get(client, f"{echo.url}/redirect/2")
        first_only = await get(client, f"{echo.url}/redirect/2", options=Effective(follow_redirects=False))
    await echo.stop()
    assert [hop.head.status for hop in exchange.hops] == [302, 302, 200]
    assert all(hop.complete and hop.phases and body_of(hop) is not None for hop in exchange.hops)
    assert exchange.hops[0].head.first("Location")
    started = [hop.started_ms for hop in exchange.hops]
    assert started == sorted(started)
    assert [hop.connection.reused for hop in exchange.hops] == [False, True, True]
    assert [hop.head.status for hop in first_only.hops] == [302]
    assert first_only.outcome is Outcome.DONE


async def test_a_loop_ends_with_a_problem_and_all_hops(tmp_path):
    with Origin(*[(302, "/again")] * 20) as origin:
        async with http_client(tmp_path) as client:
            exchange = await get(client, origin.url, options=Effective(max_redirects=3))
    assert exchange.outcome is Outcome.FAILED
    assert exchange.problem.kind == "too-many-redirects"
    assert len(exchange.hops) == len(origin.heads) == 4


async def test_what_goes_over_the_wire_to_another_origin(tmp_path):
    with Origin() as there, Origin((307, f"{there.url}/x")) as here:
        async with http_client(tmp_path) as client:
            exchange = await get(
                client,
                f"{here.url}/start",
                method="POST",
                auth=BearerAuth(token="token-of-ada"),
                body=RawBody(text='{"a": 1}'),
                headers=[("X-Api-Key", "k"), ("X-Kind", "7")],
            )
        assert header(here.heads[0], "Authorization") == "Bearer token-of-ada"
        [head] = there.heads
        assert head.startswith(b"POST /x HTTP/1.1")
        assert there.bodies == [b'{"a": 1}']
        assert header(head, "Host") == f"{there.host}:{there.port}"
        assert header(head, "X-Kind") == "7"
        assert b"token-of-ada" not in head
        assert b"X-Api-Key" not in head
    assert "token-of-ada" not in str(exchange.hops)
