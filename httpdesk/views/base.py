"""View: how one kind of body is shown."""

from collections.abc import Callable
from typing import Literal

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of body: what it is called, how it is coloured, and which answers it fits.

    `language` is a key of body/languages.py and body/pretty.py; `shown_as` says whether Raw is text, a picture or
    bytes. `fits_type` judges a media type in lower case without parameters, `fits_head` the first bytes.
    """

    name: str
    language: str = "text"
    can_pretty: bool = False
    shown_as: Literal["text", "image", "bytes"] = "text"
    fits_type: Callable[[str], bool]
    fits_head: Callable[[bytes], bool]


def never(_head: bytes) -> bool:
    """For kinds that only a media type can tell."""
    return False


def text_of(head: bytes) -> bytes:
    """The first bytes without byte order mark and white space, UTF-16 and UTF-32 reduced to ASCII."""
    if head[:4] in (b"\x00\x00\xfe\xff", b"\xff\xfe\x00\x00") or head[:2] in (b"\xfe\xff", b"\xff\xfe"):
        head = head.replace(b"\x00", b"")[2:]
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()
