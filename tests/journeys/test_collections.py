"""Collections: save, rename, move, duplicate, delete and undo; what the tree shows is what lies on the disk."""

import os
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from httpdesk.core.standing import Standing
from httpdesk.ui.side_tree_model import MIME
from tests.drivers import until

KEY = Qt.Key
FIRST = ["Say hello", "Post JSON", "Path and variables", "Basic auth", "A big answer", "Follow redirects"]


def files(person, folder="Try httpdesk"):
    """The names of the files of a folder, without the folder's own."""
    place = person.program.library.folder / folder
    own = ("opencollection.yml", "folder.yml")
    return sorted(str(file.relative_to(place)) for file in place.rglob("*.yml") if file.name not in own)


async def rename(person, name):
    """Type another name for the row that is selected."""
    person.press(KEY.Key_F2)
    field = person.tree.findChild(QLineEdit)
    person.retype(field, name)
    person.press(KEY.Key_Return)
    await until(lambda: name in person.rows)


def drag(person, path, folder):
    """Drop a row onto a folder: what the system tells the tree at the end of a drag."""
    model, data = person.tree.model(), QMimeData()
    data.setData(MIME, path.encode())
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, -1, 0, model.index_of(folder))


async def the_tree(person):
    """Wait until the first collection is shown."""
    await until(lambda: person.rows == ["Try httpdesk", *FIRST])


