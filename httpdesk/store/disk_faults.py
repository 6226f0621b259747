"""Disk faults: what the system says about a file, as a Problem in plain words."""

import contextlib
import errno
import functools
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

from httpdesk.core.problem import Problem

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_REASONS = {
    errno.EACCES: "Access was refused.",
    errno.EPERM: "The system does not allow it.",
    errno.ENOENT: "It is not there any more.",
    errno.ENOSPC: "The disk is full.",
    errno.EDQUOT: "Your share of the disk is full.",
    errno.EROFS: "The disk is read-only.",
    errno.EIO: "The disk reports a fault.",
    errno.ENAMETOOLONG: "The path is too long.",
    errno.EEXIST: "Something of this name is there already.",
    errno.ENOTEMPTY: "Something of this name is there already.",
    errno.EISDIR: "It is a folder.",
    errno.ENOTDIR: "A part of its path is a file.",
    errno.ELOOP: "Its links lead in a circle.",
    errno.EBUSY: "Another program is using it.",
    errno.ENXIO: "It is a device or a pipe.",
    errno.EFBIG: "It is too large for a file of requests.",
}
_LARGEST_BYTES = 64 << 20


def reason(error: OSError) -> str:
    """One sentence that says why."""
    known = _REASONS.get(error.errno or 0)
    return known or f"The system says: {error.strerror or error}."


def check_readable(status: os.stat_result) -> None:
    """Raise OSError for what must not be read whole: a link in a stranger's folder may lead to a device without end."""
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
    if status.st_size > _LARGEST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))


@contextlib.contextmanager
def told(path: Path, what: str) -> Iterator[None]:
    """Turn an OSError into a Problem "NAME can't be WHAT" ("read", "saved"), kind "disk"."""
    try:
        yield
    except OSError as error:
        evidence = f"{type(error).__name__}: {error}"
        title = f"{path.name} can't be {what}"
        raise Problem(title, reason(error), kind="disk", where=str(path), evidence=evidence) from error


def worded(what: str) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """Let a method whose first argument names a file raise Problems only, for faults that nothing below has told."""

    def decorate(method: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        @functools.wraps(method)
        def call(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            name = args[1] if len(args) > 1 else ""
            with told(Path(name if isinstance(name, str) and name else "The workspace"), what):
                return method(*args, **kwargs)

        return call

    return decorate
