"""Folding in the body editor: rows hide and come back, the text that is sent stays what it is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from httpdesk.ui.body_editor import BodyEditor

KEY = Qt.Key
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
TEXT = '{\n  "a": {\n    "b": [\n      1,\n      2\n    ]\n  },\n  "c": 3\n}'


@pytest.fixture
def editor(qtbot):
    editor = BodyEditor(lambda _name: True)
    qtbot.addWidget(editor)
    editor.set_language("json")
    editor.resize(600, 400)
    editor.set_text(TEXT)
    editor.show()
    qtbot.waitExposed(editor)
    editor.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return editor


def shown(editor):
    """The rows on the screen."""
    return [seen.block.text() for seen in editor.field.seen()]


def go(editor, row, place=QTextCursor.MoveOperation.EndOfBlock):
    cursor = QTextCursor(editor.field.document().findBlockByNumber(row))
    cursor.movePosition(place)
    editor.field.setTextCursor(cursor)


def fold(editor):
    QTest.keyClick(editor.field, KEY.Key_BraceLeft, BOTH)


def unfold(editor):
    QTest.keyClick(editor.field, KEY.Key_BraceRight, BOTH)


def test_a_row_hides_what_is_below_it_and_shows_it_again(editor):
    go(editor, 1)
    fold(editor)
    assert shown(editor) == ["{", '  "a": {', "  },", '  "c": 3', "}"]
    assert editor.text() == TEXT
    assert editor.field.folds.hidden_below(editor.field.document().findBlockByNumber(1)) == 4
    unfold(editor)
    assert shown(editor) == TEXT.split("\n")


def test_inside_it_folds_what_the_caret_is_in_and_then_what_that_is_in(editor):
    go(editor, 3)
    fold(editor)
    assert shown(editor) == ["{", '  "a": {', '    "b": [', "    ]", "  },", '  "c": 3', "}"]
    assert editor.field.textCursor().block().text() == '    "b": ['
    fold(editor)
    assert shown(editor) == ["{", '  "a": {', "  },", '  "c": 3', "}"]


def test_a_click_beside_the_number_folds(editor):
    gutter = editor.field._gutter
    row = next(seen for seen in editor.field.seen() if seen.block.blockNumber() == 1)
    spot = QPoint(gutter.width() - 8, round(row.rect.center().y()) + 4)
    QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=spot)
    assert shown(editor) == ["{", '  "a": {', "  },", '  "c": 3', "}"]
    QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=spot)
    assert shown(editor) == TEXT.split("\n")


def test_the_caret_opens_where_it_comes_to_and_arrows_go_over_it(editor):
    go(editor, 1)
    fold(editor)
    QTest.keyClick(editor.field, KEY.Key_Down)
    assert editor.field.textCursor().block().text() == "  },"
    go(editor, 3)
    assert shown(editor) == TEXT.split("\n")


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Delete, KEY.Key_Backspace])
def test_an_edit_at_the_fold_leaves_nothing_hidden_behind_a_wrong_row(editor, key):
    go(editor, 1)
    fold(editor)
    QTest.keyClick(editor.field, key)
    document = editor.field.document()
    rows = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    for row in rows:
        assert row.isVisible() or editor.field.folds.can_fold(row.previous()) or not row.previous().isVisible()
    QTest.keySequence(editor.field, "Ctrl+Z")
    assert editor.text() == TEXT


def test_format_and_another_text_show_everything(editor):
    go(editor, 1)
    fold(editor)
    editor.format_text()
    editor.set_text("[\n  1\n]")
    assert shown(editor) == ["[", "  1", "]"]


def test_numbers_of_lines_count_what_is_hidden(editor):
    go(editor, 1)
    fold(editor)
    assert [editor.field.line_of(seen.block) for seen in editor.field.seen()] == [1, 2, 7, 8, 9]


def test_what_is_hidden_is_painted_and_copied_as_before(editor):
    go(editor, 1)
    fold(editor)
    editor.field.selectAll()
    editor.field.copy()
    assert editor.grab().width() == editor.width() * editor.devicePixelRatio()
    assert editor.field.createMimeDataFromSelection().text() == TEXT
