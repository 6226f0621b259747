"""The environment editor: what is typed is in the file a moment later, secrets stay out of it, Undo brings back."""

import asyncio

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from httpdesk.core.environment import Environment, Variable
from httpdesk.ui.environments_dialog import EnvironmentsDialog
from httpdesk.ui.environments_model import SECRET
from httpdesk.ui.kv_model import DESCRIPTION, ENABLED, NAME, VALUE
from httpdesk.ui.library import Library
from httpdesk.ui.notices import Notices
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.variables import Variables

STAGING = Environment(
    name="Staging",
    color="#B9820F",
    variables=(
        Variable(name="baseUrl", value="https://staging.example", description="Public API"),
        Variable(name="token", secret=True),
    ),
)
LOCAL = Environment(name="Local", variables=(Variable(name="baseUrl", value="http://127.0.0.1:8000"),))


def focused() -> QLineEdit:
    """The field that has the caret."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QLineEdit)
    return widget


class Desk:
    """A window with an open workspace and the editor over it."""

    def __init__(self, window, folder):
        self.window, self.folder = window, folder
        self.library, self.variables = Library(), Variables()
        self.library.environments_changed.connect(lambda: self.variables.set_environments(self.library.environments))
        self.tasks, self.notices = Tasks(self._report), Notices(window)
        self.dialog = EnvironmentsDialog(window, self.library, self.variables, self.tasks, self.notices)
        self.editor, self.table = self.dialog.editor, self.dialog.editor.table

    def _report(self, problem):
        raise problem

    async def open(self, *environments):
        await self.library.open(self.folder)
        for environment in environments:
            await self.library.save_environment(environment, "")
        return self

    def press(self, words):
        self.switch(words).click()

    def switch(self, words):
        """The button, or switch, of that name."""
        buttons = self.window.findChildren(QAbstractButton)
        return next(each for each in buttons if each.accessibleName() == words and each.isVisible())

    def names(self):
        """The environments in the list, below what every request sees."""
        first, second, *others = [entry.title for entry in self.dialog.nav._model.entries]
        assert (first, second) == ("Globals", "Workspace")
        return [title for title in others if title != "Side by side"]

    def on_disk(self):
        from httpdesk.store.workspace import Workspace

        return {each.name: each for each in Workspace.open(self.folder).environments()}

    async def until(self, condition):
        async with asyncio.timeout(10):
            while not condition():
                QApplication.processEvents()
                await asyncio.sleep(0.01)

    async def saved(self):
        """Wait until everything typed is in the files."""
        self.dialog._save_now()
        await self.until(lambda: not self.tasks._running)

    def type_into(self, row, column, text):
        self.table.edit_cell(row, column)
        field = focused()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()  # the editor closes in its own time
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def click(self, row, column, from_right=None):
        cell = self.table.visualRect(self.table.model().index(row, column))
        x = cell.right() - from_right if from_right else cell.left() + 15
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, cell.center().y()))

    async def end(self):
        self.dialog.shut()
        await self.tasks.stop()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def desk(window, tmp_path):
    return Desk(window, tmp_path)


async def test_the_list_shows_all_and_starts_at_the_one_in_use(desk):
    await desk.open(STAGING, LOCAL)
    desk.variables.choose("Staging")
    desk.dialog.open_at()
    assert desk.names() == ["Local", "Staging"]
    assert desk.editor.name.text() == "Staging"
    desk.dialog.open_at("Local")
    assert desk.editor.name.text() == "Local"
    await desk.end()


async def test_what_is_typed_is_in_the_file_a_moment_later(desk):
    await desk.open(STAGING)
    desk.dialog.open_at()
    desk.type_into(0, VALUE, "https://new.example")
    await desk.until(lambda: desk.library.environments[0].variables[0].value == "https://new.example")
    assert desk.on_disk()["Staging"].variables[0].value == "https://new.example"
    await desk.end()


async def test_typing_into_the_blank_row_adds_a_variable_and_there_is_a_blank_one_again(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    desk.type_into(1, NAME, "port")
    desk.type_into(1, VALUE, "8000")
    desk.type_into(1, DESCRIPTION, "of the echo server")
    assert desk.table.model().rowCount() == 3
    await desk.saved()
    assert desk.on_disk()["Local"].variables[1] == Variable(name="port", value="8000", description="of the echo server")
    await desk.end()


async def test_a_value_without_a_name_yet_stays_in_its_row(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    desk.type_into(1, VALUE, "8000")
    await desk.saved()
    assert desk.table.model().rowCount() == 3
    desk.type_into(1, NAME, "port")
    await desk.saved()
    assert desk.on_disk()["Local"].variables[1] == Variable(name="port", value="8000")
    await desk.end()


async def test_closing_saves_what_was_typed_last(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    desk.type_into(0, VALUE, "http://127.0.0.1:9000")
    desk.dialog.shut()
    await desk.until(lambda: not desk.tasks._running)
    assert desk.on_disk()["Local"].variables[0].value == "http://127.0.0.1:9000"


async def test_the_end_of_the_program_waits_for_what_was_typed_last(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    desk.type_into(0, VALUE, "http://127.0.0.1:9000")
    await desk.dialog.finish()
    assert desk.on_disk()["Local"].variables[0].value == "http://127.0.0.1:9000"
    await desk.end()


async def test_the_end_of_the_program_waits_for_a_write_that_has_begun(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    desk.type_into(0, VALUE, "http://127.0.0.1:9000")
    saved = asyncio.Event()
    desk.library.environments_changed.connect(saved.set)
    await desk.until(lambda: not any(draft.dirty for draft in desk.dialog._drafts))
    await desk.dialog.finish()
    assert saved.is_set()
    await desk.end()


async def test_a_switched_off_variable_is_kept_and_does_not_count(desk):
    await desk.open(LOCAL)
    desk.variables.choose("Local")
    desk.dialog.open_at()
    desk.click(0, ENABLED)
    await desk.saved()
    assert desk.on_disk()["Local"].variables[0].enabled is False
    assert desk.variables.scope().find("baseUrl") is None
    await desk.end()


# -- secrets


async def test_a_secret_value_counts_but_no_file_gets_it(desk):
    await desk.open(STAGING)
    desk.variables.choose("Staging")
    desk.dialog.open_at()
    desk.type_into(1, VALUE, "s3cret")
    await desk.saved()
    assert desk.variables.scope().find("token").value == "s3cret"
    assert all(b"s3cret" not in file.read_bytes() for file in desk.folder.rglob("*") if file.is_file())
    desk.dialog.shut()
    desk.dialog.open_at()
    assert desk.table.model().index(1, VALUE).data() == "•" * 12
    await desk.end()


async def test_a_cleared_secret_is_gone(desk):
    await desk.open(STAGING)
    desk.variables.choose("Staging")
    desk.dialog.open_at()
    desk.type_into(1, VALUE, "s3cret")
    await desk.saved()
    desk.table.edit_cell(1, VALUE)
    field = desk.table.findChild(QLineEdit)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    await desk.saved()
    assert desk.variables.scope().find("token") is None
    await desk.end()


async def test_a_secret_is_typed_behind_dots(desk):
    await desk.open(STAGING)
    desk.dialog.open_at()
    desk.table.edit_cell(1, VALUE)
    assert desk.table.findChild(QLineEdit).echoMode() == QLineEdit.EchoMode.Password
    await desk.end()


async def test_a_screen_reader_does_not_speak_a_secret(desk):
    await desk.open(STAGING)
    desk.dialog.open_at()
    desk.type_into(1, VALUE, "s3cret")
    assert desk.table.model().index(1, VALUE).data(Qt.ItemDataRole.AccessibleTextRole) == "Value: secret"
    assert desk.table.model().index(1, SECRET).data(Qt.ItemDataRole.AccessibleTextRole) == "secret"
    await desk.end()


async def test_the_lock_makes_a_variable_secret_and_its_value_leaves_the_file(desk):
    await desk.open(LOCAL)
    desk.variables.choose("Local")
    desk.dialog.open_at()
    desk.click(0, SECRET)
    await desk.saved()
    assert desk.on_disk()["Local"].variables[0] == Variable(name="baseUrl", secret=True)
    assert desk.variables.scope().find("baseUrl").value == "http://127.0.0.1:8000"
    desk.table.setCurrentIndex(desk.table.model().index(0, SECRET))
    QTest.keyClick(desk.table, Qt.Key.Key_Space)
    await desk.saved()
    assert desk.on_disk()["Local"].variables[0] == LOCAL.variables[0]
    await desk.end()


async def test_the_eye_shows_one_value_and_another_environment_hides_it_again(desk):
    await desk.open(STAGING, LOCAL)
    desk.dialog.open_at("Staging")
    desk.type_into(1, VALUE, "s3cret")
    desk.click(1, VALUE, from_right=15)
    assert desk.table.cells.shown == {"token"}
    desk.dialog.open_at("Local")
    desk.dialog.open_at("Staging")
    assert desk.table.cells.shown == set()
    await desk.saved()
    await desk.end()


# -- rows


async def test_a_row_goes_by_its_bin(desk):
    await desk.open(STAGING)
    desk.dialog.open_at()
    desk.click(0, SECRET, from_right=15)
    await desk.saved()
    assert [variable.name for variable in desk.on_disk()["Staging"].variables] == ["token"]
    await desk.end()


async def test_pasted_lines_become_variables(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    QApplication.clipboard().setText("user: ada\n# debug: 1")
    desk.table.setCurrentIndex(desk.table.model().index(1, NAME))
    QTest.keyClick(desk.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await desk.saved()
    assert desk.on_disk()["Local"].variables[1:] == (
        Variable(name="user", value="ada"),
        Variable(name="debug", value="1", enabled=False),
    )
    await desk.end()


async def test_a_name_that_is_there_twice_is_told(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    desk.type_into(1, NAME, "baseUrl")
    assert desk.editor.fault == "baseUrl is there more than once; the first one counts."
    await desk.end()


# -- environments


async def test_a_new_environment_is_named_at_once(desk):
    await desk.open()
    desk.dialog.open_at()
    assert desk.names() == []
    desk.press("New environment")
    assert desk.editor.name.selectedText() == "New environment"
    QTest.keyClicks(desk.editor.name, "Production")
    QTest.keyClick(desk.editor.name, Qt.Key.Key_Return)
    await desk.saved()
    assert list(desk.on_disk()) == ["Production"]
    assert desk.names() == ["Production"]
    await desk.end()


async def test_renaming_keeps_the_choice_and_the_secrets(desk):
    await desk.open(STAGING)
    desk.variables.choose("Staging")
    desk.dialog.open_at()
    desk.type_into(1, VALUE, "s3cret")
    desk.editor.edit_name()
    QTest.keyClicks(desk.editor.name, "Test")
    QTest.keyClick(desk.editor.name, Qt.Key.Key_Return)
    await desk.saved()
    assert list(desk.on_disk()) == ["Test"]
    assert desk.variables.chosen == "Test"
    assert desk.variables.scope().find("token").value == "s3cret"
    await desk.end()


async def test_a_name_is_there_once_whatever_its_case(desk):
    await desk.open(STAGING, LOCAL)
    desk.dialog.open_at("Local")
    desk.editor.edit_name()
    QTest.keyClicks(desk.editor.name, "staging")
    assert desk.editor.fault == "There is another environment of this name."
    QTest.keyClick(desk.editor.name, Qt.Key.Key_Return)
    assert desk.editor.name.text() == "Local"
    assert desk.editor.fault == ""
    await desk.end()


async def test_escape_in_the_name_takes_back_and_closes_nothing(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    desk.editor.edit_name()
    QTest.keyClicks(desk.editor.name, "Oops")
    QTest.keyClick(desk.editor.name, Qt.Key.Key_Escape)
    assert desk.dialog.isVisible()
    assert desk.editor.name.text() == "Local"
    await desk.end()


async def test_a_copy_has_its_own_name_and_the_secrets(desk):
    await desk.open(STAGING)
    desk.dialog.open_at()
    desk.type_into(1, VALUE, "s3cret")
    desk.press("Duplicate the environment")
    await desk.saved()
    assert sorted(desk.on_disk()) == ["Staging", "Staging copy"]
    desk.variables.choose("Staging copy")
    assert desk.variables.scope().find("token").value == "s3cret"
    await desk.end()


async def test_a_deleted_environment_comes_back_with_its_comments(desk):
    await desk.open(STAGING, LOCAL)
    desk.variables.choose("Staging")
    file = next((desk.folder / "environments").glob("[Ss]taging*"))
    file.write_text(file.read_text("utf-8") + "# ask Ada before changing\n", "utf-8")
    await desk.library.reload()
    desk.dialog.open_at("Staging")
    desk.press("Delete the environment")
    await desk.until(lambda: not file.exists() and desk.names() == ["Local"])
    assert desk.variables.chosen == ""
    desk.press("Undo")
    await desk.until(lambda: file.exists() and desk.names() == ["Local", "Staging"])
    await desk.saved()
    assert "# ask Ada" in file.read_text("utf-8")
    assert desk.names() == ["Local", "Staging"]
    assert desk.editor.name.text() == "Staging"
    assert desk.variables.chosen == "Staging"
    await desk.end()


async def test_an_environment_deleted_before_it_was_written_leaves_no_file(desk):
    await desk.open()
    desk.dialog.open_at()
    desk.press("New environment")
    desk.press("Delete the environment")
    await desk.until(lambda: not desk.tasks._running)
    assert desk.on_disk() == {}
    assert desk.names() == []
    await desk.end()


async def test_a_colour_is_saved(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    red = next(dot for dot in desk.editor.findChildren(QWidget) if dot.accessibleName() == "Red")
    QTest.mouseClick(red, Qt.MouseButton.LeftButton)
    await desk.saved()
    assert desk.on_disk()["Local"].color == "#E0484F"
    await desk.end()


async def test_an_environment_can_be_put_in_use(desk):
    await desk.open(STAGING, LOCAL)
    desk.dialog.open_at("Local")
    desk.press("Use")
    assert desk.variables.chosen == "Local"
    assert not desk.editor.use.isVisible()
    await desk.end()


async def test_a_change_of_the_files_is_shown(desk):
    await desk.open(LOCAL)
    desk.dialog.open_at()
    await desk.library.save_environment(STAGING, "")
    assert desk.names() == ["Local", "Staging"]
    await desk.library.delete_environment("Local")
    assert desk.editor.name.text() == "Staging"
    await desk.end()


async def test_a_fault_of_the_disk_is_told_and_the_text_stays(desk):
    await desk.open(LOCAL)
    file = next((desk.folder / "environments").iterdir())
    desk.dialog.open_at()
    file.write_text("info: {name: Local}\nvariables: [\n", "utf-8")
    desk.type_into(0, VALUE, "http://other")
    await desk.until(lambda: desk.notices.current)
    assert desk.table.model().index(0, VALUE).data() == "http://other"
    assert file.read_text("utf-8").endswith("[\n")
    await desk.end()


# -- from a request


async def test_an_unknown_variable_is_added_with_the_caret_in_its_value(desk):
    await desk.open(STAGING)
    desk.variables.choose("Staging")
    desk.dialog.edit_variable("orderId")
    QTest.keyClicks(focused(), "42")
    await desk.saved()
    assert desk.variables.scope().find("orderId").value == "42"
    await desk.end()


async def test_a_known_variable_is_edited_where_it_stands(desk):
    await desk.open(STAGING)
    desk.variables.choose("Staging")
    desk.dialog.edit_variable("baseUrl")
    assert focused().text() == "https://staging.example"
    assert desk.table.model().rowCount() == 3
    await desk.end()


async def test_without_any_environment_one_is_made_and_used(desk):
    await desk.open()
    desk.dialog.edit_variable("host")
    QTest.keyClicks(focused(), "localhost")
    await desk.saved()
    assert desk.variables.chosen == "Local"
    assert desk.variables.scope().find("host").value == "localhost"
    assert desk.on_disk()["Local"].variables == (Variable(name="host", value="localhost"),)
    await desk.end()


async def test_the_variables_of_the_workspace_and_of_the_user_are_edited_like_an_environment(desk):
    desk.library = desk.dialog._library = Library(desk.folder / "data/globals.yml")
    await desk.open(LOCAL)
    desk.dialog.open_at()
    desk.dialog.nav.setCurrentIndex(desk.dialog.nav.model().index(0, 0))
    assert not desk.editor.name.isVisible()
    desk.type_into(0, NAME, "who")
    desk.type_into(0, VALUE, "everyone")
    await desk.saved()
    assert "everyone" in (desk.folder / "data/globals.yml").read_text("utf-8")
    desk.dialog.nav.setCurrentIndex(desk.dialog.nav.model().index(1, 0))
    desk.type_into(0, NAME, "who")
    desk.type_into(0, VALUE, "the team")
    await desk.saved()
    assert "the team" in (desk.folder / "workspace.yml").read_text("utf-8")
    assert desk.variables.scope().find("who").source == "Workspace"
    assert set(desk.on_disk()) == {"Local"}
    await desk.end()


async def test_a_variable_of_the_workspace_is_edited_there(desk):
    await desk.open(LOCAL)
    await desk.library.save_workspace_variables((Variable(name="who", value="the team"),))
    desk.variables.set_shared(desk.library.shared)
    desk.dialog.edit_variable("who")
    assert desk.dialog.nav.currentIndex().row() == 1
    assert focused().text() == "the team"
    await desk.end()


async def test_what_is_written_nowhere_is_told_instead_of_edited(desk, monkeypatch):
    monkeypatch.setenv("HTTPDESK_TEST_LANG", "en")
    await desk.open(LOCAL)
    desk.dialog.edit_variable("process.env.HTTPDESK_TEST_LANG")
    assert not desk.dialog.isVisible()
    assert "process.env.HTTPDESK_TEST_LANG: en (Operating system)" in desk.notices.current
    desk.notices.dismiss()
    desk.dialog.edit_variable("$randomInt 7 7")
    assert "$randomInt 7 7: 7 (Built-in)" in desk.notices.current
    await desk.end()


async def test_environments_side_by_side_are_written_and_no_secret_is(desk):
    await desk.open(STAGING, LOCAL)
    desk.dialog.open_at()
    desk.dialog.nav.setCurrentIndex(desk.dialog.nav.model().index(2, 0))
    model = desk.dialog.grid.model
    assert desk.dialog.grid.isVisible()
    assert model.names == ["baseUrl", "token"]
    model.setData(model.index(0, 1), "http://localhost:9")
    model.setData(model.index(1, 1), "hunter2")
    await desk.saved()
    assert desk.on_disk()["Local"].variables[0].value == "http://localhost:9"
    assert desk.on_disk()["Local"].variables[1] == Variable(name="token", secret=True)
    assert not any("hunter2" in path.read_text("utf-8") for path in desk.folder.rglob("*.yml"))
    assert desk.dialog.grid.isVisible()
    desk.dialog.open_at("Staging")
    assert desk.editor.name.text() == "Staging"
    await desk.end()


async def test_an_environment_is_protected_and_the_list_says_so(desk):
    await desk.open(LOCAL, STAGING)
    desk.dialog.open_at("Local")
    desk.press("Protected environment")
    await desk.saved()
    assert desk.on_disk()["Local"].protected
    spoken = desk.dialog.nav.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Local, protected, 1"
    desk.dialog.open_at("Staging")
    assert not desk.switch("Protected environment").isChecked()
    await desk.end()
