"""Environments: variables by hand, secrets that stay out of files, the switch, and where values come from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from httpdesk.ui.env_switch import EnvSwitch
from httpdesk.ui.environments_model import SECRET
from httpdesk.ui.environments_table import VariablesTable
from tests.drivers import until

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


async def open_editor(person):
    """Open the editor of environments; gives its table."""
    await until(lambda: person.program.variables.environments)
    person.ctrl(KEY.Key_E, SHIFT)
    return await until(lambda: next((t for t in person.window.findChildren(VariablesTable) if t.isVisible()), None))


def file_of(person, name):
    return person.program.library.folder / "environments" / f"{name}.yml"


async def use(person, name):
    """Choose an environment in the switch."""
    person.ctrl(KEY.Key_E)
    person.menu(name)
    await until(lambda: person.find(EnvSwitch, f"Environment: {name}"))


async def test_a_variable_is_typed_used_and_written(httpdesk):
    async with httpdesk() as person:
        table = await open_editor(person)
        await person.fill(table.accessibleName(), 3, "who", "World & 1")
        person.button("Done")
        await until(lambda: "World & 1" in file_of(person, "Local").read_text("utf-8"))
        person.new_request("{{echo}}/anything/{{who}}")
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.program.console.count)
        assert person.status == "Not sent"
        await use(person, "Local")
        await person.send()
        assert person.echo["path"] == "/anything/World%20&%201"


async def test_a_secret_is_sent_but_in_no_file(httpdesk, tmp_path):
    async with httpdesk() as person:
        table = await open_editor(person)
        await person.fill(table.accessibleName(), 3, "token", "hunter2-very-secret")
        cell = table.visualRect(table.model().index(3, SECRET))
        person.click(table.viewport(), cell.center())
        person.button("Use")
        person.button("Done")
        await until(lambda: "secret: true" in file_of(person, "Local").read_text("utf-8"))
        person.new_request("{{echo}}/anything")
        person.page("headers")
        await person.fill("Headers", 0, "X-Token", "{{token}}")
        await person.send()
        assert person.received("X-Token") == ["hunter2-very-secret"]
        assert "hunter2" not in file_of(person, "Local").read_text("utf-8")
    async with httpdesk() as person:
        await until(lambda: person.titles == ["{{echo}}/anything"])
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.program.console.count)
        # Its value is gone with the program, and that is said instead of sending an empty one.
        assert person.status == "Not sent"


async def test_a_new_environment_is_made_renamed_and_deleted(httpdesk):
    async with httpdesk() as person:
        table = await open_editor(person)
        person.button("New environment")
        await until(lambda: len(person.program.variables.environments) == 2)
        name = next(f for f in person.window.findChildren(QLineEdit) if f.isVisible() and f.text() not in ("", "Local"))
        person.retype(name, "Staging")
        person.press(KEY.Key_Return)
        await until(lambda: file_of(person, "Staging").exists())
        await person.fill(table.accessibleName(), 0, "base", "https://staging.example")
        await until(lambda: "staging.example" in file_of(person, "Staging").read_text("utf-8"))
        person.button("Use")
        person.press(KEY.Key_Escape)
        assert person.find(EnvSwitch, "Environment: Staging")
        person.new_request("{{base}}/x")
        preview = person.tab.request_pane.page("params")
        await until(lambda: person.tab._scope().find("base"))
        assert preview.isVisible()
        await open_editor(person)
        person.button("Delete the environment")
        await until(lambda: not file_of(person, "Staging").exists())
        await until(lambda: person.notice)
        person.button("Undo")
        await until(lambda: file_of(person, "Staging").exists())


async def test_the_choice_comes_back_at_the_next_start(httpdesk):
    async with httpdesk() as person:
        await until(lambda: person.program.variables.environments)
        await use(person, "Local")
    async with httpdesk() as person:
        await until(lambda: person.program.variables.environments)
        assert person.find(EnvSwitch, "Environment: Local")
        person.new_request("{{echo}}/anything/{{name}}")
        await person.send()
        assert person.echo["path"] == "/anything/Ada"


async def test_the_environment_wins_over_the_collection(httpdesk):
    async with httpdesk() as person:
        await until(lambda: len(person.rows) == 7)
        await person.open_row("Path and variables")
        await person.send()
        without = person.echo["url"]
        await use(person, "Local")
        await person.send()
        assert person.echo["url"] != without
        assert "Ada" in person.echo["url"]


async def test_what_is_typed_last_is_saved_when_the_program_ends_at_once(httpdesk):
    async with httpdesk() as person:
        table = await open_editor(person)
        await person.fill(table.accessibleName(), 3, "late", "just in time")
        file = file_of(person, "Local")
    assert "just in time" in file.read_text("utf-8")
