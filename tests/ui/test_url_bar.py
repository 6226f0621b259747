"""The URL bar: one line with chips, a method, and a button that is Send or Cancel."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from httpdesk.core.environment import Scope, Variable
from httpdesk.ui.url_bar import UrlBar


@pytest.fixture
def bar(qtbot):
    scope = Scope(
        ("S", (Variable(name="base", value="https://a.example"), Variable(name="key", value="k", secret=True)))
    )
    bar = UrlBar(lambda: scope)
    qtbot.addWidget(bar)
    bar.resize(800, 56)
    bar.show()
    qtbot.waitExposed(bar)
    bar.activateWindow()
    bar.setFocus()
    qtbot.waitUntil(bar.edit.hasFocus)
    return bar


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def write(bar, words):
    QTest.keyClicks(bar.edit, words)


def press(bar, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(bar.edit, key, modifiers)


def test_typing_tells_the_url_and_enter_sends(bar):
    told, sent = heard(bar.url_edited), heard(bar.send)
    write(bar, "ab")
    press(bar, Qt.Key.Key_Return)
    press(bar, Qt.Key.Key_Enter)
    assert told == [("a",), ("ab",)]
    assert len(sent) == 2
    assert bar.edit.toPlainText() == "ab"


def test_showing_a_url_tells_nothing_and_keeps_the_caret(bar):
    write(bar, "abc")
    press(bar, Qt.Key.Key_Left)
    told = heard(bar.url_edited)
    bar.edit.show_url("abcd")
    assert told == []
    assert bar.edit.textCursor().position() == 2


def test_pasted_lines_become_one(bar):
    mime = QMimeData()
    mime.setText(" https://a.example/\n  ?x=1 \n")
    bar.edit.insertFromMimeData(mime)
    assert bar.edit.toPlainText() == "https://a.example/  ?x=1"


def test_two_braces_offer_variables_with_secrets_masked(bar):
    write(bar, "{{")
    assert bar.edit.completer.names[:2] == ["base", "key"]
    assert "$uuid" in bar.edit.completer.names
    write(bar, "ke")
    assert bar.edit.completer.names == ["key"]
    press(bar, Qt.Key.Key_Tab)
    assert bar.edit.toPlainText() == "{{key}}"


def test_enter_takes_what_is_offered_and_sends_nothing(bar):
    sent = heard(bar.send)
    write(bar, "{{")
    press(bar, Qt.Key.Key_Down)
    press(bar, Qt.Key.Key_Return)
    assert bar.edit.toPlainText() == "{{key}}"
    assert sent == []
    press(bar, Qt.Key.Key_Return)
    assert len(sent) == 1


def test_ctrl_space_offers_the_variables(bar):
    write(bar, "/x")
    press(bar, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert bar.edit.toPlainText() == "/x{{}}"
    assert bar.edit.completer.names[:2] == ["base", "key"]
    press(bar, Qt.Key.Key_Return)
    assert bar.edit.toPlainText() == "/x{{base}}"


@pytest.mark.parametrize(
    ("name", "words"),
    [("base", "base: https://a.example (S)"), ("key", "key: •••••• (S)"), ("nobody", "nobody: no value")],
)
def test_the_mouse_over_a_chip_tells_its_value_and_source(bar, qtbot, name, words):
    bar.edit.show_url("/{{" + name + "}}")
    cursor = bar.edit.textCursor()
    cursor.setPosition(5)
    spot = bar.edit.cursorRect(cursor).center()
    help_event = QHelpEvent(QEvent.Type.ToolTip, spot, bar.edit.viewport().mapToGlobal(spot))
    QApplication.sendEvent(bar.edit.viewport(), help_event)
    assert QToolTip.text() == words
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_esc_closes_what_is_offered(bar):
    write(bar, "{{b")
    press(bar, Qt.Key.Key_Escape)
    assert bar.edit.completer.names == []
    assert bar.edit.toPlainText() == "{{b"


def test_a_chip_folds_its_braces_unless_the_caret_is_inside(bar):
    bar.edit.show_url("{{base}}/x")
    folded = bar.edit.document().firstBlock().layout()
    press(bar, Qt.Key.Key_End)
    narrow = folded.lineAt(0).naturalTextWidth()
    for _ in range(4):
        press(bar, Qt.Key.Key_Left)
    assert bar.edit.document().firstBlock().layout().lineAt(0).naturalTextWidth() > narrow


def test_a_chip_shows_its_braces_while_it_is_selected(bar):
    """The colour of a selection made the folded braces visible, as specks."""
    width = lambda: bar.edit.document().firstBlock().layout().lineAt(0).naturalTextWidth()  # noqa: E731
    bar.edit.show_url("{{base}}/x")
    press(bar, Qt.Key.Key_End)
    narrow = width()
    press(bar, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert width() > narrow
    press(bar, Qt.Key.Key_End)
    assert width() == narrow


def test_the_method_is_chosen_from_a_menu_or_typed(bar):
    told = heard(bar.method_changed)
    menu = bar.method.open_menu()
    next(action for action in menu.actions() if action.text().strip() == "PUT").trigger()
    menu.close()
    menu = bar.method.open_menu()
    custom = menu.findChild(QLineEdit)
    QTest.keyClicks(custom, "PURGE")
    QTest.keyClick(custom, Qt.Key.Key_Return)
    assert told == [("PUT",), ("PURGE",)]
    assert bar.method.accessibleName() == "Method: PURGE"


def test_send_is_cancel_while_busy_and_no_pixel_wider(bar):
    sent, cancelled = heard(bar.send), heard(bar.cancel)
    width = bar.send_button.width()
    QTest.mouseClick(bar.send_button, Qt.MouseButton.LeftButton)
    bar.send_button.set_busy(busy=True)
    assert bar.send_button.accessibleName() == "Cancel"
    assert bar.send_button.width() == width
    QTest.mouseClick(bar.send_button, Qt.MouseButton.LeftButton)
    assert (len(sent), len(cancelled)) == (1, 1)


def test_the_arrow_of_send_opens_its_menu(bar):
    wanted, sent = heard(bar.menu_wanted), heard(bar.send)
    arrow = QPoint(bar.send_button.width() - 8, bar.send_button.height() // 2)
    QTest.mouseClick(bar.send_button, Qt.MouseButton.LeftButton, pos=arrow)
    QTest.keyClick(bar.send_button, Qt.Key.Key_Down)
    assert (len(wanted), len(sent)) == (2, 0)
    bar.send_button.show_menu(shown=False)
    QTest.mouseClick(bar.send_button, Qt.MouseButton.LeftButton, pos=arrow)
    assert (len(wanted), len(sent)) == (2, 1)


def test_a_wrong_url_is_told_on_the_field(bar):
    bar.show_fault("99999 is not a port.")
    assert bar.field.toolTip() == "99999 is not a port."
    assert bar.edit.accessibleDescription() == "99999 is not a port."
    bar.show_fault("")
    assert bar.field.toolTip() == ""
