"""Atomic files: a save is whole on the disk or it has not happened."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

_SHARED, _PRIVATE = 0o644, 0o600
_FOLDER, _PRIVATE_FOLDER = 0o777, 0o700


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


def make_folder(folder: Path, *, private: bool = False) -> None:
    """Make a folder, and those above it that are missing, so that a power cut does not take them away."""
    if folder.is_dir():
        return
    make_folder(folder.parent, private=private)
    folder.mkdir(_PRIVATE_FOLDER if private else _FOLDER, exist_ok=True)
    sync_folder(folder.parent)


def sync_tree(top: Path) -> None:
    """Make what was copied durable: every file, every folder, and the name of the top."""
    for place, _, files in os.walk(top):
        for name in files:
            path = Path(place, name)
            if not path.is_symlink():
                _sync(path)
        sync_folder(Path(place))
    sync_folder(top.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
