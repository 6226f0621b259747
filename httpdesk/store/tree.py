"""Tree: the collections, folders and requests of a workspace, by the heads of their files."""

import math
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from httpdesk.core.collection import Entry, Folder
from httpdesk.core.problem import Problem
from httpdesk.store import disk_faults, request_file, yaml_read
from httpdesk.store.head import HEAD_BYTES, Head, scan
from httpdesk.store.plain import number, part, text

ROOT_FILE, FOLDER_FILE, WORKSPACE_FILE = "opencollection.yml", "folder.yml", "workspace.yml"
ENVIRONMENTS = "environments"
_NOT_REQUESTS = {ROOT_FILE, FOLDER_FILE, WORKSPACE_FILE, "opencollection.yaml", "folder.yaml", "workspace.yaml"}
SKIPPED = {"node_modules", "__pycache__"}
_DEEPEST = 60


class Fault(NamedTuple):
    """Why a file can't be read."""

    reason: str


class Forest:
    """Reads the tree of a folder; heads are remembered, so that a second look reads changed files only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._heads: dict[str, tuple[tuple[int, int, int], Head | Fault | None]] = {}
        self._seen: set[str] = set()
        self._folders_seen: set[str] = set()

    def read(self) -> tuple[Folder, ...]:
        """The collections; where the folder itself is one, a single folder "."."""
        self._seen, self._folders_seen = set(), set()
        base = str(self.folder)
        if (self.folder / ROOT_FILE).is_file():
            root = self._folder(base, "", (os.path.realpath(base),))
            tree: tuple[Folder, ...] = (root,) if root else ()
        else:
            members = _members(base)
            loose = self._entries(members, "")
            folders = self._folders(members, "", (os.path.realpath(base),))
            kept = tuple(folder for folder in folders if folder.count() or self._is_collection(folder.path))
            tree = (*kept, Folder(path=".", name=self.folder.name, entries=loose)) if loose else kept
        self._heads = {path: self._heads[path] for path in self._seen}
        return tree

    def shows(self, path: Path) -> bool:
        """Whether the tree was made from this file, among others."""
        return str(path) in self._heads

    def is_news(self, path: Path) -> bool:
        """Whether a file or folder is another one than when the tree was read last, or comes or went since."""
        known, shown = self._heads.get(str(path)), str(path) in self._folders_seen
        try:
            status = path.stat()
        except OSError:
            return shown or known is not None
        if stat.S_ISDIR(status.st_mode):
            return path != self.folder and not shown and path.name != ENVIRONMENTS
        return _is_read_name(path.name) and (known is None or known[0] != _stamp(status))

    def _is_collection(self, path: str) -> bool:
        return any((self.folder / path / name).is_file() for name in (ROOT_FILE, FOLDER_FILE))

    def _folder(self, path: str, shown: str, above: tuple[str, ...]) -> Folder | None:
        """A folder and all below; None where it is nothing of ours: only files that are no requests."""
        self._folders_seen.add(path)
        try:
            members = _members(path)
        except OSError as error:
            return Folder(path=shown or ".", name=Path(path).name, fault=disk_faults.reason(error))
        entries, folders = self._entries(members, shown), self._folders(members, shown, above)
        names = {member.name: member for member in members}
        own = names.get(ROOT_FILE) or names.get(FOLDER_FILE)
        if not entries and not folders and own is None and members:
            return None
        head = self._head(own) if own else None
        name, seq, fault = "", 0.0, ""
        if isinstance(head, Head):
            name, seq = head.name, head.seq
        elif isinstance(head, Fault):
            fault = head.reason
        name = name or Path(path).name
        return Folder(path=shown or ".", name=name, seq=seq, folders=folders, entries=entries, fault=fault)

    def _folders(self, members: list[os.DirEntry[str]], shown: str, above: tuple[str, ...]) -> tuple[Folder, ...]:
        found = []
        for member in members:
            if (
                not _is_folder(member)
                or not is_looked_into(member.name)
                or member.name == ENVIRONMENTS
                or len(above) > _DEEPEST
            ):
                continue
            real = os.path.realpath(member.path) if member.is_symlink() else member.path
            if real in above:  # a link to a folder above: it would never end
                continue
            if folder := self._folder(member.path, _join(shown, member.name), (*above, real)):
                found.append(folder)
        return tuple(sorted(found, key=_place))

    def _entries(self, members: list[os.DirEntry[str]], shown: str) -> tuple[Entry, ...]:
        found = []
        for member in members:
            if not _is_request_name(member.name) or _is_folder(member):
                continue
            head, path = self._head(member), _join(shown, member.name)
            if isinstance(head, Fault):
                found.append(Entry(path=path, name=stem(member.name), fault=head.reason))
            elif head is not None:
                name = head.name or stem(member.name)
                found.append(Entry(path=path, name=name, method=head.method, kind=head.kind, seq=head.seq))
        return tuple(sorted(found, key=_place))

    def _head(self, member: os.DirEntry[str]) -> Head | Fault | None:
        path = member.path
        self._seen.add(path)
        try:
            status = member.stat()
            known = self._heads.get(path)
            stamp = _stamp(status)
            if known and known[0] == stamp:
                return known[1]
            disk_faults.check_readable(status)
            head = _read_head(path, member.name)
            self._heads[path] = (stamp, head)
        except OSError as error:
            head = Fault(disk_faults.reason(error))
            self._heads[path] = ((-1, -1, -1), head)
        return head


def _read_head(path: str, name: str) -> Head | Fault | None:
    """The head of a file; None where it is good YAML but nothing of ours."""
    # Bare calls: file objects and paths would take longer than the scan.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        start = os.read(descriptor, HEAD_BYTES)
    finally:
        os.close(descriptor)
    if head := scan(start, whole=len(start) < HEAD_BYTES):
        return head
    try:
        values = yaml_read.mapping(Path(path).read_bytes(), name)
    except Problem as problem:
        return Fault(problem.detail)
    kind = request_file.kind_of(values)
    if not kind and name not in (ROOT_FILE, FOLDER_FILE):
        return None
    info = part(values, "info")
    method = text(part(values, kind).get("method")) or "GET"
    return Head(text(info.get("name")), kind, number(info.get("seq")) or 0, method)


def is_looked_into(name: str) -> bool:
    """Whether a folder of this name may hold what is ours."""
    return not name.startswith(".") and name not in SKIPPED


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def _members(path: str) -> list[os.DirEntry[str]]:
    with os.scandir(path) as members:
        return [member for member in members if not member.name.startswith(".")]


def _is_folder(member: os.DirEntry[str]) -> bool:
    try:
        return member.is_dir()
    except OSError:
        return False


def _is_request_name(name: str) -> bool:
    return _is_read_name(name) and name not in _NOT_REQUESTS


def _is_read_name(name: str) -> bool:
    return name.lower().endswith((".yml", ".yaml"))


def stem(name: str) -> str:
    """A file's name without its ending."""
    return name.rpartition(".")[0] or name


def _join(shown: str, name: str) -> str:
    return f"{shown}/{name}" if shown else name


def _place(item: Entry | Folder) -> tuple[float, str, str]:
    return (item.seq if math.isfinite(item.seq) else 0, item.name.casefold(), item.path)


def find(tree: tuple[Folder, ...], path: str) -> Folder | None:
    """The folder of a path."""
    return next((folder for folder in walk(tree) if folder.path == path), None)


def walk(tree: tuple[Folder, ...]) -> Iterator[Folder]:
    """Every folder, parents first."""
    for folder in tree:
        yield folder
        yield from walk(folder.folders)
