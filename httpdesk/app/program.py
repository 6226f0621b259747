"""The program: every object of the window, made once, wired, started and ended in order."""

import asyncio
import gc
import importlib
import os
import re
import shutil
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from httpdesk import __version__
from httpdesk.app.commands import Commands
from httpdesk.app.crash import CrashGuard
from httpdesk.app.history_desk import HistoryDesk
from httpdesk.app.network import Network
from httpdesk.core.collection import Saved
from httpdesk.core.exchange import Exchange
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.core.settings import Settings
from httpdesk.protocols import open_tab
from httpdesk.store import session, settings, slots
from httpdesk.store.lock import is_running
from httpdesk.store.places import Places
from httpdesk.store.session import Session, Tab
from httpdesk.ui.console import Console
from httpdesk.ui.desk import Desk
from httpdesk.ui.document import Document
from httpdesk.ui.documents import Closed, Documents, drafts_of
from httpdesk.ui.dotenv_watch import DotenvWatch
from httpdesk.ui.env_switch import EnvSwitch
from httpdesk.ui.git_marks import GitMarks
from httpdesk.ui.historian import Historian
from httpdesk.ui.keeper import Keeper
from httpdesk.ui.library import Library
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.services import Services
from httpdesk.ui.sidebar import Sidebar
from httpdesk.ui.status_bar import StatusBar
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.variables import Variables
from httpdesk.ui.watcher import Watcher
from httpdesk.ui.window import Window

USER_AGENT = f"httpdesk/{__version__}"
_RECENT_LIMIT = 10
_STATUS_EVERY_MS = 1000
# What the first clicks need, loaded in a thread when the window is there: a first tab would take twice as long.
_SOON = (
    "httpdesk.protocols.http.tab.tab",
    "httpdesk.protocols.http.tab.params_page",
    "httpdesk.protocols.http.tab.headers_page",
    "httpdesk.protocols.http.tab.body_page",
    "httpdesk.ui.response_pane",
    "httpdesk.ui.history_entry",
    "httpdesk.store.history_access",
    "httpdesk.ui.console_entry",
    "httpdesk.ui.dialogs",
    "httpdesk.ui.palette",
)


