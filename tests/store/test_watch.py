"""What other programs do in a folder is told, by each way that systems have."""

import os
import shutil
import sys
import threading
import time

import pytest

from httpdesk.core.problem import Problem
from httpdesk.store import watch as watching
from httpdesk.store.watch import Watch

WAYS = {"the whole tree": watching.of_the_system}
if sys.platform == "linux":
    WAYS["inotify"] = watching.of_linux


class Listener:
    """A thread that waits, as the window has one."""

    def __init__(self, folder):
        self.folder, self.told, self.times = folder, set(), 0
        self.watch = Watch(folder)
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self):
        while found := self.watch.wait():
            self.told |= {os.path.relpath(path, self.folder).replace(os.sep, "/") for path in found}
            self.times += 1
        self.watch.close()

    def hears(self, *names, patience_s=10.0):
        """Whether all of these are told."""
        end_s = time.monotonic() + patience_s
        while not set(names) <= self.told and time.monotonic() < end_s:
            time.sleep(0.01)
        return set(names) <= self.told

    def stop(self):
        self.watch.end()
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def listener(request, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "_source", request.param)
    (tmp_path / "pets").mkdir()
    (tmp_path / "pets/a.yml").write_text("one")
    (tmp_path / ".git").mkdir()
    (tmp_path / "node_modules/deep").mkdir(parents=True)
    listener = Listener(tmp_path)
    yield listener
    listener.stop()


def test_a_file_written_in_place_is_told(listener):
    """As some editors save; Qt's watcher of folders would say nothing."""
    (listener.folder / "pets/a.yml").write_text("two")
    assert listener.hears("pets/a.yml")


def test_a_file_replaced_again_and_again_is_told_each_time(listener):
    for number in range(3):
        listener.told.clear()
        (listener.folder / "pets/new").write_text(str(number))
        (listener.folder / "pets/new").replace(listener.folder / "pets/a.yml")
        assert listener.hears("pets/a.yml")


def test_files_that_come_go_and_are_renamed_are_told(listener):
    (listener.folder / "b.yml").write_text("b")
    assert listener.hears("b.yml")
    (listener.folder / "b.yml").rename(listener.folder / "pets/c.yml")
    assert listener.hears("b.yml", "pets/c.yml")
    listener.told.clear()
    (listener.folder / "pets/c.yml").unlink()
    assert listener.hears("pets/c.yml")


def test_new_folders_are_watched_with_all_below_under_every_name_they_get(listener):
    (listener.folder / "x/y").mkdir(parents=True)
    assert listener.hears("x")
    time.sleep(0.3)
    (listener.folder / "x/y/d.yml").write_text("d")
    assert listener.hears("x/y/d.yml")
    (listener.folder / "x").rename(listener.folder / "z")
    assert listener.hears("z")
    (listener.folder / "z/y/d.yml").write_text("dd")
    assert listener.hears("z/y/d.yml")
    shutil.rmtree(listener.folder / "z")
    listener.told.clear()
    assert listener.hears("z") or not (listener.folder / "z").exists()


def test_hidden_names_and_foreign_folders_are_left_out(listener):
    (listener.folder / ".git/index").write_text("x")
    (listener.folder / "pets/.a.yml.0123abcd.tmp").write_text("x")
    (listener.folder / "last.yml").write_text("x")
    assert listener.hears("last.yml")
    assert not [name for name in listener.told if "/." in name or name.startswith(".")]


def test_a_thousand_files_are_told_at_once_or_nearly_so(listener):
    for number in range(1000):
        (listener.folder / f"pets/{number}.yml").write_text("x")
    assert listener.hears(*(f"pets/{number}.yml" for number in range(1000)))
    assert listener.times <= 5


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(Problem, match="not noticed") as caught:
        Watch(tmp_path / "nowhere")
    assert caught.value.kind == "unwatched"


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_links_in_a_circle_are_no_hindrance(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/up").symlink_to(tmp_path)
    listener = Listener(tmp_path)
    (tmp_path / "a/x.yml").write_text("x")
    assert listener.hears("a/x.yml")
    listener.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_when_the_system_has_no_more_watches_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "_source", _scarce)
    with pytest.raises(Problem, match="max_user_watches"):
        Watch(tmp_path)


def _scarce(folder):
    raise OSError(28, "No space left on device")
