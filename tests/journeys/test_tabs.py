"""Going from tab to tab by keyboard: the recent one, further back while Ctrl is held, the nth one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def step(person, modifiers=CTRL):
    """Press Tab while Ctrl stays down."""
    focused = QApplication.focusWidget() or person.window
    QTest.keyPress(focused, KEY.Key_Tab, modifiers)
    QTest.keyRelease(focused, KEY.Key_Tab)


def let_go(person):
    """Take the finger from Ctrl."""
    QTest.keyRelease(QApplication.focusWidget() or person.window, KEY.Key_Control)


def open_tabs(person, *names):
    for name in names:
        person.ctrl(KEY.Key_T)
        person.type_url(f"http://h/{name}")
    return [f"h/{name}" for name in names]


async def test_ctrl_tab_goes_to_the_tab_before_and_back(httpdesk):
    async with httpdesk() as person:
        _, b, c = open_tabs(person, "a", "b", "c")
        for expected in (b, c, b):
            person.ctrl(KEY.Key_Tab)
            assert person.tab.title == expected


async def test_with_ctrl_held_it_goes_further_back_and_around(httpdesk):
    async with httpdesk() as person:
        a, b, c = open_tabs(person, "a", "b", "c")
        went = []
        for _ in range(4):
            step(person)
            went.append(person.tab.title)
        assert went == [b, a, "Welcome", c]
        step(person, CTRL | SHIFT)
        step(person, CTRL | SHIFT)
        assert person.tab.title == a
        let_go(person)
        # Those that were only passed do not count as used.
        person.ctrl(KEY.Key_Tab)
        assert person.tab.title == c


async def test_a_tab_that_is_closed_on_the_way_is_gone(httpdesk):
    async with httpdesk() as person:
        a, b, _ = open_tabs(person, "a", "b", "c")
        step(person)
        assert person.tab.title == b
        person.program.desk.remove(gone := person.tab)
        person.ctrl(KEY.Key_Tab)
        assert person.tab.title == a
        await gone.shut()
        gone.deleteLater()


async def test_neighbours_and_numbers(httpdesk):
    async with httpdesk() as person:
        a, b, c = open_tabs(person, "a", "b", "c")
        person.ctrl(KEY.Key_PageUp)
        assert person.tab.title == b
        person.ctrl(KEY.Key_PageDown)
        assert person.tab.title == c
        person.ctrl(KEY.Key_2)
        assert person.tab.title == a
        person.ctrl(KEY.Key_9)
        assert person.tab.title == c
