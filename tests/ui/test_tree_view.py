"""The tree: what its rows say, how keys and the menu walk and copy, for any size, while the body arrives."""

import json
import threading
import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from httpdesk.body.pretty import Formatting
from httpdesk.body.spool import Spool
from httpdesk.ui.tree_menu import tree_menu
from httpdesk.ui.tree_view import TreeView

ORDERS = (
    b'{"object":"list","has_more":true,"total":1284,'
    b'"data":[{"id":"ord_9KQ2","sum":1.10},{"id":"ord_2"}],"none":null,"empty":{}}'
)


@pytest.fixture
def formatted(tmp_path):
    """The formatted text of a body, whole."""
    made = []

    def make(data, language="json"):
        spool = Spool(tmp_path)
        made.append(spool)
        work = Formatting(Spool.of(data), spool, language)
        while work.advance():
            pass
        return spool

    yield make
    for spool in made:
        spool.close()


@pytest.fixture
def view(qtbot):
    view = TreeView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    yield view
    view.clear()


@pytest.fixture
def orders(view, formatted, qtbot):
    view.show_body(formatted(ORDERS), "json")
    qtbot.waitUntil(lambda: len(view.shown_rows) == 7)
    return view


def press(view, *keys):
    for key in keys:
        QTest.keyClick(view, key)


def choose(view, words):
    menu = tree_menu(view)
    action = next(action for action in menu.actions() if action.text().strip() == words)
    assert action.isEnabled()
    action.trigger()
    menu.close()


def copied():
    return QApplication.clipboard().text()


def test_the_first_value_is_open_and_rows_say_keys_values_and_counts(orders):
    assert orders.shown_rows == [
        "$: object, 6 keys",
        '  object: "list"',
        "  has_more: true",
        "  total: 1284",
        "  data: array, 2 items",
        "  none: null",
        "  empty: {}",
    ]


