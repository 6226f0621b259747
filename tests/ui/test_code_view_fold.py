"""Folding in the code view: by clicks, keys and levels, in bodies of any size, and what opens folds again."""

import json

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from httpdesk.body.pretty import Formatting, format_text
from httpdesk.body.spool import Spool
from httpdesk.ui.code_view import CodeView
from httpdesk.ui.code_view_paint import gutter_width
from httpdesk.ui.theme import theme

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
ORDER = {"id": 1, "customer": {"a": 1, "b": 2, "c": 3}, "items": [{"sku": "MUG"}, {"sku": "CUP"}]}
PRETTY = format_text(json.dumps({"data": [ORDER, ORDER], "end": True}), "json")
CUSTOMER = 5  # the line it begins in


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path)
    yield spool
    spool.close()


@pytest.fixture
def view(qtbot, spool):
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(600, 700)
    view.show_body(Spool.of(PRETTY.encode()), "json", folds=True)
    view.show()
    qtbot.waitActive(view)
    view.setFocus()
    yield view
    view.clear()


def numbers_of(view):
    return [number for number, _ in view.shown_rows]


def row_px():
    return round(theme.fm("code").lineSpacing() + theme.px(1))


def chevron(view, row):
    return QPoint(gutter_width(view.lines) - theme.px(13), round((row + 0.5) * row_px()))


def cell(view, row, column):
    cell_px = theme.fm("code").horizontalAdvance(" ")
    return QPoint(round(gutter_width(view.lines) + (column + 0.2) * cell_px), round((row + 0.5) * row_px()))


def click(view, point):
    QTest.mouseClick(view.viewport(), LEFT, NONE, point)


def fold_line(view, line):
    view.go_to_line(line)
    QTest.keyClick(view, Qt.Key.Key_BracketLeft, CTRL | SHIFT)


def test_a_click_on_the_chevron_folds_and_the_line_numbers_jump(view):
    click(view, chevron(view, CUSTOMER - 1))
    assert view.folded_rows == [(CUSTOMER, "… 3 lines },")]
    assert numbers_of(view)[CUSTOMER - 1 : CUSTOMER + 1] == [CUSTOMER, CUSTOMER + 5]
    click(view, chevron(view, CUSTOMER - 1))
    assert view.folded_rows == []
    assert numbers_of(view)[:12] == list(range(1, 13))


def test_a_click_on_the_badge_unfolds(view):
    click(view, chevron(view, CUSTOMER - 1))
    click(view, cell(view, CUSTOMER - 1, len('      "customer": {') + 3))
    assert view.folded_rows == []


def test_a_click_beside_a_row_that_has_no_region_takes_the_line(view):
    click(view, chevron(view, 3))
    assert view.folded_rows == []
    assert view.selected_text() == '      "id": 1,\n'


def test_keys_fold_the_region_at_or_around_the_caret_and_unfold_it(view):
    fold_line(view, CUSTOMER + 2)  # inside
    assert view.folded_rows == [(CUSTOMER, "… 3 lines },")]
    assert view.caret_text()[1] == '      "customer": {'
    QTest.keyClick(view, Qt.Key.Key_BraceRight, CTRL | SHIFT)
    assert view.folded_rows == []
    fold_line(view, CUSTOMER + 4)  # its last line
    assert view.folded_rows == [(CUSTOMER, "… 3 lines },")]
    QTest.keyClick(view, Qt.Key.Key_0, ALT)
    assert view.folded_rows == []


def test_what_was_folded_inside_stays_folded(view):
    fold_line(view, CUSTOMER)
    fold_line(view, 3)
    assert [line for line, _ in view.folded_rows] == [3]
    view.go_to_line(3)
    QTest.keyClick(view, Qt.Key.Key_BracketRight, CTRL | SHIFT)
    assert view.folded_rows == [(CUSTOMER, "… 3 lines },")]


@pytest.mark.parametrize(
    ("level", "folded"),
    [
        (0, [(1, "… 35 lines }")]),
        (1, [(2, "… 32 lines ],")]),
        (2, [(3, "… 14 lines },"), (19, "… 14 lines }")]),
        (3, [(5, "… 3 lines },"), (10, "… 6 lines ]"), (21, "… 3 lines },"), (26, "… 6 lines ]")]),
    ],
)
def test_levels_are_folded(view, qtbot, level, folded):
    view.fold_to(level)
    qtbot.waitUntil(lambda: view.folded_rows == folded)
    view.unfold_all()
    assert view.folded_rows == []


def test_the_caret_steps_over_folds_and_the_selection_takes_what_is_in_them(view):
    fold_line(view, CUSTOMER)
    view.go_to_line(CUSTOMER)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.caret_text()[1] == '      "items": ['
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.caret_text()[1:] == ('      "customer": {', "")
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Up, SHIFT)
    view.copy()
    assert (
        QGuiApplication.clipboard().text()
        == '      "customer": {\n        "a": 1,\n        "b": 2,\n        "c": 3\n      },\n'
    )
    assert view.folded_rows != []


