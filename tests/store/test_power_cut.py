"""A power cut at any moment: what was acknowledged is there afterwards, and half a file never is."""

import os
import shutil

import msgspec
import pytest

from httpdesk.core.environment import Environment, Variable
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.store import session
from httpdesk.store.session import Session, Tab
from httpdesk.store.workspace import Workspace
from tests.store.power import Disk, lay_out

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders are not synced there")

PET = "petshop/pets/Create pet.yml"
_URL = "http://x/{}"


class Bench:
    """A workspace on a disk that forgets, with what was acknowledged so far."""

    def __init__(self, folder, disk, monkeypatch):
        self.folder, self.disk = folder, disk
        self.workspace = Workspace.open(folder)
        self.workspace.tree()
        self.facts = {}
        self.request = self.workspace.read(PET).request
        self.states = self.lost = 0
        self.losses = []
        disk.plug(monkeypatch)
        self._after_each_call(monkeypatch)

    def _after_each_call(self, monkeypatch):
        """The power may go after each call that changes something, not only between the acts."""
        for name in ("fsync", "replace", "rename"):
            recorded = getattr(os, name)

            def call(*args, recorded=recorded, **options):
                recorded(*args, **options)
                self.look()

            monkeypatch.setattr(os, name, call)

    def look(self):
        """Whether each state that may be left has all that was acknowledged."""
        for tree in list(self.disk.states()):
            self.states += 1
            missing = [name for name, holds in self.facts.items() if not holds(tree)]
            if missing:
                self.lost += 1
                self.losses.append(
                    (
                        missing,
                        tree.get("petshop/New.yml"),
                        tree.get("petshop/_Folder/New.yml"),
                        list(self.disk._pending),
                    )
                )

    def acts(self):
        """Every kind of change that the window makes, each acknowledged when it returns."""
        shop, body = self.workspace, RawBody(text="x" * 999)
        for number in (1, 2):
            shop.save(PET, msgspec.structs.replace(self.request, url=_URL.format(number), body=body))
            self.facts["saved"] = at_least(PET, _URL, number)
        self.arrange()
        for number, old in ((1, ""), (2, "Env")):
            variables = (Variable(name="a", value=_URL.format(number)),)
            shop.save_environment(Environment(name="Env", variables=variables), old)
            self.facts["environment"] = at_least("environments/Env.yml", _URL, number)
        for number in (1, 2, 3):
            tabs = (Tab(draft=HttpRequest(url=_URL.format(number))),)
            session.save(self.folder / "data/deep/session.json", Session(tabs=tabs))
            self.facts["draft"] = at_least("data/deep/session.json", _URL, number)
        self.look()

    def arrange(self):
        """Make, move, rename, copy, delete and restore."""
        shop = self.workspace
        new = shop.create_request("petshop", "New", HttpRequest(url="http://new"))
        self.facts["new"] = somewhere(b"http://new")
        folder = shop.create_folder("petshop", "Folder")
        self.facts["folder"] = holds(f"{folder}/folder.yml", b"Folder")
        inside = shop.create_request(folder, "Inside", HttpRequest(url="http://inside"))
        self.facts["inside"] = holds(inside, b"http://inside")
        moved = shop.move(new, folder, None)
        renamed = shop.rename(moved, "Renamed")
        self.facts["renamed"] = holds(renamed, b"http://new", b"Renamed")
        copy = shop.duplicate(folder)
        self.facts["copied"] = holds(f"{copy}/Renamed.yml", b"http://new")
        deep = shop.duplicate("petshop/pets")
        self.facts["copied below"] = holds(f"{deep}/photos/Upload photo.yml", b"Upload photo")
        del self.facts["renamed"]
        restored = shop.restore(shop.delete(renamed))
        self.facts["restored"] = holds(restored, b"http://new")
        shutil.rmtree(self.folder / "petshop/pets/photos")
        shop.write_again("petshop/pets/photos/more/Upload photo.yml", "Upload photo", HttpRequest(url="http://again"))
        self.facts["again"] = holds("petshop/pets/photos/more/Upload photo.yml", b"http://again")


def at_least(path, template, number):
    """A file is there with this number, or one that was written since."""
    return lambda tree: any(template.format(n).encode() in (tree.get(path) or b"") for n in range(number, number + 3))


def holds(path, *parts):
    """A file is there with these parts in it."""
    return lambda tree: all(part in (tree.get(path) or b"") for part in parts)


def somewhere(part):
    """Some file has this part."""
    return lambda tree: any(part in (data or b"") for data in tree.values())


@pytest.fixture
def bench(shop, monkeypatch):
    """As a function: which syncs reach the disk."""
    disks = []

    def make(**syncs):
        disks.append(Disk(shop.folder, **syncs))
        return Bench(shop.folder, disks[-1], monkeypatch)

    yield make
    for disk in disks:
        disk.close()


def test_no_acknowledged_change_is_lost(bench):
    bench = bench()
    bench.acts()
    assert bench.states > 300
    assert bench.lost == 0, f"{bench.lost} of {bench.states}: {bench.losses[:3]}"
    print(f"\n{bench.states} states after a power cut, 0 lost")


@pytest.mark.parametrize("kind", ["syncs_files", "syncs_folders"])
def test_without_a_sync_changes_are_lost_and_this_is_seen(bench, kind):
    bench = bench(**{kind: False})
    bench.acts()
    assert bench.lost > 20
    print(f"\nwithout it: {bench.lost} of {bench.states} states lack what was acknowledged")


def test_no_state_holds_half_a_file(bench, monkeypatch, tmp_path):
    """Each state opens as a workspace in which every file can be read."""
    bench = bench()
    seen = []
    monkeypatch.setattr(bench, "look", lambda: seen.extend(list(bench.disk.states())[-2:]))
    request = bench.request
    for number in range(2):
        bench.workspace.save(PET, msgspec.structs.replace(request, url=_URL.format(number)))
    bench.workspace.create_request("petshop", "New", HttpRequest(url="http://new"))
    monkeypatch.undo()
    for tree in seen:
        again = Workspace.open(lay_out(tree, tmp_path / "after"))
        faults = [entry.fault for entry in again.tree()[0].entries if entry.fault]
        assert faults == []
        assert again.read(PET).name == "Create pet"
    assert len(seen) > 8
