"""The environment switch: what it shows and offers."""

import pytest
from PySide6.QtWidgets import QMenu

from httpdesk.core.environment import Environment
from httpdesk.ui.env_switch import EnvSwitch

LOCAL, STAGING = Environment(name="Local", color="#1E9E63"), Environment(name="Staging & co")


@pytest.fixture
def switch(qtbot):
    switch = EnvSwitch()
    qtbot.addWidget(switch)
    switch.set_environments([LOCAL, STAGING], "Local")
    switch.show()
    qtbot.waitExposed(switch)
    return switch


@pytest.fixture
def menu(switch):
    switch.click()
    popup = next(menu for menu in switch.findChildren(QMenu) if menu.isVisible())
    yield popup
    popup.close()


def test_it_says_which_environment_is_chosen(switch):
    assert switch.accessibleName() == "Environment: Local"


def test_an_unknown_choice_is_no_environment(switch):
    switch.set_environments([LOCAL], "Gone")
    assert switch.accessibleName() == "Environment: No environment"


def test_every_environment_none_and_the_editor_are_offered(switch, menu):
    chosen: list[str] = []
    edited: list[bool] = []
    switch.chosen.connect(chosen.append)
    switch.edit_clicked.connect(lambda: edited.append(True))
    for action in menu.actions():
        action.trigger()
    assert chosen == ["Local", "Staging & co", ""]
    assert edited == [True]


def test_the_menu_starts_at_the_chosen_one(switch, menu):
    assert menu.activeAction().text().strip() == "Local"


def test_a_protected_environment_is_said_to_be(switch):
    switch.set_environments([Environment(name="Live", protected=True)], "Live")
    assert switch.accessibleName() == "Environment: Live, protected"
