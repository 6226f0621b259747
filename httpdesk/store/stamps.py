"""Stamps: how a file was when it was read, so that a save does not overwrite what another program wrote."""

import hashlib
import os
from pathlib import Path

from httpdesk.core.problem import Problem


def version_of(data: bytes) -> str:
    """What tells the bytes of a file from others: times can be the same after a change, and differ without one."""
    return hashlib.sha256(data).hexdigest()


class Stamps:
    """The versions of the files that were read or written, by path."""

    def __init__(self) -> None:
        self._versions: dict[Path, str] = {}

    def keep(self, path: Path, data: bytes) -> None:
        """Remember these bytes as what the file holds."""
        self.accept(path, version_of(data))

    def accept(self, path: Path, version: str) -> None:
        """Remember a version as the one that the next save may replace."""
        self._versions[_real(path)] = version

    def knows(self, path: Path) -> bool:
        """Whether the file was read or written."""
        return _real(path) in self._versions

    def knows_below(self, folder: Path) -> bool:
        """Whether any file in a folder or below was read or written."""
        return any(folder in path.parents for path in self._versions)

    def fits(self, path: Path, data: bytes) -> bool:
        """Whether the file was read and held these bytes."""
        return self._versions.get(_real(path)) == version_of(data)

    def allows(self, path: Path, version: str) -> bool:
        """Whether a save may replace this version: it was read or written, or nothing is known."""
        return self._versions.get(_real(path), version) == version

    def moved(self, old: Path, new: Path) -> None:
        """A file or folder has another path now."""
        for path in [path for path in self._versions if path == old or old in path.parents]:
            self._versions[new / path.relative_to(old)] = self._versions.pop(path)

    def forget(self, gone: Path) -> None:
        """A file or folder is no longer there."""
        for path in [path for path in self._versions if path == gone or gone in path.parents]:
            del self._versions[path]

    def check(self, path: Path, data: bytes | None) -> None:
        """Raise Problem (kind "changed-on-disk") when the file does not hold what was read; None: it is not there."""
        if not self.knows(path) or (data is not None and self.fits(path, data)):
            return
        raise changed_by_others(path, "deleted" if data is None else "changed")


def changed_by_others(path: Path, what: str) -> Problem:
    """A file was not written, since another program did something to it ("changed", "deleted")."""
    return Problem(
        f"{path.name} was {what} by another program",
        "It was not saved, so that nothing is lost. Open it again to see what it holds now, or save a copy.",
        kind="changed-on-disk",
        where=str(path),
    )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path)) if path.is_symlink() else path
