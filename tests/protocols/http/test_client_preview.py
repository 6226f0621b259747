"""The whole request as text: files are named, secrets masked, a proxy's form of the request told."""

from httpdesk.core.auth import BearerAuth
from httpdesk.core.environment import Scope, Variable
from httpdesk.core.options import Effective, Proxy, ProxyMode
from httpdesk.core.prepare import prepare
from httpdesk.core.request import HttpRequest, MultipartBody, RawBody
from httpdesk.core.rows import Part
from httpdesk.net.cookies import Jar
from httpdesk.protocols.http.client_preview import SHOWN_BYTES, wire_text

SCOPE = Scope(("S", (Variable(name="token", value="s3cret", secret=True),)))


def wire(request, **options):
    return prepare(request, SCOPE, Effective(**options), user_agent="me")


async def test_files_are_named_and_not_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(bytes(2_000))
    part = Part(name="up", files=(str(tmp_path / "a.csv"),), is_file=True, content_type="text/csv", file_name="b.csv")
    text = await wire_text(wire(HttpRequest(method="POST", url="http://h/", body=MultipartBody(parts=(part,)))), Jar())
    assert 'filename="b.csv"\nContent-Type: text/csv\n\n[a.csv, 2\u202fKB]\n--' in text
    assert "Content-Length: " in text


async def test_secrets_are_masked():
    request = HttpRequest(url="http://h/{{token}}", auth=BearerAuth(token="{{token}}"))
    text = await wire_text(wire(request), Jar())
    assert "s3cret" not in text
    assert "Authorization: Bearer ••••••" in text


async def test_a_proxy_gets_the_whole_url():
    proxy = Proxy(mode=ProxyMode.MANUAL, url="http://p:1", username="me", password="pass word")
    text = await wire_text(wire(HttpRequest(url="http://h/x"), proxy=proxy), Jar())
    assert text.startswith("GET http://h/x HTTP/1.1\n")
    assert "Proxy-Authorization: ••••••" in text


async def test_of_a_long_body_the_beginning_is_shown():
    body = RawBody(text="x" * (SHOWN_BYTES + 1_000), language="text")
    text = await wire_text(wire(HttpRequest(method="POST", url="http://h/", body=body)), Jar())
    assert text.endswith("x…\n[1\u202fKB more]")
    assert f"Content-Length: {SHOWN_BYTES + 1_000}" in text
