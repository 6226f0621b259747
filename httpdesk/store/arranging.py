"""Arranging: requests and folders renamed, copied and put in another place, one file touched where that is possible."""

import shutil
from pathlib import Path

from httpdesk.core.collection import Entry, Folder
from httpdesk.core.problem import Problem
from httpdesk.store import atomic, disk_faults, folder_file, order, paths, request_file, tree
from httpdesk.store.files import Files, with_info
from httpdesk.store.plain import Values, part
from httpdesk.store.tree import FOLDER_FILE, ROOT_FILE, Forest, stem


class Arranging:
    """Changes names and places below the folder of a workspace; raises Problem."""

    def __init__(self, folder: Path, files: Files, forest: Forest) -> None:
        self._folder, self._files, self._forest = folder, files, forest

    def rename(self, path: str, name: str) -> str:
        """Give a request, folder or collection another name, and its file one that fits; its new path."""
        target = self._there(path)
        if not (name := name.strip()):
            raise Problem("A name can't be empty", "Nothing was changed.", where=path)
        self._set_info(target, name=name)
        if target == self._folder:
            return path
        ending = "" if target.is_dir() else target.suffix
        return self._put(target, target.with_name(paths.free_name(target.parent, name, ending, besides=target.name)))

    def duplicate(self, path: str) -> str:
        """Copy a request or folder, with everything in it, to the place behind it; the copy's path."""
        target = self._there(path)
        if target == self._folder:
            raise _fixed("copied")
        is_folder = target.is_dir()
        members = self._row(paths.shown(self._folder, target.parent), is_folder)
        at = next((at for at, member in enumerate(members) if member.path == path), len(members))
        name = (members[at].name if at < len(members) else stem(target.name)) + " copy"
        ending = "" if is_folder else target.suffix
        copy = target.with_name(paths.free_name(target.parent, name, ending))
        with disk_faults.told(target, "copied"):
            if is_folder:
                shutil.copytree(target, copy, symlinks=True)
                atomic.sync_tree(copy)
            else:
                atomic.write(copy, target.read_bytes())
        self._set_info(copy, name=name)
        self._drop_id(copy)
        if not (copy / ROOT_FILE).exists():
            self._set_seq(copy, members, at + 1)
        return paths.shown(self._folder, copy)

    def move(self, path: str, folder: str, before: str | None) -> str:
        """Put a request or folder into a folder, before one of its members or at the end; its new path."""
        target, place = self._there(path), paths.folder_in(self._folder, folder)
        if target == self._folder or (target / ROOT_FILE).exists():
            raise _fixed("moved")
        if place == target or target in place.parents:
            raise Problem("A folder can't be moved into itself", "Nothing was changed.", where=path)
        is_folder = target.is_dir()
        members = [member for member in self._row(folder, is_folder) if member.path != path]
        at = next((at for at, member in enumerate(members) if member.path == before), len(members))
        self._set_seq(target, members, at)
        if place == target.parent:
            return path
        ending = "" if is_folder else target.suffix
        return self._put(target, place / paths.free_name(place, target.name.removesuffix(ending), ending))

    def members(self, path: str) -> Folder:
        """A folder as the tree shows it; an empty one where it does not."""
        with disk_faults.told(self._folder, "read"):
            shown = self._forest.read()
        if path in ("", "."):
            root = tree.find(shown, ".") or Folder(path=".", name="")
            if (self._folder / ROOT_FILE).is_file():
                return root
            collections = tuple(folder for folder in shown if folder.path != ".")
            return Folder(path=".", name="", folders=collections, entries=root.entries)
        return tree.find(shown, path) or Folder(path=path, name="")

    def _row(self, path: str, is_folder: bool) -> list[Entry | Folder]:
        folder = self.members(path)
        return [*folder.folders] if is_folder else [*folder.entries]

    def _there(self, path: str) -> Path:
        target = paths.writable(self._folder, path)
        with disk_faults.told(target, "changed"):
            target.lstat()
        return target

    def _put(self, target: Path, new: Path) -> str:
        if new != target:
            with disk_faults.told(target, "moved"):
                target.rename(new)
                # In this order: the old name must not be gone while the new one is not there for sure.
                atomic.sync_folder(new.parent)
                if new.parent != target.parent:
                    atomic.sync_folder(target.parent)
            self._files.stamps.moved(target, new)
        return paths.shown(self._folder, new)

    def _set_seq(self, target: Path, members: list[Entry | Folder], at: int) -> None:
        """Give a member the place before another; where no number is left between them, all get new ones."""
        seq = order.between([member.seq for member in members], at)
        if seq is None:
            for number, member in enumerate(members):
                place = (number + 1 + (number >= at)) * order.STEP
                if member.seq != place and not member.fault:
                    self._set_info(paths.writable(self._folder, member.path), seq=place)
            seq = (at + 1) * order.STEP
        self._set_info(target, seq=seq)

    def _set_info(self, target: Path, **changes: object) -> None:
        """Change "info" of a request, or of the file that speaks for a folder."""
        if not target.is_dir():
            path = paths.behind_links(self._folder, paths.shown(self._folder, target))
            try:
                self._files.change(path, lambda values: with_info(_typed(values), **changes))
            except Problem as problem:
                if problem.kind != "broken-file":  # its name on disk can still change
                    raise
            return
        own = next((target / name for name in (ROOT_FILE, FOLDER_FILE) if (target / name).is_file()), None)
        if own is not None:
            self._files.change(own, lambda values: with_info(values, **changes))
        elif target.parent == self._folder and not (self._folder / ROOT_FILE).is_file():
            self._files.create(target / ROOT_FILE, folder_file.new_collection(str(changes.get("name", target.name))))
        else:
            info: Values = {"name": target.name, "type": "folder", **changes}
            self._files.create(target / FOLDER_FILE, {"info": info})

    def _drop_id(self, target: Path) -> None:
        """A copy is another request: an id of the old one would belong to two."""
        if target.is_file() and not target.is_symlink():
            try:
                self._files.change(target, _without_id)
            except Problem as problem:
                if problem.kind != "broken-file":
                    raise


def _typed(values: Values) -> Values:
    """A request without a type gets one when it gets an "info"."""
    kind = request_file.kind_of(values)
    return values if "info" in values or not kind else with_info(values, type=kind)


def _without_id(values: Values) -> Values:
    own = part(values, "extensions", "httpdesk")
    if "id" not in own:
        return values
    kept = {key: entry for key, entry in own.items() if key != "id"}
    return {**values, "extensions": {**part(values, "extensions"), "httpdesk": kept}}


def _fixed(what: str) -> Problem:
    return Problem(f"A collection can't be {what} here", "It stays where it is. Nothing was changed.", kind="fixed")
