"""Answers are compared: with the one before, with another tab's, in another environment, with a file."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from httpdesk.body.spool import Spool
from httpdesk.core.edits import with_url
from httpdesk.core.environment import Environment, Variable
from httpdesk.core.header_pairs import MINUS
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.ui import compare_source, dialogs
from httpdesk.ui.compare_source import CompareSource
from httpdesk.ui.compare_tab import CompareTab
from tests.drivers import until

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


async def answered(person, value, url="{{echo}}/anything"):
    """Send a JSON body, which comes back."""
    body = RawBody(text=value if isinstance(value, str) else json.dumps(value), language="json")
    request = with_url(HttpRequest(method="POST", body=body), url)
    if isinstance(person.tab, CompareTab) or getattr(person.tab, "request", None) is None:
        person.new_request()
    person.tab.replace_request(request)
    return await person.send()


async def compare(person, words):
    """Choose from the menu of what can be compared, and wait for the result."""
    tab = person.tab
    person.ctrl(KEY.Key_D, SHIFT)
    person.menu(words)
    # Off screen, a menu that goes leaves the window without the focus.
    person.window.activateWindow()
    await until(lambda: QApplication.activeWindow() is person.window)
    await until(lambda: person.tab is not tab)
    await until(lambda: person.tab.outcome is not None)
    return person.tab


def counted(page):
    return page.bar.count.text()


def seen(page):
    """The rows that differ, as far as they are in view."""
    return [row for row in page.area.shown_rows if row[0]]


def in_json(page):
    """The rows that differ in the part of the answer that is the body that was sent."""
    return [
        (sign, left.strip(" ,"), right.strip(" ,")) for sign, left, right in seen(page) if "body" not in left + right
    ]


async def test_the_previous_answer(httpdesk):
    async with httpdesk() as person:
        await answered(person, {"name": "Ann", "age": 30, "at": 1})
        await answered(person, {"at": 2, "age": 31, "name": "Ann"})
        page = await compare(person, "With the previous answer")
        assert [head.title.words for head in page.head.sides] == ["Previous answer", "This answer"]
        assert page.head.sides[0].status.words == "200 OK"
        assert ("~", '"age": 30', '"age": 31') in in_json(page)
        assert not [row for row in in_json(page) if "name" in row[1]]
        before = page._rows.comparison.count
        person.press(KEY.Key_F7)
        assert counted(page).startswith("2 of ")
        person.press(KEY.Key_F7, SHIFT)
        assert counted(page) == f"1 of {before} differences"
        await ignore(person, page, "age, at, body")
        assert not [row for row in seen(page) if "age" in row[1]]
        assert page._rows.comparison.count < before


async def ignore(person, page, words):
    """Write what does not count."""
    outcome = page.outcome
    person.retype(page.rules.paths, words)
    person.press(KEY.Key_Return)
    await until(lambda: page.outcome is not outcome)


async def test_order_of_members_and_lists(httpdesk):
    async with httpdesk() as person:
        sent = ({"a": 1, "list": [{"n": 1}, {"n": 2}]}, {"list": [{"n": 2}, {"n": 1}], "a": 1})
        for value in sent:
            await answered(person, value)
        page = await compare(person, "With the previous answer")
        await ignore(person, page, "body $.headers remote")
        assert counted(page).endswith("2 differences")
        outcome = page.outcome
        person.click(page.rules.lists)
        await until(lambda: page.outcome is not outcome)
        assert counted(page) == "No differences"
        assert "only in what does not count" in page.strip.words
        outcome = page.outcome
        person.click(page.rules.members)
        await until(lambda: page.outcome is not outcome)
        assert "difference" in counted(page)
        assert counted(page) != "No differences"


async def test_headers_and_the_same_bodies(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/html")
        await person.send()
        await person.send()
        page = await compare(person, "With the previous answer")
        assert counted(page) == "No differences"
        assert page.strip.words == "The bodies are the same, byte for byte."
        person.pick("Compare", "Headers")
        assert [row[1] for row in page.headers.plain.rows if not row[0]] == []
        person.button("Hide equal")
        assert "Content-Type" in [row[1] for row in page.headers.plain.rows]


async def test_another_environment(httpdesk):
    async with httpdesk() as person:
        await until(lambda: person.program.variables.environments)
        rows = (Variable(name="who", value="world"),)
        await person.program.library.save_environment(Environment(name="Here", variables=rows), "")
        rows = (Variable(name="who", value="moon"),)
        await person.program.library.save_environment(Environment(name="There", variables=rows), "")
        await until(lambda: len(person.program.variables.environments) > 2)
        person.program.variables.choose("Here")
        person.new_request("{{echo}}/anything/{{who}}")
        await person.send()
        console = person.program.console.count
        tab = person.tab
        page = await compare(person, "Send again in There")
        assert [head.title.words for head in page.head.sides] == ["Here", "There"]
        assert ("~", '  "path": "/anything/world",', '  "path": "/anything/moon",') in seen(page)
        assert person.program.variables.chosen == "Here"
        assert person.program.console.count == console + 1
        assert tab.exchange.last.url.endswith("world")


async def test_an_environment_without_an_answer_says_why(httpdesk):
    async with httpdesk() as person:
        await until(lambda: person.program.variables.environments)
        rows = (Variable(name="base", value="http://127.0.0.1:9"),)
        await person.program.library.save_environment(Environment(name="Down", variables=rows), "")
        rows = (Variable(name="base", value="{{echo}}"),)
        await person.program.library.save_environment(Environment(name="Up", variables=rows), "")
        await until(lambda: len(person.program.variables.environments) > 2)
        person.program.variables.choose("Up")
        person.new_request("{{base}}/anything")
        await person.send()
        tab = person.tab
        person.ctrl(KEY.Key_D, SHIFT)
        person.menu("Send again in Down")
        await until(lambda: person.tab is not tab and "Connection refused" in person.labels())


async def test_a_protected_environment_asks_before_a_write_is_sent_again_in_it(httpdesk):
    async with httpdesk() as person:
        await until(lambda: person.program.variables.environments)
        await person.program.library.save_environment(Environment(name="Live", protected=True), "")
        await until(lambda: len(person.program.variables.environments) > 1)
        await answered(person, {"a": 1})
        console, tab = person.program.console.count, person.tab
        person.ctrl(KEY.Key_D, SHIFT)
        person.menu("Send again in Live")
        await until(lambda: any(words.startswith("POST to 127.0.0.1") for words in person.names()))
        person.button("Don't send")
        await until(lambda: person.tab is not tab and "Nothing was sent" in person.labels())
        assert person.program.console.count == console


async def test_another_tab_and_what_became_of_its_answer(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/json/100kB")
        await person.send()
        other = person.tab
        person.new_request("{{echo}}/json/90kB")
        await person.send()
        page = await compare(person, "With {{echo}}/json/100kB")
        assert counted(page) != "No differences"
        person.program.documents.close(other)
        await until(lambda: other not in person.program.desk.documents)
        outcome = page.outcome
        person.button("Swap the sides")
        await until(lambda: page.outcome is not outcome)
        assert [head.title.words for head in page.head.sides] == ["{{echo}}/json/100kB", "{{echo}}/json/90kB"]
        assert not page.outcome.fault


async def test_a_file(httpdesk, tmp_path, monkeypatch):
    async with httpdesk() as person:
        person.new_request("{{echo}}/xml")
        await person.send()
        file = tmp_path / "before.xml"
        file.write_bytes(person.body.replace(b"128", b"127"))

        async def chosen(*_):
            return file

        monkeypatch.setattr(dialogs, "ask_open_file", chosen)
        page = await compare(person, "With a file…")
        assert page.head.sides[0].title.words == "before.xml"
        assert seen(page) == [("~", "    <pages>127</pages>", "    <pages>128</pages>")]


async def test_bodies_that_are_no_text(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/bytes/300")
        await person.send()
        person.type_url("{{echo}}/image")
        await person.send()
        page = await compare(person, "With the previous answer")
        assert page.strip.words == "The bytes differ from offset 0 on."
        assert "00000000  89 50 4e 47" in page.area.shown_rows[0][2]


async def test_without_an_answer_there_is_nothing_to_compare(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/html")
        person.ctrl(KEY.Key_D, SHIFT)
        assert "no answer to compare" in person.notice
        await person.send()
        person.ctrl(KEY.Key_D, SHIFT)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        assert not popup.actions()[0].isEnabled()
        popup.close()


async def test_only_two_answers_are_kept(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/bytes/3MB")
        for _ in range(4):
            await person.send()
        folder = person.program.places.spool_folder
        await until(lambda: len(list(folder.glob("body-*"))) == 2)
        page = await compare(person, "With the previous answer")
        assert "Bytes are shown side by side up to 1 MB" in page.outcome.fault
        person.program.documents.close(page)
        await until(lambda: page not in person.program.desk.documents)
        await until(lambda: len(list(folder.glob("body-*"))) == 2)
        assert len(person.program.session().tabs) == 1
        person.ctrl(KEY.Key_W)
        await until(lambda: not list(folder.glob("body-*")))


@pytest.mark.limit_s(120)
async def test_a_large_comparison_can_be_closed_at_any_time(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/json/20MB?minified=1")
        await person.send()
        await person.send()
        tab = person.tab
        tab._comparing._with_previous()
        await until(lambda: person.tab is not tab)
        page = person.tab
        person.ctrl(KEY.Key_W)
        await until(lambda: page not in person.program.desk.documents)
        folder = person.program.places.spool_folder
        await until(lambda: len(list(folder.glob("body-*"))) <= 4)


def side(title, spool):
    return CompareSource(title=title, spool=spool)


async def open_page(person, *spools):
    """Compare some bodies in a tab of their own."""

    async def both():
        return side("Left", spools[0]), side("Right", spools[1])

    page = CompareTab("Two", both, person.program.places.spool_folder)
    person.program.documents.show_page(page)
    await until(lambda: person.tab is page)
    return page


async def test_a_body_that_still_arrives_is_waited_for(httpdesk, tmp_path):
    async with httpdesk() as person:
        growing = Spool(tmp_path)
        growing.write(b"one\n")
        page = await open_page(person, Spool.of(b"one\ntwo\n"), growing)
        await until(lambda: "A body still arrives" in person.labels())
        assert page.outcome is None
        growing.write(b"two\n")
        growing.finish()
        await until(lambda: page.outcome is not None)
        assert counted(page) == "No differences"


async def test_what_has_arrived_is_compared_if_one_likes(httpdesk, tmp_path):
    async with httpdesk() as person:
        growing = Spool(tmp_path)
        growing.write(b"one\n")
        page = await open_page(person, Spool.of(b"one\ntwo\n"), growing)
        await until(lambda: "A body still arrives" in person.labels())
        person.button("Compare what has arrived")
        await until(lambda: page.outcome is not None)
        assert seen(page) == [(MINUS, "two", "")]
        growing.finish()


async def test_an_answer_that_is_gone_is_said_to_be(httpdesk, tmp_path):
    async with httpdesk() as person:
        gone = Spool(tmp_path)
        gone.write(b"one\n")
        gone.close()
        await open_page(person, Spool.of(b""), gone)
        await until(lambda: "The answer is gone" in person.labels())


async def test_what_is_too_large_is_said_to_be(httpdesk, monkeypatch):
    monkeypatch.setattr(compare_source, "LIMIT_BYTES", 10)
    async with httpdesk() as person:
        await open_page(person, Spool.of(b"x" * 11), Spool.of(b""))
        await until(lambda: "Too large to be compared" in person.labels())


async def test_nothing_and_nothing(httpdesk):
    async with httpdesk() as person:
        page = await open_page(person, Spool.of(b""), Spool.of(b""))
        await until(lambda: page.outcome is not None)
        assert "No body" in person.labels()
