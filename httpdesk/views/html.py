"""HTML pages and fragments."""

import re

from httpdesk.views.base import View, text_of

# A comment never goes on behind its end: else every comment would double the ways to read what follows.
_START = re.compile(
    rb"(?>(?:<\?xml[^>]*>\s*|<!--(?>.*?-->)\s*)*)<(?:!doctype html|html|head|body|title|div|p|h1|table)\b", re.I | re.S
)


def _fits_type(media_type: str) -> bool:
    return media_type in ("text/html", "application/xhtml+xml")


def _fits_head(head: bytes) -> bool:
    return _START.match(text_of(head[:4096])) is not None


VIEW = View(name="HTML", language="html", can_pretty=True, fits_type=_fits_type, fits_head=_fits_head)
