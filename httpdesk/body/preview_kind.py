"""Preview kind: what a body can be looked at as, beside its text and its bytes."""

import re
from typing import Literal

from httpdesk.body.table_shape import Shape, shape_of

Kind = Literal["", "picture", "drawing", "table", "page"]

_DRAWING = re.compile(
    rb"(?>\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>))*\s*<(?:svg:)?svg\b", re.I | re.S
)
_HEAD_BYTES = 4096


def preview_kind(shown_as: str, language: str, media_type: str, head: bytes, encoding: str = "utf-8") -> Kind:
    """The kind of preview that fits the first bytes of a body; "" for none."""
    if shown_as == "text" and table_shape(language, media_type, head, encoding) is not None:
        return "table"
    head = head[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if media_type == "image/svg+xml" or _DRAWING.match(head):
        return "drawing"
    if language == "html":
        return "page"
    return "picture" if shown_as == "image" else ""


def table_shape(language: str, media_type: str, head: bytes, encoding: str) -> Shape | None:
    """How the rows of a body are divided once it is in UTF-8; None when it is no table."""
    head = head[:_HEAD_BYTES]
    if encoding != "utf-8":
        head = head.decode(encoding, "ignore").encode("utf-8", "replace")
    return shape_of(language, media_type, head)
