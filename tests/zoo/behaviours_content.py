"""Bodies that are encoded, badly encoded, bombs, or text in odd charsets."""

import functools
import gzip
import json
import sys
import zlib
from collections.abc import Callable
from typing import Any

import brotli  # type: ignore[import-untyped]

from tests.zoo.behaviour import ANY, CHUNKED, HELLO, Later, chunks, head, plain, row

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = json.dumps({"rows": [{"id": number, "name": f"row {number}"} for number in range(400)]}, indent=1).encode()
GIB = 1 << 30
MIB = 1 << 20


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def gzip_(data):
    return gzip.compress(data, mtime=0)


br, zst, deflate = brotli.compress, zstd.compress, zlib.compress


def _coded(name, coding, data, **expected):
    return row(name, plain(data, b"Content-Encoding: " + coding), **({"body": TEXT} | expected))


def _gzip_with_name(data):
    """A gzip member with every optional field: extra, name, comment."""
    return b"\x1f\x8b\x08\x1c" + bytes(6) + b"\x03\x00abc" + b"name\x00" + b"comment\x00" + _gzip_tail(data)


def _gzip_tail(data):
    return raw_deflate(data) + zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")


def _broken(data):
    """Flip bits in the middle."""
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0xFF for byte in data[middle : middle + 8]) + data[middle + 8 :]


