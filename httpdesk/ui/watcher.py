"""Watcher: what other programs change in the folder of the workspace comes into the window; a thread waits for it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from httpdesk.core.problem import Problem
from httpdesk.ui.library import Library
from httpdesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from httpdesk.store.watch import Watch

_END_S = 5.0


class Watcher:
    """Opens workspaces and watches the open one; what could not be watched is reported once it is open."""

    def __init__(self, library: Library, tasks: Tasks, report: Callable[[Problem], None]) -> None:
        self._library, self._tasks, self._report = library, tasks, report
        self._watch: Watch | None = None
        self._thread: threading.Thread | None = None
        self._changed: frozenset[str] = frozenset()

    async def open(self, folder: Path) -> None:
        """Open a folder as the workspace, watched from before it is read, so that no change is missed."""
        fault: Problem | None = None
        watch = None
        try:
            watch = await asyncio.to_thread(_begin, folder)
        except Problem as problem:
            fault = problem
        try:
            await self._library.open(folder)
        except BaseException:
            if watch is not None:
                watch.close()
            raise
        await self.stop()
        if watch is not None:
            self._start(watch)
        elif fault is not None:
            self._report(fault)

    async def stop(self) -> None:
        """Watch no longer."""
        watch, thread, self._watch, self._thread = self._watch, self._thread, None, None
        self._changed = frozenset()
        if watch is not None and thread is not None:
            watch.end()
            await asyncio.to_thread(thread.join, _END_S)

    def _start(self, watch: Watch) -> None:
        loop = asyncio.get_running_loop()

        def tell(paths: frozenset[str]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._told, watch, paths)

        self._watch = watch
        # Not one of the loop's threads: they are few, and this one waits for ever.
        self._thread = threading.Thread(target=_follow, args=(watch, tell), name="watch", daemon=True)
        self._thread.start()

    def _told(self, watch: Watch, paths: frozenset[str]) -> None:
        if watch is self._watch:
            self._changed |= paths
            if not self._tasks.is_running("catch up"):
                self._tasks.start("catch up", self._catch_up())

    async def _catch_up(self) -> None:
        while changed := self._changed:
            self._changed = frozenset()
            await self._library.catch_up(changed)


def _begin(folder: Path) -> Watch:
    # Imported in the thread: the window shows meanwhile.
    from httpdesk.store.watch import Watch

    return Watch(folder.absolute())


def _follow(watch: Watch, tell: Callable[[frozenset[str]], None]) -> None:
    try:
        while paths := watch.wait():
            tell(paths)
    finally:
        watch.close()
