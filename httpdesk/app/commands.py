"""Commands: what each action of the window does; dialogs are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from httpdesk.core.collection import Folder
from httpdesk.core.edits import with_url
from httpdesk.core.options import ProxyMode, effective
from httpdesk.core.request import HttpRequest
from httpdesk.core.settings import Settings
from httpdesk.ui.actions import REQUEST_PAGES, RESPONSE_PAGES
from httpdesk.ui.git_marks import show_changes
from httpdesk.ui.rail import COLLECTIONS, ENVIRONMENTS, HISTORY

if TYPE_CHECKING:
    from httpdesk.app.program import Program
    from httpdesk.ui.cookies_dialog import CookiesDialog
    from httpdesk.ui.environments_dialog import EnvironmentsDialog
    from httpdesk.ui.palette import Palette
    from httpdesk.ui.palette_model import Request
    from httpdesk.ui.settings_dialog import SettingsDialog
    from httpdesk.ui.welcome import Welcome

# Actions that mean the tab in front.
_OF_THE_TAB = (
    *("send", "send_to_file", "cancel", "focus_url", "choose_method", "format_body", "find", "save_response"),
    *("copy_response", "edit_variable", "preview_request", "filter_body", "go_to_line", "earlier_answers"),
    *("compare_response", "next_difference", "previous_difference"),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)


class Commands:
    """Binds the actions of ui/actions.py and the signals of sidebar, rail and status bar."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._window = program.window
        self._palette: Palette | None = None
        self._settings: SettingsDialog | None = None
        self._environments: EnvironmentsDialog | None = None
        self._cookies: CookiesDialog | None = None
        self._verified = True
        self._bind_actions()
        self._bind_sidebar()
        rail, status = program.window.rail, program.status
        rail.chosen.connect(self._show_area)
        rail.theme_chosen.connect(lambda mode: program.settings.change(theme=mode))
        rail.settings_clicked.connect(lambda: self.open_settings("appearance"))
        status.action.connect(self.run)
        status.settings_page.connect(self.open_settings)
        program.environment_switch.edit_clicked.connect(lambda: self.environments().open_at(program.variables.chosen))

    def run(self, action_id: str) -> None:
        """Do an action by its id."""
        self._window.actions_book.trigger(action_id)

    # -- binding

    def _bind_actions(self) -> None:
        program, bind = self._program, self._window.actions_book.bind
        for action_id in _OF_THE_TAB:
            bind(action_id, partial(self._run_in_tab, action_id))
        for number in range(1, REQUEST_PAGES + 1):
            bind(f"request_page_{number}", partial(self._show_page, "select_request_page", number))
        for number in range(1, RESPONSE_PAGES + 1):
            bind(f"response_page_{number}", partial(self._show_page, "select_response_page", number))
        documents = program.documents
        simple: dict[str, Callable[[], object]] = {
            "save": documents.save,
            "save_as": documents.save_as,
            "duplicate": self._duplicate,
            "new_tab": documents.new,
            "close_tab": documents.close_current,
            "reopen_tab": documents.reopen,
            "new_collection": lambda: program.tasks.start("collection", self._new_collection()),
            "open_folder": lambda: program.tasks.start("folder", self._open_folder()),
            "filter_tree": self._filter_tree,
            "wrap_lines": lambda: program.settings.change(wrap_lines=not program.settings.value.wrap_lines),
            "palette": lambda: self.palette().open_in(""),
            "palette_requests": lambda: self.palette().open_in("@"),
            "palette_commands": lambda: self.palette().open_in(">"),
            "switch_environment": program.environment_switch.offer,
            "edit_environments": lambda: self.environments().open_at(program.variables.chosen),
            "show_cookies": self._show_cookies,
            "show_history": program.history.show,
            "settings": lambda: self.open_settings("appearance"),
            "shortcuts": lambda: self.open_settings("shortcuts"),
            "welcome": self.show_welcome,
            "quit": program.quit_wanted.set,
        }
        for action_id, run in simple.items():
            bind(action_id, run)

    def _bind_sidebar(self) -> None:
        program, sidebar, library = self._program, self._program.sidebar, self._program.library
        # Each change of files runs to its end: none takes the place of the one before.
        start = partial(program.tasks.start, beside=True)
        sidebar.opened.connect(lambda path, permanent: program.documents.open(path, permanent=permanent))
        sidebar.rename.connect(lambda path, name: start("rename", library.rename(path, name)))
        sidebar.duplicate.connect(lambda path: start("duplicate", self._duplicate_saved(path)))
        sidebar.delete.connect(lambda path: start("delete", self._delete(path)))
        sidebar.new_request.connect(lambda folder: start("new", self._new_request(folder)))
        sidebar.new_folder.connect(lambda parent: start("new", self._new_folder(parent)))
        sidebar.new_collection.connect(lambda: self.run("new_collection"))
        sidebar.relocate.connect(lambda path, folder, before: start("move", library.move(path, folder, before)))
        sidebar.show_file.connect(self._show_file)
        changes = partial(show_changes, program.window, library)
        sidebar.tree.show_changes.connect(lambda path: program.tasks.start("changes", changes(path)))
        sidebar.open_folder.connect(lambda: self.run("open_folder"))
        sidebar.open_recent.connect(lambda path: start("folder", program.open_workspace(Path(path))))

    # -- the tab in front

    def _run_in_tab(self, action_id: str) -> None:
        if document := self._program.desk.current:
            document.run(action_id)

    def _show_page(self, method: str, number: int) -> None:
        if select := getattr(self._program.desk.current, method, None):
            select(number)

    def _duplicate(self) -> None:
        document = self._program.desk.current
        if document is not None and document.path:
            self._program.tasks.start("duplicate", self._duplicate_saved(document.path), beside=True)
        elif isinstance(request := getattr(document, "request", None), HttpRequest):
            self._program.documents.new(request)

    # -- collections

    async def _duplicate_saved(self, path: str) -> None:
        self._program.documents.open(await self._program.library.duplicate(path))

    async def _delete(self, path: str) -> None:
        library = self._program.library
        name = _name_of(library.tree, path) or path
        trash_id = await library.delete(path)

        def restore() -> None:
            self._program.tasks.start("restore", library.restore(trash_id), beside=True)

        self._program.notices.show(_tr("{name} is in the trash.").format(name=name), _tr("Undo"), restore)

    async def _new_request(self, folder: str) -> None:
        if not folder:
            self._program.documents.new()
            return
        path = await self._program.library.create_request(folder, _tr("New request"), HttpRequest())
        self._program.documents.open(path)
        self._program.sidebar.edit_name(path)

    async def _new_folder(self, parent: str) -> None:
        path = await self._program.library.create_folder(parent, _tr("New folder"))
        self._program.sidebar.edit_name(path)

    async def _new_collection(self) -> None:
        from httpdesk.ui import dialogs

        name = await dialogs.ask_text(self._window, _tr("New collection"), _tr("Name"))
        if name:
            self._program.sidebar.select(await self._program.library.create_collection(name))

    async def _open_folder(self) -> None:
        from httpdesk.ui import dialogs

        folder = await dialogs.ask_folder(self._window, _tr("Open a folder of requests"), self._program.library.folder)
        if folder is not None:
            await self._program.open_workspace(folder)

    def _show_file(self, path: str) -> None:
        if (folder := self._program.library.folder) is None:
            return
        file = folder / path
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file if file.is_dir() else file.parent)))

    def _filter_tree(self) -> None:
        self._window.show_side(self._program.sidebar, COLLECTIONS)
        self._program.sidebar.focus_filter()

    def _show_area(self, area: str) -> None:
        if area == ENVIRONMENTS:
            self.environments().open_at(self._program.variables.chosen)
            shows_history = self._window.side.currentWidget() is not self._program.sidebar
            self._window.rail.show_current(HISTORY if shows_history else COLLECTIONS)
        elif area == HISTORY:
            self._program.history.show()
        else:
            self._window.show_side(self._program.sidebar, COLLECTIONS)

    # -- pages and dialogs

    def show_welcome(self) -> None:
        """Show the welcome page."""
        from httpdesk.ui.welcome import Welcome

        desk = self._program.desk
        page = next((page for page in desk.documents if isinstance(page, Welcome)), None)
        if page is None:
            page = Welcome(self._program.variables)
            self._fill_welcome(page)
        if page in desk.documents:
            desk.show_document(page)
        else:
            self._program.documents.show_page(page)

    def _fill_welcome(self, page: Welcome) -> None:
        program = self._program
        page.send_wanted.connect(self._send_from_welcome)
        page.run_action.connect(self.run)
        page.open_request.connect(program.documents.open)
        lately = {tab.path for tab in program.documents.closed if tab.path}
        page.show_recent([(path, method, name) for path, method, name, _ in self._requests() if path in lately])

    def _send_from_welcome(self, method: str, url: str) -> None:
        self._program.documents.new(with_url(HttpRequest(method=method), url)).run("send")

    def palette(self) -> Palette:
        """The command palette."""
        if self._palette is None:
            from httpdesk.ui.palette import Palette

            program = self._program
            self._palette = Palette(
                self._window,
                self._requests,
                self._window.actions_book.bound,
                lambda: program.variables.environments,
            )
            self._palette.open_request.connect(lambda path, send: program.documents.open(path, send=send))
            self._palette.run.connect(self.run)
            self._palette.choose_environment.connect(program.variables.choose)
        return self._palette

    def _requests(self) -> list[Request]:
        return _requests_in(self._program.library.tree)

    def environments(self) -> EnvironmentsDialog:
        """The editor of environments."""
        if self._environments is None:
            from httpdesk.ui.environments_dialog import EnvironmentsDialog
            from httpdesk.ui.variable_renaming import VariableRenaming

            program = self._program
            self._environments = EnvironmentsDialog(
                self._window, program.library, program.variables, program.tasks, program.notices
            )
            self._renaming = VariableRenaming(
                program.library,
                program.documents,
                program.tasks,
                program.notices,
                self._environments.as_typed,
                self._environments.rename_everywhere,
            )
            self._environments.variable_renamed.connect(self._renaming.offer)
        return self._environments

    async def finish(self) -> None:
        """Save what is still being typed into a dialog."""
        if self._environments is not None:
            await self._environments.finish()

    def edit_variable(self, name: str) -> None:
        """Open the chosen environment at a variable."""
        self.environments().edit_variable(name)

    def open_settings(self, page: str) -> None:
        """Open the settings at a page."""
        if self._settings is None:
            from httpdesk.ui.settings_dialog import SettingsDialog

            program = self._program
            self._settings = SettingsDialog(
                self._window,
                program.settings,
                program.tasks,
                program.places,
                self._window.actions_book.bound,
                lambda: program.library.folder,
            )
        self._settings.open_page(page)

    def _show_cookies(self) -> None:
        if self._cookies is None:
            from httpdesk.ui.cookies_dialog import CookiesDialog

            self._cookies = CookiesDialog(self._window, lambda: self._program.network.jar, self._program.notices)
        self._cookies.open_list()

    def show_cookie_count(self) -> None:
        """Answers may have set cookies: say how many there are, and show them where the list is open."""
        self._program.status.set_cookies(sum(1 for _ in self._program.network.jar or ()))
        if self._cookies is not None and self._cookies.isVisible():
            self._cookies.refresh()

    def show_network(self, value: Settings) -> None:
        """Say in the status bar how requests travel."""
        options = effective(value.options)
        proxy = options.proxy
        words = {
            ProxyMode.NONE: _tr("No proxy"),
            ProxyMode.SYSTEM: _tr("System proxy"),
            ProxyMode.MANUAL: proxy.address or _tr("No proxy"),
        }
        self._program.status.set_proxy(words[proxy.mode])
        self.show_tls()

    def show_tls(self) -> None:
        """Say in the status bar whether a send of the tab in front would check certificates."""
        request = getattr(self._program.desk.current, "request", None)
        own = (request.options,) if isinstance(request, HttpRequest) else ()
        options = effective(*own, self._program.settings.value.options)
        verified = options.verify and not options.unverified_hosts
        if verified != self._verified:
            self._verified = verified
            self._program.status.set_tls(verified=verified)


def _requests_in(folders: tuple[Folder, ...], above: str = "") -> list[Request]:
    """Every request as the palette wants it."""
    found: list[Request] = []
    for folder in folders:
        where = f"{above} / {folder.name}" if above else folder.name
        found += _requests_in(folder.folders, where)
        found += [(entry.path, entry.method, entry.name, where) for entry in folder.entries]
    return found


def _name_of(folders: tuple[Folder, ...], path: str) -> str:
    """What a request or folder is called."""
    for folder in folders:
        if folder.path == path:
            return folder.name
        name = next((entry.name for entry in folder.entries if entry.path == path), "")
        if name := name or _name_of(folder.folders, path):
            return name
    return ""