ENCODINGS = (
    _coded("gzip", b"gzip", gzip_(TEXT)),
    _coded("gzip-x", b"x-gzip", gzip_(TEXT)),
    _coded("gzip-upper-case", b"GZIP", gzip_(TEXT)),
    _coded("gzip-spaces", b"  gzip  ", gzip_(TEXT)),
    _coded("gzip-all-fields", b"gzip", _gzip_with_name(TEXT)),
    _coded("gzip-two-members", b"gzip", gzip_(TEXT[:100]) + gzip_(TEXT[100:])),
    _coded("gzip-nothing", b"gzip", gzip_(b""), body=b""),
    _coded("gzip-zero-bytes", b"gzip", b"", body=b"", fault=ANY),
    _coded("deflate-zlib", b"deflate", deflate(TEXT)),
    _coded("deflate-raw", b"deflate", raw_deflate(TEXT)),
    _coded("br", b"br", br(TEXT)),
    _coded("zstd", b"zstd", zst(TEXT)),
    _coded("zstd-two-frames", b"zstd", zst(TEXT[:100]) + zst(TEXT[100:])),
    _coded("identity", b"identity", TEXT),
    _coded("encoding-empty", b"", TEXT, fault=ANY),
    _coded("encoding-gzip-br", b"gzip, br", br(gzip_(TEXT))),
    _coded("encoding-br-gzip", b"br,gzip", gzip_(br(TEXT))),
    _coded("encoding-gzip-twice", b"gzip, gzip", gzip_(gzip_(TEXT))),
    _coded("encoding-all-four", b"deflate, gzip, br, zstd", zst(br(gzip_(deflate(TEXT))))),
    _coded("encoding-identity-gzip", b"identity, gzip", gzip_(TEXT)),
    _coded(
        "encoding-20-times",
        b", ".join([b"gzip"] * 20),
        functools.reduce(lambda d, _: gzip_(d), range(20), TEXT),
        fault=ANY,
        body=ANY,
    ),
    row("encoding-two-lines", plain(br(gzip_(TEXT)), b"Content-Encoding: gzip", b"content-encoding: br"), body=TEXT),
    row(
        "gzip-chunked", head(CHUNKED, b"Content-Encoding: gzip") + chunks(gzip_(TEXT)[:50], gzip_(TEXT)[50:]), body=TEXT
    ),
    row("gzip-until-close", head(b"Content-Encoding: gzip") + gzip_(TEXT), body=TEXT),
    row("gzip-204", head(b"Content-Encoding: gzip", line=b"HTTP/1.1 204 No Content"), status=204),
    _coded("encoding-unknown", b"banana", TEXT, fault="encoding"),
    _coded("encoding-unknown-below-gzip", b"banana, gzip", gzip_(TEXT), body=ANY, fault="encoding"),
    _coded("encoding-compress", b"compress", b"\x1f\x9d\x90hello", body=ANY, fault="encoding"),
    _coded("encoding-with-quality", b"gzip;q=1.0", gzip_(TEXT), body=ANY, fault=ANY),
    _coded("encoding-utf-8", b"utf-8", TEXT, fault="encoding"),
    _coded("gzip-is-plain", b"gzip", TEXT, fault="encoding"),
    _coded("deflate-is-plain", b"deflate", TEXT, fault="encoding"),
    _coded("br-is-plain", b"br", TEXT, fault="encoding"),
    _coded("zstd-is-plain", b"zstd", TEXT, fault="encoding"),
    _coded("gzip-is-zstd", b"gzip", zst(TEXT), body=ANY, fault="encoding"),
    _coded("br-is-gzip", b"br", gzip_(TEXT), body=ANY, fault="encoding"),
    _coded("gzip-not-said", b"identity", gzip_(TEXT), body=gzip_(TEXT)),
    _coded("gzip-cut", b"gzip", gzip_(TEXT)[:-200], body=TEXT[:100], prefix=True, fault="encoding"),
    _coded("gzip-cut-in-header", b"gzip", gzip_(TEXT)[:5], body=ANY, fault="encoding"),
    _coded("gzip-cut-in-checksum", b"gzip", gzip_(TEXT)[:-4], fault="encoding"),
    _coded("gzip-cut-before-checksum", b"gzip", gzip_(TEXT)[:-8], fault="encoding"),
    _coded("gzip-second-member-cut", b"gzip", gzip_(TEXT) + gzip_(TEXT)[:40], prefix=True, fault="encoding"),
    _coded("deflate-cut", b"deflate", deflate(TEXT)[:-200], body=TEXT[:100], prefix=True, fault="encoding"),
    _coded("deflate-raw-cut", b"deflate", raw_deflate(TEXT)[:-200], body=TEXT[:100], prefix=True, fault="encoding"),
    _coded("br-cut", b"br", br(TEXT)[:-20], body=b"", prefix=True, fault="encoding"),
    _coded("zstd-cut", b"zstd", zst(TEXT)[:-20], body=b"", prefix=True, fault="encoding"),
    _coded("chain-cut-inside", b"gzip, br", br(gzip_(TEXT)[:-200]), body=TEXT[:100], prefix=True, fault="encoding"),
    row(
        "gzip-chunked-cut",
        head(CHUNKED, b"Content-Encoding: gzip") + chunks(gzip_(TEXT)[:-200], end=b""),
        body=TEXT[:100],
        prefix=True,
        fault="cut",
    ),
    row(
        "gzip-until-close-cut",
        head(b"Content-Encoding: gzip") + gzip_(TEXT)[:-200],
        body=TEXT[:100],
        prefix=True,
        fault="encoding",
    ),
    _coded("gzip-broken-inside", b"gzip", _broken(gzip_(TEXT)), body=TEXT[:20], prefix=True, fault="encoding"),
    _coded("br-broken-inside", b"br", _broken(br(TEXT)), body=ANY, fault="encoding"),
    # No checksum inside: not every flipped bit shows.
    _coded("zstd-broken-inside", b"zstd", _broken(zst(TEXT)), body=ANY, fault=ANY),
    _coded("gzip-wrong-checksum", b"gzip", gzip_(TEXT)[:-8] + bytes(4) + gzip_(TEXT)[-4:], fault="encoding"),
    _coded("gzip-wrong-length", b"gzip", gzip_(TEXT)[:-4] + bytes(4), fault="encoding"),
    _coded("deflate-wrong-checksum", b"deflate", deflate(TEXT)[:-4] + bytes(4), fault="encoding"),
    _coded("gzip-garbage-after", b"gzip", gzip_(TEXT) + b"garbage", fault="encoding"),
    _coded("gzip-zeros-after", b"gzip", gzip_(TEXT) + bytes(100), fault=ANY),
    _coded("br-garbage-after", b"br", br(TEXT) + b"garbage", prefix=True, fault="encoding"),
    _coded("zstd-garbage-after", b"zstd", zst(TEXT) + b"garbage", prefix=True, fault="encoding"),
)


