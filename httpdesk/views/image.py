"""Pictures, all but SVG, which is text."""

from httpdesk.views.base import View

_STARTS = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"\x00\x00\x01\x00",
    b"II*\x00",
    b"MM\x00*",
)


def _fits_head(head: bytes) -> bool:
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    if head[4:8] == b"ftyp":
        return head[8:12] in (b"avif", b"heic", b"mif1")
    return head.startswith(_STARTS) and (head[:2] != b"BM" or b"\x00" in head[:16])


VIEW = View(
    name="Image",
    shown_as="image",
    fits_type=lambda media_type: media_type.startswith("image/") and not media_type.endswith("+xml"),
    fits_head=_fits_head,
)
