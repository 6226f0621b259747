"""Environments: variables by hand, secrets that stay out of files, the switch, and where values come from."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from httpdesk.core.environment import Environment, Variable
from httpdesk.core.request import HttpRequest
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


async def test_an_environment_whose_file_is_broken_is_told(httpdesk, tmp_path):
    async with httpdesk() as person:
        await until(lambda: person.program.variables.environments)
        file_of(person, "Broken").write_text("name: [\n", "utf-8")
        assert person.notice == ""
    async with httpdesk() as person:
        await until(lambda: "Broken.yml can't be read" in person.notice)
        assert file_of(person, "Broken").read_text("utf-8") == "name: [\n"
        person.program.notices.dismiss()
        table = await open_editor(person)
        await person.fill(table.accessibleName(), 3, "who", "World")
        person.button("Done")
        await until(lambda: "World" in file_of(person, "Local").read_text("utf-8"))
        # Said once, not at every save.
        assert person.notice == ""


async def protect(person, name):
    """Mark an environment as protected, and use it."""
    library, variables = person.program.library, person.program.variables
    await until(lambda: variables.environments)
    environment = next(each for each in variables.environments if each.name == name)
    await library.save_environment(msgspec.structs.replace(environment, protected=True), name)
    variables.choose(name)


async def test_a_protected_environment_asks_before_a_write_and_names_the_host(httpdesk):
    async with httpdesk() as person:
        await protect(person, "Local")
        assert person.find(EnvSwitch, "Environment: Local, protected")
        assert person.program.desk._guard_line.isVisible()
        person.new_request("{{echo}}/anything")
        await person.send()
        assert person.echo["method"] == "GET"
        person.tab.url_row.method_changed.emit("DELETE")
        person.ctrl(KEY.Key_Return)
        host = person.program.variables.scope().find("echo").value.removeprefix("http://")
        await until(lambda: f"DELETE to {host}" in person.names())
        person.press(KEY.Key_Return)  # the safe answer has the focus
        await until(lambda: f"DELETE to {host}" not in person.names())
        assert person.echo["method"] == "GET"
        person.ctrl(KEY.Key_Return)
        await until(lambda: f"DELETE to {host}" in person.names())
        before = person.tab.exchange
        person.button("Send DELETE")
        await until(lambda: person.tab.exchange is not before and person.tab.exchange.outcome and not person.tab.busy)
        assert person.echo["method"] == "DELETE"
        person.program.variables.choose("")
        assert not person.program.desk._guard_line.isVisible()


async def test_values_are_asked_for_in_one_form_and_remembered(httpdesk):
    async with httpdesk() as person:
        variables = (Variable(name="who", value="{{?Customer}}"),)
        await person.program.library.save_environment(Environment(name="Asking", variables=variables), "")
        person.program.variables.choose("Asking")
        person.new_request("{{echo}}/anything/{{who}}?code={{?One-time password}}")
        person.ctrl(KEY.Key_Return)
        await person.see(QLineEdit, "Customer")
        person.write("ada")
        secret = person.find(QLineEdit, "One-time password")
        assert secret.echoMode() == QLineEdit.EchoMode.Password
        person.retype(secret, "4711-very")
        person.press(KEY.Key_Return)
        await until(lambda: person.tab.exchange and person.tab.exchange.outcome and not person.tab.busy)
        assert person.echo["path"] == "/anything/ada"
        assert "4711-very" in str(person.echo)
        assert "4711-very" not in person.tab.url_row.bar.edit.toPlainText()
        before = person.tab.exchange
        person.ctrl(KEY.Key_Return)
        line = await person.see(QLineEdit, "Customer")
        assert line.text() == "ada"
        person.press(KEY.Key_Escape)
        await until(lambda: "Customer" not in person.names(QLineEdit))
        assert person.tab.exchange is before
        person.ctrl(KEY.Key_Return)
        await person.see(QLineEdit, "Customer")
        person.button("Send")
        await until(lambda: person.tab.exchange is not before and person.tab.exchange.outcome and not person.tab.busy)


async def test_a_fault_that_no_answer_would_right_is_told_before_anything_is_asked(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/{{nothing}}/{{?Customer}}")
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.program.console.count)
        assert person.status == "Not sent"
        assert "Customer" not in person.names(QLineEdit)
        person.type_url("http://127.0.0.1:{{?Port}}/")
        person.ctrl(KEY.Key_Return)
        await person.see(QLineEdit, "Port")
        person.write("none")
        person.press(KEY.Key_Return)
        await until(lambda: person.program.console.count == 2)
        assert person.status == "Not sent"


async def test_another_name_for_a_variable_is_offered_to_all_its_uses(httpdesk):
    async with httpdesk() as person:
        library = person.program.library
        await until(lambda: person.program.variables.environments)
        root = await library.create_collection("Shop")
        path = await library.create_request(root, "Orders", HttpRequest(url="{{base}}/orders", docs="{{base}}"))
        for name in ("One", "Two"):
            variables = (Variable(name="base", value=f"http://{name}"), Variable(name="hook", value="{{base}}/hook"))
            await library.save_environment(Environment(name=name, variables=variables), "")
        person.program.documents.open(path)
        await until(lambda: person.tab and person.tab.path == path)
        person.program.documents.new(HttpRequest(url="{{base}}/draft"))
        dialog = person.program.commands.environments()
        dialog.open_at("One")
        await person.fill(dialog.editor.table.accessibleName(), 0, "baseUrl")
        await until(lambda: "Uses of the old name: 2 in requests (files: 1), 3 in environments." in person.notice)
        person.button("Change all")
        await until(lambda: person.notice == "baseUrl is written everywhere. Files changed: 1.")
        file = library.folder / path
        assert "{{baseUrl}}/orders" in file.read_text("utf-8")
        assert [each.request.url for each in person.program.desk.documents if each.request is not None] == [
            "{{baseUrl}}/orders",
            "{{baseUrl}}/draft",
        ]
        await until(lambda: "{{baseUrl}}/hook" in file_of(person, "Two").read_text("utf-8"))
        assert "name: baseUrl" in file_of(person, "Two").read_text("utf-8")
        assert not person.program.documents.find(path).dirty
        person.button("Undo")
        await until(lambda: "{{base}}/hook" in file_of(person, "Two").read_text("utf-8"))
        assert "{{base}}/orders" in file.read_text("utf-8")
        assert person.program.documents.find(path).request.url == "{{base}}/orders"
        await until(lambda: "name: base\n" in file_of(person, "One").read_text("utf-8"))
