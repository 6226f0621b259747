"""Bodies as tables in the response pane: what is seen, walked through and copied."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Finished
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from tests.ui.answers import exchange, hop, show

ORDERS = b'[{"id": "ord_1", "total": 12.50}, {"id": "ord_2", "total": 1e400, "note": "late\\nagain"}]'


@pytest.fixture
def pane(qtbot):
    async def ask(_suggested):
        return None

    pane = ResponsePane(ask, Tasks(lambda _problem: None))
    qtbot.addWidget(pane)
    pane.resize(900, 500)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.stop()


def preview(pane, qtbot, body, content_type, count):
    show(pane, hop(body, content_type))
    assert pane.pages.body.forms.options[-1] == "Preview"
    pane.pages.body.select_form("preview")
    table = pane.pages.body.views.preview.table
    assert table.isVisible()
    qtbot.waitUntil(lambda: table.count == count and not table._timer.isActive())
    return table


def test_an_array_of_objects_can_be_seen_as_a_table(pane, qtbot):
    table = preview(pane, qtbot, ORDERS, "application/json", 2)
    assert table.columns == ("id", "total", "note")
    assert table.shown_rows == [["ord_1", "12.50", ""], ["ord_2", "1e400", "late¶again"]]
    assert table.accessibleDescription() == "2 rows, 3 columns"


def test_keys_walk_through_the_cells_and_copy_them(pane, qtbot):
    table = preview(pane, qtbot, ORDERS, "application/json", 2)
    table.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(table, key)
    assert table.current == (1, 1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "1e400"
    QTest.keyClick(table, Qt.Key.Key_End)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "late\nagain"
    table.copy_row()
    assert QApplication.clipboard().text() == '{"id": "ord_2", "total": 1e400, "note": "late\\nagain"}'
    table.copy_name()
    assert QApplication.clipboard().text() == "note"
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert table.current == (0, 0)


def test_a_click_makes_a_cell_the_current_one(pane, qtbot):
    table = preview(pane, qtbot, ORDERS, "application/json", 2)
    at = QPoint(table._gutter_px + table._header.sectionPosition(1) + 5, table._row_px + 3)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.current == (1, 1)


def test_csv_in_another_charset_is_a_table_whose_names_can_be_taken_for_a_row(pane, qtbot):
    data = "имя;город\nЮлия;Омск\n".encode("cp1251")
    table = preview(pane, qtbot, data, "text/csv; charset=windows-1251", 1)
    assert table.columns == ("имя", "город")
    assert table.shown_rows == [["Юлия", "Омск"]]
    table.toggle_header()
    assert table.shown_rows == [["имя", "город"], ["Юлия", "Омск"]]


def test_the_menu_offers_what_can_be_copied(pane, qtbot):
    table = preview(pane, qtbot, b"a,b\n1,2\n", "text/csv", 1)
    table.select(0, 1)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(90, 5))
    where = QPoint(90, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, table.viewport().mapToGlobal(where))
    QApplication.sendEvent(table.viewport(), event)
    popup = table.findChild(QMenu)
    names = [action.text().strip() for action in popup.actions()]
    assert names == ["Copy the value", "Copy the row", "Copy the name of the column", "First line is a row"]
    popup.close()


def test_rows_come_while_the_body_arrives(pane, qtbot, tmp_path):
    spool = Spool(tmp_path)
    growing = hop(spool, "application/x-ndjson")
    pane.begin()
    spool.write(b'{"n":1}\n{"n":2}\n')
    pane.feed(Answered(growing))
    pane.pages.body.select_form("preview")
    table = pane.pages.body.views.preview.table
    qtbot.waitUntil(lambda: table.count == 1)
    spool.write(b'{"n":3}\n')
    qtbot.waitUntil(lambda: table.shown_rows == [["1"], ["2"]])
    spool.finish()
    growing.complete = True
    pane.feed(Finished(exchange(growing)))
    qtbot.waitUntil(lambda: table.count == 3)


def test_the_last_of_many_rows_is_shown_at_once(pane, qtbot):
    body = b"[" + b",".join(b'{"id":%d,"name":"Ann"}' % number for number in range(100_000)) + b"]"
    table = preview(pane, qtbot, body, "application/json", 100_000)
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.shown_rows[-1] == ["99999", "Ann"]
    table.verticalScrollBar().setValue(0)
    assert table.shown_rows[0] == ["0", "Ann"]


def test_columns_beyond_the_edge_are_scrolled_to(pane, qtbot):
    row = ",".join(f'"column {number}": "value {number} of many"' for number in range(40))
    table = preview(pane, qtbot, f"[{{{row}}}]".encode(), "application/json", 1)
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.current == (0, 39)
    assert table.horizontalScrollBar().value() == table.horizontalScrollBar().maximum() > 0
    assert table._header.offset() == table.horizontalScrollBar().value()


def test_other_json_has_no_preview(pane):
    show(pane, hop(b'{"a": 1}', "application/json"))
    assert pane.pages.body.forms.options == ["Pretty", "Raw", "Tree", "Hex"]
