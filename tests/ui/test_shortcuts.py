"""Shortcuts: no key means two things, Qt knows every key, and the page of F1 shows them all."""

from collections import Counter
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from httpdesk import resources
from httpdesk.ui.actions import ACTIONS, BY_ID, REQUEST_PAGES, RESPONSE_PAGES, Actions, shown_keys, tip
from httpdesk.ui.shortcuts_page import ShortcutsPage


@pytest.fixture
def page(qtbot):
    page = ShortcutsPage()
    qtbot.addWidget(page)
    page.resize(600, 500)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_no_key_means_two_things():
    keys = Counter(QKeySequence(one).toString() for action in ACTIONS for one in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_has_an_id_of_its_own():
    assert len(BY_ID) == len(ACTIONS)


@pytest.mark.parametrize("action", [action for action in ACTIONS if action.keys], ids=lambda action: action.id)
def test_qt_understands_every_key(action):
    for keys in action.keys:
        assert QKeySequence(keys).count() == 1
        assert QKeySequence(QKeySequence(keys).toString()) == QKeySequence(keys)
        assert "\ufffd" not in QKeySequence(keys).toString()


@pytest.mark.parametrize("action", [action for action in ACTIONS if action.icon], ids=lambda action: action.id)
def test_every_icon_is_there(action):
    assert resources.path("icons", f"{action.icon}.svg").is_file()


def test_pages_of_request_and_response_have_keys():
    assert [BY_ID[f"request_page_{n}"].keys[0][-2:] for n in range(1, REQUEST_PAGES + 1)] == [
        f"+{n}" for n in range(1, REQUEST_PAGES + 1)
    ]
    assert BY_ID[f"response_page_{RESPONSE_PAGES}"].title == f"Response page {RESPONSE_PAGES}"


def test_a_tool_tip_says_the_shortcut():
    assert tip("save") == f"Save  {shown_keys('save')}"
    assert tip("cancel") == "Cancel the request"


class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.book = Actions(self)
        self.done: list[str] = []
        for action_id in ("save", "send", "request_page_2"):
            self.book.bind(action_id, partial(self.done.append, action_id))


@pytest.fixture
def window(qtbot):
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


def test_every_key_of_an_action_does_it(window):
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_S, ctrl)
    QTest.keyClick(window, Qt.Key.Key_Return, ctrl)
    QTest.keyClick(window, Qt.Key.Key_Enter, ctrl)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.done == ["save", "send", "send", "send"]


def test_only_what_is_bound_and_enabled_is_available(window):
    window.book.bind("close_tab", lambda: None).setEnabled(False)
    assert [action.id for action in window.book.available()] == ["send", "save", "request_page_2"]
    assert [action.id for action in window.book.bound()] == ["send", "save", "request_page_2", "close_tab"]


def test_the_page_shows_every_action_that_has_keys(page):
    titles = [title for title, _ in page.shown()]
    for action in ACTIONS:
        assert not action.keys or (action.series or action.title) in titles


def test_the_page_shows_actions_that_differ_in_a_number_once(page):
    titles = [title for title, _ in page.shown()]
    assert titles.count("Go to a tab, 1 to 8") == 1
    assert "Go to tab 3" not in titles


def test_the_page_finds_by_name(page):
    QTest.keyClicks(page.search, "zoom")
    assert [title for title, _ in page.shown()] == ["View", "Zoom in", "Zoom out", "Zoom to 100 %"]


def test_the_page_finds_by_keys(page):
    QTest.keyClicks(page.search, "ctrl+shift+k")
    assert [title for title, _ in page.shown()] == ["Program", "Cookies"]


def test_the_page_says_when_nothing_fits(page):
    QTest.keyClicks(page.search, "teapot")
    assert page.shown() == []


def test_down_goes_from_the_search_to_the_first_shortcut(page):
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    assert page.list.currentIndex().data() == "Send"
