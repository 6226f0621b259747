"""The process that compares: what comes back from it, and how it ends."""

import threading
import time

import psutil  # type: ignore[import-untyped] # it has no stubs
import pytest

from httpdesk.body.comparing import Job, Side
from httpdesk.body.comparing_process import CompareProcess
from httpdesk.body.comparing_work import compare

LEFT, RIGHT = b'{"b": 1, "a": [1, 2]}', b'{"a": [1, 3], "b": 1}'


def side(data=b"", path=None, language="json"):
    size = path.stat().st_size if path else len(data)
    return Side(language=language, data=data, path=str(path) if path else "", size_bytes=size)


@pytest.fixture
def process():
    process = CompareProcess()
    yield process
    process.close()


def run(process, job, cancelled=None):
    texts = bytearray(), bytearray()
    return process.run(job, texts[0].extend, texts[1].extend, cancelled or threading.Event()), texts


def test_it_gives_what_is_found_here_too(process, tmp_path):
    file = tmp_path / "left.json"
    file.write_bytes(LEFT)
    found, texts = run(process, Job(left=side(path=file), right=side(RIGHT)))
    here: list[bytes] = []
    outcome, comparison = compare(Job(left=side(LEFT), right=side(RIGHT)), lambda *both: here.extend(both))
    assert (found.outcome, list(map(bytes, texts))) == (outcome, here)
    assert found.comparison.arrays() == comparison.arrays()
    pid = process.pid
    run(process, Job(left=side(RIGHT), right=side(LEFT)))
    assert process.pid == pid


def test_a_cancelled_comparison_ends_at_once_and_the_next_one_works(process, tmp_path):
    file = tmp_path / "large.json"
    file.write_bytes(b"[" + b'{"a": 1},' * 2_000_000 + b"0]")
    cancelled = threading.Event()
    timer = threading.Timer(0.5, cancelled.set)
    timer.start()
    began_s = time.monotonic()
    found, _ = run(process, Job(left=side(path=file), right=side(RIGHT)), cancelled)
    timer.join()
    assert found is None
    assert time.monotonic() - began_s < 5
    assert process.pid is None
    found, _ = run(process, Job(left=side(LEFT), right=side(RIGHT)))
    assert found.comparison.count == 1


def test_a_process_that_dies_is_a_fault_and_not_the_end(process):
    run(process, Job(left=side(LEFT), right=side(RIGHT)))
    pid = process.pid
    psutil.Process(pid).kill()
    found, _ = run(process, Job(left=side(LEFT), right=side(RIGHT)))
    assert found.comparison.count == 1 or found.outcome.fault
    found, _ = run(process, Job(left=side(LEFT), right=side(RIGHT)))
    assert found.comparison.count == 1


def test_a_body_that_is_gone_is_a_fault(process, tmp_path):
    gone = Side(language="json", path=str(tmp_path / "gone"), size_bytes=3)
    found, _ = run(process, Job(left=gone, right=side(RIGHT)))
    assert "could not be read" in found.outcome.fault


def test_a_time_limit_holds(tmp_path):
    process = CompareProcess(time_limit_s=0.2)
    file = tmp_path / "large.json"
    file.write_bytes(b"[" + b'{"a": 1},' * 2_000_000 + b"0]")
    found, _ = run(process, Job(left=side(path=file), right=side(RIGHT)))
    assert "0.2 seconds" in found.outcome.fault
    assert process.pid is None
    process.close()


def test_closed_it_leaves_no_process(process):
    run(process, Job(left=side(LEFT), right=side(RIGHT)))
    pid = process.pid
    process.close()
    assert not psutil.pid_exists(pid)
