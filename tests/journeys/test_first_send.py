"""The first minutes: the welcome page, a request of one's own, cancel, errors, tabs that come back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit

from httpdesk.core.exchange import Outcome
from tests.drivers import until

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def body_of(person):
    """What the response pane got."""
    body = person.tab.exchange.last.body
    return body.read(0, body.size_bytes).decode()


async def test_ctrl_enter_on_the_welcome_page_gives_a_real_200(httpdesk):
    async with httpdesk() as person:
        assert person.titles == ["Welcome"]
        person.ctrl(KEY.Key_Return)
        await until(lambda: getattr(person.tab, "exchange", None) and person.tab.exchange.outcome)
        assert person.tab.exchange.head.status == 200
        assert '"url": "http://127.0.0.1:' in body_of(person)


async def test_a_request_of_ones_own(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url("{{echo}}/anything?a=1")
        exchange = await person.send()
        assert exchange.outcome is Outcome.DONE
        assert '["a", "1"]' in body_of(person)


async def test_cancel_keeps_what_has_arrived(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url("{{echo}}/sse?count=0&interval=0.05")
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.tab.response_pane.pages.body.shown.size_bytes > 100)
        person.press(KEY.Key_Escape)
        await until(lambda: person.tab.exchange and person.tab.exchange.outcome)
        assert person.tab.exchange.outcome is Outcome.CANCELLED
        assert "event: tick" in body_of(person)


async def test_a_refused_port_is_explained(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url("http://127.0.0.1:9/nothing")
        exchange = await person.send()
        assert exchange.outcome is Outcome.FAILED
        assert "refused" in exchange.problem.title.lower()


async def test_an_unknown_variable_stops_the_send(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url("{{echo}}/{{nowhere}}")
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.program.console.count)
        assert person.tab.exchange is None


async def test_tabs_and_drafts_come_back(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url("https://example.com/draft?x=1")
        url = person.tab.request.url
    async with httpdesk() as person:
        await until(lambda: "example.com/draft" in person.titles)
        assert person.tab.request.url == url
        fields = [field.toPlainText() for field in person.window.findChildren(QTextEdit) if field.isVisible()]
        assert url in fields


async def test_what_was_typed_survives_a_kill(httpdesk, tmp_path):
    async with httpdesk() as person:
        await until(lambda: person.program._restored)
        person.ctrl(KEY.Key_T)
        person.type_url("https://example.com/killed")
        file = person.program.places.session_file
        # Half a second later it is on the disk, whatever happens to the program.
        await until(lambda: file.exists() and "example.com/killed" in file.read_text("utf-8"), 2)


async def test_close_and_reopen(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url("https://example.com/once")
        person.ctrl(KEY.Key_W)
        await until(lambda: "example.com/once" not in person.titles)
        person.ctrl(KEY.Key_T, SHIFT)
        await until(lambda: "example.com/once" in person.titles)
        assert person.tab.request.url == "https://example.com/once"
