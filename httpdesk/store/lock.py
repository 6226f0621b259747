"""Lock files: who has something open, known to every other process; one that its owner left behind counts for nothing.

The system's own lock on the file says whether the owner lives; where a disk knows no locks, its process id does.
"""

import contextlib
import errno
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
# Beyond the text: Windows lets nobody read what is locked.
_LOCKED_AT = 1 << 30
_TRIES = 5


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """The process that holds a lock."""

    pid: int = 0
    host: str = ""


class FileLock:
    """A lock on a path; the file exists as long as somebody holds it. Both calls may raise OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Get the lock, also from an owner who has died; False while another one lives."""
        for _ in range(_TRIES):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                mine = _try(descriptor, self.owner)
                if mine and _is_still(self.path, descriptor):
                    os.ftruncate(descriptor, 0)
                    os.lseek(descriptor, 0, os.SEEK_SET)
                    os.write(descriptor, msgspec.json.encode(Owner(pid=os.getpid(), host=socket.gethostname())))
                    self._descriptor, descriptor = descriptor, -1
                    return True
                if not mine:
                    return False
            finally:
                if descriptor >= 0:
                    os.close(descriptor)
        return False

    def owner(self) -> Owner:
        """Who holds it, as far as the file says."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Owner)
        except (OSError, msgspec.MsgspecError):
            return Owner()

    def release(self) -> None:
        """Give it back."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        if sys.platform == "win32":
            os.close(descriptor)
            with contextlib.suppress(OSError):  # somebody else has it open: they take the file away
                self.path.unlink()
        else:
            # In this order: whoever opens the path from now on has another file.
            with contextlib.suppress(OSError):
                self.path.unlink()
            os.close(descriptor)


def is_running(pid: int) -> bool:
    """Whether a process of this machine runs; where that can't be asked without harm, it is said to."""
    if sys.platform == "win32":
        return True  # there kill(pid, 0) would end it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OverflowError, PermissionError):
        return True
    return True


def _try(descriptor: int, owner: Callable[[], Owner]) -> bool:
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        known = owner()
        return not known.pid or (known.host == socket.gethostname() and not is_running(known.pid))
    return True


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_AT, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether the path still leads to the open file: its last owner may just have taken it away."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
