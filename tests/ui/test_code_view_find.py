"""Find in the code view: what is marked, which match is the current one, and where the view goes."""

import threading

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from httpdesk.body.spool import Spool
from httpdesk.ui.code_view import CodeView
from httpdesk.ui.find_bar import FindBar
from httpdesk.ui.theme import theme

LINES = [f"row {number} Cup" + (" mug" if number % 100 == 0 else "") for number in range(1, 1001)]
# What stands at the very end may go on, so it is no match yet.
PADDING = b"\n" * 20
PAGE = "\n".join(LINES).encode()
ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def view(qtbot):
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    qtbot.waitActive(view)
    view.setFocus()
    view.show_body(Spool.of(PAGE), "text")
    yield view
    view.clear()


@pytest.fixture
def find(view, qtbot):
    """Type into the find bar, and wait for what it then says."""

    def find(words, count, clear=True):
        view.open_find()
        field = view.findChild(QLineEdit)
        if clear:
            field.clear()
        QTest.keyClicks(field, words)
        qtbot.waitUntil(lambda: view.find_count == count)

    return find


def key(view, which, *modifiers):
    QTest.keyClick(QApplication.focusWidget() or view, which, *modifiers)


def current_line(view):
    return view.text.index.row_at(view.selection[0]).line


def shown_lines(view):
    return [number for number, _ in view.shown_rows]


def test_ctrl_f_shows_the_bar_in_the_top_right_corner(view):
    bar = view.findChild(FindBar)
    assert bar.isHidden()
    key(view, Qt.Key.Key_F, CTRL)
    assert bar.isVisible()
    assert bar.geometry().right() > view.viewport().width() - 20
    assert bar.y() < 20
    view.resize(900, 400)
    assert bar.geometry().right() > 860


def test_the_first_match_is_found_while_typing_and_brought_into_view(view, find):
    find("mug", "1 of 10")
    assert view.selected_text() == "mug"
    assert current_line(view) == 100
    assert 100 in shown_lines(view)


def test_next_and_previous_go_round(view, find):
    find("mug", "1 of 10")
    key(view, Qt.Key.Key_Return)
    assert view.find_count == "2 of 10"
    key(view, Qt.Key.Key_F3)
    assert view.find_count == "3 of 10"
    assert current_line(view) == 300
    assert 300 in shown_lines(view)
    key(view, Qt.Key.Key_Return, SHIFT)
    key(view, Qt.Key.Key_F3, SHIFT)
    key(view, Qt.Key.Key_F3, SHIFT)
    assert view.find_count == "10 of 10"
    assert current_line(view) == 1000
    key(view, Qt.Key.Key_F3)
    assert view.find_count == "1 of 10"


def test_the_search_begins_at_the_caret(view, find):
    view.go_to_line(450)
    find("mug", "5 of 10")
    assert current_line(view) == 500


def test_selected_words_are_what_is_searched_for(view, qtbot):
    view.go_to_line(200)
    key(view, Qt.Key.Key_End)
    for _ in range(3):
        key(view, Qt.Key.Key_Left, SHIFT)
    view.open_find()
    qtbot.waitUntil(lambda: view.find_count == "2 of 10")


def test_case_and_words(view, find, qtbot):
    find("cup", "1 of " + QLocale().toString(1000))
    key(view, Qt.Key.Key_C, ALT)
    qtbot.waitUntil(lambda: view.find_count == "No matches")
    key(view, Qt.Key.Key_C, ALT)
    view.close_find()
    view.go_to_line(1)
    find("row 1", "1 of 112")
    key(view, Qt.Key.Key_W, ALT)
    qtbot.waitUntil(lambda: view.find_count == "1 of 1")


def test_patterns(view, find):
    view.open_find()
    key(view, Qt.Key.Key_R, ALT)
    find(r"row \d+5 ", "1 of 99")
    find("row (", "Not a pattern")
    find("", "")


def test_matches_are_marked_and_the_current_one_is_solid(view, find):
    find("cup", "1 of " + QLocale().toString(1000))
    picture = view.viewport().grab().toImage()
    seen = {picture.pixel(x, y) for x in range(picture.width()) for y in range(0, picture.height(), 3)}
    assert theme.color("match").rgb() in seen
    assert theme.color("match_now").rgb() in seen
    key(view, Qt.Key.Key_Escape)
    picture = view.viewport().grab().toImage()
    seen = {picture.pixel(x, y) for x in range(picture.width()) for y in range(0, picture.height(), 3)}
    assert theme.color("match").rgb() not in seen


def test_esc_closes_and_gives_the_focus_back_with_the_match_selected(view, find):
    find("mug", "1 of 10")
    key(view, Qt.Key.Key_Escape)
    assert view.find_count == ""
    assert view.hasFocus()
    assert view.selected_text() == "mug"
    key(view, Qt.Key.Key_F3)
    assert view.findChild(FindBar).isVisible()


def test_the_bar_does_not_cover_the_match(view, find):
    view.resize(440, 400)
    view.verticalScrollBar().setValue(99 * round(theme.fm("code").lineSpacing() + 1))
    assert shown_lines(view)[0] == 100
    find("mug", "1 of 10")
    assert 95 <= shown_lines(view)[0] < 99


def test_a_growing_body_is_searched_as_it_grows(view, find, qtbot, tmp_path):
    spool = Spool(tmp_path)
    spool.write(b"mug\n" + PADDING)
    view.show_body(spool, "text")
    find("mug", "1 of 1+")
    spool.write(b"more\nmug" + PADDING)
    qtbot.waitUntil(lambda: view.find_count == "1 of 2+")
    spool.finish()
    qtbot.waitUntil(lambda: view.find_count == "1 of 2")
    spool.close()


def test_a_new_body_is_searched_again_without_a_jump(view, find, qtbot):
    find("mug", "1 of 10")
    view.show_body(Spool.of(b"\n" * 500 + b"mug"), "text")
    qtbot.waitUntil(lambda: view.find_count == "1 of 1")
    assert shown_lines(view)[0] == 1


def test_a_match_far_to_the_right_is_brought_into_view(view, find):
    view.show_body(Spool.of(b"x" * 700 + b" mug"), "text")
    find("mug", "1 of 1")
    assert view.horizontalScrollBar().value() > 3000


def test_no_search_goes_on_when_the_bar_is_closed(view, find, qtbot, tmp_path):
    spool = Spool(tmp_path)
    spool.write(b"mug" + PADDING)
    view.show_body(spool, "text")
    find("mug", "1 of 1+")
    view.close_find()
    view.stop()
    qtbot.waitUntil(lambda: not [thread for thread in threading.enumerate() if thread.name.startswith("body")])
    spool.close()


def test_many_short_matches_are_painted_in_time(view, find, qtbot):
    view.show_body(Spool.of(b"a b " * 50_000), "text")
    find("a", "1 of " + QLocale().toString(50_000))
    assert view.shown_rows
