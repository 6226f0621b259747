"""Services: what a tab gets from the program, handed over once."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from httpdesk.core.exchange import Event, Exchange
from httpdesk.core.wire import WireRequest
from httpdesk.ui.console import Console
from httpdesk.ui.document import Document
from httpdesk.ui.library import Library
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.notices import Notices
from httpdesk.ui.variables import Variables


class Sending(Protocol):
    """A send under way: iterate for its events."""

    exchange: Exchange

    def cancel(self) -> None:
        """Stop; what has arrived is kept."""

    def __aiter__(self) -> AsyncIterator[Event]: ...


class Sender(Protocol):
    """What sends: a protocol's client, or ten lines in a test."""

    def send(self, request: WireRequest) -> Sending:
        """Prepare to send; iterating over the result sends."""
        ...

    async def wire_text(self, request: WireRequest) -> str:
        """What would go out, as text. Raises Problem."""
        ...

    def close_exchange(self, exchange: Exchange) -> None:
        """Give up the bodies of an exchange; may block."""


@dataclass(frozen=True)
class Services:
    """The program as a tab sees it.

    `sender` waits for the network part, which is loaded after the first paint; `run_action` does something of
    ui/actions.py; `edit_variable` opens the environment at a name; `open_settings` a page of the settings;
    `cookies` gives the Cookie header that the jar has for a URL; tabs are made in `pages`, their parent; `show_page`
    opens a tab that is no request; `answers` gives title and last exchange of every open tab that has one.
    """

    sender: Callable[[], Awaitable[Sender]]
    user_agent: str
    settings: LiveSettings
    variables: Variables
    library: Library
    console: Console
    notices: Notices
    run_action: Callable[[str], None]
    edit_variable: Callable[[str], None]
    open_settings: Callable[[str], None]
    cookies: Callable[[str], str] = lambda _url: ""
    pages: QWidget | None = None
    show_page: Callable[[Document], None] = lambda _page: None
    answers: Callable[[], Sequence[tuple[str, Exchange]]] = tuple
