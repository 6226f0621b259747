"""Uploads: bodies of every kind arrive byte for byte, files at constant memory, and a missing file stops the send."""

import hashlib

import msgspec
import psutil  # type: ignore[import-untyped]
import pytest

from httpdesk.core.exchange import Outcome
from httpdesk.core.options import Effective
from httpdesk.core.request import FileBody, FormBody, MultipartBody, RawBody
from httpdesk.core.rows import Part, Row
from httpdesk.servers.echo import EchoServer
from tests.net.asking import body_of, get, wire
from tests.net.sending import http_client
from tests.peers.dead import ClosingPeer
from tests.peers.peer import Peer, header, read_body, read_head

MB = 1_000_000


class Taker(Peer):
    """Takes requests whole; `taken` are pairs of head and body."""

    def __init__(self, answer=b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"):
        super().__init__()
        self.answer, self.taken = answer, []

    def serve(self, conn):
        rest = b""
        while (request := read_head(conn, rest)) is not None:
            body, rest = read_body(conn, *request)
            self.taken.append((request[0], body))
            conn.sendall(self.answer)


async def post(spools, body, headers=(), **fields):
    """Post a body; returns the head and body that arrived, and the exchange."""
    with Taker() as taker:
        async with http_client(spools) as client:
            exchange = await get(client, taker.url, method="POST", body=body, headers=headers, **fields)
    assert exchange.problem is None, str(exchange.problem)
    [(head, data)] = taker.taken
    return head, data, exchange


async def test_raw_text_goes_out_byte_for_byte(tmp_path):
    text = '{"a": 1.10, "b": 1e400, "c": "\\u00e9é" }\r\n\n'
    head, data, exchange = await post(tmp_path, RawBody(text=text))
    assert data == text.encode()
    assert header(head, "Content-Type") == "application/json"
    assert exchange.last.sent_bytes == len(data)


async def test_a_form_is_encoded(tmp_path):
    head, data, _exchange = await post(tmp_path, FormBody(rows=(Row(name="a b", value="ä&="), Row(name="c", value=""))))
    assert header(head, "Content-Type") == "application/x-www-form-urlencoded"
    assert data == b"a+b=%C3%A4%26%3D&c="


async def test_a_file_is_sent_with_its_length(tmp_path):
    content = bytes(range(256)) * 5000
    (tmp_path / "data.bin").write_bytes(content)
    head, data, exchange = await post(tmp_path, FileBody(path="data.bin"), folder=str(tmp_path))
    assert data == content
    assert header(head, "Content-Length") == str(len(content))
    assert ("Content-Length", str(len(content))) in exchange.last.sent_headers


async def test_a_typed_transfer_encoding_sends_chunks(tmp_path):
    (tmp_path / "data.bin").write_bytes(b"x" * 600_000)
    chunked = [("Transfer-Encoding", "chunked")]
    head, data, _exchange = await post(tmp_path, FileBody(path="data.bin"), chunked, folder=str(tmp_path))
    assert data == b"x" * 600_000
    assert not header(head, "Content-Length")


@pytest.mark.parametrize("typed", ["3", "007"])
async def test_a_typed_length_goes_out_as_typed(typed, tmp_path):
    with Taker() as taker:
        async with http_client(tmp_path) as client:
            body = RawBody(text="seven77", language="text")
            await get(client, taker.url, method="POST", body=body, headers=[("Content-Length", typed)])
        assert header(taker.taken[0][0], "Content-Length") == typed


async def test_a_length_that_is_no_number_is_sent_too(tmp_path):
    with ClosingPeer() as peer:
        async with http_client(tmp_path) as client:
            body = RawBody(text="seven77", language="text")
            exchange = await get(client, peer.url, method="POST", body=body, headers=[("Content-Length", "ten")])
    assert exchange.outcome is Outcome.FAILED
    assert ("Content-Length", "ten") in exchange.last.sent_headers
    assert exchange.last.sent_bytes == 7


async def test_multipart_carries_files_names_and_types(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    (tmp_path / "big.bin").write_bytes(b"b" * 3 * MB)
    (tmp_path / 'a "quoted" name.txt').write_text("small")
    parts = (
        Part(name="field", value="wärt"),
        Part(name="json", value="{}", content_type="application/json"),
        Part(name="file", is_file=True, files=("big.bin", 'a "quoted" name.txt')),
        Part(name="named", is_file=True, files=("big.bin",), file_name="other.dat", content_type="image/png"),
    )
    async with http_client(tmp_path) as client:
        body = MultipartBody(parts=parts)
        exchange = await get(client, f"{echo.url}/upload", method="POST", body=body, folder=str(tmp_path))
        answer = msgspec.json.decode(body_of(exchange.last))
    await echo.stop()
    assert exchange.head.status == 200
    text = body_of(exchange.last).decode()
    assert text.count(hashlib.sha256(b"b" * 3 * MB).hexdigest()) == 2
    for name in ("field", "json", "big.bin", "quoted", "other.dat", "image/png"):
        assert name in text
    assert answer


async def test_a_large_file_costs_little_memory(tmp_path):
    echo = EchoServer()
    await echo.start(0)
    with (tmp_path / "big.bin").open("wb") as file:
        file.truncate(150 * MB)
    process = psutil.Process()
    before = most = process.memory_info().rss
    async with http_client(tmp_path) as client:
        body = FileBody(path="big.bin")
        sending = client.send(wire(f"{echo.url}/upload", method="POST", body=body, folder=str(tmp_path)))
        async for _event in sending:
            most = max(most, process.memory_info().rss)
    await echo.stop()
    assert sending.exchange.last.sent_bytes == 150 * MB
    assert most - before < 60 * MB


@pytest.mark.parametrize(("path", "kind"), [("missing.bin", "file-missing"), (".", "file-is-folder")])
async def test_a_file_that_cannot_be_read_stops_the_send(path, kind, tmp_path):
    with Taker() as taker:
        async with http_client(tmp_path) as client:
            url, body = taker.url, FileBody(path=path)
            exchange = await get(client, url, method="POST", body=body, folder=str(tmp_path))
        assert taker.accepted == 0
    assert (exchange.problem.kind, exchange.problem.where) == (kind, "body")
    assert exchange.hops == []


async def test_a_file_that_shrinks_while_it_is_sent_is_named(tmp_path):
    file = tmp_path / "big.bin"

    class Shrinker(Peer):
        def serve(self, conn):
            read_head(conn)
            file.write_bytes(b"")
            while conn.recv(65_536):
                pass

    with file.open("wb") as data:
        data.truncate(100 * MB)
    with Shrinker() as peer:
        async with http_client(tmp_path) as client:
            body = FileBody(path=str(file))
            exchange = await get(client, peer.url, method="POST", body=body)
            assert client.sessions.in_use == client.sessions.idle == 0
    assert "became shorter" in exchange.problem.title
    assert 0 < exchange.last.sent_bytes < 100 * MB


async def test_a_body_waits_for_continue_but_not_for_ever(tmp_path):
    body = RawBody(text="x" * 100, language="text")
    head, data, exchange = await post(tmp_path, body, [("Expect", "100-continue")])
    assert header(head, "Expect") == "100-continue"
    assert data == b"x" * 100
    assert exchange.head.status == 200
    assert exchange.total_ms >= 900


async def test_an_early_answer_is_shown_and_named(tmp_path):
    class Refuser(Peer):
        def serve(self, conn):
            read_head(conn)
            conn.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig")

    body = RawBody(text="x" * 20 * MB, language="text")
    with Refuser() as peer:
        async with http_client(tmp_path) as client:
            exchange = await get(client, peer.url, method="POST", body=body, options=Effective(total_s=20))
    assert exchange.head.status == 413
    assert body_of(exchange.last) == b"big"
    assert "before the request was sent whole" in " ".join(exchange.last.faults)
