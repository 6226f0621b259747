"""JavaScript."""

from httpdesk.views.base import View, never

_TYPES = frozenset(
    f"{kind}/{name}" for kind in ("application", "text") for name in ("javascript", "x-javascript", "ecmascript")
)

VIEW = View(
    name="JavaScript", language="javascript", fits_type=lambda media_type: media_type in _TYPES, fits_head=never
)
