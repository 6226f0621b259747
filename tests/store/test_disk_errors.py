"""Each call of the store to the disk fails once: nothing acknowledged is lost, and the next try works."""

import errno
import os

import msgspec
import pytest

from httpdesk.core.environment import Environment, Variable
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.store import session
from httpdesk.store.session import Session, Tab
from httpdesk.store.workspace import Workspace

PET = "petshop/pets/Create pet.yml"
UPLOAD = "petshop/pets/photos/Upload photo.yml"
_MOST_CALLS = 60


class FailingDisk:
    """Lets a number of calls through and fails the next one; a write leaves half of what it was given."""

    def __init__(self, monkeypatch, number, *, writes_only=False):
        self.left: float = float("inf")
        self.number, self.failed = number, False
        names = ("open",) if writes_only else ("open", "fsync", "replace", "rename", "mkdir")
        for name in names:
            monkeypatch.setattr(os, name, self._failing(getattr(os, name), name))
        if not writes_only:
            fdopen = os.fdopen
            monkeypatch.setattr(os, "fdopen", lambda *args, **options: self._file(fdopen(*args, **options)))

    def count(self, left):
        """Fail after so many calls."""
        self.left, self.failed = left, False

    def _step(self):
        self.left -= 1
        if self.left < 0:
            self.left, self.failed = float("inf"), True
            raise OSError(self.number, os.strerror(self.number))

    def _failing(self, call, name):
        def wrapped(*args, **options):
            if name != "open" or args[1] & os.O_CREAT:
                self._step()
            return call(*args, **options)

        return wrapped

    def _file(self, file):
        write = file.write

        def half(data):
            try:
                self._step()
            except OSError:
                write(data[: len(data) // 2])
                raise
            return write(data)

        return _Proxy(file, half)


class _Proxy:
    def __init__(self, file, write):
        self._file, self.write = file, write

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        self._file.__enter__()
        return self

    def __exit__(self, *failure):
        return self._file.__exit__(*failure)


def _save(shop, folder):
    shop.save(PET, msgspec.structs.replace(shop.read(PET).request, method="PUT"))


def _environment(shop, folder):
    there = [each.name for each in shop.environments() if each.name == "Env"]
    shop.save_environment(Environment(name="Env", variables=(Variable(name="a", value="1"),)), *(there or [""]))


def _draft(shop, folder):
    session.save(folder / "data/session.json", Session(tabs=(Tab(draft=HttpRequest(url="http://draft")),)))


ACTS = {
    "save": _save,
    "create": lambda shop, _: shop.create_request("petshop", "New", HttpRequest(url="http://new")),
    "folder": lambda shop, _: shop.create_folder("petshop", "Folder"),
    "rename": lambda shop, _: shop.rename(UPLOAD, "Renamed"),
    "move": lambda shop, _: shop.move(UPLOAD, "petshop", None),
    "duplicate": lambda shop, _: shop.duplicate("petshop/pets"),
    "delete": lambda shop, _: shop.delete(UPLOAD),
    "restore": lambda shop, _: shop.restore(shop.delete(UPLOAD)),
    "environment": _environment,
    "draft": _draft,
}


def kept(folder):
    """The requests that anything in the folder holds, be it in the trash."""
    texts = [
        path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file() and path.suffix != ".tmp"
    ]
    return {
        url for url in ("/photos", "{{baseUrl}}", "Create pet", "http://draft/acked") if any(url in t for t in texts)
    }


def failure_of(act, shop, folder):
    """What an act raises, None where it comes to its end."""
    try:
        act(shop, folder)
    except (Problem, OSError) as error:
        return error
    return None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["full", "fault"])
@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_every_call_may_fail_and_nothing_is_lost(shop, monkeypatch, act, number):
    session.save(shop.folder / "data/session.json", Session(tabs=(Tab(draft=HttpRequest(url="http://draft/acked")),)))
    before, faults = kept(shop.folder), faults_of(shop)
    disk = FailingDisk(monkeypatch, number)
    for calls in range(_MOST_CALLS):
        again = Workspace.open(shop.folder)
        again.tree()
        disk.count(calls)
        error = failure_of(act, again, shop.folder)
        was_reached = disk.failed
        disk.count(float("inf"))
        if not was_reached:
            assert error is None
            break
        # Some failures are of no matter to what was asked for; all others are told in words.
        assert error is None or act is _draft or getattr(error, "kind", "") == "disk"
        replaced = {"http://draft/acked"} if act is _draft and drafted(shop) else set()
        assert kept(shop.folder) >= before - replaced
        assert faults_of(Workspace.open(shop.folder)) == faults
        assert not list(shop.folder.rglob(".*.tmp"))
        if act is _save:
            assert Workspace.open(shop.folder).read(PET).request.method in ("POST", "PUT")
        if not (shop.folder / UPLOAD).exists():
            break  # it was done as far as the name goes; to repeat it would mean another file
    assert 2 < calls < _MOST_CALLS - 1


def faults_of(shop):
    """What the tree can't read."""
    waiting, found = list(shop.tree()), []
    while waiting:
        folder = waiting.pop()
        waiting += folder.folders
        found += [entry.fault for entry in (folder, *folder.entries) if entry.fault]
    return found


def drafted(shop):
    """Whether the newer draft is there, whole."""
    kept, fault = session.load(shop.folder / "data/session.json")
    assert not fault
    return kept.tabs[0].draft == HttpRequest(url="http://draft")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS], ids=["refused", "read-only"])
@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_a_folder_that_cannot_be_written_keeps_all_and_says_so(shop, monkeypatch, snapshot, act, number):
    before = snapshot(shop.folder)
    shop.tree()

    def refuse(*args, **options):
        raise OSError(number, os.strerror(number))

    opened = os.open
    for name in ("replace", "rename", "mkdir", "unlink"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr(
        os, "open", lambda path, flags, *rest, **more: refuse() if flags & os.O_CREAT else opened(path, flags, *rest)
    )
    with pytest.raises((Problem, OSError)) as caught:
        act(shop, shop.folder)
    assert caught.type is Problem or act is _draft
    assert act is _draft or getattr(caught.value, "detail", "") in ("Access was refused.", "The disk is read-only.")
    assert snapshot(shop.folder) == before


def test_a_failed_save_can_be_tried_again(shop, monkeypatch):
    disk = FailingDisk(monkeypatch, errno.ENOSPC)
    request = shop.read(PET).request
    for calls in range(4):
        disk.count(calls)
        with pytest.raises(Problem, match="The disk is full"):
            shop.save(PET, msgspec.structs.replace(request, method="PUT", url=f"http://x/{calls}"))
    disk.count(float("inf"))
    shop.save(PET, msgspec.structs.replace(request, method="PUT"))
    assert shop.read(PET).request.method == "PUT"