async def test_a_new_request_is_saved_into_a_collection(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        person.new_request("{{echo}}/anything")
        await person.save("Mine: a/b?")
        assert person.titles[-1] == "Mine: a/b?"
        assert person.rows[-1] == "Mine: a/b?"
        text = (person.program.library.folder / person.tab.path).read_text("utf-8")
        assert "{{echo}}/anything" in text
        assert "Mine: a/b?" in text
        person.type_url("{{echo}}/anything/else")
        assert person.tab.dirty
        await person.save()
        assert "{{echo}}/anything/else" in (person.program.library.folder / person.tab.path).read_text("utf-8")


async def test_a_tab_that_is_saved_and_closed_at_once_is_saved(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        tab = await person.open_row("Say hello")
        file = person.program.library.folder / tab.path
        person.type_url("{{echo}}/in a hurry")
        person.ctrl(KEY.Key_S)
        person.ctrl(KEY.Key_W)
        await until(lambda: tab not in person.program.desk.documents)
        await until(lambda: "in a hurry" in file.read_text("utf-8"))
        await until(lambda: not person.program.tasks._all)


async def test_saving_turned_away_from_leaves_the_draft(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        person.new_request("{{echo}}/anything")
        person.ctrl(KEY.Key_S)
        await until(lambda: "Save the request" in person.labels())
        person.press(KEY.Key_Escape)
        await until(lambda: "Save the request" not in person.labels())
        assert person.tab.path is None
        assert person.rows == ["Try httpdesk", *FIRST]


async def test_a_request_is_renamed_and_stays_selected(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        tab = await person.open_row("Post JSON")
        await rename(person, "Send JSON")
        assert "Send JSON.yml" in files(person)
        assert "Post JSON.yml" not in files(person)
        await until(lambda: tab.title == "Send JSON")
        assert person.tree.selected() == tab.path


async def test_a_renamed_folder_stays_open_and_its_tabs_follow(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        tab = await person.open_row("Say hello")
        person.type_url("{{echo}}/anything?unsaved")
        person.click(person.tree.viewport(), person.at_row("Try httpdesk") + QPoint(20, 0))
        if "Say hello" not in person.rows:
            person.click(person.tree.viewport(), person.at_row("Try httpdesk") + QPoint(20, 0))
        await rename(person, "Tried")
        await until(lambda: tab.path.startswith("Tried/"))
        assert person.rows == ["Tried", *FIRST]
        assert tab.dirty
        assert tab.request.url == "{{echo}}/anything?unsaved"
        await person.save()
        assert "unsaved" in (person.program.library.folder / tab.path).read_text("utf-8")


async def test_ctrl_d_in_the_tree_copies_the_row_and_not_the_tab(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        person.new_request("https://example.com/other")
        person.click_row("Basic auth")
        person.ctrl(KEY.Key_D)
        await until(lambda: "Basic auth copy" in person.rows)
        await until(lambda: person.tab.title == "Basic auth copy")
        assert "Basic auth copy.yml" in files(person)


async def test_a_row_is_dragged_into_another_collection(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        person.program.commands.run("new_collection")
        await until(lambda: "New collection" in person.labels())
        person.write("Shop")
        person.press(KEY.Key_Return)
        await until(lambda: "Shop" in person.rows)
        tab = await person.open_row("Say hello")
        drag(person, tab.path, "Shop")
        await until(lambda: files(person, "Shop") == ["Say hello.yml"])
        await until(lambda: tab.path == "Shop/Say hello.yml")
        assert "Say hello.yml" not in files(person)
        assert person.tree.selected() == "Shop/Say hello.yml"


async def test_several_are_deleted_in_a_row_and_each_comes_back(httpdesk):
    """Each one had to wait for the one before; started at once, the first was given up half-way."""
    async with httpdesk() as person:
        await the_tree(person)
        person.click_row("Say hello")
        person.press(KEY.Key_Delete)
        await until(lambda: "Say hello" not in person.rows)
        assert person.tree.selected() == "Try httpdesk/Post JSON.yml"
        person.press(KEY.Key_Delete)
        await until(lambda: "Post JSON" not in person.rows)
        for _ in range(2):
            await until(lambda: "is in the trash" in person.notice)
            person.button("Undo")
        await until(lambda: len(person.rows) == 7)
        assert person.rows == ["Try httpdesk", *FIRST]


async def test_two_deletes_at_once_are_both_done(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        sidebar = person.program.sidebar
        sidebar.delete.emit("Try httpdesk/Say hello.yml")
        sidebar.delete.emit("Try httpdesk/Post JSON.yml")
        await until(lambda: person.rows == ["Try httpdesk", *FIRST[2:]])
        for name in ("Say hello", "Post JSON"):
            await until(lambda name=name: person.notice == f"{name} is in the trash.")
            person.program.notices.dismiss()


async def test_a_new_folder_and_a_new_request_in_it(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        person.program.sidebar.new_folder.emit("Try httpdesk")
        await until(lambda: person.tree.findChild(QLineEdit))
        person.write("Orders")
        person.press(KEY.Key_Return)
        await until(lambda: "Orders" in person.rows)
        await until(lambda: person.tree.selected() == "Try httpdesk/Orders")
        person.program.sidebar.new_request.emit("Try httpdesk/Orders")
        await until(lambda: person.tree.findChild(QLineEdit))
        person.write("List")
        person.press(KEY.Key_Return)
        await until(lambda: person.tab.path == "Try httpdesk/Orders/List.yml")
        assert files(person, "Try httpdesk/Orders") == ["List.yml"]


async def test_a_deleted_folder_closes_its_tabs_and_keeps_what_was_typed(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        await person.open_row("Say hello")
        person.type_url("{{echo}}/typed")
        person.program.sidebar.delete.emit("Try httpdesk")
        await until(lambda: person.rows == [])
        await until(lambda: "Say hello" not in person.titles)
        person.ctrl(KEY.Key_T, Qt.KeyboardModifier.ShiftModifier)
        await until(lambda: getattr(person.tab, "request", None) and person.tab.request.url == "{{echo}}/typed")
        # Its file is gone: it comes back as a draft, which is saved under a name again.
        await person.save("Say hello again")
        assert person.rows == ["My requests", "Say hello again"]
        assert person.tree.selected() == "My requests/Say hello again.yml"


async def test_a_single_click_opens_a_preview_that_the_next_one_replaces(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        person.click_row("Say hello")
        await until(lambda: person.titles[-1] == "Say hello")
        assert person.tab.preview
        person.click_row("Basic auth")
        await until(lambda: person.titles[-1] == "Basic auth")
        assert "Say hello" not in person.titles
        person.type_url("{{echo}}/edited")
        assert not person.tab.preview
        person.click_row("Say hello")
        await until(lambda: person.titles[-2:] == ["Basic auth", "Say hello"])


async def test_the_filter_finds_and_enter_opens(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        person.ctrl(KEY.Key_F, Qt.KeyboardModifier.ShiftModifier)
        person.write("redir")
        await until(lambda: person.rows == ["Try httpdesk", "Follow redirects"])
        person.press(KEY.Key_Return)
        await until(lambda: person.tab.title == "Follow redirects")


async def test_a_file_that_is_gone_is_explained_and_the_work_is_kept(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        tab = await person.open_row("Say hello")
        file = person.program.library.folder / tab.path
        file.unlink()
        person.type_url("{{echo}}/still here")
        person.ctrl(KEY.Key_S)
        await until(lambda: tab.standing is Standing.GONE)
        assert tab.request.url == "{{echo}}/still here"
        await until(lambda: not person.program.tasks.is_running("save"))
        await person.save()
        assert "still here" in file.read_text("utf-8")


async def test_a_file_that_another_program_changed_is_not_overwritten_unseen(httpdesk):
    async with httpdesk() as person:
        await the_tree(person)
        tab = await person.open_row("Say hello")
        file = person.program.library.folder / tab.path
        file.write_text(file.read_text("utf-8").replace("Say hello", "Say hello there") + "# by hand\n", "utf-8")
        person.type_url("{{echo}}/mine")
        await until(lambda: tab.standing is Standing.CHANGED)
        person.ctrl(KEY.Key_S)
        await until(lambda: "Save over what another program wrote?" in person.labels())
        person.button("Cancel")
        assert "# by hand" in file.read_text("utf-8")


async def test_a_folder_without_right_to_write_is_explained(httpdesk, monkeypatch):
    async with httpdesk() as person:
        await the_tree(person)
        tab = await person.open_row("Say hello")
        folder = person.program.library.folder / "Try httpdesk"
        file = folder / "Say hello.yml"
        before = file.read_text("utf-8")

        replace = os.replace

        def refuse(source, target, **more):
            # Session and settings are written at any time, and are not what is looked at here.
            if Path(target) == file:
                raise PermissionError(13, "Permission denied", str(file))
            replace(source, target, **more)

        # root may write everywhere, so the refusal is made here.
        monkeypatch.setattr("os.replace", refuse)
        person.type_url("{{echo}}/mine")
        person.ctrl(KEY.Key_S)
        await until(lambda: person.notice)
        monkeypatch.undo()
        assert person.notice == "Say hello.yml can't be saved. Access was refused."
        assert file.read_text("utf-8") == before
        assert tab.dirty
