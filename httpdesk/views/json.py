"""JSON, and lines of JSON."""

import re

from httpdesk.views.base import View, text_of

_TYPES = frozenset(
    {"application/json", "text/json", "application/x-ndjson", "application/jsonl", "application/json-seq"}
)
_START = re.compile(rb"\{\s*(?:[\"}]|$)|\[\s*(?:[\"{\[\]]|-?\d[\d.eE+-]*\s*[,\]]|true\b|false\b|null\b|$)")


def _fits_type(media_type: str) -> bool:
    return media_type in _TYPES or media_type.endswith("+json")


def _fits_head(head: bytes) -> bool:
    return _START.match(text_of(head)) is not None


VIEW = View(name="JSON", language="json", can_pretty=True, fits_type=_fits_type, fits_head=_fits_head)
