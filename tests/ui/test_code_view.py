"""The code view: what it shows of a body, how keys and mouse move and select, and what it leaves behind: nothing."""

import threading

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from httpdesk.body.spool import Spool
from httpdesk.ui.code_view import CodeView
from httpdesk.ui.code_view_paint import gutter_width
from httpdesk.ui.theme import theme

PAGE = "\n".join(f"line {number}" for number in range(1, 1001)).encode()
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot):
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    qtbot.waitActive(view)
    view.setFocus()
    yield view
    view.clear()


def text_of(view):
    return [text for _, text in view.shown_rows]


def numbers_of(view):
    return [number for number, _ in view.shown_rows]


def row_px():
    return round(theme.fm("code").lineSpacing() + theme.px(1))


def point(view, row, column):
    """The middle of a cell's left half."""
    cell_px = theme.fm("code").horizontalAdvance(" ")
    return QPoint(round(gutter_width(view.lines) + (column + 0.2) * cell_px), round((row + 0.5) * row_px()))


def press(view, *keys, modifiers=NONE):
    for key in keys:
        QTest.keyClick(view, key, modifiers)


def wheel(view, by, modifiers=NONE):
    middle = QPointF(view.viewport().rect().center())
    QApplication.sendEvent(
        view.viewport(),
        QWheelEvent(
            middle,
            view.viewport().mapToGlobal(middle),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_the_rows_from_the_first_on_are_shown_with_their_numbers(view):
    view.show_body(Spool.of(PAGE), "text")
    assert view.shown_rows[:2] == [(1, "line 1"), (2, "line 2")]
    assert 400 // row_px() - 1 <= len(view.shown_rows) <= 400 // row_px() + 1
    assert view.lines == 1000


def test_a_body_is_followed_while_it_arrives_and_the_view_stays_where_it_is(view, qtbot, tmp_path):
    spool = Spool(tmp_path)
    view.show_body(spool, "text")
    assert view.shown_rows == []
    spool.write(b"one\ntw")
    qtbot.waitUntil(lambda: text_of(view) == ["one", "tw"])
    spool.write(b"o\n" + PAGE)
    qtbot.waitUntil(lambda: view.lines == 1002)
    view.go_to_line(500)
    before = view.shown_rows
    spool.write(PAGE * 100)
    spool.finish()
    qtbot.waitUntil(lambda: view.text.complete)
    assert view.shown_rows == before
    spool.close()


def test_the_scroll_bar_reaches_the_end(view):
    view.show_body(Spool.of(PAGE), "text")
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.shown_rows[-1] == (1000, "line 1000")
    bar.setValue(0)
    assert view.shown_rows[0] == (1, "line 1")


@pytest.mark.parametrize("wraps", [False, True])
def test_the_wheel_turns_three_rows_and_ends_at_the_ends(view, wraps):
    view.set_wraps(wraps)
    view.show_body(Spool.of(PAGE), "text")
    wheel(view, -120)
    assert view.shown_rows[0] == (4, "line 4")
    wheel(view, 1200)
    assert view.shown_rows[0] == (1, "line 1")
    for _ in range(400):
        wheel(view, -120)
    assert view.shown_rows[-1] == (1000, "line 1000")


def test_a_long_line_wraps_at_the_edge_or_scrolls_sideways(view, qtbot):
    asked: list[bool] = []
    view.wrap_changed.connect(asked.append)
    view.show_body(Spool.of(b"x" * 900 + b"\nend"), "text")
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert len(view.shown_rows) == 2
    view.set_wraps(True)
    assert view.wraps
    assert asked == [True]
    assert view.horizontalScrollBar().maximum() == 0
    QTest.mouseClick(view.viewport(), LEFT, NONE, point(view, 2, 0))
    place = view.selection[0]
    assert 100 < place < 300
    press(view, Qt.Key.Key_Down)
    assert 50 < view.selection[0] - place < 150


def test_shift_and_wheel_scroll_sideways(view, qtbot):
    view.show_body(Spool.of(b"x" * 900), "text")
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    wheel(view, -120, SHIFT)
    assert view.horizontalScrollBar().value() > 0


def test_keys_move_the_caret_and_shift_selects(view):
    view.show_body(Spool.of(PAGE), "text")
    press(view, Qt.Key.Key_Home, modifiers=CTRL)
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert view.selection == (15, 15)
    press(view, Qt.Key.Key_End, modifiers=SHIFT)
    assert view.selected_text() == "ine 3"
    press(view, Qt.Key.Key_End, modifiers=CTRL)
    assert view.selection == (len(PAGE), len(PAGE))
    assert view.shown_rows[-1] == (1000, "line 1000")
    press(view, Qt.Key.Key_PageUp)
    assert view.selection[0] < len(PAGE)
    press(view, Qt.Key.Key_Home, modifiers=CTRL)
    assert view.shown_rows[0] == (1, "line 1")
    assert view.selection == (0, 0)


def test_the_first_key_begins_at_what_is_seen(view):
    view.show_body(Spool.of(PAGE), "text")
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    first = view.shown_rows[1][0]
    press(view, Qt.Key.Key_Down)
    assert view.text.index.row_at(view.selection[0]).line == first + (view.shown_rows[0][0] == first)


def test_everything_can_be_selected_and_copied(view):
    view.show_body(Spool.of("päge\r\nzwei".encode()), "text")
    press(view, Qt.Key.Key_A, modifiers=CTRL)
    press(view, Qt.Key.Key_C, modifiers=CTRL)
    assert QGuiApplication.clipboard().text() == "päge\r\nzwei"
    assert view.selection == (0, 11)


def test_a_copy_is_bounded_and_says_so(view):
    said: list[str] = []
    view.noticed.connect(said.append)
    view.show_body(Spool.of("ä".encode() * (5 << 20)), "text")
    view.text.advance()
    while view.text.advance():
        pass
    view.select_all()
    text = view.selected_text()
    assert len(text) >= (4 << 20) - 1
    assert set(text) == {"ä"}
    view.copy()
    assert said == ["Only the first 8 MB were copied. Save the body to a file to have all of it."]


def test_a_drag_selects_and_a_click_does_not(view):
    view.show_body(Spool.of(PAGE), "text")
    QTest.mousePress(view.viewport(), LEFT, NONE, point(view, 0, 2))
    QTest.mouseMove(view.viewport(), point(view, 1, 4))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, point(view, 1, 4))
    assert view.selected_text() == "ne 1\nline"
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, point(view, 2, 4))
    assert view.selected_text() == "ne 1\nline 2\nline"
    QTest.mouseClick(view.viewport(), LEFT, NONE, point(view, 3, 0), 1000)
    assert view.selected_text() == ""


