"""Library: the open workspace as the window sees it; file work happens in a thread, one piece at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from httpdesk.core.collection import Folder, Saved
from httpdesk.core.environment import Environment, Shared, Variable
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest

if TYPE_CHECKING:
    from httpdesk.store.lock import Owner
    from httpdesk.store.presence import Presence
    from httpdesk.store.shared_variables import GlobalVariables
    from httpdesk.store.uses import Changed, Count
    from httpdesk.store.workspace import Workspace

Result = TypeVar("Result")


def _open(folder: Path, before: Presence | None) -> tuple[Workspace, Presence]:
    # Imported in the thread: the window shows meanwhile.
    from httpdesk.store.presence import Presence
    from httpdesk.store.workspace import Workspace

    workspace = Workspace.open(folder)
    return workspace, Presence.enter(workspace.folder, before)


class Seen(NamedTuple):
    """What a file holds now, and whether that is news: written by another program since it was read."""

    saved: Saved
    is_news: bool


class Library(QObject):
    """Reads and changes the files of one workspace; every change ends with `tree_changed`.

    All coroutines raise Problem for what goes wrong on disk.
    """

    tree_changed = Signal()
    environments_changed = Signal()
    """The environments, or the variables beside them, were read anew."""
    moved = Signal(str, str)
    """A request or folder has a new path: old, new."""
    removed = Signal(str)
    left = Signal()
    """Another workspace is open now: a path no longer means the file it meant."""
    changed_outside = Signal(object)
    """Another program changed files, and tree and environments are read anew: the paths of requests that came."""
    fault = Signal(object)
    """An environment's file can't be read: the Problem, told once as long as it lasts."""

    def __init__(self, globals_file: Path | None = None) -> None:
        super().__init__()
        self._workspace: Workspace | None = None
        self._globals_file = globals_file
        self._globals: GlobalVariables | None = None
        self._presence: Presence | None = None
        self._one_at_a_time = asyncio.Lock()
        self.tree: tuple[Folder, ...] = ()
        self.environments: tuple[Environment, ...] = ()
        self.shared = Shared()
        self._faults_told: set[tuple[str, str]] = set()

    @property
    def folder(self) -> Path | None:
        """Where the workspace lies, None before one is open."""
        return self._workspace.folder if self._workspace else None

    @property
    def collections(self) -> tuple[str, ...]:
        """The paths of the collections; a workspace that is one itself has none."""
        return tuple(folder.path for folder in self.tree if folder.path != ".")

    def collection_folder(self, path: str) -> Path:
        """From where the relative file paths of a request count."""
        return self._open.collection_folder(path)

    @property
    def name(self) -> str:
        """What the workspace is called, "" before one is open."""
        return self._workspace.name if self._workspace else ""

    async def open(self, folder: Path) -> None:
        """Open a folder as the workspace."""
        async with self._one_at_a_time:
            workspace, presence = await asyncio.to_thread(_open, folder, self._presence)
            before, self._workspace = self._workspace, workspace
            gone, self._presence = self._presence, presence
            if gone is not None:
                await asyncio.to_thread(gone.leave)
        if before is not None and before.folder != self.folder:
            self._faults_told = set()
            self.left.emit()
        await self.reload()

    @property
    def others(self) -> tuple[Owner, ...]:
        """The windows that had the workspace open before this one."""
        return self._presence.others if self._presence else ()

    async def leave(self) -> None:
        """The window ends: it does not have the workspace open any more."""
        presence, self._presence = self._presence, None
        if presence is not None:
            await asyncio.to_thread(presence.leave)

    async def reload(self) -> None:
        """Read the tree and the environments anew."""
        self.tree = await self._do(self._open.tree)
        await self._environments_again()
        await self._shared_again()
        self.tree_changed.emit()

    async def catch_up(self, changed: frozenset[str]) -> None:
        """Read anew what other programs changed; the absolute paths may be of our own writes, too."""
        workspace = self._open
        if not await self._do(workspace.is_news, changed):
            return
        tree = await self._do(workspace.tree)
        environments = await self._do(workspace.environments)
        if self._workspace is not workspace:
            return
        added = _entries(tree) - _entries(self.tree)
        if tree != self.tree:
            self.tree = tree
            self.tree_changed.emit()
        if environments != self.environments:
            self.environments = environments
            self.environments_changed.emit()
        self._tell(workspace.environment_faults, "environments")
        await self._shared_again()
        self.changed_outside.emit(added)

    async def read(self, path: str) -> Saved:
        """A saved request with what its folders give it; a later save may replace it."""
        return await self._do(self._open.read, path)

    async def look(self, path: str) -> Seen | None:
        """As `read`, but saving edits of an earlier reading is refused as before; None where the file is gone."""
        workspace = self._open

        def look() -> Seen | None:
            if not workspace.is_there(path):
                return None
            saved = workspace.look(path)
            return Seen(saved, not workspace.may_replace(path, saved.version))

        return await self._do(look)

    async def is_there(self, path: str) -> bool:
        """Whether a file or folder exists."""
        return await self._do(self._open.is_there, path)

    async def both_texts(self, path: str, request: HttpRequest) -> tuple[str, str]:
        """The file of a request as a save would write it, and as it is."""
        return await self._do(self._open.both_texts, path, request)

    async def write_again(self, path: str, name: str, request: HttpRequest) -> None:
        """Write a request whose file is gone to where it was."""
        await self._change(self._open.write_again, path, name, request)

    async def accept(self, path: str, version: str) -> None:
        """Say which version of a file the next save may replace."""
        await self._do(self._open.accept, path, version)

    async def find_moved(self, version: str, among: frozenset[str]) -> str:
        """Which of these files holds what another one held; "" where that is not clear."""
        return await self._do(self._open.find_moved, version, among)

    async def save(self, path: str, request: HttpRequest) -> None:
        """Write a request over its file."""
        await self._change(self._open.save, path, request)

    async def create_request(self, folder: str, name: str, request: HttpRequest) -> str:
        """Write a new request; its path."""
        return await self._change(self._open.create_request, folder, name, request)

    async def create_folder(self, parent: str, name: str) -> str:
        """Make a folder; its path."""
        return await self._change(self._open.create_folder, parent, name)

    async def create_collection(self, name: str) -> str:
        """Make a collection; its path."""
        return await self._change(self._open.create_collection, name)

    async def rename(self, path: str, name: str) -> str:
        """Give a request or folder another name; its new path."""
        new = await self._change(self._open.rename, path, name)
        self.moved.emit(path, new)
        return new

    async def duplicate(self, path: str) -> str:
        """Copy a request beside itself; the copy's path."""
        return await self._change(self._open.duplicate, path)

    async def move(self, path: str, folder: str, before: str | None) -> str:
        """Put a request or folder into a folder, before one of its members or at the end."""
        new = await self._change(self._open.move, path, folder, before)
        self.moved.emit(path, new)
        return new

    async def delete(self, path: str) -> str:
        """Move a request or folder to the local trash; the id to restore it."""
        trash_id = await self._change(self._open.delete, path)
        self.removed.emit(path)
        return trash_id

    async def restore(self, trash_id: str) -> None:
        """Bring back what was deleted."""
        await self._change(self._open.restore, trash_id)

    async def save_environment(self, environment: Environment, old_name: str) -> None:
        """Write an environment (without secret values), under a new name if it was renamed."""
        await self._do(self._open.save_environment, environment, old_name)
        await self._environments_again()

    async def delete_environment(self, name: str) -> str:
        """Move an environment to the trash; the id to restore it."""
        trash_id = await self._do(self._open.delete_environment, name)
        await self._environments_again()
        return trash_id

    async def restore_environment(self, trash_id: str) -> None:
        """Bring back an environment that was deleted."""
        await self._do(self._open.restore, trash_id)
        await self._environments_again()

    async def save_globals(self, variables: tuple[Variable, ...]) -> None:
        """Write the variables that every workspace of the user sees, without secret values."""
        if self._globals is not None:
            await self._do(self._globals.save, variables)
            await self._shared_again()

    async def save_workspace_variables(self, variables: tuple[Variable, ...]) -> None:
        """Write the variables of the workspace, without secret values."""
        await self._do(self._open.save_variables, variables)
        await self._shared_again()

    async def read_dotenv(self) -> None:
        """Read the .env files anew."""
        before = self.shared
        await self._dotenv_again()
        if self.shared != before:
            self.environments_changed.emit()

    async def uses(self, name: str) -> Count:
        """How often requests and folders use a variable of an environment."""
        return await self._do(self._open.uses, name)

    async def rename_uses(self, old: str, new: str) -> tuple[Changed, ...]:
        """Give them its new name; what `undo_uses` needs to take that back."""
        return await self._change(self._open.rename_uses, old, new)

    async def undo_uses(self, changed: tuple[Changed, ...]) -> tuple[Path, ...]:
        """Put the files back; those that hold something else by now stay, and are returned."""
        return await self._change(self._open.undo_uses, changed)

    @property
    def _open(self) -> Workspace:
        if self._workspace is None:
            raise Problem("No workspace is open", "Open a folder first.", kind="no-workspace")
        return self._workspace

    async def _do(self, work: Callable[..., Result], *args: object, **options: object) -> Result:
        async with self._one_at_a_time:
            piece = asyncio.get_running_loop().run_in_executor(None, partial(work, *args, **options))
            try:
                return await asyncio.shield(piece)
            except asyncio.CancelledError:
                # A thread cannot be stopped: whoever comes next waits for its end.
                await asyncio.wait([piece])
                piece.cancelled() or piece.exception()
                raise

    async def _change(self, work: Callable[..., Result], *args: object) -> Result:
        workspace = self._open

        def change_and_look() -> tuple[Result, tuple[Folder, ...]]:
            # In one go: nobody must take a change of ours that the tree does not show yet for one of others.
            return work(*args), workspace.tree()

        result, tree = await self._do(change_and_look)
        if self._workspace is workspace:
            self.tree = tree
            self.tree_changed.emit()
        return result

    async def _environments_again(self) -> None:
        self.environments = await self._do(self._open.environments)
        self.environments_changed.emit()
        self._tell(self._open.environment_faults, "environments")

    async def _shared_again(self) -> None:
        faults: list[Problem] = []
        for name, read in (("globals", self._read_globals), ("workspace", self._open.variables)):
            found: tuple[Variable, ...] = ()
            try:
                found = await self._do(read)
            except Problem as problem:
                faults.append(problem)
            self.shared = msgspec.structs.replace(self.shared, **{name: found})
        await self._dotenv_again()
        self.environments_changed.emit()
        self._tell(faults, "shared")

    async def _dotenv_again(self) -> None:
        found, faults = await self._do(self._open.dotenv, self.collections)
        self.shared = msgspec.structs.replace(self.shared, dotenv=found)
        self._tell(faults, ".env")

    def _read_globals(self) -> tuple[Variable, ...]:
        if self._globals_file is None:
            return ()
        if self._globals is None:
            from httpdesk.store.shared_variables import GlobalVariables

            self._globals = GlobalVariables(self._globals_file)
        return self._globals.read()

    def _tell(self, faults: Iterable[Problem], where: str) -> None:
        now = {(where, str(fault)): fault for fault in faults}
        before = self._faults_told
        self._faults_told = {told for told in before if told[0] != where} | set(now)
        for told, fault in now.items():
            if told not in before:
                self.fault.emit(fault)


def _entries(tree: tuple[Folder, ...]) -> frozenset[str]:
    """The paths of all requests."""
    found: set[str] = set()
    waiting = list(tree)
    while waiting:
        folder = waiting.pop()
        found.update(entry.path for entry in folder.entries)
        waiting += folder.folders
    return frozenset(found)
