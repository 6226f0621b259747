"""The routes of the echo server, each with the line that lists it on the index page."""

from html import escape
from typing import NamedTuple

from aiohttp import web

from httpdesk.servers import answers, bulk, doors, live, mirror, upload
from httpdesk.servers.encoded import ENCODERS, encoded_in
from httpdesk.servers.guard import Handler

ANY = ("*",)
COMMON = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
GET = ("GET", "HEAD")


class Route(NamedTuple):
    """One route: its pattern, its methods, its handler, an example to follow and what it does."""

    pattern: str
    methods: tuple[str, ...]
    handler: Handler
    example: str
    summary: str


ROUTES = (
    Route(
        "/anything{rest:(/.*)?}",
        ANY,
        mirror.anything,
        "/anything?hello=world",
        "Shows the request as it arrived, any method and body.",
    ),
    Route(
        "/status/{code:[0-9]{1,4}}", COMMON, answers.status, "/status/418", "Answers with that status code, 200 to 999."
    ),
    Route("/delay/{seconds}", COMMON, answers.delay, "/delay/2", "Answers after so many seconds, at most 300."),
    Route(
        "/redirect/{count:[0-9]{1,6}}",
        COMMON,
        answers.redirect,
        "/redirect/3",
        "Redirects so many times; ?status=307, ?to=URL.",
    ),
    Route("/stream/{size}", GET, bulk.stream, "/stream/1MB", "JSON lines of so many bytes; ?type=binary, ?chunked=1."),
    Route(
        "/json/{size}",
        GET,
        bulk.json_document,
        "/json/100kB",
        "One JSON array of so many bytes; ?minified=1, ?chunked=1.",
    ),
    Route("/bytes/{size}", GET, bulk.some_bytes, "/bytes/1024", "So many bytes, counting 0 to 255 over and over."),
    *(
        Route(f"/{name}", GET, encoded_in(name), f"/{name}", f"JSON with Content-Encoding: {name}.")
        for name in ENCODERS
    ),
    Route("/cookies", GET, answers.cookies, "/cookies", "Shows the cookies of the request."),
    Route("/cookies/set", GET, answers.set_cookies, "/cookies/set?flavour=oat", "Sets a cookie for each query row."),
    Route(
        "/cookies/delete",
        GET,
        answers.delete_cookies,
        "/cookies/delete?flavour",
        "Deletes these cookies, or all of them.",
    ),
    Route(
        "/auth/basic",
        COMMON,
        doors.basic,
        "/auth/basic",
        "Asks for user httpdesk, password secret; ?user=, ?password=.",
    ),
    Route("/auth/bearer", COMMON, doors.bearer, "/auth/bearer", "Asks for the bearer token secret; ?token=."),
    Route(
        "/auth/apikey",
        COMMON,
        doors.api_key,
        "/auth/apikey",
        "Asks for X-Api-Key: secret, header or query; ?name=, ?key=.",
    ),
    Route("/sse", GET, live.events, "/sse?count=5", "Server-sent events; ?count=0 never ends, ?interval= in seconds."),
    Route("/ws", GET, live.websocket, "/ws", "WebSocket that says every message back."),
    Route(
        "/upload",
        ("POST", "PUT", "PATCH"),
        upload.upload,
        "/upload",
        "Takes a body or form of any size; answers sizes and SHA-256.",
    ),
    Route("/html", GET, answers.html_page, "/html", "A small HTML page."),
    Route("/xml", GET, answers.xml_document, "/xml", "A small XML document."),
    Route("/image", GET, answers.picture, "/image", "A small PNG picture."),
)


async def index(_request: web.Request) -> web.StreamResponse:
    """List all routes as an HTML page with links."""
    return web.Response(text=_PAGE.format(rows="\n".join(map(_row, ROUTES))), content_type="text/html")


def _row(route: Route) -> str:
    methods = "any method" if route.methods in {ANY, COMMON} else ", ".join(route.methods)
    example = escape(route.example)
    return f'<tr><td><a href="{example}">{example}</a></td><td>{methods}</td><td>{escape(route.summary)}</td></tr>'


def add_routes(app: web.Application) -> None:
    """Put the index and every route into an application."""
    app.router.add_get("/", index)
    for route in ROUTES:
        resource = app.router.add_resource(route.pattern)
        for method in route.methods:
            resource.add_route(method, route.handler)


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>httpdesk echo server</title>
<style>
body {{ font: 15px/1.5 sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222 }}
td {{ padding: .2rem 1.5rem .2rem 0; vertical-align: top }} td:nth-child(2) {{ color: #666; white-space: nowrap }}
a {{ font-family: monospace; text-decoration: none }}
</style>
</head>
<body>
<h1>httpdesk echo server</h1>
<p>It runs on this computer only, keeps nothing and shows what it gets.</p>
<table>
{rows}
</table>
</body>
</html>
"""
