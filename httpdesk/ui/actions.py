"""Actions as data: menus, palette, shortcuts and the F1 page read this one list."""

import sys
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """Something the user can do: `keys` in portable form, the first one is shown; `icon` is a Lucide name.

    One of many like it ("Go to tab 3") names their `series`: the palette leaves it out, F1 shows the series once.
    """

    id: str
    title: str
    group: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    series: str = ""


def _action(group: str, id_: str, title: str, *keys: str, icon: str = "") -> Action:
    return Action(id=id_, title=title, group=group, keys=keys, icon=icon)


def _numbered(group: str, id_: str, title: str, keys: str, count: int, series: str) -> tuple[Action, ...]:
    """Actions that differ in a number alone: "{n}" stands for it in the title and the keys."""
    return tuple(
        Action(
            id=f"{id_}_{n}",
            title=title.format(n=n),
            group=group,
            keys=(keys.format(n=n),),
            series=series.format(n=count),
        )
        for n in range(1, count + 1)
    )


# On a Mac Alt and a digit type a character; the Control key ("Meta" to Qt) is free there.
_ALT = "Meta" if sys.platform == "darwin" else "Alt"
REQUEST_PAGES, RESPONSE_PAGES = 6, 4


REQUEST, TABS, VIEW, PROGRAM = "Request", "Tabs", "View", "Program"

# One line an action; titles are translated where they are shown.
ACTIONS: tuple[Action, ...] = (
    _action(REQUEST, "send", "Send", "Ctrl+Return", "Ctrl+Enter", "F5", "Ctrl+R", icon="send"),
    _action(
        REQUEST, "send_to_file", "Send and save to file…", "Ctrl+Shift+Return", "Ctrl+Shift+Enter", icon="download"
    ),
    _action(REQUEST, "cancel", "Cancel the request", icon="ban"),
    _action(REQUEST, "focus_url", "Go to the URL", "Ctrl+L", icon="link"),
    _action(REQUEST, "choose_method", "Change the method", "Ctrl+Shift+L"),
    _action(REQUEST, "save", "Save", "Ctrl+S", icon="save"),
    _action(REQUEST, "save_as", "Save as…", "Ctrl+Shift+S", icon="save"),
    _action(REQUEST, "duplicate", "Duplicate", "Ctrl+D", icon="copy"),
    _action(REQUEST, "format_body", "Format the body", "Alt+Shift+F", icon="braces"),
    _action(REQUEST, "preview_request", "Show the whole request before it is sent", icon="scroll-text"),
    _action(REQUEST, "edit_variable", "Edit the variable at the caret", "F4", icon="variable"),
    _action(REQUEST, "find", "Find in the pane", "Ctrl+F", icon="search"),
    _action(REQUEST, "filter_body", "Filter the response body", "Ctrl+Shift+J", icon="list-filter"),
    _action(REQUEST, "go_to_line", "Go to a line of the response", "Ctrl+G"),
    _action(REQUEST, "save_response", "Save the response body…", icon="download"),
    _action(REQUEST, "copy_response", "Copy the response body", icon="copy"),
    _action(REQUEST, "compare_response", "Compare the response…", "Ctrl+Shift+D", icon="columns-2"),
    _action(REQUEST, "next_difference", "Next difference", "F7", icon="arrow-down"),
    _action(REQUEST, "previous_difference", "Previous difference", "Shift+F7", icon="arrow-up"),
    *_numbered(
        REQUEST,
        "request_page",
        "Request page {n}",
        _ALT + "+{n}",
        REQUEST_PAGES,
        "Go to a page of the request, 1 to {n}",
    ),
    *_numbered(
        REQUEST,
        "response_page",
        "Response page {n}",
        _ALT + "+Shift+{n}",
        RESPONSE_PAGES,
        "Go to a page of the response, 1 to {n}",
    ),
    _action(TABS, "new_tab", "New request", "Ctrl+T", "Ctrl+N", icon="plus"),
    _action(TABS, "close_tab", "Close the tab", "Ctrl+W", icon="x"),
    _action(TABS, "reopen_tab", "Reopen the closed tab", "Ctrl+Shift+T", icon="rotate-ccw"),
    _action(TABS, "recent_tab", "Recent tab", "Ctrl+Tab"),
    _action(TABS, "recent_tab_back", "Recent tab, the other way", "Ctrl+Shift+Tab"),
    _action(TABS, "next_tab", "Next tab", "Ctrl+PgDown"),
    _action(TABS, "previous_tab", "Previous tab", "Ctrl+PgUp"),
    *_numbered(TABS, "tab", "Go to tab {n}", "Ctrl+{n}", 8, "Go to a tab, 1 to {n}"),
    _action(TABS, "tab_9", "Go to the last tab", "Ctrl+9"),
    _action(TABS, "new_collection", "New collection", icon="folder-plus"),
    _action(TABS, "open_folder", "Open a folder…", icon="folder-open"),
    _action(TABS, "filter_tree", "Find in collections", "Ctrl+Shift+F", icon="list-filter"),
    _action(VIEW, "toggle_sidebar", "Show or hide the sidebar", "Ctrl+B", icon="panel-left"),
    _action(VIEW, "toggle_layout", "Response beside or below", "Ctrl+J", icon="columns-2"),
    _action(VIEW, "toggle_console", "Show or hide the console", "Ctrl+`", icon="panel-bottom"),
    _action(VIEW, "wrap_lines", "Wrap lines", "Alt+Z", icon="wrap-text"),
    _action(VIEW, "next_region", "Next region", "F6"),
    _action(VIEW, "previous_region", "Previous region", "Shift+F6"),
    _action(VIEW, "theme_light", "Light theme", icon="sun"),
    _action(VIEW, "theme_dark", "Dark theme", icon="moon"),
    _action(VIEW, "theme_system", "Theme of the system", icon="monitor"),
    _action(VIEW, "zoom_in", "Zoom in", "Ctrl+=", "Ctrl++"),
    _action(VIEW, "zoom_out", "Zoom out", "Ctrl+-"),
    _action(VIEW, "zoom_reset", "Zoom to 100 %", "Ctrl+0"),
    _action(PROGRAM, "palette", "Find anything", "Ctrl+K", icon="search"),
    _action(PROGRAM, "palette_requests", "Find a request", "Ctrl+P", icon="search"),
    _action(PROGRAM, "palette_commands", "Find a command", "Ctrl+Shift+P", icon="command"),
    _action(PROGRAM, "switch_environment", "Switch the environment", "Ctrl+E", icon="variable"),
    _action(PROGRAM, "edit_environments", "Edit environments", "Ctrl+Shift+E", icon="variable"),
    _action(PROGRAM, "show_cookies", "Cookies", "Ctrl+Shift+K", icon="cookie"),
    _action(PROGRAM, "settings", "Settings", "Ctrl+,", icon="settings"),
    _action(PROGRAM, "shortcuts", "Keyboard shortcuts", "F1", icon="keyboard"),
    _action(PROGRAM, "welcome", "Welcome page"),
    _action(PROGRAM, "quit", "Quit httpdesk", "Ctrl+Q"),
)
BY_ID = {action.id: action for action in ACTIONS}


