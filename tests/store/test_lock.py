"""Locks, slots and presence: what one window has, no other one takes; what a dead one had is free."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from httpdesk.core.request import HttpRequest
from httpdesk.store import lock, session, slots
from httpdesk.store.lock import FileLock, Owner
from httpdesk.store.presence import Presence
from httpdesk.store.session import Session, Tab

ROOT = Path(__file__).parent.parent.parent
HOLDER = """
import sys, time
from pathlib import Path
from httpdesk.store.lock import FileLock
print(FileLock(Path(sys.argv[1])).take(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds tmp_path/x.lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "x.lock")], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "True\n"
        yield child
        child.kill()


def test_a_lock_is_one_owners_who_is_named_and_a_dead_owner_has_none(tmp_path, holder):
    mine = FileLock(tmp_path / "x.lock")
    assert not mine.take()
    assert mine.owner().pid == holder.pid
    assert mine.owner().host
    holder.kill()
    holder.wait()
    assert mine.path.exists()
    assert mine.take()
    assert mine.owner().pid == os.getpid()
    mine.release()
    assert not mine.path.exists()


def test_a_lock_given_back_can_be_taken_again_and_again(tmp_path):
    one, other = FileLock(tmp_path / "x.lock"), FileLock(tmp_path / "x.lock")
    for _ in range(3):
        assert one.take()
        assert not other.take()
        one.release()
        assert other.take()
        assert not one.take()
        other.release()
        other.release()


def test_where_the_disk_knows_no_locks_the_process_id_counts(tmp_path, monkeypatch):
    def no_locks(descriptor):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(lock, "_lock", no_locks)
    one, other = FileLock(tmp_path / "x.lock"), FileLock(tmp_path / "x.lock")
    assert one.take()
    assert not other.take()
    (tmp_path / "x.lock").write_bytes(b'{"pid": 999999999, "host": "elsewhere.example"}')
    assert not other.take()
    if os.name != "nt":
        (tmp_path / "x.lock").write_text(one.owner().host and f'{{"pid": 999999999, "host": "{_host()}"}}')
        assert other.take()


def _host():
    import socket

    return socket.gethostname()


def test_a_broken_lock_file_names_nobody(tmp_path):
    (tmp_path / "x.lock").write_bytes(b"\xff{")
    held = FileLock(tmp_path / "x.lock")
    assert held.owner() == Owner()
    assert held.take()
    held.release()


def test_each_window_has_a_session_file_of_its_own(tmp_path):
    first = tmp_path / "data/session.json"
    one, two = slots.claim(first), slots.claim(first)
    assert [one.file.name, two.file.name] == ["session.json", "session-2.json"]
    one.release()
    assert slots.claim(first).file == first


def test_what_a_gone_window_left_is_found_and_what_a_running_one_has_is_not(tmp_path):
    first = tmp_path / "session.json"
    own, gone, running = (slots.claim(first) for _ in range(3))
    for slot in (own, gone, running):
        session.save(slot.file, Session(tabs=(Tab(title=slot.file.name, draft=HttpRequest(url="http://x")),)))
    gone.release()
    (left,) = slots.left_behind(first)
    assert left.session.tabs[0].title == "session-2.json"
    assert slots.left_behind(first) == []
    left.keep()
    (left,) = slots.left_behind(first)
    left.discard()
    assert not gone.file.exists()
    assert running.file.exists()
    assert slots.left_behind(first) == []


def test_without_a_place_to_write_there_is_still_a_session_file(tmp_path):
    (tmp_path / "data").write_text("in the way")
    assert slots.claim(tmp_path / "data/session.json").file.name == "session.json"


def test_windows_in_a_workspace_know_of_those_before_and_leave_nothing(shop, snapshot):
    before = snapshot(shop.folder)
    one = Presence.enter(shop.folder)
    two = Presence.enter(shop.folder)
    assert one.others == ()
    assert [owner.pid for owner in two.others] == [os.getpid()]
    again = Presence.enter(shop.folder, one)
    assert len(again.others) == 1
    for presence in (again, two, one):
        presence.leave()
    assert snapshot(shop.folder) == before
    assert not (shop.folder / ".httpdesk").exists()


def test_a_window_that_was_killed_is_not_there(shop):
    folder = shop.folder / ".httpdesk/windows"
    folder.mkdir(parents=True)
    (folder / "1-dead.lock").write_text('{"pid": 1, "host": "somewhere"}')
    presence = Presence.enter(shop.folder)
    assert presence.others == ()
    assert not (folder / "1-dead.lock").exists()
    presence.leave()


def test_a_folder_that_cannot_be_written_is_entered_all_the_same(shop, monkeypatch):
    def read_only(*args, **options):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", read_only)
    presence = Presence.enter(shop.folder)
    assert presence.others == ()
    presence.leave()
