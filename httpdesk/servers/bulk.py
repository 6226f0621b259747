"""Large answers of any size, made as they are sent: JSON lines, one JSON array, or bytes."""

import asyncio
from collections.abc import Callable, Iterator

from aiohttp import web

from httpdesk.servers.amounts import parse_size
from httpdesk.servers.explain import explain

CHUNK_BYTES = 131_072
_ROW_BYTES = 256
_ROWS_PER_CHUNK = 256
_PATTERN = bytes(range(256)) * (CHUNK_BYTES // 256)
_NAMES = ("Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Edsger Dijkstra", "Karen Spärck Jones")
_CITIES = ("Zürich", "São Paulo", "Reykjavík", "Nairobi", "東京", "Montréal", "Kraków")
_FILL = "all work and some play makes a response that is long enough to scroll through " * 8
_COMPACT = (
    '{{"id":{id},"name":"{name}","city":"{city}","active":{active},"balance":{balance:.2f},'
    '"tags":["echo","row"],"note":"'
)
_INDENTED = """  {{
    "id": {id},
    "name": "{name}",
    "city": "{city}",
    "active": {active},
    "balance": {balance:.2f},
    "tags": ["echo", "row"],
    "note": \""""

Chunks = Callable[[int], Iterator[bytes]]


async def stream(request: web.Request) -> web.StreamResponse:
    """Answer N bytes: JSON lines, or with ?type=binary the bytes 0 to 255 over and over."""
    if request.query.get("type", "") in {"binary", "application/octet-stream"}:
        return await _answer(request, "application/octet-stream", pattern_chunks)
    return await _answer(request, "application/x-ndjson", line_chunks)


async def some_bytes(request: web.Request) -> web.StreamResponse:
    """Answer N bytes, counting from 0 to 255 over and over."""
    return await _answer(request, "application/octet-stream", pattern_chunks)


async def json_document(request: web.Request) -> web.StreamResponse:
    """Answer one JSON array of N bytes, indented unless ?minified=1."""
    return await _answer(request, "application/json", minified_chunks if _is_on(request, "minified") else array_chunks)


def _is_on(request: web.Request, option: str) -> bool:
    return request.query.get(option, "0") not in {"", "0", "false"}


async def _answer(request: web.Request, content_type: str, make_chunks: Chunks) -> web.StreamResponse:
    text = request.match_info["size"]
    size_bytes = parse_size(text)
    if size_bytes is None:
        return explain(400, f"“{text}” is no size.", "Sizes look like 4096, 100kB, 5MB or 1GiB, up to 1000GB.")
    response = web.StreamResponse(headers={"Content-Type": content_type})
    if _is_on(request, "chunked"):
        response.enable_chunked_encoding()
    else:
        response.content_length = size_bytes
    await response.prepare(request)
    if request.method != "HEAD":
        for chunk in make_chunks(size_bytes):
            await response.write(chunk)
            # write() returns at once while the socket takes bytes: give the window its turn between chunks.
            await asyncio.sleep(0)
    await response.write_eof()
    return response


def pattern_chunks(size_bytes: int) -> Iterator[bytes]:
    """Yield the bytes 0 to 255 over and over, so that byte N of the answer is N modulo 256."""
    for _ in range(size_bytes // CHUNK_BYTES):
        yield _PATTERN
    if size_bytes % CHUNK_BYTES:
        yield _PATTERN[: size_bytes % CHUNK_BYTES]


def line_chunks(size_bytes: int) -> Iterator[bytes]:
    """Yield JSON lines; an amount below one line is blank."""
    if size_bytes < _ROW_BYTES:
        yield b" " * (size_bytes - 1) + b"\n" * min(size_bytes, 1)
        return
    yield from _rows(size_bytes, _COMPACT, '"}', "\n", "\n")


def array_chunks(size_bytes: int) -> Iterator[bytes]:
    """Yield an indented JSON array of objects."""
    yield from _array(size_bytes, "[\n", _INDENTED, '"\n  }', ",\n", "\n]\n")


def minified_chunks(size_bytes: int) -> Iterator[bytes]:
    """Yield a JSON array of objects as one line."""
    yield from _array(size_bytes, "[", _COMPACT, '"}', ",", "]")


def _array(size_bytes: int, opening: str, start: str, end: str, between: str, closing: str) -> Iterator[bytes]:
    rows_bytes = size_bytes - len(opening)
    if rows_bytes < _ROW_BYTES:
        # Too short for one object: the shortest JSON documents of these lengths.
        yield b"[" + b" " * (size_bytes - 2) + b"]" if size_bytes > 1 else b"0"[:size_bytes]
        return
    yield opening.encode()
    yield from _rows(rows_bytes, start, end, between, closing)


def _rows(size_bytes: int, start: str, end: str, between: str, closing: str) -> Iterator[bytes]:
    """Yield rows of one width, so that the length of the whole is known before it is made."""
    last = size_bytes // _ROW_BYTES - 1
    for first in range(0, last, _ROWS_PER_CHUNK):
        indexes = range(first, min(first + _ROWS_PER_CHUNK, last))
        yield b"".join(_row(index, _ROW_BYTES, start, end + between) for index in indexes)
    yield _row(last, size_bytes - last * _ROW_BYTES, start, end + closing)


def _row(index: int, width_bytes: int, start: str, end: str) -> bytes:
    text = start.format(
        id=1_000_000_000 + index,
        name=_NAMES[index % len(_NAMES)],
        city=_CITIES[index % len(_CITIES)],
        active="true" if index % 3 else "false",
        balance=index * 7919 % 10_000_000 / 100,
    ).encode()
    tail = end.encode()
    return text + _FILL[: width_bytes - len(text) - len(tail)].encode() + tail
