"""The view of bytes: what is seen, selected, copied and found, for any size."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from httpdesk.body.spool import Spool
from httpdesk.ui.hex_offset import offset_of
from httpdesk.ui.hex_view import HexView

NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(qtbot):
    view = HexView()
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.stop()


def focused():
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def spot(view, byte, *, in_text=False):
    """Where a byte is on the viewport."""
    look, column = view._look, byte % 16
    x_px = look.text_px + (column + 0.5) * look.cell_px if in_text else look.number_x(column) + look.cell_px
    return QPoint(round(x_px), (byte // 16) * view._row_px + 5 - view._depth_px)


def drag(view, start, stop, **where):
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, start, **where))
    QTest.mouseMove(view.viewport(), spot(view, stop, **where))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, stop, **where))


def test_a_growing_body_shows_its_rows_as_they_come(view, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b"0123456789abcdef01")
    view.show_body(spool)
    assert [row[:15] for row in view.shown_rows] == ["00000000  30 31", "00000010  30 31"]
    spool.write(bytes(100))
    spool.finish()
    qtbot.waitUntil(lambda: view.count == 8)
    assert "118 bytes" in view.accessibleDescription()


def test_the_end_of_a_huge_body_is_reached_at_once(view, tmp_path):
    spool = Spool(tmp_path, memory_bytes=0)
    spool.write(b"\x01")
    path = spool.path
    assert path is not None
    with path.open("r+b") as file:
        file.truncate(40 << 30)  # a file with a hole: 40 GB that take no room
        file.seek(-4, 2)
        file.write(b"last")
    spool._size_bytes = 40 << 30
    spool.finish()
    begun_s = time.perf_counter()
    view.show_body(spool)
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    view.grab()
    assert time.perf_counter() - begun_s < 10
    assert view.shown_rows[-1].endswith("last")
    assert view.shown_rows[-1].startswith("9fffffff0  ")
    view.verticalScrollBar().setValue(0)
    assert view.shown_rows[0].startswith("00000000  01 00")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.shown_rows[-1].endswith("last")
    view.clear()
    spool.close()
    assert not path.exists()


def test_dragging_over_the_numbers_selects_bytes_and_copies_them_as_numbers(view):
    view.show_body(Spool.of(bytes(range(64))))
    drag(view, 3, 18)
    assert view.selection == (3, 19)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == bytes(range(3, 19)).hex(" ")
    drag(view, 18, 3)
    assert view.selection == (3, 19)


def test_dragging_over_the_characters_copies_text(view):
    view.show_body(Spool.of("né, here".encode()))
    drag(view, 0, 8, in_text=True)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "né, here"
    view.copy_rows()
    assert QApplication.clipboard().text().startswith("00000000  6e c3 a9 2c")


def test_keys_move_the_caret_and_select(view):
    view.show_body(Spool.of(bytes(1000)))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End):
        QTest.keyClick(view, key)
    assert view.selection == (31, 31)
    QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection == (16, 31)
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.selection == (999, 999)


def test_bytes_and_text_are_found_and_shown(view, qtbot):
    data = bytearray(200_000)
    data[150_001:150_005] = b"IHDR"
    view.show_body(Spool.of(bytes(data)))
    view.open_find()
    QTest.keyClicks(focused(), "49 48 44 52")
    qtbot.waitUntil(lambda: view.find_count == "1 of 1")
    assert view.selection == (150_001, 150_005)
    assert any("IHDR" in row for row in view.shown_rows)
    QTest.keyClick(focused(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(), "ihd")
    qtbot.waitUntil(lambda: view.selection == (150_001, 150_004))
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert view.find_count == ""


def test_an_offset_is_gone_to(view):
    view.show_body(Spool.of(bytes(100_000)))
    QTest.keyClick(view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(), "0xff01")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert view.selection == (0xFF01, 0xFF01)
    assert any(row.startswith("0000ff00") for row in view.shown_rows)
    assert view.hasFocus()


@pytest.mark.parametrize(
    ("words", "offset"),
    [("8000", 8000), ("0x1F40", 8000), ("1f40h", 8000), ("50 %", 500), ("1,000", 1000), ("?", None), ("nan%", None)],
)
def test_offsets_are_read_as_they_are_written(words, offset):
    assert offset_of(words, 1000) == offset


def test_what_is_painted_are_offset_numbers_and_characters(view):
    view.show_body(Spool.of(b"A" * 32))
    picture = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    look, row_px = view._look, view._row_px

    def inked(left_px, right_px):
        ground = picture.pixel(1, 2)
        rows = range(4, 4 + row_px)
        return any(picture.pixel(x, y) != ground for x in range(int(left_px), int(right_px)) for y in rows)

    assert inked(16, look.numbers_px - look.cell_px)
    assert inked(look.number_x(15), look.number_x(15) + 2 * look.cell_px)
    assert inked(look.text_px + 15 * look.cell_px, look.text_px + 16 * look.cell_px)


def test_where_it_is_narrow_a_row_has_eight_bytes_and_the_top_stays(view):
    view.show_body(Spool.of(bytes(range(256)) * 40))
    view.go_to(4096)
    top = view.shown_rows[0][:8]
    view.resize(480, 400)
    assert view.shown_rows[0].startswith(top)
    assert view.shown_rows[0].endswith("  " + view.shown_rows[0][-8:])
    assert view.count == 256 * 40 // 8
    assert view.horizontalScrollBar().maximum() == 0
    view.go_to(8)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.selection == (16, 16)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.selection == (23, 23)
    view.select(8, 16)
    view.copy_rows()
    assert QApplication.clipboard().text() == "00000008  08 09 0a 0b 0c 0d 0e 0f  ········"
    view.go_to(4096)
    view.resize(900, 400)
    assert view.count == 256 * 40 // 16
    assert any(row.startswith("00001000") for row in view.shown_rows)


def test_keys_and_mouse_stay_in_what_is_shown_while_the_view_is_paused(view, tmp_path):
    spool = Spool(tmp_path)
    spool.write(b"0123456789abcdef01")
    view.show_body(spool)
    view.set_paused(True)
    spool.write(bytes(4000))
    assert view.shown_rows[1].endswith("01")
    for key in (Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        QTest.keyClick(view, key, Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_End else NO_KEY)
        assert view.selection == (17, 17)
    view.select_all()
    assert view.selection == (0, 18)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, 25))
    assert view.selection == (17, 17)
    assert view.count == 2
    view.set_paused(False)
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.selection == (4017, 4017)
    spool.finish()
