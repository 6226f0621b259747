"""The session file: open tabs with their drafts, closed ones, and how the window stood."""

from pathlib import Path

import msgspec

from httpdesk.core.request import HttpRequest
from httpdesk.store import private_json
from httpdesk.store.blank import request_without_secrets


class Tab(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One tab: the path of its saved request or "", its title, the unsaved request if there is one.

    `base` is the version of the file that the unsaved request was made from.
    """

    path: str = ""
    title: str = ""
    draft: HttpRequest | None = None
    preview: bool = False
    base: str = ""


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What comes back at the next start; `window` is the window's own state, `environments` the choice by workspace."""

    workspace: str = ""
    recent: tuple[str, ...] = ()
    tabs: tuple[Tab, ...] = ()
    closed: tuple[Tab, ...] = ()
    current: int = 0
    environment: str = ""
    expanded: tuple[str, ...] = ()
    window: dict[str, str] = {}


def load(path: Path) -> tuple[Session, str]:
    """The session, and what went wrong with the file (it is then set aside)."""
    return private_json.read(path, Session, Session())


def save(path: Path, session: Session) -> None:
    """Write the session without secrets; raises OSError."""
    tabs, closed = (tuple(_blank(tab) for tab in tabs) for tabs in (session.tabs, session.closed))
    private_json.write(path, msgspec.structs.replace(session, tabs=tabs, closed=closed))


def _blank(tab: Tab) -> Tab:
    if tab.draft is None:
        return tab
    return msgspec.structs.replace(tab, draft=request_without_secrets(tab.draft))
