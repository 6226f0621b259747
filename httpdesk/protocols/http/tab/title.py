"""Title: what a request is called as long as it has no name."""

from PySide6.QtCore import QCoreApplication

from httpdesk.core import urls
from httpdesk.core.request import HttpRequest


def title_of(request: HttpRequest) -> str:
    """What a request without a name is called: its URL without scheme and query, or "New request"."""
    base = urls.split(request.url).base
    return base.removeprefix("https://").removeprefix("http://") or QCoreApplication.translate("HttpTab", "New request")
