"""Any other text."""

from httpdesk.views.base import View

VIEW = View(name="Text", fits_type=lambda media_type: media_type.startswith("text/"), fits_head=lambda _head: True)