def test_two_clicks_take_the_word_and_three_the_line(view):
    view.show_body(Spool.of(b"first\nalpha beta_1-x\nlast"), "text")
    place = point(view, 1, 8)
    QTest.mouseClick(view.viewport(), LEFT, NONE, place)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, place)
    assert view.selected_text() == "beta_1"
    QTest.mouseClick(view.viewport(), LEFT, NONE, place)
    assert view.selected_text() == "alpha beta_1-x\n"


def test_a_click_on_a_number_takes_the_line(view):
    view.show_body(Spool.of(PAGE), "text")
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(10, point(view, 4, 0).y()))
    assert view.selected_text() == "line 5\n"


def test_a_drag_below_the_edge_scrolls_on(view, qtbot):
    view.show_body(Spool.of(PAGE), "text")
    QTest.mousePress(view.viewport(), LEFT, NONE, point(view, 0, 0))
    QTest.mouseMove(view.viewport(), QPoint(200, view.viewport().height() + 60))
    qtbot.waitUntil(lambda: view.shown_rows[0][0] > 20)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, QPoint(200, view.viewport().height() + 60))
    assert view.selection[1] > 200


def test_hostile_characters_are_shown_as_signs_and_named(view):
    data = "safe \u202eevil\u200b\x1b[0m".encode() + b"\xff"
    view.show_body(Spool.of(data), "text")
    assert text_of(view) == ["safe \N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}evil◦□[0m\N{REPLACEMENT CHARACTER}"]
    where = point(view, 0, 5)
    help_event = QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where))
    QApplication.sendEvent(view.viewport(), help_event)
    assert QToolTip.text() == "U+202E RIGHT-TO-LEFT OVERRIDE"
    QToolTip.hideText()
    view.select_all()
    assert view.selected_text().endswith("\x1b[0m\N{REPLACEMENT CHARACTER}")


def test_one_line_of_a_megabyte_is_cut_into_rows(view):
    view.show_body(Spool.of(b"[" + b'"abc",' * 200_000 + b"0]"), "json")
    while view.text.advance():
        pass
    assert view.lines == 1
    press(view, Qt.Key.Key_End, modifiers=CTRL)
    assert text_of(view)[-1].endswith('"abc",0]')
    assert numbers_of(view)[-1] == 0
    press(view, Qt.Key.Key_Home, modifiers=CTRL)
    assert numbers_of(view)[:2] == [1, 0]


def test_it_goes_to_a_line(view):
    view.show_body(Spool.of(PAGE), "text")
    view.go_to_line(700)
    assert (700, "line 700") in view.shown_rows
    assert view.selected_text() == ""
    press(view, Qt.Key.Key_End, modifiers=SHIFT)
    assert view.selected_text() == "line 700"
    view.go_to_line(5000)
    assert (1000, "line 1000") in view.shown_rows


