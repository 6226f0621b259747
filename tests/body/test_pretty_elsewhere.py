"""Pieces of large bodies are formatted by another process; the text is the same, also when that process dies."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from httpdesk.body import pretty
from httpdesk.body.elsewhere import Elsewhere
from httpdesk.body.pretty import ELSEWHERE_FROM_BYTES, Formatting
from httpdesk.body.spool import Spool

PATIENCE_S = 30
RECORD = {"id": 12345678901234567890, "name": 'Grüße \\ "x"', "tags": ["a", "b"], "price": 1.10, "none": None}
LARGE_JSON = json.dumps([RECORD] * 12_000, separators=(",", ":")).encode()
LARGE_MARKUP = b"<list>" + b'<item id="1"><name>x &amp; y</name><br/></item>' * 26_000 + b"</list>"
LARGE_FORM = b"&".join(b"field%d=value" % number for number in range(80_000))


class Counted(Elsewhere):
    """Says how many pieces it gave."""

    count = 0

    def run(self, *args: Any, **more: Any) -> Iterator[Any]:
        for result in super().run(*args, **more):
            self.count += 1
            yield result


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Counted]:
    process = started()
    yield process
    process.close()


def started() -> Counted:
    process = Counted()
    until = time.monotonic() + PATIENCE_S
    while not process.ready():
        assert time.monotonic() < until
    return process


def spool_of(data: bytes, folder: Path) -> Spool:
    spool = Spool(folder)
    spool.write(data)
    spool.finish()
    return spool


def formatted(data: bytes, language: str, folder: Path, elsewhere: Elsewhere | None) -> tuple[bytes, str]:
    source, target = spool_of(data, folder), Spool(folder)
    formatting = Formatting(source, target, language, elsewhere)
    while formatting.advance():
        pass
    text = target.read(0, target.size_bytes)
    source.close()
    target.close()
    return text, formatting.fault


@pytest.mark.parametrize(
    ("language", "data"),
    [
        ("json", LARGE_JSON),
        ("json", LARGE_JSON[:-5000]),
        ("json", b"\n".join(json.dumps(RECORD).encode() for _ in range(12_000))),
        ("json", LARGE_JSON[:1_000_000] + b" oops " + LARGE_JSON[:300_000]),
        ("xml", LARGE_MARKUP),
        ("xml", LARGE_MARKUP[:-9]),
        ("html", b"<!doctype html>" + LARGE_MARKUP),
        ("form", LARGE_FORM),
    ],
    ids=["json", "cut json", "lines of json", "json with a fault", "xml", "cut xml", "html", "form"],
)
def test_the_text_is_the_same_wherever_it_is_made(
    language: str, data: bytes, tmp_path: Path, elsewhere: Counted
) -> None:
    before = elsewhere.count
    there = formatted(data, language, tmp_path, elsewhere)
    assert elsewhere.count > before
    assert there == formatted(data, language, tmp_path, None)
    assert elsewhere.pid is not None


def test_a_small_body_needs_no_other_process(tmp_path: Path) -> None:
    process = Elsewhere()
    formatted(LARGE_JSON[: ELSEWHERE_FROM_BYTES - 1], "json", tmp_path, process)
    assert process.pid is None
    assert not process.ready()  # only now it begins to start
    process.close()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("language", ["json", "xml"])
def test_when_the_other_process_dies_the_formatting_goes_on_here(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pretty, "ELSEWHERE_BYTES", 1 << 17)  # more than one visit
    process = started()
    data = LARGE_JSON if language == "json" else LARGE_MARKUP
    source, target = spool_of(data, tmp_path), Spool(tmp_path)
    formatting = Formatting(source, target, language, process)
    pid = process.pid
    assert pid is not None
    while target.size_bytes < 600_000:
        assert formatting.advance()
    os.kill(pid, signal.SIGKILL)
    while formatting.advance():
        pass
    text = target.read(0, target.size_bytes)
    source.close()
    target.close()
    assert process.pid is None
    assert (text, formatting.fault) == formatted(data, language, tmp_path, None)


def test_brackets_without_end_do_not_travel_with_each_piece(tmp_path: Path, elsewhere: Elsewhere) -> None:
    data = b"[" * 3_000_000
    start = time.monotonic()
    text, fault = formatted(data, "json", tmp_path, elsewhere)
    assert text.count(b"[") == len(data)
    assert "ends early" in fault
    assert time.monotonic() - start < PATIENCE_S
