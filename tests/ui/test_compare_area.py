"""Two texts side by side: what is seen, folded, gone to and copied, for any size."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from httpdesk.body.comparing import Job, Rules, Side
from httpdesk.body.comparing_work import compare
from httpdesk.body.spool import Spool
from httpdesk.core.header_pairs import MINUS
from httpdesk.ui import compare_area
from httpdesk.ui.code_view_reading import Reading
from httpdesk.ui.compare_area import CompareArea
from httpdesk.ui.compare_headers import HeaderComparison
from httpdesk.ui.compare_rows import CompareRows

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = "\n".join(f"line: {number}" for number in range(60))
RIGHT = LEFT.replace("line: 20\n", "line: 20!\n").replace("line: 40\n", "").replace("line: 50\n", "line: 50\nmore\n")


@pytest.fixture
def area(qtbot):
    area = CompareArea()
    qtbot.addWidget(area)
    area.resize(900, 800)
    area.show()
    qtbot.waitExposed(area)
    area.setFocus()
    yield area
    area._rows.close()


def show(area, left, right, language="text", *, folded=True):
    texts: list[bytes] = []
    sides = [Side(language=language, data=text.encode(), size_bytes=len(text.encode())) for text in (left, right)]
    _, comparison = compare(Job(left=sides[0], right=sides[1], rules=Rules()), lambda *both: texts.extend(both))
    rows = CompareRows((Reading(Spool.of(texts[0]), language), Reading(Spool.of(texts[1]), language)), comparison)
    area.show_rows(rows, folded=folded)
    return rows


def badges(area):
    return [left for _, left, _ in area.shown_rows if left.startswith("…")]


def test_equal_rows_far_from_a_difference_are_one_badge(area):
    show(area, LEFT, RIGHT)
    assert badges(area) == ["… 17 equal lines", "… 13 equal lines", "… 4 equal lines", "… 6 equal lines"]
    assert area.shown_rows[1:5] == [
        ("", "line: 17", "line: 17"),
        ("", "line: 18", "line: 18"),
        ("", "line: 19", "line: 19"),
        ("~", "line: 20", "line: 20!"),
    ]
    assert area.current == 20


def test_shown_whole_nothing_is_folded(area):
    show(area, LEFT, RIGHT, folded=False)
    assert area.count == 61
    assert badges(area) == []
    area.set_folded(folded=True)
    assert area.count < 40
    assert area.current == 20


def test_a_key_opens_a_badge(area):
    show(area, LEFT, RIGHT)
    QTest.keyClick(area, KEY.Key_Home)
    before = area.count
    QTest.keyClick(area, KEY.Key_Return)
    assert area.count == before + 16
    assert area.shown_rows[0] == ("", "line: 0", "line: 0")


def test_a_click_opens_a_badge_and_chooses_the_side(area):
    show(area, LEFT, RIGHT)
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 5 - area._depth_px))
    assert area.shown_rows[0] == ("", "line: 0", "line: 0")
    assert area.side == 0


def test_differences_are_gone_to_around_the_end(area):
    show(area, LEFT, RIGHT)
    seen = []
    for _ in range(4):
        seen.append(area.words_of(area.current))
        area.go_to_difference(1)
    assert seen == [
        "Changed: line: 20; line: 20!",
        "Left only: line: 40",
        "Right only: more",
        "Changed: line: 20; line: 20!",
    ]
    area.go_to_difference(-1)
    assert area.words_of(area.current) == "Changed: line: 20; line: 20!"
    area.go_to_difference(-1)
    assert area.words_of(area.current) == "Right only: more"


def test_rows_of_one_side_are_copied(area):
    show(area, LEFT, RIGHT)
    QTest.keyClick(area, KEY.Key_Up, SHIFT)
    QTest.keyClick(area, KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == "line: 19\nline: 20!\n"
    QTest.keyClick(area, KEY.Key_Left, CTRL)
    QTest.keyClick(area, KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == "line: 19\nline: 20\n"
    area.copy_side(1)
    assert QApplication.clipboard().text() == RIGHT
    QTest.keyClick(area, KEY.Key_A, CTRL)
    QTest.keyClick(area, KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == LEFT


def test_a_row_that_a_side_does_not_have_copies_as_nothing(area):
    show(area, LEFT, RIGHT)
    area.go_to_difference(1)
    QTest.keyClick(area, KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == ""


def test_the_menu_offers_both_sides(area, qtbot):
    show(area, LEFT, RIGHT)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), area.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(area.viewport(), event)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    next(action for action in popup.actions() if "left side" in action.text()).trigger()
    popup.close()
    assert QApplication.clipboard().text() == LEFT


def test_a_difference_far_to_the_right_is_brought_into_view(area, qtbot):
    long = "word " * 100
    show(area, f"{long}one", f"{long}two")
    qtbot.waitUntil(lambda: area.grab() is not None and area.horizontalScrollBar().maximum() > 0)
    area.go_to_difference(1)
    assert area.horizontalScrollBar().value() > 0
    QTest.keyClick(area, KEY.Key_Left)
    assert area.horizontalScrollBar().value() < area.horizontalScrollBar().maximum()


def test_a_screen_reader_finds_the_rows(area, qtbot):
    show(area, LEFT, RIGHT)
    qtbot.waitUntil(lambda: "Changed: line: 20; line: 20!" in area.accessibleDescription())


def test_nothing_is_painted_for_rows_out_of_view(area, qtbot):
    lines = [f'  "n{number}": {number}' for number in range(300_000)]
    rows = show(area, "\n".join(lines), "\n".join([*lines[:-1], "end"]), folded=False)
    qtbot.waitUntil(lambda: rows.complete, timeout=20_000)
    area.go_to_difference(1)
    began_s = time.process_time()
    for _ in range(10):
        QTest.keyClick(area, KEY.Key_PageUp)
        area.grab()
    assert time.process_time() - began_s < 2
    assert len(rows._kept) <= 800


def test_what_takes_long_is_painted_in_several_steps_that_end(area, qtbot, monkeypatch):
    monkeypatch.setattr(compare_area, "_PAINT_S", 0.0)
    painted = []
    paint = area.paint_rows

    def counting(*args):
        painted.append(args)
        paint(*args)

    monkeypatch.setattr(area, "paint_rows", counting)
    show(area, LEFT, RIGHT)
    qtbot.waitUntil(lambda: all(map(area._rows.is_ready, (area._rows.folds.row(place) for place in area.seen))))
    qtbot.waitUntil(lambda: not area._paint_on.isActive())
    count = len(painted)
    assert count > len(area.seen) // 2
    qtbot.wait(100)
    assert len(painted) <= count + 2


def test_headers_stand_side_by_side(qtbot):
    table = HeaderComparison()
    table.hide_equal(hidden=False)
    qtbot.addWidget(table)
    table.resize(800, 300)
    table.show()
    table.show_headers([("A", "1"), ("B", "2"), ("C", "3")], [("a", "1"), ("B", "x"), ("D", "4")])
    rows = [("", "A", "1", "1"), ("~", "B", "2", "x"), (MINUS, "C", "3", ""), ("+", "D", "", "4")]
    assert list(table.plain.rows) == rows
    assert table.count == 3
    table.go_to_difference(1)
    assert table.chosen() == [1]
    table.copy()
    assert QApplication.clipboard().text() == "B: 2\nB: x"
    table.go_to_difference(-1)
    assert table.chosen() == [3]
    table.hide_equal(hidden=True)
    assert list(table.plain.rows) == rows[1:]
