"""What would be sent is seen before it is sent: every header, cookies of the jar, and the whole request as bytes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolButton

from tests.drivers import until
from tests.peers.peer import Peer, read_body, read_head

KEY = Qt.Key


class Listener(Peer):
    """Remembers requests as they came and sets a cookie."""

    def __init__(self):
        super().__init__()
        self.got = []

    def serve(self, conn):
        rest = b""
        while (request := read_head(conn, rest)) is not None:
            head, rest = request
            body, rest = read_body(conn, head, rest)
            self.got.append(head + b"\r\n\r\n" + body)
            conn.sendall(b"HTTP/1.1 204 No Content\r\nSet-Cookie: sid=abc; Path=/\r\n\r\n")


@pytest.fixture
def listener():
    with Listener() as listener:
        yield listener


async def seen(person):
    """The whole request as the card shows it."""
    person.tab.request_pane.show_page("params")
    person.click(person.find(QToolButton, "Show the whole request"))
    name = "The request as it would be sent"
    await until(lambda: name in person.names(QPlainTextEdit))
    field = person.find(QPlainTextEdit, name)
    text = field.toPlainText()
    person.press(KEY.Key_Escape)
    assert name not in person.names(QPlainTextEdit)
    return text


def added(person):
    """The headers that the request gets by itself."""
    panel = person.tab.request_pane.page("headers").added
    return {row.name: (row.value, row.enabled) for row in panel.rows()}


async def test_the_whole_request_is_shown_as_it_then_goes_out(httpdesk, listener):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url(f"{listener.url}/a b?x=1")
        person.tab.request_pane.show_page("body")
        body = person.tab.request_pane.body
        body.kinds.select(1)
        body.editor.field.setFocus()
        QTest.keyClicks(body.editor.field, '{"id": 12345678901234567890, "n": 1.00}')
        text = await seen(person)
        assert listener.got == []
        await person.send()
        assert text.replace("\n", "\r\n").encode() == listener.got[0]


async def test_cookies_of_the_jar_show_and_can_be_left_out(httpdesk, listener):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url(listener.url)
        await person.send()
        person.tab.request_pane.show_page("headers")
        await until(lambda: added(person).get("Cookie") == ("sid=abc", True))
        assert "Cookie: sid=abc" in await seen(person)
        await person.send()
        assert b"\r\nCookie: sid=abc" in listener.got[-1]
        person.tab.request_pane.show_page("headers")
        table = person.tab.request_pane.page("headers").added.table
        spot = table.visualRect(table.model().index(len(added(person)) - 1, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        await until(lambda: added(person)["Cookie"][1] is False)
        assert person.tab.request.suppressed == ("Cookie",)
        assert "Cookie" not in await seen(person)
        await person.send()
        assert b"Cookie" not in listener.got[-1]


async def test_a_request_that_cannot_be_sent_says_why(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        person.type_url("http://{{nowhere}}/")
        person.tab.request_pane.show_page("params")
        person.click(person.find(QToolButton, "Show the whole request"))
        await until(lambda: "Variable nowhere has no value" in str(person.notice))
        assert QApplication.activePopupWidget() is None
