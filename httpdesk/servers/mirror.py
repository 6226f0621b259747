"""/anything: answer any request with a JSON document that shows it as it arrived."""

import asyncio
import base64
import hashlib
import json
from urllib.parse import parse_qsl

from aiohttp import web

from httpdesk.servers.explain import explain
from httpdesk.servers.multipart import Part, split_parts

MAX_BODY_BYTES = 50_000_000
MAX_SHOWN_BYTES = 1_000_000

Fields = dict[str, object]


class _Verbatim(str):
    """JSON text that goes into the answer as it is: parsing it would change numbers such as 1.10 or 1e400."""

    __slots__ = ()


async def anything(request: web.Request) -> web.StreamResponse:
    """Show method, URL, headers, cookies and body of the request that arrived."""
    body = await _read_body(request)
    if body is None:
        return explain(
            413,
            f"The body is over {MAX_BODY_BYTES:,} bytes, too much to be shown.",
            "POST /upload takes bodies of any size.",
        )
    fields = describe_head(request)
    content_type = request.headers.get("Content-Type", "")
    # Hashing, parsing and base64 of a large body would hold up the window, which shares this loop.
    fields |= await asyncio.to_thread(describe_body, content_type, body)
    return web.Response(body=render(fields).encode(), content_type="application/json", charset="utf-8")


async def _read_body(request: web.Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            return None
    return bytes(body)


def describe_head(request: web.Request) -> Fields:
    """List what the head of the request said, header names in their order and case."""
    target = request.raw_path
    headers = [(_text(name), _text(value)) for name, value in request.raw_headers]
    path, _mark, query = target.partition("?")
    peer = request.transport.get_extra_info("peername") if request.transport is not None else None
    return {
        "method": request.method,
        "url": target if "://" in path else f"{request.scheme}://{request.host}{target}",
        "path": path,
        "query": parse_qsl(query, keep_blank_values=True),
        "headers": headers,
        "cookies": cookie_pairs(request),
        "remote": f"{peer[0]}:{peer[1]}" if peer else "",
        "http_version": f"{request.version.major}.{request.version.minor}",
    }


def cookie_pairs(request: web.Request) -> list[tuple[str, str]]:
    """List the cookies of a request as sent, also those that a strict parser drops."""
    pairs = []
    for header in request.headers.getall("Cookie", []):
        for pair in filter(None, (piece.strip() for piece in header.split(";"))):
            name, _equals, value = pair.partition("=")
            pairs.append((name, value))
    return pairs


def describe_body(content_type: str, body: bytes) -> Fields:
    """Describe a body: its text or base64, its size, and its JSON, form fields and files where it has them."""
    fields: Fields = {"body_size": len(body)}
    if len(body) > MAX_SHOWN_BYTES:
        fields |= {"body": None, "body_sha256": hashlib.sha256(body).hexdigest()}
    else:
        fields |= _show_body(body)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded" and len(body) <= MAX_SHOWN_BYTES:
        fields["form"] = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    elif kind.startswith("multipart/"):
        fields |= _describe_parts(split_parts(content_type, body))
    return fields


def _show_body(body: bytes) -> Fields:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return {"body": base64.b64encode(body).decode(), "body_encoding": "base64"}
    shown: Fields = {"body": text}
    if _is_json(text):
        shown["json"] = _Verbatim(text.strip())
    return shown


def _is_json(text: str) -> bool:
    try:
        # Numbers stay text: an integer of 10,000 digits is valid JSON and must not fail here.
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _describe_parts(parts: list[Part] | None) -> Fields:
    if parts is None:
        return {"multipart_error": "The body does not end with its boundary."}
    form = [(part.name, part.data.decode("utf-8", "replace")) for part in parts if part.filename is None]
    return {"form": form, "files": [_describe_file(part) for part in parts if part.filename is not None]}


def _describe_file(part: Part) -> Fields:
    return {
        "name": part.name,
        "filename": part.filename,
        "type": part.content_type,
        "size": len(part.data),
        "sha256": hashlib.sha256(part.data).hexdigest(),
    }


def render(fields: Fields) -> str:
    """Write the fields as JSON, one row per line: pairs such as headers stay readable."""
    lines = [f"  {json.dumps(name)}: {_value(value)}" for name, value in fields.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, _Verbatim):
        return str(value)
    if isinstance(value, list) and value:
        rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in value)
        return f"[\n{rows}\n  ]"
    return json.dumps(value, ensure_ascii=False)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
