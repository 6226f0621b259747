"""Form data as browsers send it: a=1&b=2."""

from httpdesk.views.base import View, never

VIEW = View(
    name="Form",
    language="form",
    can_pretty=True,
    fits_type=lambda media_type: media_type == "application/x-www-form-urlencoded",
    fits_head=never,
)
