"""One folder per protocol: model, client (no Qt) and tab (Qt); listed here by the name that files use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from httpdesk.protocols import http

if TYPE_CHECKING:
    from httpdesk.core.collection import Saved
    from httpdesk.core.request import HttpRequest
    from httpdesk.ui.document import Document
    from httpdesk.ui.services import Services

    OpenTab = Callable[[Services, Saved, HttpRequest | None], Document]

_TABS: dict[str, OpenTab] = {"http": http.open_tab}


def open_tab(protocol: str) -> OpenTab:
    """What makes a tab of a protocol, from the program's services, a saved request and its unsaved draft."""
    return _TABS[protocol]
