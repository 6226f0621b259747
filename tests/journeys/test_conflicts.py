"""A tab with unsaved edits whose file another program changed: nothing is lost, and the user decides."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from httpdesk.core.standing import Standing
from tests.drivers import until
from tests.journeys.test_outside_changes import HELLO, file_of, ready, rewrite, strip_of

KEY = Qt.Key


async def conflict(person):
    """Say hello with edits of both sides; the tab and what the file holds."""
    await ready(person)
    tab = await person.open_row("Say hello")
    person.type_url("{{echo}}/mine")
    rewrite(file_of(person), "method: GET", "method: PUT  # theirs")
    await until(lambda: tab.standing is Standing.CHANGED)
    return tab, file_of(person).read_text("utf-8")


async def test_the_tab_says_so_and_nothing_is_replaced_on_either_side(httpdesk):
    async with httpdesk() as person:
        tab, theirs = await conflict(person)
        assert "Another program changed this file" in strip_of(person).words
        assert tab.request.url == "{{echo}}/mine"
        assert tab.dirty
        assert file_of(person).read_text("utf-8") == theirs


async def test_keep_mine_lets_the_next_save_replace_theirs_and_keeps_their_comments(httpdesk):
    async with httpdesk() as person:
        tab, theirs = await conflict(person)
        person.button("Keep mine")
        await until(lambda: tab.standing is Standing.SAME)
        assert file_of(person).read_text("utf-8") == theirs
        assert tab.dirty
        await person.save()
        text = file_of(person).read_text("utf-8")
        assert "{{echo}}/mine" in text
        assert "# theirs" in text
        assert tab.request.method == "GET"


async def test_take_theirs_shows_the_file_and_can_be_undone(httpdesk):
    async with httpdesk() as person:
        tab, _ = await conflict(person)
        mine = tab.request
        person.button("Take theirs")
        await until(lambda: not tab.dirty)
        assert tab.request.method == "PUT"
        assert tab.url_row.bar.method.text().strip().startswith("PUT")
        person.button("Undo")
        assert tab.request == mine
        assert tab.dirty
        await person.save()
        assert "{{echo}}/mine" in file_of(person).read_text("utf-8")


async def test_see_both_shows_the_two_texts_with_signs_and_decides_too(httpdesk):
    async with httpdesk() as person:
        tab, theirs = await conflict(person)
        person.button("See both")
        right = await person.see(QPlainTextEdit, "Theirs, as the file is now")
        left = person.find(QPlainTextEdit, "Yours, as it would be saved")
        assert [row[2:] for row in right.toPlainText().splitlines() if row[:1] != " " or row.strip()] == [
            row for row in theirs.splitlines() if row.strip()
        ]
        marked = [row for row in left.toPlainText().splitlines() if row.startswith("- ")]
        assert any("{{echo}}/mine" in row for row in marked)
        assert any(row.startswith("+ ") and "PUT" in row for row in right.toPlainText().splitlines())
        assert left.blockCount() == right.blockCount()
        person.button("Take theirs")
        await until(lambda: not tab.dirty)
        assert tab.request.method == "PUT"


async def test_save_asks_and_no_means_no(httpdesk):
    async with httpdesk() as person:
        tab, theirs = await conflict(person)
        person.ctrl(KEY.Key_S)
        await until(lambda: "Save over what another program wrote?" in person.labels())
        person.button("Cancel")
        await until(lambda: not person.program.tasks.is_running("save"))
        assert file_of(person).read_text("utf-8") == theirs
        person.ctrl(KEY.Key_S)
        await until(lambda: "Save over what another program wrote?" in person.labels())
        person.button("Save mine")
        await until(lambda: not tab.dirty)
        assert "{{echo}}/mine" in file_of(person).read_text("utf-8")
        await until(lambda: tab.standing is Standing.SAME)


async def test_a_save_before_the_window_knows_of_the_change_asks_as_well(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        await person.program.watcher.stop()
        tab = await person.open_row("Say hello")
        person.type_url("{{echo}}/mine")
        rewrite(file_of(person), "method: GET", "method: PUT")
        person.ctrl(KEY.Key_S)
        await until(lambda: "Save over what another program wrote?" in person.labels())
        person.button("Cancel")
        await until(lambda: not person.program.tasks.is_running("save"))
        assert tab.standing is Standing.CHANGED
        assert "method: PUT" in file_of(person).read_text("utf-8")


async def test_a_save_before_the_window_knows_that_the_file_is_gone_says_so_first(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        await person.program.watcher.stop()
        tab = await person.open_row("Say hello")
        person.type_url("{{echo}}/mine")
        file_of(person).unlink()
        person.ctrl(KEY.Key_S)
        await until(lambda: tab.standing is Standing.GONE)
        await until(lambda: not person.program.tasks.is_running("save"))
        assert not file_of(person).exists()
        await person.save()
        assert "{{echo}}/mine" in file_of(person).read_text("utf-8")


async def test_the_same_edit_on_both_sides_is_no_conflict(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        tab = await person.open_row("Say hello")
        person.type_url("{{echo}}/both")
        mine, _ = await person.program.library.both_texts(HELLO, tab.request)
        file_of(person).write_text(f"# theirs\n{mine}", "utf-8")
        await until(lambda: not tab.dirty)
        assert tab.standing is Standing.SAME


async def test_a_conflict_outlives_the_program_and_is_found_by_the_next_start(httpdesk):
    """Changed before the end, or while the program was not running: the draft knows from which file it came."""
    async with httpdesk() as person:
        await conflict(person)
    for number in range(2):
        async with httpdesk() as person:
            await until(lambda: person.program._restored)
            await until(lambda: person.tab.standing is Standing.CHANGED)
            assert person.tab.request.url == "{{echo}}/mine"
            person.button("Keep mine")
            await until(lambda: person.tab.standing is Standing.SAME)
            file = file_of(person)
        file.write_text(file.read_text("utf-8") + f"# {number}\n", "utf-8")
    async with httpdesk() as person:
        await until(lambda: person.program._restored)
        assert person.tab.standing is Standing.CHANGED


async def test_a_second_change_of_theirs_is_not_replaced_by_a_yes_to_the_first(httpdesk):
    async with httpdesk() as person:
        tab, _ = await conflict(person)
        await person.program.watcher.stop()
        rewrite(file_of(person), "# theirs", "# theirs, and more")
        person.ctrl(KEY.Key_S)
        await until(lambda: "Save over what another program wrote?" in person.labels())
        person.button("Save mine")
        await until(lambda: "Save over what another program wrote?" not in person.labels())
        await until(lambda: "Save over what another program wrote?" in person.labels())
        assert tab.standing is Standing.CHANGED
        person.button("Cancel")
        await until(lambda: not person.program.tasks.is_running("save"))
        assert "{{echo}}/mine" not in file_of(person, HELLO).read_text("utf-8")
