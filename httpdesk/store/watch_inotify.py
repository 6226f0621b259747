"""Watching folders on Linux: inotify by its system calls, one watch a folder, new folders as they come.

The only place that knows inotify. watchfiles would hold Python's lock while it sets its watches (70 ms for 1,000
folders), and begins anew for every new folder.
"""

import contextlib
import ctypes
import errno
import os
import select
import struct
from collections.abc import Iterable
from pathlib import Path

from httpdesk.store.tree import is_looked_into

_MODIFY, _CLOSE_WRITE, _MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x2, 0x8, 0x40, 0x80, 0x100, 0x200
_DELETE_SELF, _MOVE_SELF, _OVERFLOW, _IGNORED, _IS_FOLDER = 0x400, 0x800, 0x4000, 0x8000, 0x40000000
_ONLY_FOLDERS = 0x01000000
_WANTED = _MODIFY | _CLOSE_WRITE | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _DELETE_SELF | _MOVE_SELF
_HEAD = struct.Struct("iIII")
_BUFFER_BYTES = 1 << 16


class InotifyWatch:
    """The folders of a workspace, hidden ones left out; `read` waits for paths, `wake` ends the wait."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder)
        self._calls = ctypes.CDLL(None, use_errno=True)
        self._queue = _checked(self._calls.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        self._woken, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._folders: dict[int, str] = {}
        try:
            self._add(self._root)
            if not self._folders:
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), self._root)
        except OSError:
            self.close()
            raise

    def read(self, timeout_s: float | None) -> set[str]:
        """The paths of what changed, once something has; empty after the time, or when woken. Raises OSError."""
        ready, _, _ = select.select([self._queue, self._woken], [], [], timeout_s)
        if self._queue not in ready:
            return set()
        try:
            data = os.read(self._queue, _BUFFER_BYTES)
        except BlockingIOError:
            return set()
        found: set[str] = set()
        for watch, mask, name in _events(data):
            found.update(self._paths_of(watch, mask, name))
        return found

    def wake(self) -> None:
        """End the wait of another thread."""
        with contextlib.suppress(OSError):
            os.write(self._waker, b"x")

    def close(self) -> None:
        """Give everything back; nothing may be called afterwards."""
        for descriptor in (self._queue, self._woken, self._waker):
            os.close(descriptor)

    def _paths_of(self, watch: int, mask: int, name: str) -> Iterable[str]:
        if mask & _OVERFLOW:
            return (self._root,)
        folder = self._folders.get(watch)
        if mask & _IGNORED:
            self._folders.pop(watch, None)
        if folder is None or mask & _IGNORED:
            return ()
        if not name:
            return (folder,) if mask & (_DELETE_SELF | _MOVE_SELF) else ()
        if name.startswith("."):
            return ()
        path = os.path.join(folder, name)  # noqa: PTH118 - thousands at once
        if mask & _IS_FOLDER:
            if mask & _MOVED_FROM:
                self._drop(path)
            elif mask & (_CREATE | _MOVED_TO):
                with contextlib.suppress(OSError):
                    self._add(path)
        return (path,)

    def _add(self, top: str) -> None:
        """Watch a folder and all below that is looked into. Raises OSError where there are no more watches."""
        seen: set[str] = set()
        waiting = [top]
        while waiting:
            path = waiting.pop()
            real = os.path.realpath(path)  # a link may lead to a folder above
            if real in seen or not self._one(path):
                continue
            seen.add(real)
            with contextlib.suppress(OSError), os.scandir(path) as members:
                waiting += [member.path for member in members if is_looked_into(member.name) and _is_folder(member)]

    def _one(self, path: str) -> bool:
        """Watch one folder; False where it is no folder any more, or may not be read."""
        watch = self._calls.inotify_add_watch(self._queue, os.fsencode(path), _WANTED | _ONLY_FOLDERS)
        if watch >= 0:
            self._folders.setdefault(watch, path)
            return True
        number = ctypes.get_errno()
        if number in (errno.ENOSPC, errno.ENOMEM):
            raise OSError(number, os.strerror(number))
        return False

    def _drop(self, top: str) -> None:
        """A folder went away, perhaps to another place: its watches would tell old paths."""
        for watch, path in list(self._folders.items()):
            if path == top or path.startswith(top + os.sep):
                del self._folders[watch]
                self._calls.inotify_rm_watch(self._queue, watch)


def _events(data: bytes) -> Iterable[tuple[int, int, str]]:
    at = 0
    while at + _HEAD.size <= len(data):
        watch, mask, _, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        yield watch, mask, os.fsdecode(data[at : at + length].rstrip(b"\0"))
        at += length


def _is_folder(member: os.DirEntry[str]) -> bool:
    try:
        return member.is_dir()
    except OSError:
        return False


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
