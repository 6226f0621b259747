"""Routes that need credentials: basic, bearer and API key."""

import base64
import binascii

from aiohttp import web

from httpdesk.servers.explain import explain, json_answer

DEFAULT_USER = "httpdesk"
DEFAULT_SECRET = "secret"  # noqa: S105 - a public sample value
DEFAULT_KEY_NAME = "X-Api-Key"


async def basic(request: web.Request) -> web.StreamResponse:
    """Open to a user name and password, httpdesk and secret unless ?user= and ?password= say otherwise."""
    user = request.query.get("user", DEFAULT_USER)
    expected = (user, request.query.get("password", DEFAULT_SECRET))
    given = _basic_pair(request.headers.get("Authorization", ""))
    if given == expected:
        return json_answer({"authenticated": True, "user": user})
    error = "No basic credentials came with the request." if given is None else "User name or password is wrong."
    challenge = {"WWW-Authenticate": 'Basic realm="httpdesk echo", charset="UTF-8"'}
    return explain(401, error, f"Use the user name {expected[0]} and the password {expected[1]}.", headers=challenge)


def _basic_pair(header: str) -> tuple[str, str] | None:
    scheme, _space, token = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(token.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if colon else None


async def bearer(request: web.Request) -> web.StreamResponse:
    """Open to a bearer token, secret unless ?token= says otherwise."""
    expected = request.query.get("token", DEFAULT_SECRET)
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip() == expected:
        return json_answer({"authenticated": True, "token": expected})
    came = scheme.lower() == "bearer"
    error = "The token is wrong." if came else "No bearer token came with the request."
    fault = ', error="invalid_token"' if came else ""
    challenge = {"WWW-Authenticate": f'Bearer realm="httpdesk echo"{fault}'}
    return explain(401, error, f"Use the token {expected}.", headers=challenge)


async def api_key(request: web.Request) -> web.StreamResponse:
    """Open to an API key in a header or query row: X-Api-Key (or ?name=) with the value secret (or ?key=)."""
    name = request.query.get("name", DEFAULT_KEY_NAME)
    expected = request.query.get("key", DEFAULT_SECRET)
    if request.headers.get(name) == expected:
        return json_answer({"authenticated": True, "in": "header", "name": name})
    if request.query.get(name) == expected:
        return json_answer({"authenticated": True, "in": "query", "name": name})
    came = name in request.headers or name in request.query
    error = "The API key is wrong." if came else "No API key came with the request."
    return explain(401, error, f"Send {name}: {expected} as a header, or {name}={expected} in the query.")
