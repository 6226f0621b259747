"""Tips: words of servers and files as tool tips."""

from html import escape

from httpdesk.ui.code_view_signs import make_visible

_TIP_CHARACTERS = 2000


def as_tip(words: str) -> str:
    """The text as a tool tip; Qt would take some of it for rich text, and fetch the pictures that it names."""
    words = "\n".join(make_visible(line)[0] for line in words[:_TIP_CHARACTERS].split("\n"))
    return f"<p style='white-space: pre-wrap'>{escape(words)}</p>" if "<" in words or "&" in words else words
