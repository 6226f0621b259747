"""The list of cookies: what the real jar holds, narrowed, taken out and put back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from httpdesk.net.cookies import Jar
from httpdesk.ui.cookies_dialog import CookiesDialog
from httpdesk.ui.notices import Notices

SHOP = "https://shop.example.com/orders/1"


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def jar():
    return Jar()


@pytest.fixture
def dialog(window, jar):
    return CookiesDialog(window, lambda: jar, Notices(window))


def fill(jar):
    jar.remember(SHOP, ["sid=abc; Path=/; Secure; HttpOnly; SameSite=Lax", 'cart="1 2"; Max-Age=600'])
    jar.remember(SHOP, ["lang=en; Domain=example.com; Expires=Wed, 01 Jan 2098 00:00:00 GMT; Path=/"])
    jar.remember("http://127.0.0.1:8000/", ["local=1"])


def shown(dialog):
    model = dialog.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def names(dialog):
    return [cells[2] for cells in shown(dialog)]


def press(window, words):
    next(
        each for each in window.findChildren(QPushButton) if each.accessibleName() == words and each.isVisible()
    ).click()


async def test_every_cookie_is_shown_with_what_is_known_of_it(dialog, jar):
    fill(jar)
    dialog.open_list()
    end = "At the end of httpdesk"
    assert shown(dialog) == [
        ["127.0.0.1", "/", "local", "1", end, ""],
        ["example.com", "/", "lang", "en", "Wed, 01 Jan 2098 00:00:00 GMT", ""],
        ["shop.example.com", "/", "sid", "abc", end, "Secure, HttpOnly, SameSite=Lax"],
        ["shop.example.com", "/orders", "cart", '"1 2"', "Max-Age 600", ""],
    ]


async def test_the_filter_looks_in_domain_name_and_value(dialog, jar):
    fill(jar)
    dialog.open_list()
    QTest.keyClicks(dialog.filter, "shop abc")
    assert names(dialog) == ["sid"]
    QTest.keyClick(dialog.filter, Qt.Key.Key_Escape)
    assert len(names(dialog)) == 4
    assert dialog.isVisible()


async def test_del_takes_the_chosen_ones_out_and_undo_puts_them_back_as_they_were(dialog, jar, window):
    fill(jar)
    before = jar.rows()
    dialog.open_list()
    QTest.keyClick(dialog.filter, Qt.Key.Key_Down)
    assert dialog.table.hasFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert names(dialog) == ["sid", "cart"]
    assert jar.pairs("http://127.0.0.1:8000/") == []
    press(window, "Undo")
    assert len(names(dialog)) == 4
    assert sorted(jar.rows(), key=str) == sorted(before, key=str)


async def test_a_cookie_of_one_host_alone_stays_so_when_it_is_put_back(dialog, jar, window):
    fill(jar)
    dialog.open_list()
    press(window, "Clear all")
    assert jar.rows() == []
    press(window, "Undo")
    assert [name for name, _ in jar.pairs("https://sub.shop.example.com/orders/")] == ["lang"]
    assert sorted(name for name, _ in jar.pairs(SHOP)) == ["cart", "lang", "sid"]


async def test_copying_gives_them_as_a_request_has_them(dialog, jar):
    fill(jar)
    dialog.open_list()
    dialog.table.setFocus()
    dialog.table.selectAll()
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == 'local=1; lang=en; sid=abc; cart="1 2"'


async def test_new_cookies_are_shown_after_a_refresh(dialog, jar):
    dialog.open_list()
    assert names(dialog) == []
    fill(jar)
    dialog.refresh()
    assert len(names(dialog)) == 4


async def test_an_empty_jar_says_so(dialog):
    dialog.open_list()
    words = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert "No cookies yet. Answers that set some fill this list." in words
    assert not dialog.clear_button.isEnabled()


def test_before_the_network_part_is_there_nothing_is_kept(window):
    dialog = CookiesDialog(window, lambda: None, Notices(window))
    dialog.open_list()
    assert shown(dialog) == []
