"""Notices: one at a time, in order, with a button that does something once."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from httpdesk.ui.notices import Notices
from httpdesk.ui.overlay import Overlay


@pytest.fixture
def over(qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    qtbot.waitExposed(over)
    return over


@pytest.fixture
def notices(over):
    return Notices(over)


def shown(over):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [found.text() for found in over.findChildren(QLabel) if found.isVisible() and found.text()]


def press(over, words):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    buttons = [*over.findChildren(QPushButton), *over.findChildren(QToolButton)]
    next(button for button in buttons if button.accessibleName() == words).click()


def test_a_notice_stands_over_the_foot_of_the_window(notices, over):
    notices.show("Saved.")
    assert shown(over) == ["Saved."]
    words = next(found for found in over.findChildren(QLabel) if found.text())
    assert words.mapTo(over, words.rect().center()).y() > 500


def test_its_button_does_what_it_says_and_takes_it_away(notices, over):
    done = []
    notices.show("Deleted Ping.", "Undo", lambda: done.append("undo"))
    press(over, "Undo")
    assert done == ["undo"]
    assert shown(over) == []


def test_notices_wait_for_each_other(notices, over):
    notices.show("One.")
    notices.show("Two.", level="error")
    assert shown(over) == ["One."]
    press(over, "Close")
    assert shown(over) == ["Two."]
    press(over, "Close")
    assert shown(over) == []


def test_a_notice_leaves_by_itself(notices, over, qtbot, monkeypatch):
    monkeypatch.setattr("httpdesk.ui.notices._SHOWN_MS", 1)
    notices.show("Saved.")
    qtbot.waitUntil(lambda: not notices.current)


def test_the_same_words_again_do_not_queue(notices, over):
    notices.show("Saved.")
    notices.show("Saved.")
    assert shown(over) == ["Saved."]
    press(over, "Close")
    assert shown(over) == []


def test_a_button_may_show_the_next_notice(notices, over):
    notices.show("Deleted.", "Undo", lambda: notices.show("It is back."))
    press(over, "Undo")
    assert shown(over) == ["It is back."]


def test_markup_of_strangers_is_shown_as_it_is(notices, over):
    notices.show("<b>Orders</b> was deleted.")
    assert shown(over) == ["<b>Orders</b> was deleted."]


def test_a_notice_lies_over_a_card_that_was_open_before(notices, over):
    card = Overlay(over, "Card", 400, 300)
    card.open()
    notices.show("Deleted.", "Undo", lambda: None)
    words = next(found for found in over.findChildren(QLabel) if found.text() == "Deleted.")
    assert over.childAt(words.mapTo(over, words.rect().center())) is words


def test_escape_in_a_notice_brings_the_next_one(notices, over):
    notices.show("One.", "Undo", lambda: None)
    notices.show("Two.")
    button = next(button for button in over.findChildren(QPushButton) if button.accessibleName() == "Undo")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert shown(over) == ["Two."]
    assert notices.current == "Two."


def test_a_notice_outlives_the_widget_that_had_the_focus(notices, over):
    opener = QLineEdit(over)
    opener.show()
    over.activateWindow()
    opener.setFocus()
    notices.show("One.", "Undo", lambda: None)
    opener.deleteLater()
    assert shown(over) == ["One."]
    button = next(button for button in over.findChildren(QPushButton) if button.accessibleName() == "Undo")
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert shown(over) == []
