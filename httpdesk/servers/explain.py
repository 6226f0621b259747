"""The two plain answers of the echo server: a JSON document, and a JSON error that says what to try."""

import json
from collections.abc import Mapping

from aiohttp import web


def json_answer(document: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """Answer a document as indented JSON."""
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return web.Response(text=text, status=status, headers=headers, content_type="application/json")


def explain(status: int, error: str, try_this: str = "", *, headers: Mapping[str, str] | None = None) -> web.Response:
    """Answer an error as a sentence and, where there is one, what to try."""
    document = {"error": error, "try": try_this} if try_this else {"error": error}
    return json_answer(document, status=status, headers=headers)
