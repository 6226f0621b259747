"""The welcome page: a request that is ready to send, and ways to begin."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from httpdesk.ui.actions import BY_ID
from httpdesk.ui.theme import theme
from httpdesk.ui.variables import Variables
from httpdesk.ui.welcome import Welcome
from httpdesk.ui.welcome_parts import RecentLine, Tile


@pytest.fixture
def variables():
    return Variables()


@pytest.fixture
def page(qtbot, variables):
    page = Welcome(variables)
    qtbot.addWidget(page)
    page.resize(1000, 800)
    page.show()
    qtbot.waitExposed(page)
    return page


def words(page):
    return [label.text() for label in page.findChildren(QLabel) if label.text()]


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def test_it_is_called_welcome(page):
    assert page.title == "Welcome"
    assert not page.dirty


def test_the_caret_stands_in_the_url(page, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.bar.edit.hasFocus)
    told = heard(page.send_wanted)
    QTest.keyClicks(page.bar.edit, "&more=1")
    QTest.keyClick(page.bar.edit, Qt.Key.Key_Return)
    assert told == [("GET", "{{echo}}/anything?hello=world&more=1")]


def test_send_and_its_shortcut_send_what_is_in_the_field(page):
    told = heard(page.send_wanted)
    assert page.run("send")
    page.bar.send_button.click()
    assert told == [("GET", "{{echo}}/anything?hello=world")] * 2


def test_another_method_is_sent_too(page):
    told = heard(page.send_wanted)
    menu = page.bar.method.open_menu()
    next(action for action in menu.actions() if action.text().strip() == "DELETE").trigger()
    menu.close()
    page.run("send")
    assert told[0][0] == "DELETE"


def test_nothing_is_sent_without_a_url(page):
    told = heard(page.send_wanted)
    page.bar.edit.selectAll()
    QTest.keyClick(page.bar.edit, Qt.Key.Key_Delete)
    page.run("send")
    assert told == []


def test_actions_of_other_tabs_mean_nothing_here(page):
    assert not page.run("save_response")


def test_it_says_where_the_echo_server_runs(page, variables):
    variables.set_echo("http://127.0.0.1:4711")
    assert "The echo server runs on 127.0.0.1:4711, so this works offline." in words(page)
    variables.set_echo("")
    assert "The echo server on this computer does not run." in words(page)


def test_the_tiles_are_actions(page):
    told = heard(page.run_action)
    for tile in page.findChildren(Tile):
        QTest.keyClick(tile, Qt.Key.Key_Return)
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert [id_ for (id_,) in told] == [
        "new_tab", "new_tab", "open_folder", "open_folder", "new_collection", "new_collection", "palette", "palette",
    ]  # fmt: skip
    assert all(id_ in BY_ID for (id_,) in told)


def test_recent_requests_are_offered_and_opened(page):
    told = heard(page.open_request)
    assert "Recent" not in [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    page.show_recent([("Try/Hello.yml", "GET", "Hello"), ("Shop/Pay.yml", "POST", "Pay")])
    recent = page.findChildren(RecentLine)
    assert [line.accessibleName() for line in recent] == ["Hello", "Pay"]
    assert recent[1].accessibleDescription() == "POST Shop/Pay.yml"
    QTest.mouseClick(recent[1], Qt.MouseButton.LeftButton)
    assert told == [("Shop/Pay.yml",)]


def test_another_list_takes_the_place_of_the_old_one(page, qtbot):
    page.show_recent([("a.yml", "GET", "A"), ("b.yml", "GET", "B")])
    page.show_recent([("c.yml", "GET", "C")])
    qtbot.waitUntil(lambda: [line.accessibleName() for line in page.findChildren(RecentLine)] == ["C"])
    page.show_recent([])
    qtbot.waitUntil(lambda: not page.findChildren(RecentLine))


@pytest.mark.parametrize(("width", "zoom"), [(1100, 1.0), (480, 1.0), (700, 1.5)])
def test_nothing_is_wider_than_the_page(page, width, zoom):
    page.show_recent([("Try/Hello.yml", "GET", "Hello " * 40)])
    theme.set_zoom(zoom)
    try:
        page.resize(width, 600)
        page.grab()
        for child in (*page.findChildren(Tile), *page.findChildren(RecentLine), page.bar):
            right = child.mapTo(page, child.rect().topRight()).x()
            assert right < width
    finally:
        theme.set_zoom(1.0)


def test_everything_that_takes_the_focus_has_a_name(page):
    page.show_recent([("a.yml", "GET", "A")])
    for child in (*page.findChildren(Tile), *page.findChildren(RecentLine), page.bar.edit, page.bar.send_button):
        assert child.accessibleName()


def test_a_page_that_is_gone_listens_no_more(page, variables):
    asyncio.run(page.shut())
    variables.set_echo("")
    assert "The echo server on this computer does not run." not in words(page)
