"""A disk that forgets: what a power cut may leave of the files that were written, by what was synced and what not.

It records the system calls of the store on a real folder. What was never synced may be there or not: the bytes of a
file (nothing, half, or all of them), and each name that came, went or was replaced in a folder since its last sync.
"""

import itertools
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_MOST_PENDING = 4


class Change(NamedTuple):
    """A name in a folder that leads to another file (None: to none) since the last sync of the folder.

    A name that went by a rename is never gone before the new name is there, unless the wrong folder is synced first.
    """

    folder: str
    path: str
    node: int | None
    after: "Change | None" = None


class Disk:
    """Records between `plug` and the end of the test; `states` are the trees that a power cut could leave now."""

    def __init__(self, root: Path, *, syncs_files: bool = True, syncs_folders: bool = True) -> None:
        self.root = root
        self._syncs = {False: syncs_files, True: syncs_folders}
        self._calls = {
            name: getattr(os, name) for name in ("open", "fsync", "replace", "rename", "unlink", "mkdir", "rmdir")
        }
        self._held: list[int] = []
        self._names: dict[str, int] = {}
        self._pending: list[Change] = []
        self._data: dict[int, bytes | None] = {}
        self._now: dict[int, str] = {}
        self._folders: set[int] = set()
        for path in (root, *root.rglob("*")):
            self._names[str(path)] = self._node(path)
            self._data[self._node(path)] = path.read_bytes() if path.is_file() else None

    def plug(self, monkeypatch) -> None:
        """Begin to record."""
        for name in self._calls:
            monkeypatch.setattr(os, name, getattr(self, f"_{name}"))

    def close(self) -> None:
        """Let go of the files."""
        for descriptor in self._held:
            os.close(descriptor)

    # -- what is recorded

    def _node(self, path) -> int:
        status = Path(path).stat()
        if status.st_ino not in self._now:
            # Held open: the number of a file that is gone would be given to another one.
            self._held.append(self._calls["open"](path, os.O_RDONLY))
        self._now[status.st_ino] = str(path)
        if stat.S_ISDIR(status.st_mode):
            self._folders.add(status.st_ino)
        return status.st_ino

    def _named(self, path, node: int | None, after: Change | None = None) -> Change:
        change = Change(str(Path(path).parent), str(path), node, after)
        self._pending.append(change)
        return change

    def _open(self, path, flags, mode=0o777, **options):
        is_new = bool(flags & os.O_CREAT) and not Path(path).exists()
        descriptor = self._calls["open"](path, flags, mode, **options)
        if is_new:
            node = self._node(path)
            self._data[node] = b""
            self._named(path, node)
        return descriptor

    def _mkdir(self, path, *args, **options):
        self._calls["mkdir"](path, *args, **options)
        node = self._node(path)
        self._data[node] = None
        self._named(path, node)

    def _fsync(self, descriptor):
        self._calls["fsync"](descriptor)
        self._find_unseen()
        status = os.fstat(descriptor)
        is_folder = stat.S_ISDIR(status.st_mode)
        if not self._syncs[is_folder]:
            return
        if not is_folder:
            self._data[status.st_ino] = Path(self._now[status.st_ino]).read_bytes()
            return
        folder = self._now[status.st_ino]
        for change in [change for change in self._pending if change.folder == folder]:
            self._apply(self._names, change)
            self._pending.remove(change)

    def _find_unseen(self) -> None:
        """Files that were made without os.open, as shutil does."""
        for path in self.root.rglob("*"):
            if path.is_file() and path.stat().st_ino not in self._now:
                node = self._node(path)
                self._data[node] = b""
                self._named(path, node)

    def _replace(self, old, new, **_):
        node = self._node(old)
        self._calls["replace"](old, new)
        self._moved(str(old), str(new))
        self._named(old, None, self._named(new, node))

    _rename = _replace

    def _moved(self, old: str, new: str) -> None:
        for node, path in self._now.items():
            if path == old or path.startswith(old + os.sep):
                self._now[node] = new + path[len(old) :]
        # What is below a folder is named by it, whatever its own name is.
        below = {path: node for path, node in self._names.items() if path.startswith(old + os.sep)}
        for path, node in below.items():
            self._names[new + path[len(old) :]] = node

    def _unlink(self, path, **options):
        self._calls["unlink"](path, **options)
        self._named(path, None)

    def _rmdir(self, path, **options):
        self._calls["rmdir"](path, **options)
        self._named(path, None)

    @staticmethod
    def _apply(names: dict[str, int], change: Change) -> None:
        if change.node is None:
            names.pop(change.path, None)
        else:
            names[change.path] = change.node

    # -- what may be left

    def states(self) -> Iterator[dict[str, bytes | None]]:
        """Every tree that may be left: paths from the root with their bytes, None for folders; each one once."""
        seen: set[int] = set()
        for names in self._namings():
            for kept in (0.0, 0.5, 1.0):
                tree = self._tree(names, kept)
                key = hash(frozenset(tree.items()))
                if key not in seen:
                    seen.add(key)
                    yield tree

    def _namings(self) -> Iterator[dict[str, int]]:
        """The names with any of the changes that are not synced; the older ones of many are there or not together."""
        first, last = self._pending[:-_MOST_PENDING], self._pending[-_MOST_PENDING:]
        for old in ([], first) if first else ([],):
            for choice in itertools.product((False, True), repeat=len(last)):
                chosen = (*old, *itertools.compress(last, choice))
                if all(each.after in (None, *chosen) or each.after not in self._pending for each in chosen):
                    names = dict(self._names)
                    for change in chosen:
                        self._apply(names, change)
                    yield names

    def _tree(self, names: dict[str, int], kept: float) -> dict[str, bytes | None]:
        tree: dict[str, bytes | None] = {}
        folders = {path for path, node in names.items() if node in self._folders}
        for path, node in names.items():
            if path == str(self.root) or not self._reachable(path, folders):
                continue
            tree[os.path.relpath(path, self.root)] = self._bytes(node, kept)
        return tree

    def _reachable(self, path: str, folders: set[str]) -> bool:
        parent = str(Path(path).parent)
        return parent == str(self.root) or (parent in folders and self._reachable(parent, folders))

    def _bytes(self, node: int, kept: float) -> bytes | None:
        synced = self._data[node]
        now = Path(self._now[node])
        if synced is None or not kept or not now.is_file() or now.stat().st_ino != node:
            return synced
        data = now.read_bytes()
        return synced if data == synced else data[: round(len(data) * kept)]


def lay_out(tree: dict[str, bytes | None], at: Path) -> Path:
    """Put a tree on the disk."""
    shutil.rmtree(at, ignore_errors=True)
    at.mkdir()
    for path, data in sorted(tree.items()):
        if data is None:
            (at / path).mkdir(exist_ok=True)
        else:
            (at / path).write_bytes(data)
    return at
