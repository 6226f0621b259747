"""Bytes that are no text."""

from httpdesk.views.base import View, text_of

_KINDS = ("audio/", "video/", "font/")
_TYPES = frozenset({"application/pdf", "application/zip", "application/gzip", "application/wasm", "application/x-tar"})
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def _fits_head(head: bytes) -> bool:
    """NUL or several other control characters, and no sign of UTF-16 or UTF-32."""
    if head.startswith(_MARKS):
        return False
    if b"\x00" in head:
        # UTF-16 and UTF-32 text has a NUL in every second (fourth) place, and little else that is odd.
        return not (set(head[0::2]) == {0} or set(head[1::2]) == {0})
    odd = head.translate(None, bytes(range(32, 256)) + b"\t\n\r\f\b\x1b")
    return len(odd) * 20 > len(text_of(head))


VIEW = View(
    name="Binary",
    shown_as="bytes",
    fits_type=lambda media_type: media_type in _TYPES or media_type.startswith(_KINDS),
    fits_head=_fits_head,
)
