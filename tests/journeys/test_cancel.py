"""Esc and the Cancel button end a request from wherever the focus is; what has arrived stays."""

import pytest
from PySide6.QtCore import QPoint, Qt

from httpdesk.core.exchange import Outcome
from tests.drivers import until

KEY = Qt.Key
ENDLESS = "{{echo}}/sse?count=0&interval=0.05"


async def endless(person):
    person.ctrl(KEY.Key_T)
    person.type_url(ENDLESS)
    person.ctrl(KEY.Key_Return)
    await until(lambda: person.tab.response_pane.pages.body.shown.size_bytes > 100)


@pytest.mark.parametrize("place", ["tree", "console", "status", "pages"])
async def test_esc_cancels_wherever_the_focus_is(httpdesk, place):
    async with httpdesk() as person:
        await endless(person)
        if place == "console":
            person.window.toggle_console()
        window = person.window
        places = {
            "tree": window.sidebar.tree,
            "console": window.console.findChild(type(window.console._panel._list)) if place == "console" else None,
            "status": window.status._console,
            "pages": person.tab.response_pane.tabs,
        }
        places[place].setFocus()
        person.press(KEY.Key_Escape)
        await until(lambda: person.tab.exchange and person.tab.exchange.outcome)
        assert person.tab.exchange.outcome is Outcome.CANCELLED
        assert person.tab.exchange.last.body.size_bytes > 100


async def test_esc_closes_what_lies_over_the_window_first(httpdesk):
    async with httpdesk() as person:
        await endless(person)
        person.ctrl(KEY.Key_K)
        person.press(KEY.Key_Escape)
        assert not person.program.commands.palette().isVisible()
        assert person.tab.busy
        person.click(person.tab.url_row.bar.send_button, QPoint(20, 10))
        await until(lambda: not person.tab.busy)
        assert person.tab.exchange.outcome is Outcome.CANCELLED