def test_theme_and_zoom_change_what_is_there(view, qtbot):
    theme.use("dark")
    view.show_body(Spool.of(PAGE), "text")
    view.go_to_line(300)
    rows = len(view.shown_rows)
    try:
        theme.set_zoom(1.5)
        assert len(view.shown_rows) < rows
        assert view.shown_rows[0][0] > 280
        theme.use("light")
        picture = view.viewport().grab().toImage()
        assert picture.pixelColor(5, picture.height() - 5) == theme.color("canvas")
    finally:
        theme.set_zoom(1.0)
        theme.use("system")


def test_another_charset_is_turned_and_leaves_no_file_behind(view, qtbot, tmp_path):
    source = Spool(tmp_path)
    source.write("żółw\nжизнь\n".encode("utf-16-le") * 300_000)
    source.finish()
    view.show_body(source, "text", "utf-16-le")
    qtbot.waitUntil(lambda: view.text.complete)
    assert view.lines == 600_000
    assert text_of(view)[:2] == ["żółw", "жизнь"]
    assert len(list(tmp_path.iterdir())) == 2
    view.clear()
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [source.path])
    assert view.shown_rows == []
    source.close()


def test_an_unknown_charset_is_said(view):
    said: list[str] = []
    view.noticed.connect(said.append)
    view.show_body(Spool.of(b"abc"), "text", "x-martian")
    assert text_of(view) == ["abc"]
    assert said == ["The encoding x-martian is not known. The body is shown as UTF-8."]


def threads():
    return {thread for thread in threading.enumerate() if thread.name.startswith("body")}


def test_no_thread_is_left_when_it_is_cleared_stopped_or_destroyed(qtbot, tmp_path):
    spool = Spool(tmp_path)
    spool.write("жизнь\n".encode("cp1251") * 500_000)
    for leave in (CodeView.clear, CodeView.stop, CodeView.deleteLater):
        view = CodeView()
        qtbot.addWidget(view) if leave is not CodeView.deleteLater else None
        view.show_body(spool, "text", "cp1251")
        assert threads()
        leave(view)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qtbot.waitUntil(lambda: not threads())
        if leave is CodeView.stop:
            view.clear()
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [spool.path])
    spool.close()


def test_a_body_that_is_given_up_shows_nothing_and_breaks_nothing(view, tmp_path):
    spool = Spool(tmp_path)
    spool.write(PAGE)
    view.show_body(spool, "text")
    view.go_to_line(3)
    spool.close()
    press(view, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_End)
    press(view, Qt.Key.Key_End, modifiers=CTRL)
    wheel(view, -120)
    view.viewport().repaint()
    assert view.selected_text() == ""


def test_the_menu_has_what_can_be_done(view, qtbot):
    view.show_body(Spool.of(PAGE), "text")
    view.select_all()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, NONE, point(view, 2, 2))
    where = point(view, 2, 2)
    QApplication.sendEvent(
        view.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, view.viewport().mapToGlobal(where)),
    )
    popup = view.findChild(QMenu)
    actions = {action.text().strip(): action for action in popup.actions() if not action.isSeparator()}
    assert list(actions) == ["Copy", "Select all", "Wrap lines", "Go to line", "Find"]
    assert actions["Copy"].isEnabled()
    actions["Wrap lines"].trigger()
    assert view.wraps
    popup.close()


def test_it_says_to_screen_readers_what_it_is(view):
    view.show_body(Spool.of(b'{\n"a": 1\n}'), "json")
    assert view.accessibleName() == "Body"
    assert view.accessibleDescription() == "JSON, lines: 3"


def test_a_scroll_bar_of_32_bits_reaches_every_row_of_a_huge_body(view, qtbot):
    rows = 80 << 20
    view.show_body(Spool.of(b"\n" * rows), "text")
    whole = f"lines: {view.locale().toString(rows)}"
    qtbot.waitUntil(lambda: view.accessibleDescription().endswith(whole), timeout=30_000)
    bar = view.verticalScrollBar()
    assert rows * row_px() > 1 << 30 >= bar.maximum()
    bar.setValue(bar.maximum() // 2)
    assert abs(view.shown_rows[0][0] - rows // 2) < 100
    wheel(view, -120)
    wheel(view, -120)
    bar.setValue(bar.maximum())
    assert view.shown_rows[-1][0] == rows


def test_rows_that_take_long_come_one_after_the_other(view, qtbot):
    view.show_body(Spool.of(bytes(range(128, 256)) * 4000), "text")
    picture: list[QImage] = []

    def last_number_is_painted():
        picture[:] = [view.viewport().grab().toImage()]
        return any(
            picture[0].pixelColor(x, y) != theme.color("canvas")
            for x in range(200, 500, 3)
            for y in range(picture[0].height() - row_px(), picture[0].height())
        )

    qtbot.waitUntil(last_number_is_painted)
    assert len(view.shown_rows) >= 400 // row_px() - 1
