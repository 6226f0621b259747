"""Environments: all sets of variables of a workspace, each saved back where it came from."""

from pathlib import Path

import msgspec

from httpdesk.core.environment import Environment
from httpdesk.core.problem import Problem
from httpdesk.store import atomic, disk_faults, environment_file, merging, paths, trash, yaml_change, yaml_read
from httpdesk.store.files import Files
from httpdesk.store.tree import ENVIRONMENTS, stem


class Environments:
    """The files in environments/ of the workspace and of its collections; names are unique, faults are listed."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder, self._files = folder, files
        self._homes: dict[str, tuple[Path, str]] = {}
        self.faults: tuple[Problem, ...] = ()

    def read(self) -> tuple[Environment, ...]:
        """All environments by name; a file that can't be read is left out and listed in `faults`."""
        found: list[Environment] = []
        faults: list[Problem] = []
        self._homes = {}
        for path in self._paths(faults):
            try:
                environment = environment_file.read(self._files.read(path), stem(path.name))
            except Problem as problem:
                faults.append(problem)
                continue
            name = self._unique(environment.name, path)
            self._homes[name] = (path, environment.name)
            found.append(msgspec.structs.replace(environment, name=name))
        self.faults = tuple(faults)
        return tuple(sorted(found, key=lambda environment: (environment.name.casefold(), environment.name)))

    def save(self, environment: Environment, old_name: str) -> None:
        """Write an environment without secret values; `old_name` "" makes a new one. Raises Problem."""
        if not environment.name.strip():
            raise Problem("An environment needs a name", "Nothing was saved.", where="name")
        if not self._homes:
            self.read()
        home = self._homes.get(old_name)
        if environment.name != old_name and environment.name in self._homes:
            raise Problem(f"There is an environment {environment.name} already", "Choose another name.", where="name")
        if home is None:
            self._create(environment)
        else:
            path, own_name = home
            name = own_name if environment.name == old_name else environment.name
            self._change(path, msgspec.structs.replace(environment, name=name))
            if name != own_name:
                path = self._renamed(path, name)
            self._homes.pop(old_name)
            self._homes[environment.name] = (path, name)

    def delete(self, name: str) -> str:
        """Move an environment to the trash; the id to restore it."""
        if not self._homes:
            self.read()
        if name not in self._homes:
            raise Problem(f"There is no environment {name}", "It may have been deleted before.", kind="gone")
        path, _ = self._homes.pop(name)
        trash_id = trash.put(self._folder, paths.shown(self._folder, path))
        self._files.stamps.forget(path)
        return trash_id

    def _paths(self, faults: list[Problem]) -> list[Path]:
        """The files, those of the workspace first; a folder that can't be read is added to the faults."""
        found: list[Path] = []
        members = self._members(self._folder, faults)
        for folder in (self._folder, *(each for each in members if each.name != ENVIRONMENTS and each.is_dir())):
            if (folder / ENVIRONMENTS).is_dir():
                found += self._members(folder / ENVIRONMENTS, faults)
        return [path for path in found if path.name.lower().endswith((".yml", ".yaml"))]

    def _members(self, folder: Path, faults: list[Problem]) -> list[Path]:
        try:
            with disk_faults.told(folder, "read"):
                return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except Problem as problem:
            faults.append(problem)
            return []

    def _unique(self, name: str, path: Path) -> str:
        """The name, with that of its collection where another environment is called the same."""
        base = candidate = name if name not in self._homes else f"{name} ({path.parent.parent.name})"
        number = 2
        while candidate in self._homes:
            candidate, number = f"{base} {number}", number + 1
        return candidate

    def _create(self, environment: Environment) -> None:
        folder = paths.writable(self._folder, f"{ENVIRONMENTS}/x").parent
        if not folder.is_dir():
            with disk_faults.told(folder, "created"):
                atomic.make_folder(folder)
        path = folder / paths.free_name(folder, environment.name, ".yml")
        self._files.create(path, environment_file.write(environment))
        self._homes[environment.name] = (path, environment.name)

    def _change(self, path: Path, environment: Environment) -> None:
        target = paths.behind_links(self._folder, paths.shown(self._folder, path))
        data = self._files.data_or_none(target)
        self._files.stamps.check(path, data)
        if data is None:
            self._files.create(path, environment_file.write(environment))
            return
        raw = yaml_read.mapping(data, path.name)
        old = environment_file.write(environment_file.read(raw, stem(path.name)))
        new = merging.merged(raw, old, environment_file.write(environment))
        if isinstance(new, dict):
            self._files.replace(target, data, yaml_change.changed(data, raw, new, path.name))

    def _renamed(self, path: Path, name: str) -> Path:
        new = path.with_name(paths.free_name(path.parent, name, path.suffix, besides=path.name))
        with disk_faults.told(path, "renamed"):
            path.rename(new)
            atomic.sync_folder(path.parent)
        self._files.stamps.moved(path, new)
        return new
