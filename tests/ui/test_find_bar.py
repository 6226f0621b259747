"""The find bar: what it asks for with keys and buttons, and what it says about what was found."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from httpdesk.ui.find_bar import FindBar, Query

ALT, SHIFT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bar(qtbot):
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.show()
    qtbot.waitActive(bar)
    bar.begin("mug")
    return bar


@pytest.fixture
def asked(bar):
    log = []
    for name in ("changed", "next_wanted", "previous_wanted", "closed"):
        getattr(bar, name).connect(lambda *_, name=name: log.append(name))
    return log


def button(bar, words):
    return next(found for found in bar.findChildren(QToolButton) if found.accessibleName() == words)


def field(bar):
    return bar.findChild(QLineEdit)


def test_it_begins_with_words_that_typing_replaces(bar):
    assert QApplication.focusWidget() is field(bar)
    QTest.keyClicks(field(bar), "cup")
    assert bar.query == Query("cup")
    bar.begin("")
    assert bar.query == Query("cup")
    assert field(bar).selectedText() == "cup"


def test_enter_and_f3_go_on_and_with_shift_back(bar, asked):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
        QTest.keyClick(field(bar), key)
        QTest.keyClick(field(bar), key, SHIFT)
    assert asked == ["next_wanted", "previous_wanted"] * 3


def test_esc_closes_from_the_field_and_from_a_button(bar, asked):
    QTest.keyClick(field(bar), Qt.Key.Key_Escape)
    QTest.keyClick(button(bar, "Match case"), Qt.Key.Key_Escape)
    button(bar, "Close").click()
    assert asked == ["closed"] * 3


def test_toggles_are_switched_by_mouse_and_key(bar, asked):
    QTest.keyClick(field(bar), Qt.Key.Key_C, ALT)
    QTest.mouseClick(button(bar, "Whole words"), Qt.MouseButton.LeftButton)
    QTest.keyClick(field(bar), Qt.Key.Key_R, ALT)
    assert bar.query == Query("mug", match_case=True, whole_word=True, regex=True)
    assert asked == ["changed"] * 3
    QTest.keyClick(field(bar), Qt.Key.Key_R, ALT)
    assert not bar.query.regex
    assert field(bar).text() == "mug"


@pytest.mark.parametrize(
    ("current", "total", "more", "searching", "words"),
    [
        (1, 2, False, False, "1 of 2"),
        (1, 2, False, True, "1 of 2+"),
        (3, 10_000, True, False, f"3 of {QLocale().toString(10_000)}+"),
        (None, 4, False, True, "? of 4+"),
        (None, 0, False, True, "Searching"),
        (None, 0, False, False, "No matches"),
    ],
)
def test_it_says_how_many(bar, current, total, more, searching, words):
    bar.show_count(current, total, more=more, searching=searching)
    assert bar.count == words
    assert field(bar).accessibleDescription() == words
    assert button(bar, "Next match").isEnabled() == (total > 0)


def test_it_says_nothing_when_nothing_is_wanted(bar):
    field(bar).clear()
    bar.show_count(None, 0)
    assert bar.count == ""


def test_it_says_why_a_pattern_is_none(bar):
    bar.show_fault("A bracket is not closed.")
    assert bar.count == "Not a pattern"
    assert field(bar).accessibleDescription() == "Not a pattern: A bracket is not closed."
    assert not button(bar, "Next match").isEnabled()
    bar.show_fault("This expression takes too long.", stopped=True)
    assert bar.count == "Search stopped"


def test_every_part_has_a_name_and_room_to_be_hit(bar):
    for found in bar.findChildren(QToolButton):
        assert found.accessibleName()
        assert min(found.width(), found.height()) >= 24
    assert bar.accessibleName() == "Find"
