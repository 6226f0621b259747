"""Folders of requests: another one at the next start, one that is not there, files changed by others."""

import pytest
from PySide6.QtCore import Qt

from httpdesk.core.request import HttpRequest
from httpdesk.store import settings
from httpdesk.store.workspace import Workspace
from tests.drivers import until

KEY = Qt.Key


@pytest.fixture
def folders(tmp_path):
    """Two folders that hold a request of the same path, and that path."""
    path = ""
    made = [tmp_path / name for name in ("mine", "theirs")]
    for folder in made:
        folder.mkdir()
        workspace = Workspace.open(folder)
        request = HttpRequest(url=f"https://{folder.name}.example")
        path = workspace.create_request(workspace.create_collection("Pets"), "List", request)
    return (*made, path)


async def opened(person, path):
    """The tab of a request."""
    await until(lambda: person.program._restored)
    person.program.documents.open(path)
    return await until(lambda: person.program.documents.find(path))


def url_in(folder, path):
    return Workspace.open(folder).read(path).request.url


async def test_unsaved_tabs_of_another_folder_are_drafts_at_the_next_start(httpdesk, folders):
    mine, theirs, path = folders
    async with httpdesk(mine) as person:
        tab = await opened(person, path)
        person.type_url("https://typed.example")
        await until(lambda: tab.dirty)
    async with httpdesk(theirs) as person:
        await until(lambda: person.program._restored)
        assert [(tab.path, tab.request.url) for tab in person.program.desk.documents] == [
            (None, "https://typed.example")
        ]
        assert person.program.documents.closed == []
    assert (url_in(mine, path), url_in(theirs, path)) == ("https://mine.example", "https://theirs.example")


async def test_tabs_of_the_same_folder_keep_their_files(httpdesk, folders):
    mine, _, path = folders
    async with httpdesk(mine) as person:
        await opened(person, path)
    async with httpdesk() as person:
        await until(lambda: person.program.documents.find(path))


async def test_a_renamed_file_that_another_program_changed_is_shown_as_it_is_now(httpdesk, folders):
    mine, _, path = folders
    async with httpdesk(mine) as person:
        tab = await opened(person, path)
        file = mine / path
        file.write_text(file.read_text("utf-8").replace("mine.example", "changed.example"), "utf-8")
        await person.program.library.rename(path, "All")
        await until(lambda: tab.path != path and tab.request.url == "https://changed.example")
        assert not tab.dirty


async def test_without_any_folder_the_window_still_opens(httpdesk, tmp_path):
    (tmp_path / "workspace").write_text("no folder")
    async with httpdesk() as person:
        await until(lambda: person.program._restored)
        assert "workspace" in person.notice
        person.ctrl(KEY.Key_T)
        person.type_url("https://typed.example")
        for _ in range(2):
            person.program.commands.run("settings")
            person.program.commands._settings.shut()
    async with httpdesk() as person:
        await until(lambda: person.tab and person.tab.title == "typed.example")


async def test_a_setting_changed_just_before_the_end_is_kept(httpdesk, tmp_path):
    async with httpdesk() as person:
        await until(lambda: person.program._restored)
        file = person.program.places.settings_file
        person.program.settings.change(zoom_percent=110)
    assert settings.load(file)[0].zoom_percent == 110
