"""Tabs over files: one tab for a file, and no path outlives its workspace."""

import asyncio
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.core.standing import Standing
from httpdesk.store.workspace import Workspace
from httpdesk.ui.desk import Desk
from httpdesk.ui.dialogs import Question
from httpdesk.ui.document import Document
from httpdesk.ui.documents import Closed, Documents
from httpdesk.ui.env_switch import EnvSwitch
from httpdesk.ui.library import Library
from httpdesk.ui.notices import Notices
from httpdesk.ui.tasks import Tasks
from tests.drivers import until


class Page(Document):
    """A tab without any editor."""

    request: Any = None
    saved: Any = None

    def __init__(self, saved, draft):
        super().__init__()
        self.request = draft or saved.request
        self.show_saved(saved)

    def show_saved(self, saved):
        self.saved, self.path, self.title = saved, saved.path or None, saved.name
        self.dirty = self.request != saved.request

    def draft(self):
        return self.request if self.dirty or self.path is None else None

    def replace_request(self, request):
        self.request, self.dirty = request, request != self.saved.request

    def type_url(self, url):
        self.request = HttpRequest(url=url)
        self.dirty = True


class Room:
    """A desk with its documents, over two folders that hold a request of the same path."""

    def __init__(self, folder):
        self.problems: list[Problem] = []
        self.folders = [folder / name for name in ("mine", "theirs")]
        for place in self.folders:
            place.mkdir()
            workspace = Workspace.open(place)
            self.path = workspace.create_request(
                workspace.create_collection("Pets"), "List", HttpRequest(url=f"https://{place.name}.example")
            )
        self.host, self.desk, self.library = QWidget(), Desk(EnvSwitch()), Library()
        self.tasks, self.notices = Tasks(self.problems.append), Notices(self.host)
        self.documents = Documents(self.desk, self.library, self.tasks, self.notices, Page)

    @property
    def pages(self):
        """What is open, without the way to get there."""
        return [(page.path, page.request.url) for page in self.desk.documents]

    def url_on_disk(self, number):
        return Workspace.open(self.folders[number]).read(self.path).request.url

    def written_by_another_program(self):
        """The first folder's file with another URL."""
        return (self.folders[0] / self.path).read_text("utf-8").replace("mine.example", "another.example")

    async def opened(self):
        """The tab of the request, in the first folder."""
        await self.library.open(self.folders[0])
        self.documents.open(self.path)
        return await until(lambda: self.documents.find(self.path))

    async def refuses_to_save(self):
        """Save the tab in front, and turn away from the question that comes."""
        await until(lambda: self.desk.documents[-1].standing is Standing.CHANGED)
        self.documents.save()
        asked = lambda: [each for each in self.desk.findChildren(Question) if each.isVisibleTo(self.desk)]  # noqa: E731
        (question,) = await until(asked)
        question.dismiss()
        await until(lambda: not self.tasks.is_running("save"))
        assert self.problems == []


@pytest.fixture
def room(qapp, tmp_path):
    return Room(tmp_path)


async def test_an_unsaved_tab_is_a_draft_in_another_workspace_and_never_lies_over_its_files(room):
    page = await room.opened()
    page.type_url("https://typed.example")
    await room.library.open(room.folders[1])
    assert room.pages == [(None, "https://typed.example")]
    assert page.title == "List"
    assert room.url_on_disk(1) == "https://theirs.example"
    assert room.url_on_disk(0) == "https://mine.example"


async def test_a_tab_without_changes_goes_with_its_workspace(room):
    await room.opened()
    await room.library.open(room.folders[1])
    await until(lambda: not room.pages)
    room.documents.open(room.path)
    await until(lambda: room.pages == [(room.path, "https://theirs.example")])
    assert room.documents.closed == []


async def test_a_save_on_its_way_ends_in_the_folder_where_it_began(room):
    page = await room.opened()
    page.type_url("https://typed.example")
    room.desk.show_document(page)
    room.documents.save()
    await asyncio.sleep(0)
    await room.library.open(room.folders[1])
    await until(lambda: not room.tasks.is_running("save"))
    assert (room.url_on_disk(0), room.url_on_disk(1)) == ("https://typed.example", "https://theirs.example")
    assert page.path is None