class Program:
    """One window and all behind it; `start`, then wait for `quit_wanted`, then `stop`."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.quit_wanted = asyncio.Event()
        self._slot = slots.claim(places.session_file)
        self._session, session_fault = session.load(self._slot.file)
        stored, settings_fault = settings.load(places.settings_file)
        self._faults = [fault for fault in (session_fault, settings_fault) if fault]
        self.tasks = Tasks(self._report)
        self.settings = LiveSettings(stored, lambda _: self.settings_keeper.note_change())
        self._dress(stored)
        self.variables, self.library = Variables(), Library(places.globals_file)
        self.variables.chosen = self._session.environment
        self.environment_switch = EnvSwitch()
        self.sidebar, self.console, self.status = Sidebar(), Console(), StatusBar()
        self.desk = Desk(self.environment_switch)
        self.window = Window(self.settings, self.sidebar, self.desk, self.console, self.status)
        self.notices = self.window.notices
        self.crash = CrashGuard(self.notices, self._all_secrets)
        self.network = Network(places.spool_folder, self.settings)
        self.historian = Historian(places.history_folder, places.spool_folder, self.settings)
        self.documents = Documents(self.desk, self.library, self.tasks, self.notices, self._open_document)
        self.watcher = Watcher(self.library, self.tasks, self._report)
        self.git = GitMarks(self.library, self.tasks)
        self.keeper, self.settings_keeper = self._make_keepers()
        self.history = HistoryDesk(self, self.historian)
        self.commands = Commands(self)
        self.services = self._make_services()
        self.dotenv = DotenvWatch(self.library, self.tasks)
        self._recent: tuple[str, ...] = self._session.recent
        self._restored = False
        self._status_timer = QTimer()
        self._status_timer.setInterval(_STATUS_EVERY_MS)
        self._status_timer.timeout.connect(self._show_connections)
        self._wire()

    # -- start and end

    async def start(self, folder: Path | None = None) -> None:
        """Show the window, then open the workspace and load the network part."""
        self.crash.install()
        self.window.restore(self._session.window)
        if not self._session.tabs:
            self.commands.show_welcome()
        theme.dress()
        self.window.show()
        for fault in self._faults:
            self.notices.show(fault, level="warning")
        # Until here everything is needed for the first picture; what follows waits until it is painted.
        await asyncio.sleep(0)
        await self._open_first(folder)
        self.tasks.start("network", self._load_network())
        self.tasks.start("sweep", asyncio.to_thread(_sweep, self.places.cache, self.places.spool_folder))

    async def stop(self) -> None:
        """Write what is not written, end what runs, close the window."""
        if self._restored:
            await self.keeper.close()
        await self.settings_keeper.close()
        await self.history.shut()
        self.dotenv.close()
        self.git.stop()
        await self.watcher.stop()
        await self.library.leave()
        await self.documents.shut_all()
        await self.commands.finish()
        await self.tasks.stop()
        await self.historian.close()
        await self.network.close()
        # Not before: a send that was under way starts it once more.
        self._status_timer.stop()
        await asyncio.to_thread(shutil.rmtree, self.places.spool_folder, ignore_errors=True)
        self.crash.remove()
        self._slot.release()
        self.window.leave()
        self.window.deleteLater()

    async def _load_network(self) -> None:
        await self.network.load(self.variables.set_echo)
        self._show_connections()
        for name in _SOON:
            await asyncio.to_thread(importlib.import_module, name)
        self.historian.tidy()
        # What is there now stays to the end: garbage collection need not look at it (a full round held up the
        # window for 80 ms).
        gc.freeze()

    async def _open_first(self, folder: Path | None) -> None:
        last = Path(self._session.workspace) if self._session.workspace else self.places.workspace
        # The user's own folder may be gone or out of reach, and even the first one may be on a full disk.
        for wanted in dict.fromkeys((folder or last, self.places.workspace)):
            try:
                if wanted == self.places.workspace:
                    await asyncio.to_thread(_ensure, wanted)
                await self.open_workspace(wanted)
                break
            except Problem as problem:
                self._report(problem)
        if self._session.expanded:
            self.sidebar.set_expanded(self._session.expanded)
        await self._restore_tabs()
        self._restored = True
        await self._take_over()
        self.keeper.note_change()

    async def open_workspace(self, folder: Path) -> None:
        """Show the collections of a folder. Raises Problem."""
        await self.watcher.open(folder)
        path = str(folder)
        self._recent = (path, *(other for other in self._recent if other != path))[:_RECENT_LIMIT]
        self.sidebar.set_recent([(other, Path(other).name) for other in self._recent])
        self._say_who_is_here()
        self.keeper.note_change()

    async def _take_over(self) -> None:
        """Show the unsaved work of windows that are gone; their files go when it is written with ours."""
        left = await asyncio.to_thread(slots.left_behind, self.places.session_file)
        for one in left:
            same = self.library.folder == Path(one.session.workspace)
            drafts = [_closed(tab) for tab in (*one.session.tabs, *one.session.closed) if tab.draft is not None]
            for tab in drafts if same else drafts_of(drafts):
                await self.documents.restore(tab)
        if left:
            written = await self.keeper.write()
            for one in left:
                await asyncio.to_thread(one.discard if written else one.keep)

    def _say_who_is_here(self) -> None:
        """Another window has the workspace open, too."""
        for other in self.library.others[:1]:
            words = _tr("Another window of httpdesk has this workspace open (process {pid} on {host}).").format(
                pid=other.pid, host=other.host
            )
            more = _tr("What one of them saves shows in the other; tabs and unsaved changes are each window's own.")
            self.notices.show(f"{words} {more}")

    async def _restore_tabs(self) -> None:
        shown: list[Document | None] = []
        same = self.library.folder == Path(self._session.workspace)
        for tab in self._session.tabs:
            kept = [_closed(tab)] if same else drafts_of([_closed(tab)])
            document = await self.documents.restore(kept[0]) if kept else None
            if document is not None:
                document.preview = tab.preview
            shown.append(document)
        closed = [_closed(tab) for tab in self._session.closed]
        self.documents.closed = closed if same else drafts_of(closed)
        if not self.desk.documents:
            self.commands.show_welcome()
        elif 0 <= self._session.current < len(shown) and (document := shown[self._session.current]):
            self.desk.show_document(document)
            document.run("focus_url")

    # -- what the session keeps

    def session(self) -> Session:
        """The session as it now stands."""
        kept = [document for document in self.desk.documents if document.path or document.draft() is not None]
        current = self.desk.current
        return Session(
            workspace=str(self.library.folder or self._session.workspace),
            recent=self._recent,
            tabs=tuple(map(_tab, kept)),
            closed=tuple(
                Tab(path=tab.path or "", title=tab.title, draft=tab.draft, base=tab.base)
                for tab in self.documents.closed
            ),
            current=kept.index(current) if current in kept else 0,
            environment=self.variables.chosen,
            expanded=tuple(self.sidebar.expanded()),
            window=self.window.state(),
        )

    # -- wiring

    def _make_keepers(self) -> tuple[Keeper, Keeper]:
        places, tasks, notices = self.places, self.tasks, self.notices
        fault = _tr("Open tabs and unsaved changes could not be written to disk: {reason}.")
        tabs = Keeper(self.session, partial(session.save, self._slot.file), tasks, notices, fault)
        fault = _tr("The settings could not be written to disk: {reason}.")
        save = partial(settings.save, places.settings_file)
        return tabs, Keeper(lambda: self.settings.value, save, tasks, notices, fault)

    def _make_services(self) -> Services:
        return Services(
            sender=self.network.sender,
            user_agent=USER_AGENT,
            settings=self.settings,
            variables=self.variables,
            library=self.library,
            console=self.console,
            notices=self.notices,
            run_action=self.commands.run,
            edit_variable=self.commands.edit_variable,
            open_settings=self.commands.open_settings,
            cookies=self.network.cookies,
            pages=self.desk.pages,
            show_page=self.documents.show_page,
            answers=self._answers,
            history=self.historian,
        )

    def _answers(self) -> list[tuple[str, Exchange]]:
        """Title and last exchange of every tab that has one."""
        found = ((document.title, getattr(document, "exchange", None)) for document in self.desk.documents)
        return [(title, exchange) for title, exchange in found if isinstance(exchange, Exchange)]

    def _open_document(self, saved: Saved, draft: HttpRequest | None) -> Document:
        return open_tab("http")(self.services, saved, draft)

    def _wire(self) -> None:
        self.window.close_wanted.connect(self.quit_wanted.set)
        self.library.tree_changed.connect(self._show_tree)
        self.library.moved.connect(self.sidebar.follow)
        self.git.changed.connect(self.sidebar.tree.set_marks)
        self.library.fault.connect(self._report)
        self.library.environments_changed.connect(lambda: self.variables.set_environments(self.library.environments))
        self.library.environments_changed.connect(lambda: self.variables.set_shared(self.library.shared))
        self.variables.changed.connect(self._show_environments)
        self.environment_switch.chosen.connect(self.variables.choose)
        self.settings.changed.connect(self._settings_changed)
        self.console.count_changed.connect(self._console_changed)
        for changed in (self.documents.changed, self.window.moved, self.variables.changed):
            changed.connect(self._note_change)
        self.documents.changed.connect(self._documents_changed)
        self.documents.created.connect(self.sidebar.select)
        self._pool, self._limits = self.settings.value.pool, self.settings.value.history
        self._show_network(self.settings.value)

    def _show_tree(self) -> None:
        self.sidebar.set_tree(self.library.tree)
        self.sidebar.set_workspace(self.library.name)

    def _note_change(self) -> None:
        if self._restored:
            self.keeper.note_change()

    def _documents_changed(self) -> None:
        self.commands.show_tls()
        self.sidebar.set_dirty(document.path for document in self.desk.documents if document.path and document.dirty)
        if any(document.busy for document in self.desk.documents) and not self._status_timer.isActive():
            self._status_timer.start()

    def _console_changed(self, count: int) -> None:
        self.status.set_console(count)
        self.commands.show_cookie_count()

    def _show_environments(self) -> None:
        self.environment_switch.set_environments(self.variables.environments, self.variables.chosen)
        current = self.variables.current
        self.desk.show_protected(on=current is not None and current.protected)

    def _show_connections(self) -> None:
        open_, limit = self.network.connections
        self.status.set_pool(open_, limit)
        if not open_ and not any(document.busy for document in self.desk.documents):
            self._status_timer.stop()

    def _settings_changed(self, value: Settings) -> None:
        self._dress(value)
        self._show_network(value)
        if value.history != self._limits:
            self._limits = value.history
            self.historian.apply_limits()
        if value.pool != self._pool:
            self._pool = value.pool
            self.network.renew_sessions()
            self._show_connections()

    def _dress(self, value: Settings) -> None:
        theme.set_code_font(re.sub(r"[^\w .-]", "", value.code_font).strip())
        theme.set_zoom(value.zoom_percent / 100)
        theme.use(value.theme)

    def _show_network(self, value: Settings) -> None:
        self.window.rail.show_theme(value.theme)
        self.commands.show_network(value)

    def _all_secrets(self) -> set[str]:
        """Every secret that the user gave: in environments, settings and tabs."""
        # Not on top: it is needed after a mistake of ours only, and the start is not to wait for it.
        from httpdesk.store.blank import literal_secrets, option_secrets

        found = option_secrets(self.settings.value.options)
        found |= self.variables.secret_values()
        for document in self.desk.documents:
            request = getattr(document, "request", None)
            if isinstance(request, HttpRequest):
                found |= literal_secrets(request)
        return found

    def _report(self, problem: Problem) -> None:
        self.notices.show(str(problem), level="error")


def _tr(text: str) -> str:
    return QCoreApplication.translate("program", text)


def _tab(document: Document) -> Tab:
    draft = document.draft()
    base = document.saved.version if draft is not None else ""
    return Tab(path=document.path or "", title=document.title, draft=draft, preview=document.preview, base=base)


def _closed(tab: Tab) -> Closed:
    return Closed(tab.path or None, tab.title, tab.draft, tab.base)


def _ensure(workspace: Path) -> None:
    from httpdesk.store import first_workspace

    first_workspace.ensure(workspace)


def _sweep(cache: Path, own: Path) -> None:
    """Remove the bodies that a killed run left behind."""
    for folder in cache.glob("bodies-*"):
        pid = folder.name.rpartition("-")[2]
        # On Windows a folder in use can't be removed anyway.
        if folder != own and not (pid.isdecimal() and os.name != "nt" and is_running(int(pid))):
            shutil.rmtree(folder, ignore_errors=True)
