"""Short fixed answers of the echo server: status codes, delays, redirects, cookies and sample documents."""

import asyncio
import re
import struct
import zlib
from http import HTTPStatus
from urllib.parse import quote, urlencode

from aiohttp import web

from httpdesk.servers.amounts import parse_seconds
from httpdesk.servers.explain import explain, json_answer
from httpdesk.servers.mirror import cookie_pairs

MAX_DELAY_S = 300.0
MAX_REDIRECTS = 1000
_STATUS_HEADERS = {
    401: {"WWW-Authenticate": 'Basic realm="httpdesk echo"'},
    405: {"Allow": "GET"},
    407: {"Proxy-Authenticate": 'Basic realm="httpdesk echo"'},
    429: {"Retry-After": "1"},
    503: {"Retry-After": "1"},
} | {code: {"Location": "/anything"} for code in (301, 302, 303, 307, 308)}
_COOKIE_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_PICTURE_PX = 64


async def status(request: web.Request) -> web.StreamResponse:
    """Answer with the status code of the path, from 200 to 999."""
    code = int(request.match_info["code"])
    if not 200 <= code <= 999:
        return explain(400, f"{code} is no final status code.", "Codes go from 200 to 999; 1xx is only interim.")
    reason = HTTPStatus(code).phrase if code in HTTPStatus.__members__.values() else ""
    headers = _STATUS_HEADERS.get(code, {})
    if code in {204, 205, 304}:
        return web.Response(status=code, headers=headers)
    answer = json_answer({"status": code, "reason": reason}, status=code, headers=headers)
    answer.set_status(code, reason)
    return answer


async def delay(request: web.Request) -> web.StreamResponse:
    """Answer after the seconds of the path, at most 300."""
    wait_s = parse_seconds(request.match_info["seconds"])
    if wait_s is None or wait_s > MAX_DELAY_S:
        return explain(400, f"A delay is a number of seconds from 0 to {MAX_DELAY_S:.0f}.", "GET /delay/2.5")
    await asyncio.sleep(wait_s)
    return json_answer({"delay_s": wait_s})


async def redirect(request: web.Request) -> web.StreamResponse:
    """Redirect N times, then to /anything or to the URL in ?to=; ?status= picks 301, 302, 303, 307 or 308."""
    left = int(request.match_info["count"])
    code = request.query.get("status", "302")
    target = request.query.get("to", "/anything")
    if not 1 <= left <= MAX_REDIRECTS or code not in {"301", "302", "303", "307", "308"}:
        return explain(
            400, f"/redirect takes 1 to {MAX_REDIRECTS} hops and a redirect status.", "GET /redirect/3?status=307"
        )
    if left > 1:
        target = f"/redirect/{left - 1}" + (f"?{urlencode(request.query)}" if request.query else "")
    headers = {"Location": quote(target, safe="!#$%&'()*+,/:;=?@[]~")}
    return json_answer({"redirects_left": left - 1, "location": target}, status=int(code), headers=headers)


async def cookies(request: web.Request) -> web.StreamResponse:
    """Show the cookies that came with the request."""
    return json_answer({"cookies": dict(cookie_pairs(request))})


async def set_cookies(request: web.Request) -> web.StreamResponse:
    """Set one cookie for each query row, then redirect to /cookies."""
    return _change_cookies(
        [(name, quote(value, safe="!#$&'()*+-./:<=>?@[]^_`{|}~")) for name, value in request.query.items()]
    )


async def delete_cookies(request: web.Request) -> web.StreamResponse:
    """Delete the cookies named in the query, or all that were sent, then redirect to /cookies."""
    names = list(request.query) or [name for name, _value in cookie_pairs(request)]
    return _change_cookies([(name, "") for name in names], "; Max-Age=0")


def _change_cookies(pairs: list[tuple[str, str]], ending: str = "") -> web.Response:
    wrong = next((name for name, _value in pairs if not _COOKIE_NAME.fullmatch(name)), None)
    if wrong is not None:
        return explain(400, f"“{wrong}” is no cookie name (RFC 6265).", "GET /cookies/set?flavour=oat")
    answer = web.Response(status=302, headers={"Location": "/cookies"})
    for name, value in pairs:
        answer.headers.add("Set-Cookie", f"{name}={value}; Path=/{ending}")
    return answer


async def html_page(_request: web.Request) -> web.StreamResponse:
    """Answer a small HTML page."""
    return web.Response(text=_HTML, content_type="text/html")


async def xml_document(_request: web.Request) -> web.StreamResponse:
    """Answer a small XML document with a namespace, an attribute and a comment."""
    return web.Response(text=_XML, content_type="application/xml")


async def picture(_request: web.Request) -> web.StreamResponse:
    """Answer a small PNG picture."""
    return web.Response(body=draw_png(_PICTURE_PX), content_type="image/png")


def draw_png(side_px: int) -> bytes:
    """Draw a square of two colour gradients as PNG."""
    shades = [255 * step // max(1, side_px - 1) for step in range(side_px)]
    rows = b"".join(b"\0" + b"".join(bytes((x, y, 160)) for x in shades) for y in shades)
    header = struct.pack(">IIBBBBB", side_px, side_px, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _png_chunk(b"IHDR", header)
        + _png_chunk(b"IDAT", zlib.compress(rows))
        + _png_chunk(b"IEND", b"")
    )


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


_HTML = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>A page of the echo server</title>
    <style>body { font: 16px/1.5 sans-serif; margin: 2rem }</style>
  </head>
  <body>
    <h1>Hello from the echo server</h1>
    <p>This page has a <a href="/">link</a>, a list and a picture.</p>
    <ul><li>one</li><li>two &amp; a half</li></ul>
    <img src="/image" alt="Two gradients" width="64" height="64">
    <script>document.title += " (scripts run)";</script>
  </body>
</html>
"""

_XML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- A small document of the echo server -->
<library xmlns="urn:httpdesk:echo">
  <book id="1" lang="en"><title>On the Wire</title><pages>128</pages></book>
  <book id="2" lang="de"><title>Über die Leitung</title><pages>256</pages></book>
  <note><![CDATA[5 < 6 & 7 > 3]]></note>
</library>
"""
