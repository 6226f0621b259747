"""/upload: take a body of any size in constant memory and answer its size and hash."""

import hashlib

import aiohttp
from aiohttp import BodyPartReader, web

from httpdesk.servers.explain import explain, json_answer

READ_BYTES = 65_536


async def upload(request: web.Request) -> web.StreamResponse:
    """Answer sizes and SHA-256 of the body, or of each part of a form."""
    if request.content_type.startswith("multipart/"):
        return await _parts(request)
    hasher = hashlib.sha256()
    size_bytes = 0
    async for chunk in request.content.iter_chunked(READ_BYTES):
        hasher.update(chunk)
        size_bytes += len(chunk)
    return json_answer(
        {"type": request.headers.get("Content-Type", ""), "size": size_bytes, "sha256": hasher.hexdigest()}
    )


async def _parts(request: web.Request) -> web.StreamResponse:
    try:
        reader = await request.multipart()
        parts = [await _part(part) async for part in reader if isinstance(part, BodyPartReader)]
    except (ValueError, aiohttp.ClientError) as error:
        return explain(400, f"The multipart body is broken: {error}.", "Check the boundary in Content-Type.")
    return json_answer({"type": request.headers["Content-Type"], "parts": parts})


async def _part(part: BodyPartReader) -> dict[str, object]:
    hasher = hashlib.sha256()
    size_bytes = 0
    while chunk := await part.read_chunk(READ_BYTES):
        hasher.update(chunk)
        size_bytes += len(chunk)
    return {
        "name": part.name,
        "filename": part.filename,
        "type": part.headers.get("Content-Type", ""),
        "size": size_bytes,
        "sha256": hasher.hexdigest(),
    }
