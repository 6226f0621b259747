"""The spool: memory first, then a file; read while it grows; nothing left behind."""

import errno
import os
import stat
import sys
import threading
from io import FileIO
from pathlib import Path

import pytest

from httpdesk.body.spool import Spool

FULL = Path("/dev/full")


def test_a_small_body_stays_in_memory_and_a_larger_one_goes_to_a_private_file(tmp_path):
    spool = Spool(tmp_path / "bodies", memory_bytes=10)
    spool.write(b"0123456789")
    assert spool.path is None
    assert not (tmp_path / "bodies").exists()
    spool.write(b"abc")
    assert spool.path is not None
    assert spool.read(0, 100) == b"0123456789abc"
    assert spool.read(9, 11) == b"9a"
    if os.name == "posix":
        assert stat.S_IMODE(spool.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(spool.path.parent.stat().st_mode) == 0o700
    spool.close()


def test_closing_removes_the_file_and_reads_give_nothing(tmp_path):
    spool = Spool(tmp_path, memory_bytes=1)
    spool.write(b"abc")
    spool.finish()
    assert spool.finished
    spool.close()
    spool.close()
    assert list(tmp_path.iterdir()) == []
    assert spool.read(0, 3) == b""
    assert spool.size_bytes == 0


def test_a_finished_spool_takes_no_more(tmp_path):
    spool = Spool(tmp_path)
    spool.finish()
    with pytest.raises(ValueError, match="no more"):
        spool.write(b"x")


def test_bytes_at_hand_need_no_folder():
    spool = Spool.of(b"hello")
    assert (spool.size_bytes, spool.finished, spool.path) == (5, True, None)
    assert spool.read(1, 3) == b"el"


@pytest.mark.parametrize("memory_bytes", [1 << 20, 1])
def test_saving_replaces_the_old_file_in_one_step(tmp_path, memory_bytes):
    spool = Spool(tmp_path / "bodies", memory_bytes)
    spool.write(b"new" * 1000)
    spool.finish()
    wanted = tmp_path / "answer.json"
    wanted.write_bytes(b"old")
    spool.save_to(wanted)
    assert wanted.read_bytes() == b"new" * 1000
    assert {entry.name for entry in tmp_path.iterdir()} <= {"answer.json", "bodies"}
    spool.close()


def test_a_failed_save_keeps_the_old_file(tmp_path):
    folder = tmp_path / "there"
    folder.mkdir()
    with pytest.raises(OSError, match="there"):
        Spool.of(b"data").save_to(folder)
    assert [entry.name for entry in tmp_path.iterdir()] == ["there"]


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_os_error_and_what_fitted_stays(tmp_path):
    spool = Spool(tmp_path, memory_bytes=4)
    spool.write(b"12345")
    assert spool._writer is not None
    spool._writer.close()
    spool._writer = FileIO(FULL, "wb")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        spool.write(b"6789")
    assert spool.read(0, 10) == b"12345"
    spool.close()


def test_many_readers_see_a_true_prefix_while_one_thread_writes(tmp_path):
    spool = Spool(tmp_path, memory_bytes=50_000)
    piece = bytes(range(256)) * 16
    wrong = []

    def read():
        while not spool.finished:
            size = spool.size_bytes
            start = max(0, size - 5000)
            got = spool.read(start, size)
            if got != bytes((start + i) % 256 for i in range(size - start)):
                wrong.append(start)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for _ in range(400):
        spool.write(piece)
    spool.finish()
    for thread in readers:
        thread.join()
    assert wrong == []
    assert spool.size_bytes == 400 * len(piece)
    spool.close()


def test_waiting_ends_with_more_bytes_and_with_the_end(tmp_path):
    spool = Spool(tmp_path)
    assert not spool.wait_beyond(0, timeout_s=0)

    def write():
        spool.write(b"x")
        spool.finish()

    writer = threading.Thread(target=write)
    writer.start()
    assert spool.wait_beyond(0, timeout_s=30)
    writer.join()
    assert not spool.wait_beyond(1, timeout_s=30)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_body_of_any_size_costs_the_same_memory(tmp_path):
    def resident_bytes():
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    spool = Spool(tmp_path)
    piece = b"x" * (1 << 16)
    before = resident_bytes()
    for _ in range(1600):
        spool.write(piece)
    position = 0
    while data := spool.read(position, position + (1 << 20)):
        position += len(data)
    assert position == 1600 << 16
    assert resident_bytes() - before < 16 << 20
    spool.close()
