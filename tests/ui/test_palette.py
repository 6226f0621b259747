"""The palette: three kinds of things in one field, by keyboard alone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from httpdesk.core.environment import Environment
from httpdesk.ui.actions import ACTIONS
from httpdesk.ui.palette import Palette
from httpdesk.ui.palette_model import HEADING, PaletteModel

REQUESTS = [
    ("shop/list", "GET", "List orders", "Shop / Orders"),
    ("shop/create", "POST", "Create order", "Shop / Orders"),
    ("shop/who", "GET", "Who am I", "Shop"),
]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.field = QLineEdit(self)
        self.requests = list(REQUESTS)
        self.environments = [Environment(name="Local"), Environment(name="Staging")]
        self.finder = Palette(self, lambda: self.requests, lambda: ACTIONS, lambda: self.environments)
        self.done: list[tuple[object, ...]] = []
        self.finder.open_request.connect(lambda path, send: self.done.append(("open", path, send)))
        self.finder.run.connect(lambda action: self.done.append(("run", action)))
        self.finder.choose_environment.connect(lambda name: self.done.append(("environment", name)))

    def type(self, text):
        QTest.keyClicks(self.finder.field, text)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.finder.field, key, modifiers)

    def items(self):
        model = self.finder.list.model()
        assert isinstance(model, PaletteModel)
        return [item for at in range(model.rowCount()) if (item := model.item(at))]

    def rows(self):
        return [item.title for item in self.items()]

    def choices(self):
        return [item.title for item in self.items() if item.kind != HEADING]

    @property
    def current(self):
        return self.finder.list.currentIndex().data()


@pytest.fixture
def window(qtbot):
    window = Window()
    qtbot.addWidget(window)
    window.resize(1000, 800)
    window.show()
    qtbot.waitExposed(window)
    window.field.setFocus()
    return window


def test_it_opens_with_everything_and_the_first_request_chosen(window):
    window.finder.open_in()
    assert window.rows()[:4] == ["Requests", "List orders", "Create order", "Who am I"]
    assert "Commands" in window.rows()
    assert window.rows()[-4:] == ["Environments", "Local", "Staging", "No environment"]
    assert window.current == "List orders"


def test_enter_opens_the_request(window):
    window.finder.open_in()
    window.type("create")
    window.press(Qt.Key.Key_Return)
    assert window.done == [("open", "shop/create", False)]
    assert window.finder.isHidden()
    assert QApplication.focusWidget() is window.field


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_opens_and_sends(window, key):
    window.finder.open_in("@")
    window.type("who")
    window.press(key, CTRL)
    assert window.done == [("open", "shop/who", True)]


def test_a_click_opens(window):
    window.finder.open_in("@")
    place = window.finder.list.visualRect(window.finder.list.model().index(2, 0)).center()
    QTest.mouseClick(window.finder.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert window.done == [("open", "shop/create", False)]


def test_a_heading_can_not_be_chosen(window):
    window.finder.open_in("@")
    place = window.finder.list.visualRect(window.finder.list.model().index(0, 0)).center()
    QTest.mouseClick(window.finder.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert window.done == []
    assert window.finder.isVisible()


def test_a_sign_shows_one_kind_alone(window):
    window.finder.open_in("#")
    assert window.rows() == ["Environments", "Local", "Staging", "No environment"]
    window.type("stag")
    window.press(Qt.Key.Key_Return)
    assert window.done == [("environment", "Staging")]


def test_no_environment_can_be_chosen(window):
    window.finder.open_in("#")
    window.type("no env")
    window.press(Qt.Key.Key_Return)
    assert window.done == [("environment", "")]


def test_a_command_is_run(window):
    window.finder.open_in(">")
    window.type("dark")
    window.press(Qt.Key.Key_Return)
    assert window.done == [("run", "theme_dark")]


def test_actions_that_differ_in_a_number_alone_are_left_out(window):
    window.finder.open_in(">")
    titles = {action.title for action in ACTIONS if not action.series}
    assert set(window.choices()) == titles


def test_arrows_go_around_and_skip_headings(window):
    window.finder.open_in("#")
    window.press(Qt.Key.Key_Up)
    assert window.current == "No environment"
    window.press(Qt.Key.Key_Down)
    assert window.current == "Local"


def test_page_keys_stay_inside(window):
    window.finder.open_in("#")
    window.press(Qt.Key.Key_PageDown)
    assert window.current in ("Local", "No environment")
    window.finder.open_in(">")
    window.press(Qt.Key.Key_PageDown)
    assert window.current == window.choices()[8]


def test_the_letters_that_fit_choose_what_is_shown(window):
    window.finder.open_in("@")
    window.type("ordlist")
    assert window.choices() == []
    assert "Nothing fits." in [each.text() for each in window.finder.findChildren(QLabel) if each.isVisible()]
    window.press(Qt.Key.Key_Return)
    assert window.done == []


def test_the_keys_that_open_it_change_the_kind(window):
    window.finder.open_in()
    window.press(Qt.Key.Key_P, CTRL)
    assert window.rows()[0] == "Requests"
    assert "Commands" not in window.rows()
    window.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert window.rows()[0] == "Commands"
    window.press(Qt.Key.Key_K, CTRL)
    assert window.finder.isHidden()


def test_escape_closes_and_gives_the_focus_back(window):
    window.finder.open_in()
    window.press(Qt.Key.Key_Escape)
    assert window.finder.isHidden()
    assert QApplication.focusWidget() is window.field


def test_the_sources_are_asked_each_time(window):
    window.finder.open_in("@")
    window.press(Qt.Key.Key_Escape)
    window.requests.append(("shop/new", "PUT", "Replace order", "Shop"))
    window.finder.open_in("@")
    assert window.choices()[-1] == "Replace order"


def test_a_mode_shows_more_than_everything_does(window):
    window.requests = [(f"r{n}", "GET", f"Request {n}", "") for n in range(1000)]
    window.finder.open_in()
    assert sum(title.startswith("Request ") for title in window.choices()) == 8
    window.type("@")
    assert len(window.choices()) == 200


def test_the_card_is_as_high_as_its_rows_and_never_leaves_the_window(window):
    window.finder.open_in()
    high = window.finder.card.height()
    window.type("#")
    low = window.finder.card.height()
    assert low < high
    window.resize(600, 400)
    window.finder.field.clear()
    assert window.finder.card.geometry().bottom() <= window.height() + 24  # the shadow may


def test_a_row_in_words_for_a_screen_reader(window):
    window.finder.open_in("@")
    spoken = window.finder.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "GET List orders, Shop / Orders"
