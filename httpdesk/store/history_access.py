"""Access to the history from one program: a thread that writes and one that reads, faults told in plain words."""

import asyncio
import contextlib
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from httpdesk.core.problem import Problem
from httpdesk.store import disk_faults, history_schema
from httpdesk.store.history import Entry, HistoryStore
from httpdesk.store.history_bodies import Bodies
from httpdesk.store.history_schema import Broken

Result = TypeVar("Result")

_WAITING_LIMIT = 1_000
_REASONS = {
    sqlite3.SQLITE_FULL: "The disk is full.",
    sqlite3.SQLITE_IOERR: "The disk reports a fault.",
    sqlite3.SQLITE_READONLY: "The disk or the file is read-only.",
    sqlite3.SQLITE_CANTOPEN: "Access was refused, or the disk is full.",
    sqlite3.SQLITE_PERM: "Access was refused.",
    sqlite3.SQLITE_BUSY: "Another program is using it.",
    sqlite3.SQLITE_LOCKED: "Another program is using it.",
}


class HistoryAccess:
    """Runs work on the history in threads of its own; `told` hears, in one of them, what became of a broken file.

    Nothing is opened before it is needed. A broken database is set aside, and the work is done on a new one.
    """

    def __init__(self, folder: Path, told: Callable[[str], object]) -> None:
        self.folder = folder
        self._told = told
        self._writer, self._reader = _Worker(self._open, "write"), _Worker(self._open, "read")
        self._opening = threading.Lock()
        self._waiting: deque[Entry] = deque()

    async def read(self, work: Callable[[HistoryStore], Result]) -> Result:
        """Look something up. Raises Problem."""
        return await self._reader.run(partial(self._worded, work, self._reader, "read"))

    async def write(self, work: Callable[[HistoryStore], Result]) -> Result:
        """Change something. Raises Problem."""
        return await self._writer.run(partial(self._worded, work, self._writer, "written"))

    async def add(self, make: Callable[[Bodies], Entry], prepared: Callable[[], object]) -> None:
        """Add what `make` gives. `prepared`, called in the thread, hears that what it was made from may go.

        Raises Problem when it can't be written now: it is kept in memory, and written with the next one.
        """

        def work() -> None:
            try:
                entry = make(Bodies(self.folder))
            finally:
                prepared()
            self._waiting.append(entry)
            if len(self._waiting) > _WAITING_LIMIT:
                self._waiting.popleft()
            try:
                self._worded(self._write_waiting, self._writer, "written")
            except Problem as problem:
                problem.detail += " What you send is kept in memory until it can be written."
                raise
            if entry.fault:
                raise Problem("The history has no room for a body", f"{entry.fault} The rest is kept.", kind="history")

        await self._writer.run(work)

    async def close(self) -> None:
        """Write what waits, if that goes now, and end the threads."""
        if self._waiting:
            with contextlib.suppress(Problem):
                await self.write(self._write_waiting)
        await self._reader.close()
        await self._writer.close()

    def _write_waiting(self, store: HistoryStore) -> None:
        while self._waiting:
            entry = self._waiting.popleft()
            try:
                store.add(entry)
            except Exception as error:
                if history_schema.may_pass(error):
                    self._waiting.appendleft(entry)
                raise

    def _worded(self, work: Callable[[HistoryStore], Result], worker: "_Worker", what: str) -> Result:
        """Do the work, once more after a broken database was set aside; every fault of the disk as a Problem."""
        try:
            try:
                return work(worker.store())
            except (Broken, sqlite3.DatabaseError) as error:
                if not isinstance(error, Broken) and not history_schema.is_damage(error):
                    raise
                self._set_aside(worker, error)
                return work(worker.store())
        except Broken as error:
            raise _problem(what, f"It is damaged: {error}.", error) from error
        except sqlite3.Error as error:
            code = (error.sqlite_errorcode or 0) & 0xFF if hasattr(error, "sqlite_errorcode") else 0
            raise _problem(what, _REASONS.get(code, f"{error}."), error) from error
        except OSError as error:
            raise _problem(what, disk_faults.reason(error), error) from error

    def _open(self) -> HistoryStore:
        # One at a time: the second finds the tables of the first.
        with self._opening:
            return HistoryStore(self.folder)

    def _set_aside(self, worker: "_Worker", error: Exception) -> None:
        worker.forget()
        with self._opening:
            try:
                # The other thread may have been here first: then the file is sound again.
                with contextlib.closing(HistoryStore(self.folder)) as store:
                    store.repair()
                return
            except (Broken, sqlite3.DatabaseError) as found:
                if not isinstance(found, Broken) and not history_schema.is_damage(found):
                    raise  # another program is using it: that is no reason to set it aside
                aside = history_schema.set_aside(self.folder / HistoryStore.FILE)
        (self._reader if worker is self._writer else self._writer).let_go()
        self._told(f"The history could not be read ({error}); it was kept as {aside.name}, and a new one begins.")


class _Worker:
    """One thread with its own connection."""

    def __init__(self, open_store: Callable[[], HistoryStore], name: str) -> None:
        self._open_store, self._stale = open_store, False
        self._store: HistoryStore | None = None
        self._threads = ThreadPoolExecutor(1, thread_name_prefix=f"history-{name}")

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run work in the thread; whoever waits may be cancelled, the work goes on to its end."""
        piece = asyncio.get_running_loop().run_in_executor(self._threads, work)
        piece.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(piece)

    def store(self) -> HistoryStore:
        """The connection, in the thread."""
        if self._stale:
            self.forget()
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def let_go(self) -> None:
        """Open anew before the next work; from any thread."""
        self._stale = True

    def forget(self) -> None:
        """Close the connection, in the thread."""
        store, self._store, self._stale = self._store, None, False
        if store is not None:
            with contextlib.suppress(sqlite3.Error):
                store.close()

    async def close(self) -> None:
        """Finish what is under way."""
        await self.run(self.forget)
        self._threads.shutdown(wait=False)


def _problem(what: str, detail: str, error: Exception) -> Problem:
    evidence = f"{type(error).__name__}: {error}"
    return Problem(f"The history can't be {what}", detail, kind="history", evidence=evidence)
