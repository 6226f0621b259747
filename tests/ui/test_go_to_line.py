"""Go to line: the small bar over a body that asks for a line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from httpdesk.body.spool import Spool
from httpdesk.ui.code_view import CodeView
from httpdesk.ui.code_view_goto import GoToLine

PAGE = "\n".join(f"line {number}" for number in range(1, 901)).encode()
RETURN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def view(qtbot):
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show_body(Spool.of(PAGE), "text")
    view.show()
    qtbot.waitActive(view)
    view.setFocus()
    yield view
    view.clear()


def bar_of(view):
    return view.findChild(GoToLine)


def test_it_says_which_lines_there_are_and_goes_to_one(view):
    view.ask_line()
    bar = bar_of(view)
    assert bar.words == "Line 1 to 900"
    assert (bar.field.text(), bar.field.hasFocus()) == ("1", True)
    QTest.keyClicks(bar.field, "450")
    QTest.keyClick(bar.field, RETURN)
    assert view.caret_text()[1] == "line 450"
    assert (450, "line 450") in view.shown_rows
    assert (bar.is_open, view.hasFocus()) == (False, True)


def test_a_number_that_is_too_high_becomes_the_last_line_and_letters_are_not_taken(view):
    view.ask_line()
    field = bar_of(view).field
    QTest.keyClicks(field, "a9x99")
    assert field.text() == "900"
    QTest.keyClick(field, RETURN)
    assert view.caret_text()[1] == "line 900"


def test_zero_is_the_first_line(view):
    view.go_to_line(500)
    view.ask_line()
    assert bar_of(view).field.text() == "500"
    QTest.keyClicks(bar_of(view).field, "0")
    QTest.keyClick(bar_of(view).field, RETURN)
    assert view.caret_text()[1] == "line 1"


def test_esc_closes_it_and_nothing_moves(view):
    before = view.shown_rows
    view.ask_line()
    QTest.keyClicks(bar_of(view).field, "800")
    QTest.keyClick(bar_of(view).field, ESC)
    assert not bar_of(view).is_open
    assert view.hasFocus()
    assert view.shown_rows == before


def test_an_empty_field_goes_nowhere(view):
    view.ask_line()
    QTest.keyClick(bar_of(view).field, Qt.Key.Key_Backspace)
    QTest.keyClick(bar_of(view).field, RETURN)
    assert bar_of(view).is_open


def test_find_takes_its_place_and_gives_it_back(view):
    view.open_find()
    view.ask_line()
    assert view.find_count == ""
    assert bar_of(view).is_open
    view.open_find()
    assert not bar_of(view).is_open


def test_the_number_of_lines_grows_while_the_body_arrives(view, qtbot, tmp_path):
    spool = Spool(tmp_path)
    spool.write(b"one\ntwo\n")
    view.show_body(spool, "text")
    view.ask_line()
    assert bar_of(view).words == "Line 1 to 2"
    spool.write(PAGE)
    qtbot.waitUntil(lambda: bar_of(view).words == "Line 1 to 902")
    spool.finish()
    view.clear()
    spool.close()


def test_what_is_seen_is_in_the_accessible_description_after_a_pause(view, qtbot):
    view.go_to_line(700)
    qtbot.waitUntil(lambda: "line 700\nline 701" in view.accessibleDescription())
    assert view.accessibleDescription().startswith("Text, lines: 900\n")
