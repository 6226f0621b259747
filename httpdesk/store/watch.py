"""Watch: waits until other programs, or this one, change something in a folder, and tells the paths of a while at once.

Folders are watched, not files: a file that is replaced whole (as git and most editors do) would be lost. Nothing polls.
"""

import errno
import platform
import time
from pathlib import Path
from typing import Protocol

from httpdesk.core.problem import Problem
from httpdesk.store import disk_faults

_QUIET_S, _LONGEST_S = 0.15, 2.0
_SCARCE = "The system has no more watches to give (on Linux the limit is fs.inotify.max_user_watches)."


class _Source(Protocol):
    def read(self, timeout_s: float | None) -> set[str]: ...

    def wake(self) -> None: ...

    def close(self) -> None: ...


class Watch:
    """The changes below a folder; one thread waits, another one may end it."""

    def __init__(self, folder: Path) -> None:
        """Begin to watch. Raises Problem where the system can't."""
        self._ended = False
        try:
            self._source = _source(folder)
        except OSError as error:
            scarce = error.errno in (errno.ENOSPC, errno.EMFILE)
            raise Problem(
                "Changes by other programs are not noticed here",
                _SCARCE if scarce else disk_faults.reason(error),
                kind="unwatched",
                where=str(folder),
                evidence=f"{type(error).__name__}: {error}",
            ) from error

    def wait(self) -> frozenset[str]:
        """The paths of what changed, when it has been quiet for a moment; empty after `end`. Raises OSError.

        Names that begin with a dot are left out; a folder stands for all that is in it.
        """
        found: set[str] = set()
        last_s = 0.0
        while not self._ended:
            now_s = time.monotonic()
            if found and now_s >= last_s:
                return frozenset(found)
            new = self._source.read(min(_QUIET_S, last_s - now_s) if found else None)
            if not new and found:
                return frozenset(found)
            if new and not found:
                last_s = time.monotonic() + _LONGEST_S
            found |= new
        return frozenset()

    def end(self) -> None:
        """Let the wait come to its end, from any thread."""
        self._ended = True
        self._source.wake()

    def close(self) -> None:
        """Give back what the system lent; for the thread that waited, when it waits no more."""
        self._source.close()


def _source(folder: Path) -> _Source:
    return of_linux(folder) if platform.system() == "Linux" else of_the_system(folder)


def of_linux(folder: Path) -> _Source:
    """A watch by inotify."""
    from httpdesk.store.watch_inotify import InotifyWatch

    return InotifyWatch(folder)


def of_the_system(folder: Path) -> _Source:
    """A watch of the whole tree, for systems that have such."""
    from httpdesk.store.watch_system import SystemWatch

    return SystemWatch(folder)
