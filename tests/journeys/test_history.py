"""The history in the real window: every exchange is there, found, reopened, sent again, pinned, deleted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.drivers import until

KEY = Qt.Key


async def ready(person):
    await until(lambda: len(person.rows) == 7)


async def open_history(person):
    """Ctrl+H, and wait for what is there."""
    person.ctrl(KEY.Key_H)
    await until(person.program.history.panel.isVisible)
    return person.program.history.panel


def rows(panel):
    """The rows of the list as they are spoken."""
    model = panel.model
    return [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]


async def listed(panel, *starts):
    """Wait until the list begins with rows that begin so."""
    await until(lambda: all(map(str.startswith, rows(panel), starts)) and len(rows(panel)) >= len(starts))
    return rows(panel)


async def look_for(person, panel, text, *entries):
    """Type into the search field, and wait until just these entries are there (words of each, newest first)."""
    person.retype(panel.filter, text)
    await until(lambda: is_listed(panel, entries))


def is_listed(panel, entries):
    found = [row for row in rows(panel) if "," in row and row != "Today"]
    return len(panel.model.ids) == len(entries) == len(found) and all(map(str.__contains__, found, entries))


def right_click(person, panel, row):
    """The menu of a row."""
    from PySide6.QtGui import QContextMenuEvent

    at = panel.list.visualRect(panel.model.index(row, 0)).center()
    person.click(panel.list.viewport(), at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, panel.list.viewport().mapToGlobal(at))
    QApplication.sendEvent(panel.list.viewport(), event)


async def test_what_was_sent_is_found_and_opened_again_with_its_answer(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/status/404?mark=walrus")
        await person.send()
        person.new_request("{{echo}}/json/100kB")
        await person.send()
        large = person.body
        panel = await open_history(person)
        found = await listed(panel, "Today", "GET 127.0.0.1", "GET 127.0.0.1")
        assert ", 200, OK, " in found[1]
        assert ", 404, Not Found, " in found[2]
        await look_for(person, panel, "walr", "404")
        await look_for(person, panel, "status:2xx", "200")
        before = person.tab
        person.press(KEY.Key_Return)
        await until(lambda: person.tab is not before and person.tab.exchange)
        assert person.body == large
        assert person.status == "200 OK"
        assert person.tab.request.url == "{{echo}}/json/100kB"
        assert person.tab.path is None
        assert not person.tab.dirty
        person.response_page("timeline")
        await person.send()
        assert person.body == large
        await until(lambda: len(panel.model.ids) == 2)
        person.retype(panel.filter, "")
        await until(lambda: len(panel.model.ids) == 3)


async def test_the_history_outlives_the_program(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/anything?n=1")
        await person.send()
    async with httpdesk() as person:
        await ready(person)
        panel = await open_history(person)
        await listed(panel, "Today", "GET 127.0.0.1")
        person.click(panel.list.viewport(), panel.list.visualRect(panel.model.index(1, 0)).center())
        await until(lambda: person.tab.exchange is not None)
        assert person.tab.preview
        assert person.echo["url"].endswith("/anything?n=1")