def test_the_end_of_a_body_that_is_folded_away_is_the_end_of_what_is_seen(view, qtbot):
    view.fold_to(0)
    qtbot.waitUntil(lambda: len(view.shown_rows) == 1)
    QTest.keyClick(view, Qt.Key.Key_End, CTRL)
    assert view.selection == (1, 1)
    view.select_all()
    assert view.selected_text() == PRETTY
    assert view.verticalScrollBar().maximum() == 0


def test_going_to_a_line_opens_what_hides_it(view):
    fold_line(view, CUSTOMER)
    fold_line(view, 3)
    view.go_to_line(CUSTOMER + 2)
    assert view.folded_rows == []
    assert view.caret_text()[1] == '        "b": 2,'


def test_a_match_in_a_fold_opens_it_when_it_is_the_current_one(view, qtbot):
    fold_line(view, CUSTOMER)
    view.open_find()
    QTest.keyClicks(view.focusWidget(), '"b"')
    qtbot.waitUntil(lambda: view.find_count == "1 of 2")
    assert (CUSTOMER + 2, '        "b": 2,') in view.shown_rows
    assert view.folded_rows == []


def test_raw_text_does_not_fold(view, qtbot):
    view.show_body(Spool.of(PRETTY.encode()), "json")
    click(view, chevron(view, CUSTOMER - 1))
    fold_line(view, CUSTOMER)
    view.fold_to(1)
    assert not view.folds
    assert view.folded_rows == []


def test_elements_fold_by_their_tags(view, qtbot):
    page = format_text("<a><b><c>1</c><d>2</d></b><e>3</e></a>", "xml")
    view.show_body(Spool.of(page.encode()), "xml", folds=True)
    click(view, chevron(view, 1))
    assert view.folded_rows == [(2, "… 2 lines </b>")]
    view.fold_to(0)
    qtbot.waitUntil(lambda: view.folded_rows == [(1, "… 5 lines </a>")])


def test_wrapped_rows_fold_too(view):
    view.set_wraps(True)
    fold_line(view, CUSTOMER)
    assert view.folded_rows == [(CUSTOMER, "… 3 lines },")]
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.shown_rows[-1] == (37, "}")


def test_the_menu_folds(view, qtbot):
    QApplication.sendEvent(view.viewport(), _context(view))
    popup = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    words = {action.text().strip(): action for action in popup.actions()}
    assert {"Fold all", "Unfold all", "Fold to level 1", "Fold to level 2", "Fold to level 3"} <= set(words)
    words["Fold to level 2"].trigger()
    popup.close()
    qtbot.waitUntil(lambda: len(view.folded_rows) == 2)


def test_a_region_of_many_megabytes_folds_and_scrolls(view, qtbot, spool):
    raw = ('{"data":[' + ",".join([json.dumps(ORDER)] * 60_000) + '],"end":true}').encode()
    formatting = Formatting(Spool.of(raw), spool, "json")
    while formatting.advance():
        pass
    assert spool.size_bytes > 10 << 20
    view.show_body(spool, "json", folds=True)
    fold_line(view, 2)
    qtbot.waitUntil(lambda: view.folded_rows != [])  # when all of it is known
    assert [number for number, _ in view.shown_rows] == [1, 2, 960_004, 960_005]
    assert view.folded_rows == [(2, f"… {QLocale().toString(960_000)} lines ],")]
    view.fold_to(3)
    bar, shown = view.verticalScrollBar(), 60_000 * 5 + 5 - 700 / row_px()
    qtbot.waitUntil(lambda: bar.maximum() // row_px() == pytest.approx(shown, abs=2), timeout=20_000)
    bar.setValue(bar.maximum())
    assert view.shown_rows[-1] == (960_005, "}")
    assert view.folded_rows[-1] == (959_994, "… 6 lines ]")
    view.go_to_line(510_000)
    assert any(number == 510_000 for number, _ in view.shown_rows)


def test_while_the_body_arrives_levels_are_folded_as_far_as_it_is_there(view, qtbot, spool):
    lines = PRETTY.encode().split(b"\n")
    view.show_body(spool, "json", folds=True)
    spool.write(b"\n".join(lines[:25]) + b"\n")
    qtbot.waitUntil(lambda: view.lines == 25)
    fold_line(view, CUSTOMER)
    assert view.folded_rows == [(CUSTOMER, "… 3 lines },")]
    view.fold_to(2)
    spool.write(b"\n".join(lines[25:]))
    spool.finish()
    qtbot.waitUntil(lambda: view.folded_rows == [(3, "… 14 lines },"), (19, "… 14 lines }")])


def _context(view):
    middle = view.viewport().rect().center()
    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, view.viewport().mapToGlobal(middle))
