"""Two windows at once: on one workspace, with what each of them has open."""

from httpdesk.core.request import HttpRequest
from httpdesk.store import session
from tests.drivers import places_in, until
from tests.journeys.test_outside_changes import HELLO, file_of, ready


async def test_the_second_window_says_so_and_each_sees_what_the_other_saves(httpdesk):
    async with httpdesk() as one:
        await ready(one)
        assert "Another window" not in one.notice
        tab = await one.open_row("Say hello")
        async with httpdesk() as two:
            await ready(two)
            assert "Another window of httpdesk has this workspace open" in two.notice
            await two.open_row("Say hello")
            two.type_url("{{echo}}/two")
            await two.save()
            await until(lambda: tab.request.url == "{{echo}}/two")
            assert not tab.dirty
        assert "{{echo}}/two" in file_of(one, HELLO).read_text("utf-8")


async def test_neither_session_replaces_the_other_and_unsaved_work_of_both_comes_back(httpdesk, tmp_path):
    first = places_in(tmp_path).session_file
    async with httpdesk() as one:
        await ready(one)
        one.new_request("https://one.example/typed")
        async with httpdesk() as two:
            await ready(two)
            two.new_request("https://two.example/typed")
            await two.open_row("Say hello")
            two.type_url("{{echo}}/two")
        one.tab.replace_request(HttpRequest(url="https://one.example/typed-on"))
    kept, other = session.load(first)[0], session.load(first.with_name("session-2.json"))[0]
    assert [tab.draft.url for tab in kept.tabs if tab.draft] == ["https://one.example/typed-on"]
    assert [tab.draft.url for tab in other.tabs if tab.draft] == ["https://two.example/typed", "{{echo}}/two"]
    for _ in range(2):
        async with httpdesk() as person:
            await until(lambda: person.program._restored and len(person.titles) == 3)
            urls = {document.request.url for document in person.program.desk.documents}
            assert urls == {"https://one.example/typed-on", "https://two.example/typed", "{{echo}}/two"}
            assert {document.path for document in person.program.desk.documents} == {None, HELLO}
        assert not first.with_name("session-2.json").exists()


async def test_a_second_window_that_comes_again_finds_its_own_tabs(httpdesk):
    async with httpdesk() as one:
        await ready(one)
        async with httpdesk() as two:
            await ready(two)
            await two.open_row("Basic auth")
        async with httpdesk() as two:
            await until(lambda: two.program._restored)
            assert two.titles[-1] == "Basic auth"
        assert one.titles == ["Welcome"]


async def test_the_same_folder_opened_again_in_its_window_is_no_second_window(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        await person.program.open_workspace(person.program.library.folder)
        assert person.notice == ""
        assert person.program.library.others == ()
