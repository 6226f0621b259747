"""Status codes, delays, redirects, cookies, encodings and sample documents."""

import asyncio
import json
import zlib

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd

from tests.servers.client import echo, get, get_json


@pytest.mark.parametrize("code", [200, 201, 204, 205, 299, 304, 400, 404, 418, 500, 503, 599, 999])
async def test_status_answers_with_the_code(code):
    async with echo() as (_server, client):
        answer, body = await get(client, f"/status/{code}")
        again, _body = await get(client, "/status/200")
    assert answer.status == code
    assert (body == b"") == (code in {204, 205, 304})
    assert again.status == 200, "the connection is still in order"


@pytest.mark.parametrize(
    ("code", "header"),
    [(301, "Location"), (401, "WWW-Authenticate"), (405, "Allow"), (407, "Proxy-Authenticate"), (429, "Retry-After")],
)
async def test_status_carries_the_header_that_belongs_to_it(code, header):
    async with echo() as (_server, client):
        answer, _body = await get(client, f"/status/{code}", method="POST")
    assert answer.status == code
    assert header in answer.headers


@pytest.mark.parametrize("path", ["/status/100", "/status/1000", "/delay/-1", "/delay/nan", "/delay/301", "/delay/x"])
async def test_impossible_codes_and_delays_are_explained(path):
    async with echo() as (_server, client):
        answer, shown = await get_json(client, path)
    assert answer.status == 400
    assert shown["error"]


async def test_delay_waits_before_it_answers():
    async with echo() as (_server, client):
        loop = asyncio.get_running_loop()
        before = loop.time()
        _answer, shown = await get_json(client, "/delay/0.05")
        assert loop.time() - before >= 0.05
    assert shown == {"delay_s": 0.05}


@pytest.mark.parametrize(
    ("encoding", "decode"),
    [
        ("gzip", lambda data: zlib.decompress(data, 31)),
        ("deflate", zlib.decompress),
        ("br", brotli.decompress),
        ("zstd", zstd.decompress),
    ],
)
async def test_encoded_answers_decode(encoding, decode):
    async with echo() as (_server, client):
        answer, body = await get(client, f"/{encoding}")
    assert answer.headers["Content-Encoding"] == encoding
    shown = json.loads(decode(body))
    assert shown["encoding"] == encoding
    assert shown["request"]["path"] == f"/{encoding}"


async def test_cookies_are_set_shown_and_deleted():
    async with echo() as (_server, client):
        answer, _body = await get(client, "/cookies/set?flavour=oat%20and%20nut&size=2")
        assert answer.status == 302
        assert answer.headers["Location"] == "/cookies"
        assert answer.headers.getall("Set-Cookie") == ["flavour=oat%20and%20nut; Path=/", "size=2; Path=/"]
        _answer, shown = await get_json(client, "/cookies", headers={"Cookie": "flavour=oat; size=2"})
        assert shown == {"cookies": {"flavour": "oat", "size": "2"}}
        answer, _body = await get(client, "/cookies/delete?size")
        assert answer.headers.getall("Set-Cookie") == ["size=; Path=/; Max-Age=0"]
        answer, _body = await get(client, "/cookies/delete", headers={"Cookie": "a=1; b=2"})
        assert len(answer.headers.getall("Set-Cookie")) == 2


async def test_a_wrong_cookie_name_is_explained():
    async with echo() as (_server, client):
        answer, shown = await get_json(client, "/cookies/set?a%0d%0ab=1")
    assert answer.status == 400
    assert "cookie name" in shown["error"]


async def test_redirects_count_down_to_anything():
    async with echo() as (_server, client):
        seen, path = [], "/redirect/3?status=307"
        while path != "/anything":
            answer, _body = await get(client, path)
            seen.append((answer.status, path))
            path = answer.headers["Location"]
    assert seen == [(307, "/redirect/3?status=307"), (307, "/redirect/2?status=307"), (307, "/redirect/1?status=307")]


async def test_redirects_lead_to_another_origin_at_the_end():
    async with echo() as (server, client):
        other = server.url.replace("127.0.0.1", "localhost") + "/anything?a=1&b=%C3%A9"
        first, _body = await get(client, "/redirect/2", params={"to": other})
        last, _body = await get(client, first.headers["Location"])
    assert last.headers["Location"] == other


@pytest.mark.parametrize("path", ["/redirect/0", "/redirect/9999", "/redirect/1?status=200", "/redirect/1?status=x"])
async def test_impossible_redirects_are_explained(path):
    async with echo() as (_server, client):
        answer, shown = await get_json(client, path)
    assert answer.status == 400
    assert "/redirect" in shown["error"]


async def test_a_redirect_target_cannot_add_headers():
    async with echo() as (_server, client):
        answer, _body = await get(client, "/redirect/1?to=/x%0d%0aX-Evil:%201")
    assert "X-Evil" not in answer.headers


@pytest.mark.parametrize(
    ("path", "content_type", "start"),
    [("/html", "text/html", b"<!doctype"), ("/xml", "application/xml", b"<?xml"), ("/image", "image/png", b"\x89PNG")],
)
async def test_sample_documents(path, content_type, start):
    async with echo() as (_server, client):
        answer, body = await get(client, path)
    assert answer.content_type == content_type
    assert body.startswith(start)


async def test_the_picture_is_one(qapp):
    from PySide6.QtGui import QImage

    async with echo() as (_server, client):
        _answer, body = await get(client, "/image")
    image = QImage.fromData(body)
    assert (image.width(), image.height()) == (64, 64)
