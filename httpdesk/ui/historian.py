"""Historian: the history as the window sees it; all work on it happens in threads, faults are told once."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from httpdesk.core.problem import Problem
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from httpdesk.core.exchange import Exchange
    from httpdesk.core.history import Line, Origin, Record
    from httpdesk.core.history_query import Query
    from httpdesk.core.request import HttpRequest
    from httpdesk.store.history import Entry, Found, HistoryStore
    from httpdesk.store.history_access import HistoryAccess
    from httpdesk.store.history_bodies import Bodies
    from httpdesk.ui.history_entry import Reopened

Result = TypeVar("Result")

# How long a deleted entry can be brought back.
UNDO_S = 60.0
_LAST_PURGE_S = 1.0
# No body takes more than this part of the room for all.
_LARGEST_SHARE = 0.5


class Historian(QObject):
    """Keeps exchanges, finds them, gives them back; every coroutine raises Problem for what goes wrong on disk."""

    added = Signal()
    """There are new entries."""
    changed = Signal()
    """Entries were pinned, deleted, restored or outlived the bounds."""
    fault = Signal(str)
    """Something went wrong while nobody waited for it."""

    def __init__(self, folder: Path, spool_folder: Path, settings: LiveSettings) -> None:
        super().__init__()
        self._folder, self._spool_folder, self._settings = folder, spool_folder, settings
        self._tasks = Tasks(lambda problem: self.fault.emit(str(problem)))
        self._access: HistoryAccess | None = None
        self._making = asyncio.Lock()
        self._taking: dict[int, asyncio.Event] = {}
        self._writes = True

    # -- keeping

    def keep(self, exchange: Exchange, written: HttpRequest, origin: Origin) -> None:
        """Add an exchange that has ended, unless the user wants no history; returns at once."""
        limits = self._settings.value.history
        if limits.keep:
            taken = self._taking[id(exchange)] = asyncio.Event()
            self._tasks.start("keep", self._keep(exchange, written, origin, taken), beside=True)

    async def settled(self, exchange: Exchange) -> None:
        """Wait until nothing of an exchange is needed any more: its bodies may go."""
        if taken := self._taking.get(id(exchange)):
            await taken.wait()

    async def _keep(self, exchange: Exchange, written: HttpRequest, origin: Origin, taken: asyncio.Event) -> None:
        # Here and below: the start needs none of these.
        from httpdesk.core.history import key_of
        from httpdesk.ui.history_entry import entry_of

        limits, loop = self._settings.value.history, asyncio.get_running_loop()
        largest_bytes = round(limits.megabytes * 1_000_000 * _LARGEST_SHARE)

        def make(files: Bodies) -> Entry:
            return entry_of(exchange, written, origin, files, largest_bytes)

        try:
            access = await self._ready()
            await access.add(make, partial(loop.call_soon_threadsafe, taken.set))
        except Problem as problem:
            if self._writes:
                self.fault.emit(str(problem))
            self._writes = False
        else:
            self._writes = True
        finally:
            taken.set()
            self._taking.pop(id(exchange), None)
        self.added.emit()
        if self._writes:
            await self._bound(key_of(origin, written))

    async def _bound(self, key: str) -> None:
        limits = self._settings.value.history
        if key and limits.per_request:
            await self._write(lambda store: store.keep_within_request(key, limits.per_request))
        went = more = await self._write(lambda store: store.keep_within(limits, time.time()))
        while more:
            more = await self._write(lambda store: store.keep_within(limits, time.time()))
        if went:
            self.changed.emit()

    # -- finding

    async def search(self, query: Query, above: int = 0) -> Found:
        """The ids of what fits; only of entries newer than `above`."""
        return await self._read(lambda store: store.search(query, above))

    async def lines(self, ids: Sequence[int]) -> dict[int, Line]:
        """What a list shows of entries."""
        return await self._read(lambda store: store.lines(ids))

    async def facets(self, column: str, count: int) -> list[str]:
        """The most frequent values of "method", "host" or "environment"."""
        return await self._read(lambda store: store.facets(column, count))

    async def earlier(self, keys: tuple[str, ...], count: int) -> list[Line]:
        """The last entries of a request, newest first; keys as core.history.key_of gives them."""
        from httpdesk.core.history_query import Query

        def find(store: HistoryStore) -> list[Line]:
            ids = store.search(Query(keys=keys)).ids[:count]
            lines = store.lines(ids)
            return [lines[one] for one in ids if one in lines]

        # Where it is written: after the answer that the user has just seen.
        return await self._write(find)

    async def exchange(self, entry_id: int) -> Reopened:
        """An entry to be shown; the caller owns its bodies. Raises Problem when it is gone."""
        from httpdesk.ui.history_entry import reopened

        def find(store: HistoryStore) -> Reopened | None:
            stored = store.read(entry_id)
            return None if stored is None else reopened(stored, store, self._spool_folder)

        found = await self._read(find)
        if found is None:
            raise Problem("This is no longer in the history", "It was deleted, or a bound was reached.", kind="gone")
        return found

    async def facts(self, entry_id: int) -> tuple[Line, Record] | None:
        """What is told of an entry without its bodies, None when it is gone."""

        def find(store: HistoryStore) -> tuple[Line, Record] | None:
            stored = store.read(entry_id)
            return None if stored is None else (stored.line, stored.record)

        return await self._read(find)

    # -- changing

    async def pin(self, ids: Sequence[int], *, pinned: bool) -> None:
        """Keep entries whatever the bounds are, or no longer."""
        await self._write(lambda store: store.pin(ids, pinned=pinned))
        self.changed.emit()

    async def delete(self, ids: Sequence[int]) -> None:
        """Delete entries; for a minute `restore` brings them back."""
        await self._write(lambda store: store.delete(ids))
        self.changed.emit()
        self._tasks.start("purge", self._purge_later())

    async def restore(self, ids: Sequence[int]) -> None:
        """Bring deleted entries back."""
        await self._write(lambda store: store.restore(ids))
        self.changed.emit()

    def moved(self, workspace: str, old: str, new: str) -> None:
        """A request or folder has a new path: what was sent from it stays its own."""
        self._tasks.start("moved", self._write(lambda store: store.moved(workspace, old, new)), beside=True)

    def apply_limits(self) -> None:
        """The user changed the bounds."""
        self._tasks.start("bound", self._bound(""))

    # -- start and end

    def tidy(self) -> None:
        """Once, after the start: end what an earlier run began to delete, and what outlived its bounds."""
        self._tasks.start("tidy", self._tidy())

    async def close(self) -> None:
        """Write what is under way, delete for good what was deleted, let go of the files."""
        await asyncio.gather(*(taken.wait() for taken in self._taking.values()))
        purging = self._tasks.is_running("purge")
        await self._tasks.stop()
        if self._access is not None:
            if purging:
                # What takes longer is done at the next start.
                with contextlib.suppress(TimeoutError, Problem):
                    async with asyncio.timeout(_LAST_PURGE_S):
                        await self._purge(time.time())
            await self._access.close()

    async def _tidy(self) -> None:
        # What is wrong with the disk is told when something is to be kept.
        with contextlib.suppress(Problem):
            if self._folder.exists():
                await self._purge(time.time() - UNDO_S)
                await self._write(lambda store: store.sweep())
                await self._bound("")

    async def _purge_later(self) -> None:
        await asyncio.sleep(UNDO_S)
        await self._purge(time.time() - UNDO_S)

    async def _purge(self, before: float) -> None:
        while await self._write(lambda store: store.purge(before)):
            pass

    async def _ready(self) -> HistoryAccess:
        async with self._making:
            if self._access is None:
                told = partial(asyncio.get_running_loop().call_soon_threadsafe, self.fault.emit)
                self._access = await asyncio.to_thread(_make_access, self._folder, told)
        return self._access

    async def _read(self, work: Callable[[HistoryStore], Result]) -> Result:
        return await (await self._ready()).read(work)

    async def _write(self, work: Callable[[HistoryStore], Result]) -> Result:
        return await (await self._ready()).write(work)


def _make_access(folder: Path, told: Callable[[str], object]) -> HistoryAccess:
    # Imported in the thread: the window does not wait for a database.
    from httpdesk.store.history_access import HistoryAccess

    return HistoryAccess(folder, told)