def shown_keys(action_id: str) -> str:
    """The first shortcut of an action as this system writes it, or an empty string."""
    keys = BY_ID[action_id].keys
    shown = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    return shown.replace("Return", "Enter")


def title(action_id: str) -> str:
    """What an action is called, in the user's language."""
    return QCoreApplication.translate("actions", BY_ID[action_id].title)


def tip(action_id: str) -> str:
    """Title and shortcut for a tool tip."""
    keys = shown_keys(action_id)
    return f"{title(action_id)}  {keys}" if keys else title(action_id)


class Actions(QObject):
    """The actions of one window, each bound to what it does; unbound ones do not show."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bound: dict[str, QAction] = {}
        self._by_keys: dict[int, QAction] = {}

    def bind(self, action_id: str, run: Callable[[], object]) -> QAction:
        """Say what an action does, and give it its keys in the whole window."""
        action = QAction(QCoreApplication.translate("actions", BY_ID[action_id].title), self._window)
        shortcuts = [QKeySequence(keys) for keys in BY_ID[action_id].keys]
        action.setShortcuts(shortcuts)
        self._by_keys.update((keys[0].toCombined(), action) for keys in shortcuts)  # type: ignore[index] # stubs lack it
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: run())
        self._window.addAction(action)
        self._bound[action_id] = action
        return action

    def trigger(self, action_id: str) -> None:
        """Do it, if it is bound and enabled."""
        if action := self._bound.get(action_id):
            action.trigger()

    def owns(self, event: QKeyEvent) -> bool:
        """Whether a key press is one of the bound shortcuts."""
        action = self._by_keys.get(event.keyCombination().toCombined())
        return action is not None and action.isEnabled()

    def bound(self) -> tuple[Action, ...]:
        """What the program can do at all, in the order of the list."""
        return tuple(action for action in ACTIONS if action.id in self._bound)

    def available(self) -> tuple[Action, ...]:
        """What can be done now, in the order of the list."""
        return tuple(action for action in ACTIONS if action.id in self._bound and self._bound[action.id].isEnabled())
