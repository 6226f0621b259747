"""Services: what a tab gets from the program, handed over once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from httpdesk.net.sessions import Sessions
from httpdesk.ui.console import Console
from httpdesk.ui.library import Library
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.notices import Notices
from httpdesk.ui.variables import Variables


@dataclass(frozen=True)
class Services:
    """The program as a tab sees it.

    `sessions` waits for the network part, which is loaded after the first paint; `spool_folder` takes bodies;
    `run_action` does something of ui/actions.py; `edit_variable` opens the environment at a name.
    """

    sessions: Callable[[], Awaitable[Sessions]]
    spool_folder: Path
    user_agent: str
    settings: LiveSettings
    variables: Variables
    library: Library
    console: Console
    notices: Notices
    run_action: Callable[[str], None]
    edit_variable: Callable[[str], None]
