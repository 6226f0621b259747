"""Workspace: a folder with collections of requests, each a plain file, read and changed in place."""

from collections.abc import Iterable
from pathlib import Path

from httpdesk.core.collection import Defaults, Folder, Level, Saved
from httpdesk.core.environment import Environment, Variable
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.store import (
    atomic,
    disk_faults,
    dotenv,
    folder_file,
    merging,
    order,
    paths,
    request_file,
    shared_variables,
    trash,
    yaml_change,
    yaml_read,
)
from httpdesk.store.arranging import Arranging
from httpdesk.store.environments import Environments
from httpdesk.store.files import Files
from httpdesk.store.plain import Values
from httpdesk.store.stamps import version_of
from httpdesk.store.sweep import sweep
from httpdesk.store.tree import ENVIRONMENTS, FOLDER_FILE, ROOT_FILE, WORKSPACE_FILE, Forest, stem
from httpdesk.store.uses import Changed, Count, Uses

_UNTITLED = "Untitled"


class Workspace:
    """One open workspace. All methods block and raise Problem; paths are relative, with forward slashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = Files()
        self._forest = Forest(folder)
        self._arranging = Arranging(folder, self._files, self._forest)
        self._environments = Environments(folder, self._files)
        self._uses = Uses(folder, self._files)
        self.name = self._name()

    @classmethod
    def open(cls, folder: Path) -> "Workspace":
        """Open a folder that is there; what a crash left behind in it is taken away."""
        with disk_faults.told(folder, "opened"):
            if not folder.is_dir():
                what = "is a file" if folder.exists() else "does not exist"
                raise Problem(f"{folder.name} {what}", f"{folder}. A workspace is a folder.", kind="no-workspace")
            next(folder.iterdir(), None)
        sweep(folder)
        return cls(folder.absolute())

    # -- reading

    def tree(self) -> tuple[Folder, ...]:
        """The collections with their folders and requests, by number and name; broken files have a fault."""
        with disk_faults.told(self.folder, "read"):
            return self._forest.read()

    @disk_faults.worded("read")
    def environments(self) -> tuple[Environment, ...]:
        """All environments, each name once; secret ones have no values."""
        return self._environments.read()

    @property
    def environment_faults(self) -> tuple[Problem, ...]:
        """Why environment files could not be read the last time."""
        return self._environments.faults

    def read(self, path: str) -> Saved:
        """A request with what the folders above give it; a later save may replace it."""
        saved = self.look(path)
        self.accept(path, saved.version)
        return saved

    @disk_faults.worded("read")
    def look(self, path: str) -> Saved:
        """As `read`, but a save of what was read before still refuses to replace what the file holds now."""
        target = paths.inside(self.folder, path)
        data = self._files.data(target)
        values = yaml_read.mapping(data, target.name)
        name = request_file.name_of(values, stem(target.name))
        request, above = request_file.read(values, name), self._above(target, values, name)
        return Saved(path=path, name=name, request=request, above=above, version=version_of(data))

    def accept(self, path: str, version: str) -> None:
        """Say which version of a file the next save may replace."""
        self._files.stamps.accept(paths.inside(self.folder, path), version)

    def may_replace(self, path: str, version: str) -> bool:
        """Whether a save would replace this version of a file without refusing."""
        return self._files.stamps.allows(paths.inside(self.folder, path), version)

    def is_there(self, path: str) -> bool:
        """Whether a file or folder exists."""
        return paths.inside(self.folder, path).exists()

    # -- what other programs do

    @disk_faults.worded("read")
    def is_news(self, changed: frozenset[str]) -> bool:
        """Whether one of these absolute paths is no longer as this program read or wrote it."""
        news = any(self._is_news(Path(path)) for path in changed)
        if news:
            self.name = self._name()
        return news

    def _is_news(self, path: Path) -> bool:
        if path == self.folder:
            return True
        known = self._files.stamps.knows(path)
        if known:
            data = self._files.data_or_none(path)
            if data is None or not self._files.stamps.fits(path, data):
                return True
        if path.parent.name == ENVIRONMENTS:
            return not known and path.suffix.lower() in (".yml", ".yaml") and path.exists()
        if not path.exists() and self._files.stamps.knows_below(path):
            return True
        if path.name == ENVIRONMENTS and path.is_dir():
            return any(self._is_news(member) for member in path.iterdir() if not member.name.startswith("."))
        # A file may hold what its tab shows, and yet not what the tree shows of it.
        return (not known or self._forest.shows(path)) and self._forest.is_news(path)

    def find_moved(self, version: str, among: frozenset[str]) -> str:
        """Which of these files holds what another one held; "" where none does, or more than one."""
        found = [path for path in among if self._holds(path, version)]
        return found[0] if len(found) == 1 else ""

    def _holds(self, path: str, version: str) -> bool:
        try:
            return version_of(self._files.data(paths.inside(self.folder, path))) == version
        except Problem:
            return False

    @disk_faults.worded("read")
    def collection_folder(self, path: str) -> Path:
        """The folder from which relative file paths of a request count."""
        target = paths.inside(self.folder, path)
        if target == self.folder:
            return target
        for folder in target.parents:
            if (folder / ROOT_FILE).is_file() or folder == self.folder:
                break
        else:
            return self.folder
        if folder == self.folder and target.parent != folder and not (folder / ROOT_FILE).is_file():
            return folder / target.relative_to(folder).parts[0]
        return folder

    # -- requests

    @disk_faults.worded("saved")
    def save(self, path: str, request: HttpRequest) -> None:
        """Write a request over its file; what it does not say stays.

        Raises Problem, kind "changed-on-disk" where the file is not what was read.
        """
        target = paths.behind_links(self.folder, path)
        if not target.exists():
            self._files.stamps.check(target, None)
        data = self._files.data(target)
        changed = self._with(target, data, request)
        if changed != data:
            self._files.stamps.check(target, data)
        self._files.replace(target, data, changed)

    def _with(self, target: Path, data: bytes, request: HttpRequest) -> bytes:
        """The bytes of a request's file with another request in it."""
        raw = yaml_read.mapping(data, target.name)
        old = request_file.read(raw, stem(target.name))
        wanted = request_file.may_be_written(request, old)
        new = merging.merged(raw, request_file.write(old), request_file.write(wanted))
        return yaml_change.changed(data, raw, new, target.name) if isinstance(new, dict) else data

    @disk_faults.worded("saved")
    def write_again(self, path: str, name: str, request: HttpRequest) -> None:
        """Write a request whose file is gone to where it was, in a folder made anew if need be."""
        target = paths.writable(self.folder, path)
        if target.exists():
            raise Problem(
                f"{target.name} is there again", "Another program wrote it; nothing was saved.", kind="changed-on-disk"
            )
        atomic.make_folder(target.parent)
        beside = self._arranging.members(paths.shown(self.folder, target.parent)).entries
        seq = order.at_end([entry.seq for entry in beside])
        self._files.create(target, request_file.new(name, seq, request))

    @disk_faults.worded("read")
    def both_texts(self, path: str, request: HttpRequest) -> tuple[str, str]:
        """The text of a file as a save of the request would write it, and as it is; a broken one is written anew."""
        target = paths.inside(self.folder, path)
        data = self._files.data(target)
        try:
            mine = self._with(target, data, request)
        except Problem:
            mine = yaml_change.written(request_file.new(stem(target.name), 0, request), target.name)
        return mine.decode("utf-8", "replace"), data.decode("utf-8", "replace")

    @disk_faults.worded("saved")
    def create_request(self, folder: str, name: str, request: HttpRequest) -> str:
        """Write a new request at the end of a folder; its path."""
        place = paths.folder_in(self.folder, folder)
        name = name.strip() or _UNTITLED
        target = place / paths.free_name(place, name, ".yml")
        seq = order.at_end([entry.seq for entry in self._arranging.members(folder).entries])
        self._files.create(target, request_file.new(name, seq, request))
        return paths.shown(self.folder, target)

    # -- folders

    @disk_faults.worded("created")
    def create_folder(self, parent: str, name: str) -> str:
        """Make a folder at the end of another; its path."""
        name = name.strip() or _UNTITLED
        seq = order.at_end([folder.seq for folder in self._arranging.members(parent).folders])
        return self._make(parent, name, FOLDER_FILE, folder_file.new_folder(name, seq))

    @disk_faults.worded("created")
    def create_collection(self, name: str) -> str:
        """Make a collection; its path."""
        name = name.strip() or _UNTITLED
        return self._make("", name, ROOT_FILE, folder_file.new_collection(name))

    def _make(self, parent: str, name: str, file: str, values: Values) -> str:
        place = paths.folder_in(self.folder, parent)
        target = place / paths.free_name(place, name, "")
        with disk_faults.told(target, "created"):
            target.mkdir()
            atomic.sync_folder(place)
        self._files.create(target / file, values)
        return paths.shown(self.folder, target)

    # -- requests and folders

    @disk_faults.worded("renamed")
    def rename(self, path: str, name: str) -> str:
        """Give a request, folder or collection another name, and its file one that fits; its new path."""
        new = self._arranging.rename(path, name)
        self.name = self._name()
        return new

    @disk_faults.worded("copied")
    def duplicate(self, path: str) -> str:
        """Copy a request or folder, with everything in it, to the place behind it; the copy's path."""
        return self._arranging.duplicate(path)

    @disk_faults.worded("moved")
    def move(self, path: str, folder: str, before: str | None) -> str:
        """Put a request or folder into a folder, before one of its members or at the end; its new path."""
        return self._arranging.move(path, folder, before)

    @disk_faults.worded("deleted")
    def delete(self, path: str) -> str:
        """Move a request or folder to the trash of the workspace; the id to restore it."""
        target = paths.writable(self.folder, path)
        if target == self.folder:
            raise Problem("The workspace itself can't be deleted here", "Delete its folder instead.", kind="fixed")
        trash_id = trash.put(self.folder, paths.shown(self.folder, target))
        self._files.stamps.forget(target)
        return trash_id

    @disk_faults.worded("restored")
    def restore(self, trash_id: str) -> str:
        """Bring back what was deleted; its path."""
        return trash.restore(self.folder, trash_id)

    # -- environments

    @disk_faults.worded("saved")
    def save_environment(self, environment: Environment, old_name: str) -> None:
        """Write an environment without secret values; `old_name` is "" for a new one."""
        self._environments.save(environment, old_name)

    @disk_faults.worded("deleted")
    def delete_environment(self, name: str) -> str:
        """Move an environment to the trash; the id to restore it."""
        return self._environments.delete(name)

    # -- variables of no environment

    @disk_faults.worded("read")
    def variables(self) -> tuple[Variable, ...]:
        """Those that every request of the workspace sees; secret ones have no values."""
        return shared_variables.read_workspace(self._files, self.folder / WORKSPACE_FILE)

    @disk_faults.worded("saved")
    def save_variables(self, variables: tuple[Variable, ...]) -> None:
        """Write the variables of the workspace, without secret values."""
        target = paths.behind_links(self.folder, WORKSPACE_FILE)
        shared_variables.write_workspace(self._files, target, variables, self.name)

    def dotenv(self, collections: Iterable[str]) -> tuple[dict[str, tuple[Variable, ...]], tuple[Problem, ...]]:
        """The variables of the .env files, by folder (see core.environment.Shared), and why others can't be read."""
        return dotenv.read_all(self.folder, collections)

    # -- uses of a variable

    @disk_faults.worded("read")
    def uses(self, name: str) -> Count:
        """How often requests and folders use a variable of an environment."""
        return self._uses.count(name)

    @disk_faults.worded("saved")
    def rename_uses(self, old: str, new: str) -> tuple[Changed, ...]:
        """Give them its new name; all files or none."""
        return self._uses.rename(old, new)

    @disk_faults.worded("saved")
    def undo_uses(self, changed: tuple[Changed, ...]) -> tuple[Path, ...]:
        """Put the files back; those that hold something else by now stay, and are returned."""
        return self._uses.undo(changed)

    # -- what the folders above say

    def _above(self, target: Path, values: Values, name: str) -> tuple[tuple[str, Defaults], ...]:
        """The request's own variables, then its folders up to the collection; Problem where one can't be read."""
        found: list[tuple[str, Defaults]] = []
        if own := request_file.variables(values):
            found.append((name, Defaults(level=Level.REQUEST, variables=own)))
        top = self.collection_folder(paths.shown(self.folder, target))
        for folder in target.parents:
            for file, level in ((folder / FOLDER_FILE, Level.FOLDER), (folder / ROOT_FILE, Level.COLLECTION)):
                if file.is_file():
                    values = self._files.read(file)
                    found.append((request_file.name_of(values, folder.name), folder_file.read(values, level)))
            if folder in (top, self.folder):
                break
        return tuple(found)

    def _name(self) -> str:
        for file in (WORKSPACE_FILE, ROOT_FILE):
            try:
                if (self.folder / file).is_file():
                    return request_file.name_of(self._files.read(self.folder / file), self.folder.name)
            except Problem:  # the tree shows what is wrong
                continue
        return self.folder.name
