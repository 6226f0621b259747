"""Atomic files: a save is whole on the disk or it has not happened."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

_SHARED, _PRIVATE = 0o644, 0o600


def write(path: Path, data: bytes, *, private: bool = False, look: Callable[[], None] | None = None) -> None:
    """Write a file so that a crash leaves the old bytes or the new ones (write, fsync, replace, fsync of the folder).

    An existing file keeps its permissions; a private one can be read by its owner only. `look` is called just before
    the file is replaced, and keeps it as it is by raising. Raises OSError.
    """
    mode = _PRIVATE if private else _mode_of(path)
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if os.name != "nt":
            temporary.chmod(mode)
        if look is not None:
            look()
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such thing and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def set_aside(path: Path) -> Path:
    """Rename a file that can't be read, so that it is neither lost nor read again; its new path."""
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.broken-{number}")
        if not aside.exists():
            return path.replace(aside)
    raise FileExistsError(path)


def _mode_of(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return _SHARED
