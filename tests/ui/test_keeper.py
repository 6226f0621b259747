"""What is kept on disk: the last state, and all of it."""

import threading

import pytest
from PySide6.QtWidgets import QWidget

from httpdesk.ui.keeper import Keeper
from httpdesk.ui.notices import Notices
from httpdesk.ui.tasks import Tasks
from tests.drivers import until


class Disk:
    """Something to keep, and a disk that can be slow or full."""

    def __init__(self):
        self.value, self.written, self.fault = "first", [], None
        self.begun, self.may_write = threading.Event(), threading.Event()
        self.may_write.set()

    def save(self, value):
        self.begun.set()
        self.may_write.wait(10)
        if self.fault:
            raise self.fault
        self.written.append(value)


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def notices(qapp):
    host = QWidget()
    yield Notices(host)
    host.deleteLater()


@pytest.fixture
def keeper(disk, notices):
    tasks = Tasks(lambda problem: None)
    return Keeper(lambda: disk.value, disk.save, tasks, notices, "Not kept: {reason}.")


async def test_a_slow_write_never_lands_after_the_next_one(keeper, disk, qapp):
    disk.may_write.clear()
    keeper.note_change()
    await until(lambda: qapp.processEvents() or disk.begun.is_set())
    disk.value = "second"
    keeper.note_change()
    await until(lambda: qapp.processEvents() or not keeper._timer.isActive())
    disk.may_write.set()
    await keeper.close()
    assert disk.written == ["first", "second"]


async def test_a_change_just_before_the_end_is_written(keeper, disk):
    keeper.note_change()
    disk.value = "last"
    await keeper.close()
    assert disk.written == ["last"]


async def test_what_never_changed_is_never_written(keeper, disk):
    await keeper.close()
    assert disk.written == []


async def test_a_full_disk_is_said_once_and_tried_again(keeper, disk, notices):
    disk.fault = OSError(28, "No space left on device")
    await keeper.write()
    assert notices.current == "Not kept: No space left on device."
    notices.dismiss()
    await keeper.write()
    assert notices.current == ""
    disk.fault = None
    await keeper.write()
    assert disk.written == ["first"]
