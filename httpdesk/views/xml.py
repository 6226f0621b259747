"""XML of any vocabulary, SVG among them."""

import re

from httpdesk.views.base import View, text_of

_START = re.compile(rb"<\?xml[\s?]|<(?:rss|feed|svg|soap(?:env)?:Envelope|\w+ xmlns(?::\w+)?=)")


def _fits_type(media_type: str) -> bool:
    return media_type in ("application/xml", "text/xml") or media_type.endswith("+xml")


def _fits_head(head: bytes) -> bool:
    return _START.match(text_of(head)) is not None


VIEW = View(name="XML", language="xml", can_pretty=True, fits_type=_fits_type, fits_head=_fits_head)
