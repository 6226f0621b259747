"""One file per way to show a body: which content types it fits and which language colours it."""

from httpdesk.views import css, form, hexdump, html, image, javascript, json, source, text, xml, yaml
from httpdesk.views.base import View

# The order matters for the first bytes: the surest signs first, text takes what is left.
VIEWS: tuple[View, ...] = (
    *(module.VIEW for module in (image, json, html, xml, css, javascript, yaml, form)),
    *source.VIEWS,
    hexdump.VIEW,
    text.VIEW,
)
# Servers send these for anything; the first bytes know better.
_GUESSES = frozenset({"", "text/plain", "text/html", "application/octet-stream", "binary/octet-stream"})


def pick(content_type: str, head: bytes) -> View:
    """The view for a Content-Type header ("" for none) and the first bytes (some hundred will do)."""
    media_type = content_type.partition(";")[0].strip().lower()
    declared = next((view for view in VIEWS if view.fits_type(media_type)), None)
    if declared is not None and (media_type not in _GUESSES or not head):
        return declared
    found = next(view for view in VIEWS if view.fits_head(head))
    return declared if declared is not None and found is text.VIEW else found
