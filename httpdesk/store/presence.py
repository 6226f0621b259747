"""Presence: which windows, of this and other machines, have a workspace open; each has a lock file in it."""

import contextlib
import os
import secrets
from pathlib import Path

from httpdesk.core.problem import Problem
from httpdesk.store import atomic, hidden
from httpdesk.store.lock import FileLock, Owner

_FOLDER, _ENDING = "windows", ".lock"


class Presence:
    """A window in a workspace, from `enter` to `leave`; `others` were there before it."""

    def __init__(self, lock: FileLock | None, others: tuple[Owner, ...], made: Path | None) -> None:
        self._lock, self.others, self._made = lock, others, made

    @classmethod
    def enter(cls, workspace: Path, besides: "Presence | None" = None) -> "Presence":
        """Say that a window has this workspace open, where that can be written; `besides` is the window's own, too."""
        others = _others(workspace / hidden.NAME / _FOLDER, besides.file if besides is not None else None)
        is_new = not (workspace / hidden.NAME).exists()
        try:
            folder = hidden.ensure(workspace) / _FOLDER
            atomic.make_folder(folder)
            lock = FileLock(folder / f"{os.getpid()}-{secrets.token_hex(4)}{_ENDING}")
            lock.take()
        except (OSError, Problem):  # a folder that is only read needs no protection
            return cls(None, others, None)
        return cls(lock, others, workspace / hidden.NAME if is_new else None)

    @property
    def file(self) -> Path | None:
        """The lock file of this window, None where there could be none."""
        return self._lock.path if self._lock is not None else None

    def leave(self) -> None:
        """The window goes, and with it what only it needed."""
        if self._lock is None:
            return
        self._lock.release()
        with contextlib.suppress(OSError):
            self._lock.path.parent.rmdir()
            if self._made is not None and os.listdir(self._made) == [".gitignore"]:  # noqa: PTH208 - names
                (self._made / ".gitignore").unlink()
                self._made.rmdir()
        self._lock = None


def _others(folder: Path, own: Path | None) -> tuple[Owner, ...]:
    found = []
    try:
        files = sorted(file for file in folder.glob(f"*{_ENDING}") if file != own)
    except OSError:
        return ()
    for file in files:
        lock = FileLock(file)
        try:
            if lock.take():
                lock.release()  # its owner has died
            else:
                found.append(lock.owner())
        except OSError:
            found.append(lock.owner())
    return tuple(found)
