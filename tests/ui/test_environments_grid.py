"""The environments side by side: gaps are marked, cells are edited by keys, secrets stay masked."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from httpdesk.core.environment import Environment, Variable
from httpdesk.ui.environments_grid import EnvironmentsGrid

KEY = Qt.Key
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
LOCAL = Environment(
    name="Local",
    variables=(Variable(name="base", value="http://localhost"), Variable(name="token", value="s3cret", secret=True)),
)
STAGING = Environment(
    name="Staging",
    color="#B9820F",
    variables=(Variable(name="base", value="https://{{host}}"), Variable(name="page", value="1", enabled=False)),
)
LIVE = Environment(name="Live", variables=(Variable(name="token", secret=True),))


class User:
    """Someone who works with the grid by keys alone."""

    def __init__(self, grid):
        self.grid, self.table, self.model = grid, grid.table, grid.model
        self.changes: list[tuple[int, Environment]] = []
        grid.edited.connect(lambda at, environment: self.changes.append((at, environment)))

    def go(self, row, column):
        self.table.setFocus()
        self.table.setCurrentIndex(self.model.index(row, column))

    @property
    def focused(self):
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key):
        QTest.keyClick(self.focused, key)
        QApplication.processEvents()  # the editor closes in its own time
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def write(self, words):
        QTest.keyClicks(self.focused, words[:1])
        QTest.keyClicks(self.editor, words[1:])

    @property
    def editor(self):
        (line,) = [each for each in self.table.findChildren(QLineEdit) if each.isVisible()]
        return line

    def cells(self, role=Qt.ItemDataRole.DisplayRole):
        columns = range(self.model.columnCount())
        return [[self.model.index(row, at).data(role) for at in columns] for row in range(len(self.model.names))]

    def environment(self, at):
        return {row.name: row.value for row in self.model.environments[at].variables}


@pytest.fixture
def user(qtbot):
    grid = EnvironmentsGrid(lambda name: name == "host")
    qtbot.addWidget(grid)
    grid.resize(900, 500)
    grid.model.show([LOCAL, STAGING, LIVE])
    grid.show()
    qtbot.waitExposed(grid)
    grid.activateWindow()
    return User(grid)


def test_all_variables_of_all_environments(user):
    assert user.cells() == [
        ["base", "http://localhost", "https://{{host}}", ""],
        ["token", "•" * 12, "", ""],
        ["page", "", "1", ""],
    ]


def test_a_screen_reader_says_what_is_missing_and_no_secret(user):
    spoken = user.cells(SPOKEN)
    assert spoken[0][3] == "base, Live: missing"
    assert spoken[1][1:] == ["token, Local: secret", "token, Staging: missing", "token, Live: not set"]
    assert spoken[2][2] == "page, Staging: off"


def test_gaps_are_counted_and_shown_alone(user):
    assert user.model.gaps() == (5, 3)
    user.model.show([LOCAL, LOCAL])
    assert user.model.gaps() == (0, 0)
    user.model.show([LOCAL, Environment(name="Live", variables=LOCAL.variables[:1])])
    user.grid.only_gaps.setChecked(True)
    assert user.model.names == ["token"]
    user.grid.only_gaps.setChecked(False)
    assert user.model.names == ["base", "token"]


def test_typing_into_a_gap_fills_it_at_once(user):
    user.go(0, 3)
    user.write("https://live")
    assert user.changes[-1][0] == 2
    assert user.environment(2)["base"] == "https://live"
    user.press(KEY.Key_Return)
    assert user.cells()[0][3] == "https://live"


def test_a_gap_that_was_only_looked_into_stays_one(user):
    user.go(0, 3)
    user.press(KEY.Key_F2)
    assert user.editor.text() == ""
    user.press(KEY.Key_Return)
    assert not user.changes


def test_a_secret_is_typed_behind_dots_and_stays_secret(user):
    user.go(1, 2)
    user.write("hunter2")
    assert user.editor.echoMode() == QLineEdit.EchoMode.Password
    user.press(KEY.Key_Return)
    assert user.changes[-1][1].variables[-1] == Variable(name="token", value="hunter2", secret=True)
    assert user.cells()[1][2] == "•" * 12


def test_delete_makes_a_gap_and_the_row_stays(user):
    user.go(2, 2)
    user.press(KEY.Key_Delete)
    assert "page" not in user.environment(1)
    user.model.show(list(user.model.environments))
    assert user.model.names == ["base", "token", "page"]
    assert user.cells(SPOKEN)[2][2] == "page, Staging: missing"


def test_a_new_name_is_a_row_of_gaps(user):
    user.go(3, 0)
    user.write("region")
    user.press(KEY.Key_Return)
    assert user.cells(SPOKEN)[3] == ["region", *(f"region, {name}: missing" for name in ("Local", "Staging", "Live"))]
    assert not user.changes
    user.go(3, 1)
    user.write("eu")
    assert user.environment(0)["region"] == "eu"


def test_a_name_that_is_there_or_has_braces_is_not_taken(user):
    for name in ("base", "a{b"):
        user.go(3, 0)
        user.write(name)
        user.press(KEY.Key_Return)
    assert user.model.names == ["base", "token", "page"]


def test_another_name_is_that_in_all_environments(user):
    user.go(1, 0)
    user.press(KEY.Key_F2)
    user.editor.selectAll()
    user.write("key")
    user.press(KEY.Key_Return)
    assert user.environment(0) == {"base": "http://localhost", "key": "s3cret"}
    assert user.environment(2) == {"key": ""}


def test_an_editor_stays_open_while_the_values_are_saved(user):
    user.go(0, 3)
    user.write("abc")
    user.model.show([*user.model.environments])
    QTest.keyClicks(user.editor, "d")
    assert user.environment(2)["base"] == "abcd"
