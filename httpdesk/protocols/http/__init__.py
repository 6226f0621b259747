"""HTTP: the client that sends a request and the tab that edits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpdesk.core.collection import Saved
    from httpdesk.core.request import HttpRequest
    from httpdesk.ui.document import Document
    from httpdesk.ui.services import Services


def open_tab(services: Services, saved: Saved, draft: HttpRequest | None) -> Document:
    """A tab for a request; imported here, so that the command line needs no Qt."""
    from httpdesk.protocols.http.tab.tab import HttpTab

    return HttpTab(services, saved, draft)
