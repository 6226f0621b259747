"""Tabs and restarts: close, reopen, move; everything comes back, even where files of the program are broken."""

import asyncio
import json
import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from httpdesk.ui.kv_table import KvTable
from tests.drivers import places_in, until

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def titled(*names):
    return [f"example.com/{name}" for name in names]


async def three_tabs(person):
    """Wait for the start, then open drafts a, b and c."""
    await until(lambda: person.program._restored)
    for name in "abc":
        person.new_request(f"https://example.com/{name}")
    person.program.desk.go_to(1)
    person.ctrl(KEY.Key_W)
    await until(lambda: person.titles == titled("a", "b", "c"))


async def test_tabs_come_back_in_order_with_the_same_one_in_front(httpdesk):
    async with httpdesk() as person:
        await three_tabs(person)
        person.ctrl(KEY.Key_2)
    async with httpdesk() as person:
        await until(lambda: person.titles == titled("a", "b", "c"))
        await until(lambda: person.tab.title == "example.com/b")
        # The caret is where work goes on.
        person.write("https://example.com/next")
        assert person.tab.request.url == "https://example.com/next"


async def test_a_moved_tab_stays_where_it_was_put(httpdesk):
    async with httpdesk() as person:
        await three_tabs(person)
        tabs = person.program.desk.tabs
        start, end = tabs.tabRect(0).center(), tabs.tabRect(2).center()
        QTest.mousePress(tabs, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 9):
            QTest.mouseMove(tabs, start + (end - start + QPoint(30, 0)) * step / 8)
            await until(lambda: True)
        QTest.mouseRelease(tabs, Qt.MouseButton.LeftButton, pos=end + QPoint(30, 0))
        moved = person.titles
        assert moved != titled("a", "b", "c")
        assert [tabs.tabText(index) for index in range(3)] == moved
    async with httpdesk() as person:
        await until(lambda: person.titles == moved)


async def test_closed_tabs_reopen_one_after_the_other_even_after_a_restart(httpdesk):
    async with httpdesk() as person:
        await three_tabs(person)
        person.ctrl(KEY.Key_W)
        await until(lambda: len(person.titles) == 2)
        person.ctrl(KEY.Key_W)
        await until(lambda: len(person.titles) == 1)
    async with httpdesk() as person:
        await until(lambda: len(person.titles) == 1 and person.program._restored)
        for count in (2, 3):
            person.ctrl(KEY.Key_T, SHIFT)
            await until(lambda count=count: len(person.titles) == count)
        assert sorted(person.titles) == titled("a", "b", "c")


async def test_every_kind_of_unsaved_work_comes_back(httpdesk):
    body = '{"text": "Zoë 🙂\\n"}\r\nend'
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything/:id")
        await person.fill("Path parameters", 0, "seven", column=2)
        person.page("headers")
        await person.fill("Headers", 0, "X-Draft", "1")
        person.page("body")
        person.pick("Body format", "Text")
        person.click(person.find(QPlainTextEdit, "Request body").viewport())
        person.paste(body)
        typed = person.tab.request
    async with httpdesk() as person:
        await until(lambda: person.titles == ["{{echo}}/anything/:id"])
        assert person.tab.request == typed
        await person.send()
        assert person.echo["path"] == "/anything/seven"
        assert person.received("X-Draft") == ["1"]
        assert person.echo["body"] == typed.body.text
        person.page("headers")
        assert person.find(KvTable, "Headers").model().index(0, 1).data() == "X-Draft"


async def test_window_sidebar_and_console_come_back(httpdesk):
    async with httpdesk() as person:
        await until(lambda: person.program._restored)
        person.ctrl(KEY.Key_QuoteLeft)
        person.ctrl(KEY.Key_B)
        assert person.program.console.isVisible()
    async with httpdesk() as person:
        assert person.program.console.isVisible()
        assert not person.program.sidebar.isVisible()


async def test_unsaved_changes_of_a_saved_request_come_back_as_such(httpdesk):
    async with httpdesk() as person:
        await until(lambda: len(person.rows) == 7)
        tab = await person.open_row("Say hello")
        person.type_url("{{echo}}/unsaved")
        path = tab.path
    async with httpdesk() as person:
        await until(lambda: person.titles == ["Say hello"])
        assert person.tab.dirty
        assert person.tab.path == path
        assert person.tab.request.url == "{{echo}}/unsaved"
        await person.save()
        assert "unsaved" in (person.program.library.folder / path).read_text("utf-8")


async def test_a_request_whose_file_is_gone_comes_back_if_it_was_changed(httpdesk, tmp_path):
    async with httpdesk() as person:
        await until(lambda: len(person.rows) == 7)
        await person.open_row("Say hello")
        person.type_url("{{echo}}/unsaved")
        await person.open_row("Basic auth")
    for name in ("Say hello", "Basic auth"):
        (tmp_path / "workspace" / "Try httpdesk" / f"{name}.yml").unlink()
    async with httpdesk() as person:
        await until(lambda: person.program._restored)
        assert person.tab.request.url == "{{echo}}/unsaved"
        assert person.tab.dirty or person.tab.path is None
        assert len(person.titles) == 1
        assert person.notice


@pytest.mark.parametrize("damage", [b"", b"{", b'{"tabs": 7, "theme": 7}', b"\xff\xfe\x00", b"[" * 10_000])
async def test_broken_files_of_the_program_are_set_aside_and_said(httpdesk, tmp_path, damage):
    places = places_in(tmp_path)
    for file in (places.session_file, places.settings_file):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(damage)
    async with httpdesk() as person:
        assert places.session_file.name in person.notice
        person.program.notices.dismiss()
        assert places.settings_file.name in person.notice
        await until(lambda: len(person.rows) == 7)
        kept = {file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and "session" in file.name}
        assert damage in kept
    assert json.loads(places.session_file.read_text("utf-8"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only POSIX kills so")
async def test_the_program_starts_again_after_it_was_killed(httpdesk, tmp_path):
    """What a killed program leaves on the disk is no hindrance, and its bodies are swept away."""
    async with httpdesk() as person:
        await until(lambda: person.program._restored)
        person.new_request("https://example.com/kept")
    cache = places_in(tmp_path).cache
    child = await asyncio.to_thread(
        subprocess.Popen,
        [sys.executable, "-c", "from httpdesk.app import main; main()"],
        env={**os.environ, "HTTPDESK_HOME": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    # By then it listens, and has written its session.
    session = places_in(tmp_path).session_file
    before = session.stat().st_mtime_ns
    await until(lambda: session.stat().st_mtime_ns != before or child.poll() is not None)
    (cache / f"bodies-{child.pid}").mkdir(parents=True, exist_ok=True)
    child.kill()
    await asyncio.to_thread(child.wait)
    async with httpdesk() as person:
        await until(lambda: "example.com/kept" in person.titles)
        await until(lambda: not (cache / f"bodies-{child.pid}").exists())


async def test_ctrl_q_ends_the_program(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_Q)
        await until(person.program.quit_wanted.is_set)
