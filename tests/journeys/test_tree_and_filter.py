"""A real answer as a tree and filtered, by keys alone; the filter is saved with its request."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from httpdesk.ui.filter_run import worker
from tests.drivers import until

KEY = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _no_worker_stays():
    yield
    worker().close()


async def test_an_answer_is_walked_as_a_tree_and_filtered(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything?a=1")
        await person.send()
        body = person.tab.response_pane.pages.body
        body.select_form("tree")
        await until(lambda: len(body.views.tree.shown_rows) > 3)
        body.views.tree.setFocus()
        QTest.keyClicks(body.views.tree, "url")
        await until(lambda: body.views.tree.shown_rows[body.views.tree.place].strip().startswith("url:"))
        person.press(KEY.Key_Return)
        assert QApplication.clipboard().text() == "$.url"
        person.press(KEY.Key_J, CTRL_SHIFT)
        await until(lambda: person.focused is body.filter.bar.field)
        QTest.keyClicks(person.focused, "$.method")
        await until(lambda: [text for _, text in body.code.shown_rows] == ["[", '  "GET"', "]"])
        person.press(KEY.Key_Escape)
        await until(lambda: body.views.tree.isVisible() and not body.filter.bar.isVisible())
        assert person.tab.request.filter.text == "$.method"
