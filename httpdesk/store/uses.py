"""Uses of a variable in the files of a workspace: counted, given another name, and put back as they were."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from httpdesk.core.problem import Problem
from httpdesk.core.renaming import Renaming
from httpdesk.store import disk_faults, folder_file, request_file, yaml_read
from httpdesk.store.files import Files
from httpdesk.store.plain import Values
from httpdesk.store.tree import ENVIRONMENTS, FOLDER_FILE, ROOT_FILE, SKIPPED, WORKSPACE_FILE


class Count(NamedTuple):
    """How many references there are, in how many files."""

    uses: int = 0
    files: int = 0


class Changed(NamedTuple):
    """A file that was changed: what it held before and what it holds since."""

    path: Path
    before: bytes
    after: bytes


class Uses:
    """Requests and folders that mean the variable of an environment; all methods block and raise Problem.

    Where a folder or a request has a variable of this name itself, its own is meant: it is left alone.
    """

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder, self._files = folder, files

    def count(self, name: str) -> Count:
        """How often a variable is used."""
        found = [count for _, _, count in self._each(name)]
        return Count(sum(found), len(found))

    def rename(self, old: str, new: str) -> tuple[Changed, ...]:
        """Write the new name into every file, or into none: a fault on the way puts all back."""
        done: list[Changed] = []
        try:
            for path, data, _ in self._each(old):
                self._files.change(path, Renaming(old, new).of)
                done.append(Changed(path, data, self._files.data(path)))
        except Problem:
            self.undo(tuple(done))
            raise
        return tuple(done)

    def undo(self, changed: tuple[Changed, ...]) -> tuple[Path, ...]:
        """Put files back as they were; those that hold something else by now stay, and are returned."""
        kept = []
        for path, before, after in changed:
            if self._files.data_or_none(path) == after:
                self._files.write(path, before)
            else:
                kept.append(path)
        return tuple(kept)

    def _each(self, name: str) -> Iterator[tuple[Path, bytes, int]]:
        for path in self._paths(self._folder, name):
            if (data := self._data(path, name)) is None:
                continue
            values, met = self._values(data, path), Renaming(name, name)
            if all(row.name != name for row in request_file.variables(values)):
                met.of(values)
                if met.count:
                    yield path, data, met.count

    def _paths(self, folder: Path, name: str) -> Iterator[Path]:
        """The files of requests and folders, without folders that have a variable of this name."""
        with disk_faults.told(folder, "read"):
            members = sorted(os.scandir(folder), key=lambda member: member.name)
        own = folder / FOLDER_FILE
        if own.is_file() and any(row.name == name for row in folder_file.read(self._values_of(own)).variables):
            return
        for member in members:
            if member.name.startswith(".") or member.is_symlink():
                continue
            if member.is_dir() and member.name not in (*SKIPPED, ENVIRONMENTS):
                yield from self._paths(Path(member.path), name)
            elif member.name.lower().endswith((".yml", ".yaml")) and member.name != WORKSPACE_FILE:
                yield Path(member.path)

    def _data(self, path: Path, name: str) -> bytes | None:
        """The bytes of a file that may use the name and is one of ours."""
        try:
            data = self._files.data(path)
        except Problem:  # the tree shows what is wrong with it
            return None
        if b"{{" not in data or (name.isascii() and name.encode() not in data):
            return None
        values = self._values(data, path)
        return data if path.name in (FOLDER_FILE, ROOT_FILE) or request_file.kind_of(values) else None

    def _values_of(self, path: Path) -> Values:
        try:
            return self._values(self._files.data(path), path)
        except Problem:
            return {}

    def _values(self, data: bytes, path: Path) -> Values:
        try:
            return yaml_read.mapping(data, path.name)
        except Problem:
            return {}
