"""The rail: areas, themes, settings."""

import pytest
from PySide6.QtWidgets import QMenu, QToolButton

from httpdesk.ui.rail import Rail


@pytest.fixture
def rail(qtbot):
    rail = Rail()
    qtbot.addWidget(rail)
    rail.show()
    qtbot.waitExposed(rail)
    return rail


def button(rail, name):
    return next(found for found in rail.findChildren(QToolButton) if found.accessibleName() == name)


def test_an_area_is_chosen_and_marked(rail):
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    button(rail, "Edit environments").click()
    assert chosen == ["environments"]
    assert button(rail, "Edit environments").isChecked()
    assert not button(rail, "Collections").isChecked()


def test_the_shown_area_is_marked_without_a_signal(rail):
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    rail.show_current("environments")
    assert button(rail, "Edit environments").isChecked()
    assert not chosen


def test_the_theme_button_says_which_theme_is_set_and_offers_all_three(rail):
    rail.show_theme("dark")
    chosen: list[str] = []
    rail.theme_chosen.connect(chosen.append)
    button(rail, "Theme: dark").click()
    popup = next(menu for menu in rail.findChildren(QMenu) if menu.isVisible())
    for action in popup.actions():
        action.trigger()
    popup.close()
    assert chosen == ["light", "dark", "system"]


def test_the_settings_button_asks_for_the_settings(rail, qtbot):
    with qtbot.waitSignal(rail.settings_clicked):
        button(rail, "Settings").click()
