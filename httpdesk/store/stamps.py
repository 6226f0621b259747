"""Stamps: how a file was when it was read, so that a save does not overwrite what another program wrote."""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from httpdesk.core.problem import Problem


class Stamp(NamedTuple):
    """Size and SHA-256 of a file's bytes: times can be the same after a change, and differ without one."""

    size: int
    digest: bytes


class Stamps:
    """The stamps of the files that were read or written, by path."""

    def __init__(self) -> None:
        self._stamps: dict[Path, Stamp] = {}

    def keep(self, path: Path, data: bytes) -> None:
        """Remember these bytes as what the file holds."""
        self._stamps[_real(path)] = Stamp(len(data), hashlib.sha256(data).digest())

    def knows(self, path: Path) -> bool:
        """Whether the file was read or written."""
        return _real(path) in self._stamps

    def fits(self, path: Path, data: bytes) -> bool:
        """Whether the file was read and held these bytes."""
        return self._stamps.get(_real(path)) == Stamp(len(data), hashlib.sha256(data).digest())

    def moved(self, old: Path, new: Path) -> None:
        """A file or folder has another path now."""
        for path in [path for path in self._stamps if path == old or old in path.parents]:
            self._stamps[new / path.relative_to(old)] = self._stamps.pop(path)

    def forget(self, gone: Path) -> None:
        """A file or folder is no longer there."""
        for path in [path for path in self._stamps if path == gone or gone in path.parents]:
            del self._stamps[path]

    def check(self, path: Path, data: bytes | None) -> None:
        """Raise Problem (kind "changed-on-disk") when the file does not hold what was read; None: it is not there."""
        if not self.knows(path) or (data is not None and self.fits(path, data)):
            return
        what = "was deleted" if data is None else "was changed"
        raise Problem(
            f"{path.name} {what} by another program",
            "It was not saved, so that nothing is lost. Open it again to see what it holds now, or save a copy.",
            kind="changed-on-disk",
            where=str(path),
        )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path)) if path.is_symlink() else path
