"""One answer looked at in every way, by keys alone: folds, lines, bytes, filter, another kind."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from httpdesk.ui.filter_run import worker
from tests.drivers import until

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _no_worker_stays():
    yield
    worker().close()


def lines(body):
    return [text for _, text in body.code.shown_rows if text]


async def test_what_is_folded_opens_for_find_and_for_go_to_line(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/json/300kB?minified=1")
        await person.send()
        body = person.tab.response_pane.pages.body
        code = body.code
        await until(lambda: code.text.complete and code.lines > 10_000)
        code.setFocus()
        code.fold_to(1)
        await until(lambda: len(code.folded_rows) > 5)
        person.ctrl(KEY.Key_F)
        person.write("1000000500")
        await until(lambda: any("1000000500" in text for text in lines(body)))
        assert code.folded_rows
        person.press(KEY.Key_Escape)
        assert person.focused is code
        person.ctrl(KEY.Key_G)
        await until(lambda: person.focused.accessibleName() == "Line")
        person.write("3")
        person.press(KEY.Key_Return)
        await until(lambda: '    "id": 1000000000,' in lines(body))
        assert person.focused is code
        person.press(KEY.Key_BracketLeft, CTRL_SHIFT)
        await until(lambda: code.folded_rows and code.folded_rows[0][0] == 2)
        person.press(KEY.Key_0, Qt.KeyboardModifier.AltModifier)
        await until(lambda: not code.folded_rows)


async def test_an_answer_read_as_another_kind_is_formatted_walked_and_filtered(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/xml")
        await person.send()
        body = person.tab.response_pane.pages.body
        assert body.forms.options == ["Pretty", "Raw", "Tree", "Hex"]
        body.kind.setFocus()
        person.press(KEY.Key_Space)
        for _ in range(3):
            person.press(KEY.Key_Down)
        person.press(KEY.Key_Return)
        assert body.kind.text() == "HTML"
        assert body.forms.options == ["Pretty", "Raw", "Hex", "Preview"]
        person.window.activateWindow()  # off screen nobody does that when a menu closes
        body.select_form("preview")
        person.ctrl(KEY.Key_F)
        assert body.form == "pretty"
        person.write("On the")
        await until(lambda: body.code.find_count == "1 of 1")
        body.select_form("hex")
        person.ctrl(KEY.Key_G)
        await until(lambda: person.focused and person.focused.accessibleName() == "Go to offset")
        person.write("0x10")
        person.press(KEY.Key_Return)
        assert body.views.hex.selection == (16, 16)
        person.press(KEY.Key_J, CTRL_SHIFT)
        await until(lambda: person.focused is body.filter.bar.field)
        QTest.keyClicks(person.focused, "//title")
        await until(lambda: body.filter.is_active)
        await until(lambda: any("title" in text for text in lines(body)))
        person.press(KEY.Key_Escape)
        await until(lambda: not body.filter.bar.isVisible() and body.views.hex.isVisible())
        await person.send()
        assert body.kind.text() == "HTML"  # as it was read before
        person.type_url("{{echo}}/anything")
        await person.send()
        assert body.kind.text() == "JSON"
