"""JSON answers in each content encoding, sent encoded whatever the client says it accepts."""

import gzip
import json
import sys
import zlib
from collections.abc import Callable

from aiohttp import web

from httpdesk.servers.guard import Handler
from httpdesk.servers.mirror import describe_head


def _brotli(data: bytes) -> bytes:
    import brotli  # type: ignore[import-untyped]

    return bytes(brotli.compress(data))


def _zstd(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return bytes(zstd.compress(data))


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": _brotli,
    "zstd": _zstd,
}


def encoded_in(encoding: str) -> Handler:
    """Make the handler that answers in one content encoding, such as "gzip"."""

    async def answer(request: web.Request) -> web.StreamResponse:
        document = {"encoding": encoding, "request": describe_head(request)}
        plain = json.dumps(document, indent=2, ensure_ascii=False).encode()
        headers = {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
        return web.Response(body=ENCODERS[encoding](plain), headers=headers, content_type="application/json")

    return answer