def test_arrows_walk_open_and_close(orders):
    press(orders, *[Qt.Key.Key_Down] * 4, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert orders.shown_rows[4:9] == [
        "  data: array, 2 items",
        "    0: object, 2 keys",
        '      id: "ord_9KQ2"',
        "      sum: 1.10",
        "    1: object, 1 key",
    ]
    assert orders.place == 5
    press(orders, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert (orders.place, len(orders.rows.rows)) == (4, 9)
    press(orders, Qt.Key.Key_Left)
    assert len(orders.rows.rows) == 7
    press(orders, Qt.Key.Key_End)
    assert orders.place == 6
    press(orders, Qt.Key.Key_Home)
    assert orders.place == 0


def test_enter_copies_the_key_path_and_ctrl_c_the_value(orders):
    press(orders, Qt.Key.Key_End, *[Qt.Key.Key_Up] * 2, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    press(orders, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert copied() == "$.data[0].sum"
    QTest.keyClick(orders, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == "1.10"
    press(orders, Qt.Key.Key_Up)
    choose(orders, "Copy value")
    assert copied() == "ord_9KQ2"


def test_a_subtree_is_copied_as_formatted(orders, qtbot):
    orders.go_to(4)
    with qtbot.waitSignal(orders.noticed):
        choose(orders, "Copy subtree")
    assert copied() == '[\n  {\n    "id": "ord_9KQ2",\n    "sum": 1.10\n  },\n  {\n    "id": "ord_2"\n  }\n]'


def test_typing_goes_to_the_key_that_begins_so(orders, qtbot):
    QTest.keyClicks(orders, "to")
    qtbot.waitUntil(lambda: orders.place == 3)


def test_levels_open_and_all_closes(orders, qtbot):
    choose(orders, "Expand to level 3")
    qtbot.waitUntil(lambda: len(orders.rows.rows) == 12)
    choose(orders, "Collapse all")
    assert orders.shown_rows == ["$: object, 6 keys"]
    choose(orders, "Expand to level 1")
    qtbot.waitUntil(lambda: len(orders.rows.rows) == 7)
    choose(orders, "Expand all below")
    qtbot.waitUntil(lambda: len(orders.rows.rows) == 12)


def test_a_click_on_the_chevron_opens(orders):
    place = QPoint(36, 4 * orders._row_px + 10)
    QTest.mouseClick(orders.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(orders.rows.rows) == 9
    QTest.mouseClick(orders.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(orders.rows.rows) == 7
    QTest.mouseDClick(orders.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 4 * orders._row_px + 10))
    assert len(orders.rows.rows) == 9


def test_a_screen_reader_hears_the_row(orders):
    orders.go_to(4)
    assert orders.accessibleDescription() == "data: array, 2 items, level 2, closed"


def test_it_shows_what_is_there_of_a_growing_body(view, tmp_path, qtbot):
    spool = Spool(tmp_path)
    view.show_body(spool, "json")
    assert view.shown_rows == []
    spool.write(b'{\n  "a": 1,\n  "b": [\n    1,\n')
    qtbot.waitUntil(lambda: len(view.shown_rows) == 3)
    assert view.shown_rows[0] == "$: object, 2+ keys"
    spool.write(b'    2\n  ],\n  "c": "\\u00e9"\n}')
    spool.finish()
    qtbot.waitUntil(lambda: len(view.shown_rows) == 4)
    assert view.shown_rows[-1] == '  c: "\\u00e9"'
    qtbot.waitUntil(lambda: view.shown_rows[0] == "$: object, 3 keys")
    view.clear()
    spool.close()


def test_odd_characters_are_shown_as_signs(view, formatted, qtbot):
    view.show_body(formatted('{"a\u202eb":"x\u202ey"}'.encode()), "json")
    qtbot.waitUntil(lambda: len(view.shown_rows) == 2)
    assert "\u202e" not in view.shown_rows[1]


def test_xml_shows_elements_attributes_and_text(view, formatted, qtbot):
    view.show_body(formatted(b'<r a="1"><i id="7">x</i><j>y</j></r>', "xml"), "xml")
    qtbot.waitUntil(lambda: len(view.shown_rows) == 4)
    assert view.shown_rows == ['r: @a "1"', "  @a: 1", "  i: x", "  j: y"]
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert view.shown_rows[3:5] == ["    @id: 7", "    #text: x"]
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert copied() == "/*/*[1]/@id"


class Stall:
    """The longest time that the window's thread was in one go of the view's work."""

    def __init__(self):
        self.most_ms = 0.0

    def measure(self, run):
        began = time.thread_time()
        run()
        self.most_ms = max(self.most_ms, (time.thread_time() - began) * 1000)


def test_a_million_children_never_stall_the_window(view, formatted, qtbot):
    spool = formatted(b'{"a":[' + b",".join(b"%d" % number for number in range(1_000_000)) + b"]}")
    stall = Stall()
    stall.measure(lambda: view.show_body(spool, "json"))
    qtbot.waitUntil(lambda: len(view.rows.rows) >= 2)
    stall.measure(lambda: view.open_node(view.rows.rows[1]))
    assert view.shown_rows[2:5] == ["    [0 … 999]", "      0: 0", "      1: 1"]
    view._timer.stop()
    while view.rows.busy:
        stall.measure(view._refresh)
        stall.measure(view.viewport().repaint)
        threading.Event().wait(0.02)
    assert len(view.rows.rows) == 2 + 1000 + 1000
    stall.measure(lambda: press(view, Qt.Key.Key_End))
    stall.measure(lambda: press(view, Qt.Key.Key_Right))
    assert view.shown_rows[-1] == "    [999000 … 999999]"
    qtbot.waitUntil(lambda: len(view.rows.rows) == 3002)
    assert stall.most_ms < 600  # all of them at once take seconds
    view.go_to(3001)
    press(view, Qt.Key.Key_Return)
    assert copied() == "$.a[999999]"
    assert json.loads(view.shown_rows[-1].split()[-1]) == 999_999


def test_opening_all_of_a_large_body_is_bounded_and_in_turns(view, formatted, qtbot):
    data = json.dumps([{"a": [1, 2, 3], "b": {"c": 1}}] * 30_000).encode()
    told: list[str] = []
    view.noticed.connect(told.append)
    view.show_body(formatted(data), "json")
    qtbot.waitUntil(lambda: bool(view.rows.rows))
    choose(view, "Expand all below")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told[0].startswith("Opened up to 2")
    assert len(view.rows.rows) < 22_000


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 5000 + b"1" + b"}" * 5000, b"not json", b"[1,2", b""])
def test_hostile_bodies_show_something_and_end(view, formatted, qtbot, data):
    view.show_body(formatted(data), "json")
    qtbot.wait(30)
    choose_all = view.rows.rows and view.tree.opens(view.rows.rows[0])
    if choose_all:
        view.open_below(view.rows.rows[0])
        qtbot.waitUntil(lambda: view._work is None, timeout=20_000)
    press(view, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Left)
    assert view.shown_rows is not None
