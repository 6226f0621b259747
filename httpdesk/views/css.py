"""Style sheets."""

from httpdesk.views.base import View, never

VIEW = View(name="CSS", language="css", fits_type=lambda media_type: media_type == "text/css", fits_head=never)
