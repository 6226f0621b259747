"""The key-value panel: rows typed, switched, moved, pasted and edited as text."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from httpdesk.core.environment import Scope, Variable
from httpdesk.core.prepare import header_name_fault
from httpdesk.core.rows import Row
from httpdesk.ui.kv_panel import KvPanel

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NAME, VALUE, DESCRIPTION = 1, 2, 3
A, B = Row(name="a", value="1", description="first"), Row(name="b", value="2")


def scope():
    return Scope(("S", (Variable(name="known", value="x"),)))


@pytest.fixture
def make(qtbot):
    def make(**choices):
        panel = KvPanel("Things", "Things", scope, **choices)
        qtbot.addWidget(panel)
        panel.resize(700, 400)
        panel.show()
        qtbot.waitExposed(panel)
        panel.activateWindow()
        panel.setProperty("bot", qtbot)
        return panel

    return make


@pytest.fixture
def panel(make):
    panel = make()
    panel.set_rows([A, B])
    return panel


def click(panel, row, column):
    table = panel.table
    spot = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def write(panel, row, column, words, *, end=Qt.Key.Key_Return):
    """Click into a cell and type over what is in it."""
    click(panel, row, column)
    (line,) = editors(panel)
    line.selectAll()
    QTest.keyClicks(line, words)
    if end is not None:
        QTest.keyClick(line, end)
        # Qt closes it a moment later; Tab opens the next one.
        panel.property("bot").waitUntil(lambda: line not in editors(panel))


def editors(panel):
    return [line for line in panel.table.findChildren(QLineEdit) if line.isVisible()]


def press(panel, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(panel.table, key, modifiers)


def bulk(panel):
    next(each for each in panel.findChildren(QPushButton) if each.accessibleName() == "Bulk edit").click()
    return panel.findChild(QPlainTextEdit)


def test_typing_into_the_blank_row_makes_a_row_and_another_blank_one(panel):
    write(panel, 2, NAME, "c")
    assert panel.rows() == (A, B, Row(name="c"))
    assert panel.table.model().rowCount() == 4


def test_what_is_typed_counts_at_once(panel):
    told = []
    panel.edited.connect(lambda: told.append(panel.rows()[0].value))
    write(panel, 0, VALUE, "xy", end=None)
    assert told[-1] == "xy"
    assert panel.rows()[0] == Row(name="a", value="xy", description="first")


def test_enter_goes_down(panel):
    write(panel, 0, VALUE, "x")
    assert (panel.table.currentIndex().row(), panel.table.currentIndex().column()) == (1, VALUE)


def test_tab_goes_to_the_next_cell(panel):
    write(panel, 0, NAME, "x", end=Qt.Key.Key_Tab)
    assert panel.table.currentIndex().column() == VALUE
    assert panel.rows()[0].name == "x"


def test_the_box_and_ctrl_slash_switch_a_row(panel):
    click(panel, 1, 0)
    assert [row.enabled for row in panel.rows()] == [True, False]
    press(panel, Qt.Key.Key_Slash, CONTROL)
    assert [row.enabled for row in panel.rows()] == [True, True]


def test_alt_and_arrows_move_a_row(panel):
    panel.table.setCurrentIndex(panel.table.model().index(1, NAME))
    press(panel, Qt.Key.Key_Up, ALT)
    assert panel.rows() == (B, A)
    press(panel, Qt.Key.Key_Up, ALT)
    assert panel.rows() == (B, A)
    press(panel, Qt.Key.Key_Down, ALT)
    assert panel.rows() == (A, B)


def test_what_is_typed_goes_with_a_row_that_is_moved_meanwhile(panel):
    click(panel, 0, VALUE)
    (line,) = editors(panel)
    panel.table.model().move(0, 1)
    QTest.keyClicks(line, "x")
    assert [(row.name, row.value) for row in panel.rows()] == [("b", "2"), ("a", "x")]


def test_delete_and_the_bin_remove_a_row(panel):
    panel.table.setCurrentIndex(panel.table.model().index(0, NAME))
    press(panel, Qt.Key.Key_Delete)
    assert panel.rows() == (B,)
    cell = panel.table.visualRect(panel.table.model().index(0, DESCRIPTION))
    spot = QPoint(cell.right() - 14, cell.center().y())
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert panel.rows() == ()


def test_pasted_lines_become_rows(panel):
    QApplication.clipboard().setText("x: 1\n# y: 2")
    panel.table.setCurrentIndex(panel.table.model().index(1, NAME))
    press(panel, Qt.Key.Key_V, CONTROL)
    assert panel.rows() == (A, Row(name="x", value="1"), Row(name="y", value="2", enabled=False), B)


def test_bulk_edit_is_the_same_rows_as_text(panel):
    click(panel, 1, 0)
    lines = bulk(panel)
    assert lines.toPlainText() == "a: 1\n# b: 2"
    assert not panel.table.isVisible()
    lines.setPlainText("a: 9\nc: has: colons")
    assert panel.rows() == (Row(name="a", value="9", description="first"), Row(name="c", value="has: colons"))
    bulk(panel)
    assert panel.table.isVisible()
    assert panel.table.model().rowCount() == 3


def test_an_edit_elsewhere_shows_in_bulk_edit_but_never_under_the_caret(panel):
    lines = bulk(panel)
    lines.setPlainText("a:1")
    panel.set_rows(panel.rows())
    assert lines.toPlainText() == "a:1"
    panel.set_rows([B])
    assert lines.toPlainText() == "b: 2"


def test_showing_rows_is_no_edit(panel):
    told = []
    panel.edited.connect(lambda: told.append(True))
    panel.set_rows([B])
    panel.set_rows([A, B])
    assert told == []


def test_locked_rows_can_only_be_switched(make):
    panel = make(locked=True)
    panel.set_rows([A, B], fixed=frozenset({"b"}))
    assert panel.table.model().rowCount() == 2
    click(panel, 0, NAME)
    assert not editors(panel)
    click(panel, 0, 0)
    click(panel, 1, 0)
    assert [row.enabled for row in panel.rows()] == [False, True]


def test_rows_with_fixed_names_take_values_only(make):
    panel = make(fixed_names=True)
    panel.set_rows([A])
    write(panel, 0, VALUE, "x")
    click(panel, 0, NAME)
    assert panel.rows() == (Row(name="a", value="x", description="first"),)
    assert panel.table.model().rowCount() == 1


def test_a_wrong_name_is_told_with_a_way_to_mend_it(make):
    panel = make()
    panel.set_fault(header_name_fault)
    panel.set_rows([Row(name="X Tenant", value="1")])
    assert "X-Tenant" in panel.fault
    panel.fix()
    assert panel.rows() == (Row(name="X-Tenant", value="1"),)
    assert panel.fault == ""


def test_a_row_that_is_off_has_no_fault(make):
    panel = make()
    panel.set_fault(header_name_fault)
    panel.set_rows([Row(name="X Tenant", value="1", enabled=False)])
    assert panel.fault == ""


def test_values_are_offered_while_typing(panel):
    panel.set_completions(lambda column, row: ["alpha", "beta"] if column == NAME else [row.name + "!"])
    click(panel, 0, VALUE)
    assert editors(panel)[0].completer().model().index(0, 0).data() == "a!"


def test_every_cell_speaks(panel):
    model = panel.table.model()
    spoken = [str(model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)) for column in range(4)]
    assert spoken == ["enabled", "Key: a", "Value: 1", "Description: first"]


@pytest.mark.parametrize("width", [240, 900])
def test_it_paints_chips_faults_and_boxes_at_every_width(panel, width):
    panel.set_fault(header_name_fault)
    panel.set_rows([Row(name="x y", value="{{known}} {{unknown}} " * 9), Row(name="off", enabled=False)])
    panel.resize(width, 300)
    assert not panel.grab().isNull()
    assert panel.table.columnWidth(NAME) > 40
