"""/anything: the request is shown as it arrived."""

import hashlib
import json
import zlib

import aiohttp
import pytest

from tests.servers.client import echo, get, get_json, raw


async def test_anything_shows_the_request_as_it_arrived():
    async with echo() as (server, _client):
        host = server.url.removeprefix("http://")
        body = b'{"price": 1.10, "big": 123456789012345678901234567890}'
        sent = (
            f"PATCH /anything/a%2Fb?x=1&x=2&empty=&y=a+b%C3%A9 HTTP/1.1\r\n"
            f"Host: {host}\r\nx-CaSe: 1\r\nX-Case: \xc3\xa9\r\nCookie: a=1; b=c=d\r\n"
            f"Content-Type: application/json\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        answer = await raw(server, sent.encode("latin-1") + body)
    document = answer.partition(b"\r\n\r\n")[2]
    shown = json.loads(document)
    assert shown["method"] == "PATCH"
    assert shown["url"] == f"{server.url or 'http://' + host}/anything/a%2Fb?x=1&x=2&empty=&y=a+b%C3%A9"
    assert shown["path"] == "/anything/a%2Fb"
    assert shown["query"] == [["x", "1"], ["x", "2"], ["empty", ""], ["y", "a bé"]]
    assert shown["headers"][1:3] == [["x-CaSe", "1"], ["X-Case", "é"]]
    assert shown["cookies"] == [["a", "1"], ["b", "c=d"]]
    assert shown["body"] == body.decode()
    assert shown["http_version"] == "1.1"
    assert shown["remote"].startswith("127.0.0.1:")
    assert b'"json": ' + body in document, "numbers of the body must not be written anew"


@pytest.mark.parametrize("body", ["NaN", '{"a": Infinity}', "{'a': 1}", "[" * 100_000, ""])
async def test_anything_shows_no_json_where_there_is_none(body):
    async with echo() as (_server, client):
        _answer, shown = await get_json(client, "/anything", method="POST", data=body.encode())
    assert "json" not in shown
    assert shown["body"] == body


async def test_anything_shows_ten_thousand_digits_unchanged():
    digits = "9" * 10_000
    async with echo() as (_server, client):
        _answer, document = await get(client, "/anything", method="POST", data=digits.encode())
    assert f'"json": {digits}'.encode() in document


async def test_anything_shows_bytes_as_base64():
    async with echo() as (_server, client):
        _answer, shown = await get_json(client, "/anything", method="PUT", data=b"\xff\x00\xfe")
    assert (shown["body"], shown["body_encoding"], shown["body_size"]) == ("/wD+", "base64", 3)


async def test_anything_keeps_an_encoded_request_body_encoded():
    packed = zlib.compress(b"hello")
    async with echo() as (_server, client):
        headers = {"Content-Encoding": "deflate"}
        _answer, shown = await get_json(client, "/anything", method="POST", data=packed, headers=headers)
    assert shown["body_size"] == len(packed)


async def test_anything_shows_form_fields():
    async with echo() as (_server, client):
        _answer, shown = await get_json(client, "/anything", method="POST", data={"a": "1 2", "b": "é&="})
    assert shown["form"] == [["a", "1 2"], ["b", "é&="]]


async def test_anything_shows_fields_and_files_of_a_multipart_form():
    content = bytes(range(256)) * 20 + b"\r\n--not-the-boundary\r\n"
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("note", "zwölf", content_type="text/plain; charset=utf-8")
    form.add_field("file", content, filename="größe.bin", content_type="application/x-thing")
    form.add_field("file", b"", filename="empty.txt", content_type="text/plain")
    async with echo() as (_server, client):
        _answer, shown = await get_json(client, "/anything", method="POST", data=form)
    assert shown["form"] == [["note", "zwölf"]]
    assert [(f["name"], f["filename"], f["type"], f["size"]) for f in shown["files"]] == [
        ("file", "größe.bin", "application/x-thing", len(content)),
        ("file", "empty.txt", "text/plain", 0),
    ]
    assert shown["files"][0]["sha256"] == hashlib.sha256(content).hexdigest()


async def test_anything_says_when_a_multipart_body_is_cut():
    async with echo() as (_server, client):
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        _answer, shown = await get_json(client, "/anything", method="POST", data=b"--x\r\n\r\nhalf", headers=headers)
    assert "boundary" in shown["multipart_error"]


@pytest.mark.filterwarnings("ignore:Sending a large body directly")
async def test_anything_shows_size_and_hash_of_a_large_body_and_refuses_a_huge_one():
    async with echo() as (_server, client):
        large = b"a" * 1_000_001
        _answer, shown = await get_json(client, "/anything", method="POST", data=large)
        assert shown["body"] is None
        assert (shown["body_size"], shown["body_sha256"]) == (len(large), hashlib.sha256(large).hexdigest())
        answer, shown = await get_json(client, "/anything", method="POST", data=b"a" * 50_000_001)
    assert answer.status == 413
    assert "/upload" in shown["try"]


async def test_anything_answers_every_method():
    async with echo() as (_server, client):
        for method in ("GET", "OPTIONS", "DELETE", "PROPFIND", "x-own"):
            _answer, shown = await get_json(client, "/anything", method=method)
            assert shown["method"].lower() == method.lower()
