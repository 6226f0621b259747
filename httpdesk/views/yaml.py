"""YAML."""

from httpdesk.views.base import View, text_of

_TYPES = frozenset({"application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml"})


def _fits_type(media_type: str) -> bool:
    return media_type in _TYPES or media_type.endswith("+yaml")


VIEW = View(
    name="YAML",
    language="yaml",
    fits_type=_fits_type,
    fits_head=lambda head: text_of(head).startswith((b"%YAML", b"---\n", b"openapi: ")),
)