async def test_closed_tabs_of_another_workspace_come_back_as_drafts_only(room):
    await room.opened()
    draft = HttpRequest(url="https://typed.example")
    room.documents.closed = [Closed(room.path, "List", None), Closed(room.path, "List", draft)]
    await room.library.open(room.folders[1])
    assert room.documents.closed == [Closed(None, "List", draft)]


async def test_the_same_folder_opened_again_changes_no_tab(room):
    page = await room.opened()
    page.type_url("https://typed.example")
    await room.library.open(room.folders[0])
    assert room.pages == [(room.path, "https://typed.example")]


async def test_a_closed_tab_whose_file_is_open_comes_back_beside_it_as_a_draft(room):
    await room.opened()
    draft = HttpRequest(url="https://typed.example")
    await room.documents.restore(Closed(room.path, "List", draft))
    assert room.pages == [(room.path, "https://mine.example"), (None, "https://typed.example")]
    await room.documents.restore(Closed(room.path, "List", None))
    assert len(room.pages) == 2
    assert room.desk.current is room.documents.find(room.path)


async def test_two_openings_at_once_give_one_tab(room):
    await room.library.open(room.folders[0])
    both = (room.documents.restore(Closed(room.path, "List", None)) for _ in range(2))
    room.documents.open(room.path)
    await asyncio.gather(*both)
    await until(lambda: not room.tasks.is_running("open"))
    assert room.pages == [(room.path, "https://mine.example")]


async def test_closed_tabs_reopened_in_a_row_all_come_back(room):
    await room.library.open(room.folders[0])
    drafts = [HttpRequest(url=f"https://{number}.example") for number in range(3)]
    room.documents.closed = [Closed(room.path, "List", draft) for draft in drafts]
    for _ in drafts:
        room.documents.reopen()
    await until(lambda: len(room.pages) == 3)
    assert {url for _, url in room.pages} == {draft.url for draft in drafts}


async def test_a_closed_tab_follows_its_file(room):
    await room.library.open(room.folders[0])
    room.documents.closed = [Closed(room.path, "List", None)]
    new = await room.library.rename(room.path.partition("/")[0], "Animals")
    assert room.documents.closed[0].path.startswith(f"{new}/")
    assert await room.documents.restore(room.documents.closed[0])


async def test_without_a_workspace_a_save_says_so(room):
    room.documents.new(HttpRequest(url="https://typed.example"))
    assert await room.documents.restore(Closed(room.path, "List", None)) is None
    assert "No workspace is open" in room.notices.current


async def test_unsaved_edits_are_never_saved_over_what_another_program_wrote_before_a_rename(room):
    page = await room.opened()
    page.type_url("https://typed.example")
    (room.folders[0] / room.path).write_text(room.written_by_another_program(), "utf-8")
    new = await room.library.rename(room.path, "Renamed")
    await until(lambda: page.path == new)
    await room.refuses_to_save()
    assert "https://another.example" in (room.folders[0] / new).read_text("utf-8")


async def test_unsaved_edits_of_a_closed_tab_are_never_saved_over_what_another_program_wrote(room):
    page = await room.opened()
    page.type_url("https://typed.example")
    room.documents.close(page)
    await until(lambda: not room.pages)
    (room.folders[0] / room.path).write_text(room.written_by_another_program(), "utf-8")
    room.documents.reopen()
    await until(lambda: room.pages == [(room.path, "https://typed.example")])
    await room.refuses_to_save()
    assert room.url_on_disk(0) == "https://another.example"


async def test_a_tab_without_changes_takes_over_what_another_program_wrote_and_may_save(room):
    page = await room.opened()
    (room.folders[0] / room.path).write_text(room.written_by_another_program(), "utf-8")
    new = await room.library.rename(room.path, "Renamed")
    await until(lambda: page.path == new)
    page.type_url("https://typed.example")
    room.documents.save()
    await until(lambda: not room.tasks.is_running("save"))
    assert room.problems == []
    assert "https://typed.example" in (room.folders[0] / new).read_text("utf-8")
