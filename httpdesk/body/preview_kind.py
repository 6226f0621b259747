"""Preview kind: what a body can be looked at as, beside its text and its bytes."""

import re
from typing import Literal

Kind = Literal["", "picture", "drawing"]

_DRAWING = re.compile(
    rb"(?>\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>))*\s*<(?:svg:)?svg\b", re.I | re.S
)
_HEAD_BYTES = 4096


def preview_kind(shown_as: str, media_type: str, head: bytes) -> Kind:
    """The kind of preview that fits the first bytes of a body; "" for none."""
    head = head[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if media_type == "image/svg+xml" or _DRAWING.match(head):
        return "drawing"
    return "picture" if shown_as == "image" else ""
