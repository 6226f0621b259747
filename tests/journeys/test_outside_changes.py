"""What other programs do to the files of the workspace while it is open."""

import shutil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from httpdesk.core.standing import Standing
from tests.drivers import until

KEY = Qt.Key
HELLO = "Try httpdesk/Say hello.yml"


async def ready(person):
    await until(lambda: len(person.rows) == 7)
    await until(lambda: person.program._restored)


def file_of(person, path=HELLO):
    return person.program.library.folder / path


def rewrite(file, old, new):
    """As an editor that writes in place."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def strip_of(person):
    return person.tab._strip


async def test_a_changed_file_comes_into_its_tab_and_the_tree(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        await person.open_row("Say hello")
        url = person.tab.request.url
        person.tab.url_row.bar.edit.setFocus()
        cursor = person.tab.url_row.bar.edit.textCursor()
        cursor.setPosition(4)
        person.tab.url_row.bar.edit.setTextCursor(cursor)
        rewrite(file_of(person), "name: Say hello", "name: Say more")
        rewrite(file_of(person), url, url + "-new")
        await until(lambda: person.tab.request.url == url + "-new")
        assert person.tab.url_row.bar.edit.toPlainText() == url + "-new"
        assert person.tab.url_row.bar.edit.textCursor().position() == 4
        await until(lambda: "Say more" in person.rows)
        assert person.tab.title == "Say more"
        assert not person.tab.dirty
        assert person.tab.standing is Standing.SAME
        person.type_url("{{echo}}/mine")
        await person.save()
        assert "/mine" in file_of(person).read_text("utf-8")


async def test_the_caret_in_the_body_and_the_notes_stays(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.page("params")
        tab = await person.open_row("Post JSON")
        person.page("body")
        editor = await person.see(QPlainTextEdit, "Request body")
        cursor = editor.textCursor()
        cursor.setPosition(5)
        editor.setTextCursor(cursor)
        words = tab.request.body.text
        file = file_of(person, tab.path)
        rewrite(file, words.splitlines()[1].strip(), '"other": 1,')
        await until(lambda: tab.request.body.text != words)
        assert editor.textCursor().position() == 5


async def test_added_renamed_and_removed_files_show_in_the_tree_and_selection_and_open_folders_stay(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.click_row("Basic auth")
        folder = file_of(person).parent
        shutil.copy(file_of(person), folder / "Copy.yml")
        rewrite(folder / "Copy.yml", "name: Say hello", "name: Another")
        (folder / "More").mkdir()
        shutil.copy(file_of(person), folder / "More" / "In.yml")
        await until(lambda: "Another" in person.rows and "More" in person.rows)
        assert person.tree.selected() == "Try httpdesk/Basic auth.yml"
        (folder / "Copy.yml").unlink()
        await until(lambda: "Another" not in person.rows)
        assert person.tree.selected() == "Try httpdesk/Basic auth.yml"


async def test_a_renamed_file_takes_its_tab_along(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        tab = await person.open_row("Say hello")
        person.type_url("{{echo}}/mine")
        file_of(person).rename(file_of(person, "Try httpdesk/Renamed.yml"))
        await until(lambda: tab.path == "Try httpdesk/Renamed.yml")
        assert tab.dirty
        await person.save()
        assert "/mine" in file_of(person, tab.path).read_text("utf-8")
        assert not file_of(person).exists()


async def test_a_thousand_files_at_once_are_one_reload_and_our_own_writes_none(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        shown, told = [], []
        person.program.library.tree_changed.connect(lambda: shown.append(1))
        person.program.library.changed_outside.connect(lambda added: told.append(len(added)))
        await person.open_row("Say hello")
        person.type_url("{{echo}}/mine")
        await person.save()
        # Its own news would have come before the next one's.
        shown.clear()
        text = file_of(person).read_text("utf-8")
        folder = file_of(person).parent / "Many"
        folder.mkdir()
        for number in range(1000):
            (folder / f"{number}.yml").write_text(text.replace("Say hello", f"No {number}"), "utf-8")
        await until(lambda: sum(told) == 1000)
        assert len(told) <= 2
        assert len(shown) <= 2
        assert not any(document.dirty for document in person.program.desk.documents)


async def test_environments_follow_their_files(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        place = person.program.library.folder / "environments"
        place.mkdir(exist_ok=True)
        (place / "New.yml").write_text("name: New\nvariables:\n  - name: host\n    value: one\n")
        await until(lambda: "New" in [each.name for each in person.program.variables.environments])
        (place / "New.yml").unlink()
        await until(lambda: "New" not in [each.name for each in person.program.variables.environments])


async def test_a_tab_whose_file_is_gone_says_so_and_writes_it_again(httpdesk, tmp_path):
    async with httpdesk() as person:
        await ready(person)
        tab = await person.open_row("Say hello")
        file_of(person).unlink()
        await until(lambda: tab.standing is Standing.GONE)
        assert "is gone" in strip_of(person).words
        assert tab.dirty
        request = tab.request
    async with httpdesk() as person:
        await until(lambda: person.program._restored)
        tab = person.tab
        assert (tab.path, tab.request, tab.standing) == (HELLO, request, Standing.GONE)
        person.button("Save again")
        await until(lambda: file_of(person).exists() and not person.tab.dirty)
        assert person.tab.standing is Standing.SAME
        assert strip_of(person).words == ""
        await until(lambda: len(person.rows) == 7)


async def test_a_file_that_comes_back_is_taken_as_it_is(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        tab = await person.open_row("Say hello")
        text = file_of(person).read_text("utf-8")
        file_of(person).unlink()
        await until(lambda: tab.standing is Standing.GONE)
        file_of(person).write_text(text.replace("name: Say hello", "name: Say more"), "utf-8")
        await until(lambda: tab.standing is Standing.SAME and tab.title == "Say more")
        assert not tab.dirty


async def test_a_file_that_cannot_be_read_any_more_leaves_its_tab_as_it_was(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        tab = await person.open_row("Say hello")
        request = tab.request
        text = file_of(person).read_text("utf-8")
        file_of(person).write_text("<<<<<<< HEAD\n" + text, "utf-8")
        await until(lambda: tab.standing is Standing.BROKEN)
        assert tab.request == request
        assert "can't be read now: Line 2" in strip_of(person).words
        file_of(person).write_text(text, "utf-8")
        await until(lambda: tab.standing is Standing.SAME)


async def test_a_name_that_is_being_typed_in_the_tree_is_not_lost(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.click_row("Basic auth")
        person.tree.setFocus()
        person.press(KEY.Key_F2)
        person.write("Typed")
        shutil.copy(file_of(person), file_of(person).parent / "Copy.yml")
        rewrite(file_of(person).parent / "Copy.yml", "name: Say hello", "name: Another")
        await until(lambda: len(person.program.library.tree[0].entries) == 7)
        person.write(" on")
        person.press(KEY.Key_Return)
        await until(lambda: "Typed on" in person.rows and "Another" in person.rows)


async def test_a_preview_whose_file_is_gone_is_not_replaced_by_the_next_click(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.click_row("Say hello")
        await until(lambda: person.tab.title == "Say hello" and person.tab.preview)
        tab = person.tab
        file_of(person).unlink()
        await until(lambda: tab.standing is Standing.GONE)
        person.click_row("Basic auth")
        await until(lambda: person.tab.title == "Basic auth")
        assert tab in person.program.desk.documents
