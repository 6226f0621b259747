"""Paths: from the paths of nouns to files, and never out of the workspace."""

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from httpdesk.core.problem import Problem
from httpdesk.store import file_names

_DRIVE = re.compile(r"[A-Za-z]:")


def inside(folder: Path, path: str) -> Path:
    """The file or folder of a path that counts from the workspace; raises Problem (kind "outside") for others."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or "\0" in path or ".." in parts or _DRIVE.match(path):
        raise _outside(path)
    return folder.joinpath(*parts)


def writable(folder: Path, path: str) -> Path:
    """As `inside`, for a change: links in the folders above it must not lead out of the workspace."""
    target = inside(folder, path)
    root = os.path.realpath(folder)
    if target != folder and not _is_below(os.path.realpath(target.parent), root):
        raise _outside(path)
    return target


def behind_links(folder: Path, path: str) -> Path:
    """As `writable`, for the contents of a file: a link to another file of the workspace is followed."""
    target = writable(folder, path)
    if not target.is_symlink():
        return target
    real = os.path.realpath(target)
    if not _is_below(real, os.path.realpath(folder)):
        raise _outside(path)
    return Path(real)


def folder_in(folder: Path, path: str) -> Path:
    """The folder that something new goes to; it must be there, and inside. Raises Problem."""
    target = inside(folder, path)
    if not _is_below(os.path.realpath(target), os.path.realpath(folder)):
        raise _outside(path)
    if not target.is_dir():
        name = target.name
        raise Problem(f"The folder {name} is not there any more", "Nothing was changed.", kind="disk", where=path)
    return target


def free_name(folder: Path, name: str, ending: str, *, besides: str = "") -> str:
    """A file name for a name that nothing else in the folder has, whatever the case; `besides` does not count."""
    taken = {other for other in _names_in(folder) if other != besides}
    return file_names.unique(name, _stems(taken, ending)) + ending


def shown(folder: Path, target: Path) -> str:
    """The path of a file as nouns have it."""
    return target.relative_to(folder).as_posix()


def _names_in(folder: Path) -> list[str]:
    return [other.name for other in folder.iterdir()] if folder.is_dir() else []


def _stems(names: Iterable[str], ending: str) -> list[str]:
    if not ending:
        return list(names)
    return [name[: -len(other)] for name in names for other in (".yml", ".yaml") if name.lower().endswith(other)]


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _outside(path: str) -> Problem:
    return Problem("The path leads out of the workspace", f"{path}. Nothing was changed.", kind="outside", where=path)
