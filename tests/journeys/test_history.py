"""The history in the real window: every exchange is there, found, reopened, sent again, pinned, deleted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from httpdesk.core.environment import Environment, Variable
from httpdesk.core.settings import HistoryLimits
from httpdesk.store.history import HistoryStore
from tests.drivers import places_in, until
from tests.store.exchanges import add, exchange

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


async def come_back(person):
    """Off screen, a menu that goes leaves the window without the focus."""
    person.window.activateWindow()
    await until(lambda: QApplication.activeWindow() is person.window)


async def offered():
    """The lines of the menu that opens."""
    popup = await until(QApplication.activePopupWidget)
    return [action.text().strip() for action in popup.actions() if action.text()]


def right_click(person, panel, row):
    """The menu of a row."""
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


async def test_it_is_sent_again_with_one_choice(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/anything?n=1")
        await person.send()
        panel = await open_history(person)
        await listed(panel, "Today", "GET 127.0.0.1")
        right_click(person, panel, 1)
        before = person.tab
        person.menu("Send again")
        await until(lambda: person.tab is not before and len(panel.model.ids) == 2)
        assert person.status == "200 OK"
        assert person.echo["url"].endswith("/anything?n=1")


async def test_pinned_deleted_and_brought_back(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        for number in range(3):
            person.new_request(f"{{{{echo}}}}/status/20{number}")
            await person.send()
        panel = await open_history(person)
        await listed(panel, "Today", *["GET 127.0.0.1"] * 3)
        right_click(person, panel, 2)
        person.menu("Pin: keep for good")
        await until(lambda: "pinned" in rows(panel)[2])
        await come_back(person)
        await look_for(person, panel, "is:pinned", "201")
        person.retype(panel.filter, "")
        await until(lambda: len(panel.model.ids) == 3)
        person.press(KEY.Key_Down)
        await until(lambda: person.focused is panel.list)
        assert panel.list.selected() == panel.model.ids[1:2]
        person.press(KEY.Key_Delete)
        await until(lambda: len(panel.model.ids) == 2)
        assert person.notice == "The entry was deleted."
        assert panel.list.selected() == panel.model.ids[1:]
        person.button("Undo")
        await until(lambda: len(panel.model.ids) == 3)
        person.click(panel._more)
        person.menu("Delete all that are listed")
        await until(lambda: not panel.model.ids)
        assert "What you send shows here." in person.labels(panel)


async def test_a_token_from_the_menu_narrows_the_list(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        for status in (200, 404):
            person.new_request(f"{{{{echo}}}}/status/{status}")
            await person.send()
        panel = await open_history(person)
        await until(lambda: len(panel.model.ids) == 2)
        person.button("Narrow by status, method, host or time")
        await until(QApplication.activePopupWidget)
        person.menu("status:4xx  Client errors")
        await until(lambda: is_listed(panel, ["404"]))
        assert panel.filter.text() == "status:4xx "
        person.retype(panel.filter, "since:soon")
        await until(lambda: "Not understood: since:soon" in person.labels(panel))


async def test_earlier_answers_of_a_request_show_in_its_pane(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/anything?n=1")
        await person.send()
        person.type_url("{{echo}}/anything?n=2")
        await person.send()
        person.new_request("{{echo}}/status/404")
        await person.send()
        await until(lambda: len(person.program.desk.documents) == 3)
        person.ctrl(KEY.Key_PageUp)
        person.button("Earlier answers of the request")
        assert len(await offered()) == 3
        person.press(KEY.Key_Down)
        person.press(KEY.Key_Down)
        person.press(KEY.Key_Return)
        await until(lambda: person.echo["url"].endswith("?n=1"))
        assert person.tab.response_pane.head.step.text().startswith("From ")
        assert person.tab.request.url.endswith("?n=2")
        await come_back(person)
        person.tab.url_row.focus_url()
        await person.send()
        assert person.echo["url"].endswith("?n=2")
        assert not person.tab.response_pane.head.step.text()


async def test_a_saved_request_keeps_its_past_when_it_is_renamed(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/anything")
        await person.save("First name")
        await person.send()
        await person.program.library.rename(person.tab.path, "Second name")
        await until(lambda: person.tab.title == "Second name")
        person.press(KEY.Key_H, Qt.KeyboardModifier.AltModifier)
        assert len(await offered()) == 2
        person.press(KEY.Key_Escape)
        await come_back(person)
        panel = await open_history(person)
        await listed(panel, "Today", "GET First name")


async def test_environment_and_variables_are_told_and_secret_ones_are_not(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        secret = Environment(name="Local", variables=(Variable(name="hush", value="h1dden", secret=True),))
        person.program.variables.keep_secrets(secret)
        person.program.variables.set_environments((secret,))
        person.program.variables.choose("Local")
        person.new_request("{{echo}}/anything?key={{hush}}")
        await person.send()
        panel = await open_history(person)
        await listed(panel, "Today", "GET 127.0.0.1")
        person.press(KEY.Key_Down)
        await until(panel.facts.isVisible)
        facts = panel.facts.toPlainText()
        assert "Environment: Local" in facts
        assert "  hush = ••••••" in facts
        assert "h1dden" not in facts


async def test_without_a_history_nothing_is_kept(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.program.commands.open_settings("history")
        await until(lambda: "Keep a history" in person.names())
        person.program.settings.change(history=HistoryLimits(keep=False))
        person.button("Done")
        person.new_request("{{echo}}/anything")
        await person.send()
        panel = await open_history(person)
        await until(lambda: "What you send shows here." in person.labels(panel))
        person.program.settings.change(history=HistoryLimits(keep=True))
        await person.send()
        await listed(panel, "Today", "GET 127.0.0.1")


async def test_a_large_answer_is_taken_over_and_outlives_its_tab(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/json/5MB")
        await person.send()
        whole = person.body
        assert len(whole) > 4_000_000
        person.ctrl(KEY.Key_W)
        panel = await open_history(person)
        await listed(panel, "Today", "GET 127.0.0.1")
        person.press(KEY.Key_Return)
        await until(lambda: getattr(person.tab, "exchange", None))
        assert person.body == whole


async def test_a_send_that_is_replaced_or_fails_is_kept_too(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/delay/20")
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.tab.busy)
        person.type_url("http://127.0.0.1:9/")
        await person.send()
        panel = await open_history(person)
        await until(lambda: len(panel.model.ids) == 2)
        await until(lambda: is_listed(panel, ["Failed", "Cancelled"]))


async def test_a_full_disk_is_told_once_and_sending_goes_on(httpdesk, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "history").write_text("no folder")
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/anything")
        await person.send()
        await until(lambda: "The history can't be written" in person.notice)
        person.program.notices.dismiss()
        await person.send()
        assert person.status == "200 OK"
        assert "history" not in person.notice
        (tmp_path / "data" / "history").unlink()
        await person.send()
        panel = await open_history(person)
        await until(lambda: len(panel.model.ids) == 3)


async def test_two_windows_share_one_history(httpdesk, tmp_path):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/status/404")
        await person.send()
        panel = await open_history(person)
        await listed(panel, "Today", "GET 127.0.0.1")
        other = HistoryStore(places_in(tmp_path).history_folder)
        add(other, exchange("http://other.example/"))
        other.close()
        person.type_url("{{echo}}/status/204")
        await person.send()
        await until(lambda: len(panel.model.ids) == 3)
        await until(lambda: any("other.example" in row for row in rows(panel)))


async def test_two_entries_are_compared(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        for number in (1, 2):
            person.new_request(f"{{{{echo}}}}/anything?n={number}")
            await person.send()
        panel = await open_history(person)
        await listed(panel, "Today", "GET 127.0.0.1", "GET 127.0.0.1")
        person.press(KEY.Key_Down)
        await until(lambda: person.focused is panel.list)
        person.press(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert len(panel.list.selected()) == 2
        panel.list.menu_wanted.emit(panel.list.selected(), panel.list.mapToGlobal(panel.list.rect().center()))
        await offered()
        person.menu("Compare the two answers")
        await until(lambda: person.tab.title == "Compare two answers")
        await until(lambda: any(words.endswith(" differences") for words in person.labels(person.tab)))


async def test_an_answer_of_the_history_is_compared_with_the_one_it_replaced(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.new_request("{{echo}}/anything?n=1")
        await person.send()
        panel = await open_history(person)
        await listed(panel, "Today", "GET 127.0.0.1")
        person.program.commands.run("earlier_answers")
        await offered()
        person.press(KEY.Key_Down)
        before = person.tab.exchange
        person.press(KEY.Key_Return)
        await until(lambda: person.tab.exchange is not before)
        await come_back(person)
        person.program.commands.run("compare_response")
        assert "With the previous answer" in await offered()
        person.menu("With the previous answer")
        await until(lambda: person.tab.title.startswith("Compare "))
