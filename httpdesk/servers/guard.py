"""What stands before every route: the Host allow-list, OPTIONS, and explained 404, 405 and 413."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from httpdesk.servers.explain import explain

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


def is_loopback_host(host: str, port: int) -> bool:
    """Tell whether a Host header names this server; a foreign name means DNS rebinding by a web page."""
    name, colon, given = host.lower().rpartition(":")
    if not colon or given.endswith("]"):
        name, given = host.lower(), "80"
    return name in LOOPBACK_NAMES and given == str(port)


def _own_port(request: web.Request) -> int:
    transport = request.transport
    address = transport.get_extra_info("sockname") if transport is not None else None
    return int(address[1]) if address else -1


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign Host headers, answer OPTIONS with Allow, and turn aiohttp's error pages into sentences."""
    hosts = request.headers.getall("Host", [])
    port = _own_port(request)
    if len(hosts) != 1 or not is_loopback_host(hosts[0], port):
        return explain(
            421,
            f"This server answers only to its loopback names, and the Host header was {', '.join(hosts) or 'missing'}.",
            f"Send to http://127.0.0.1:{port}, or set Host to 127.0.0.1:{port}, localhost:{port} or [::1]:{port}.",
        )
    try:
        return await handler(request)
    except web.HTTPMethodNotAllowed as refused:
        allow = ", ".join(sorted({*refused.allowed_methods, "OPTIONS"}))
        if request.method == "OPTIONS":
            return web.Response(status=204, headers={"Allow": allow})
        return explain(
            405, f"{request.path} does not take {request.method}.", f"Use {allow}.", headers={"Allow": allow}
        )
    except web.HTTPNotFound:
        return explain(404, f"There is no route {request.path}.", "GET / lists all routes.")
    except web.HTTPRequestEntityTooLarge as large:
        return explain(413, large.text or "The body is too large.", "POST /upload takes bodies of any size.")
