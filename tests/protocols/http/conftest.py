"""A request tab as a user meets it, with real settings, variables and console; nothing is sent here."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from httpdesk.core.collection import Defaults, Saved
from httpdesk.core.environment import Environment, Variable
from httpdesk.core.request import HttpRequest
from httpdesk.core.settings import Settings
from httpdesk.protocols.http.tab.tab import HttpTab
from httpdesk.ui.console import Console
from httpdesk.ui.library import Library
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.notices import Notices
from httpdesk.ui.services import Services
from httpdesk.ui.variables import Variables


async def no_sender():
    raise AssertionError("nothing is sent here")


class User:
    """Someone who works with one tab."""

    def __init__(self, services: Services, qtbot) -> None:
        self.services, self._qtbot = services, qtbot
        self.asked_for: list[str] = []
        self.tab: HttpTab

    def open(self, request=None, *, above: tuple[tuple[str, Defaults], ...] = (), width=1300):
        """Open a request in a tab of its own."""
        self.tab = HttpTab(self.services, Saved(path="", name="", request=request or HttpRequest(), above=above))
        self._qtbot.addWidget(self.tab)
        self.tab.resize(width, 800)
        self.tab.show()
        self._qtbot.waitExposed(self.tab)
        self.tab.activateWindow()
        return self.tab

    @property
    def request(self):
        """The request as it would be saved and sent."""
        return self.tab.request

    @property
    def pane(self):
        return self.tab.request_pane

    def page(self, name):
        """Go to a page of the request pane."""
        self.pane.show_page(name)
        return self.pane.page(name)

    def type_url(self, words):
        """Replace the URL by typing."""
        self.tab.run("focus_url")
        QTest.keyClicks(self.tab.url_row.bar.edit, words)

    @property
    def shown_url(self):
        return self.tab.url_row.bar.edit.toPlainText()

    def write(self, panel, row, column, words):
        """Click into a cell of a table, type over it, press Enter."""
        table = panel.table
        spot = table.visualRect(table.model().index(row, column)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        line = self.editor(panel)
        line.selectAll()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle(lambda: not [each for each in table.findChildren(QLineEdit) if each.isVisible()])

    def editor(self, panel):
        """The line over the cell that is being edited."""
        (line,) = [each for each in panel.table.findChildren(QLineEdit) if each.isVisible()]
        return line

    def tick(self, panel, row):
        """Click the box of a row."""
        table = panel.table
        spot = table.visualRect(table.model().index(row, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    def fill(self, line, words):
        """Type over a line."""
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, words)

    def field(self, page, kind, name):
        """The visible widget of that accessible name."""
        self.settle(lambda: len(named(page, kind, name)) == 1)
        return named(page, kind, name)[0]

    def settle(self, condition):
        """Wait for what follows a moment later, such as the preview."""
        self._qtbot.waitUntil(condition, timeout=5000)


def named(page, kind, name):
    """The visible widgets of that kind and accessible name."""
    return [each for each in page.findChildren(kind) if each.isVisible() and each.accessibleName() == name]


@pytest.fixture(autouse=True)
def no_tab_of_before():
    """Tabs of earlier tests are gone for good: each one alive would take part in every change of the zoom."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def user(qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    variables = Variables()
    shop = (Variable(name="base", value="https://shop.example"), Variable(name="token", value="t0ken", secret=True))
    variables.set_environments((Environment(name="Shop", variables=shop),))
    variables.choose("Shop")
    asked: list[str] = []
    services = Services(
        sender=no_sender,
        user_agent="httpdesk/test",
        settings=LiveSettings(Settings(), lambda _: None),
        variables=variables,
        library=Library(),
        console=Console(),
        notices=Notices(over),
        run_action=asked.append,
        edit_variable=asked.append,
        open_settings=asked.append,
    )
    user = User(services, qtbot)
    user.asked_for = asked
    qtbot.addWidget(services.console)
    return user