@functools.cache
def _zeros(coding, size_bytes):
    """Zeros, packed a mebibyte at a time."""
    makers: dict[bytes, Callable[[], Any]] = {
        b"gzip": lambda: zlib.compressobj(1, wbits=31),
        b"deflate": lambda: zlib.compressobj(1),
        b"zstd": zstd.ZstdCompressor,
        b"br": lambda: brotli.Compressor(quality=1),
    }
    packer = makers[coding]()
    add = packer.process if coding == b"br" else packer.compress
    end = packer.finish if coding == b"br" else packer.flush
    return b"".join([*(add(bytes(MIB)) for _ in range(size_bytes // MIB)), end()])


def _bomb(name, coding, size_bytes, again=lambda data: data, more=b""):
    make = Later(lambda: plain(again(_zeros(coding, size_bytes)), b"Content-Encoding: " + coding + more))
    return row(name, make, body=ANY, fault=ANY, heavy=True)


BOMBS = (
    row(
        "gzip-10-mb",
        Later(lambda: plain(_zeros(b"gzip", 10 * MIB), b"Content-Encoding: gzip")),
        body=Later(lambda: bytes(10 * MIB)),
        fault=ANY,
        heavy=True,
    ),
    _bomb("bomb-gzip", b"gzip", GIB),
    _bomb("bomb-deflate", b"deflate", GIB),
    _bomb("bomb-zstd", b"zstd", GIB),
    _bomb("bomb-br", b"br", GIB),
    _bomb("bomb-in-bomb", b"gzip", GIB, gzip_, b", gzip"),
)


def _text(name, content_type, body):
    return row(name, plain(body, b"Content-Type: " + content_type), body=body)


JSON = b"application/json"
GREETING = "Grüße aus 東京 🦊"

# The bytes of these are right and must arrive unchanged; showing them as text must not fail.
TEXTS = (
    _text("charset-utf8", b"text/plain; charset=utf-8", GREETING.encode()),
    _text("charset-utf8-bom", b"text/plain; charset=utf-8", b"\xef\xbb\xbf" + GREETING.encode()),
    _text("charset-utf16", b"text/plain; charset=utf-16", GREETING.encode("utf-16")),
    _text("charset-utf16-no-bom", b"text/plain; charset=utf-16", GREETING.encode("utf-16-be")),
    _text("charset-latin1", b"text/plain; charset=ISO-8859-1", "Grüße".encode("latin-1")),
    _text("charset-windows-1252", b"text/plain; charset=windows-1252", "„Grüße“ €".encode("cp1252")),
    _text("charset-shift-jis", b"text/plain; charset=Shift_JIS", "東京".encode("shift_jis")),
    _text("charset-wrong", b"text/plain; charset=utf-8", "Grüße".encode("latin-1")),
    _text("charset-unknown", b"text/plain; charset=klingon", GREETING.encode()),
    _text("charset-empty", b"text/plain; charset=", GREETING.encode()),
    _text("charset-quoted", b'text/plain; charset="utf-8"', GREETING.encode()),
    _text("charset-twice", b"text/plain; charset=latin-1; charset=utf-8", GREETING.encode()),
    _text("charset-zip", b"text/plain; charset=zip", HELLO),
    _text("charset-rot13", b"text/plain; charset=rot13", HELLO),
    _text("charset-base64", b"text/plain; charset=base64", HELLO),
    _text("charset-unicode-escape", b"text/plain; charset=unicode_escape", b"\\u0041\\"),
    _text("charset-idna", b"text/plain; charset=idna", b"xn--" + b"a" * 1000),
    _text("charset-long", b"text/plain; charset=" + b"x" * 5000, HELLO),
    _text("json-bom", JSON, b'\xef\xbb\xbf{"a": 1}'),
    _text("json-nan", JSON, b'{"a": NaN, "b": [Infinity, -Infinity]}'),
    _text("json-10000-digits", JSON, b'{"a": ' + b"9" * 10_000 + b"}"),
    _text("json-huge-exponent", JSON, b"[1e400, -1e-400, 1E+99999]"),
    _text("json-lone-surrogates", JSON, rb'{"\ud800": "\udfff\ud83e", "ok": "\ud83e\udd8a"}'),
    _text("json-same-name-twice", JSON, b'{"a": 1, "a": 2}'),
    _text("json-100000-deep", JSON, b"[" * 100_000 + b"]" * 100_000),
    _text("json-cut", JSON, b'{"a": [1, 2, {"b": "c'),
    _text("json-is-html", JSON, b"<html>502 Bad Gateway</html>"),
    _text("json-nothing", JSON, b""),
    _text("text-nul-bytes", b"text/plain", b"a\x00b\x00c"),
    _text("text-controls-and-bidi", b"text/plain", "a\x1b[31mb\u202egnp.exe\u200b\ufeff".encode()),
    _text("text-one-line-of-1-mb", b"text/plain", b"x" * 1_000_000),
    _text("html-scripts-and-links", b"text/html", b"<script>alert(1)</script><img src=file:///etc/passwd>"),
    _text("xml-entities", b"application/xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
    _text("svg-with-link", b"image/svg+xml", b'<svg><image href="file:///etc/passwd"/></svg>'),
    _text("image-is-text", b"image/png", b"this is no picture"),
)

BEHAVIOURS = ENCODINGS + BOMBS + TEXTS
