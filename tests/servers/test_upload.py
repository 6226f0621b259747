"""/upload measures bodies of any size."""

import hashlib

import aiohttp
import pytest

from tests.servers.client import echo, get_json


async def test_an_upload_of_any_size_is_measured():
    chunk = bytes(range(256)) * 1024

    async def pieces():
        for _ in range(256):
            yield chunk

    async with echo() as (_server, client):
        _answer, shown = await get_json(client, "/upload", method="POST", data=pieces())
    assert shown["size"] == 256 * len(chunk)
    assert shown["sha256"] == hashlib.sha256(chunk * 256).hexdigest()


async def test_an_uploaded_form_is_measured_part_by_part():
    content = b"\r\n" * 500_000
    form = aiohttp.FormData({"note": "hi"})
    form.add_field("file", content, filename="a.bin", content_type="application/x-thing")
    async with echo() as (_server, client):
        _answer, shown = await get_json(client, "/upload", method="PUT", data=form)
    assert [(p["name"], p["filename"], p["size"]) for p in shown["parts"]] == [
        ("note", None, 2),
        ("file", "a.bin", len(content)),
    ]
    assert shown["parts"][1]["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary=x"])
async def test_a_broken_form_upload_is_explained(content_type):
    async with echo() as (_server, client):
        headers = {"Content-Type": content_type}
        answer, shown = await get_json(client, "/upload", method="POST", data=b"nothing", headers=headers)
    assert answer.status == 400
    assert "boundary" in shown["try"]
