"""Which value of a variable counts in the window, and where it is said to come from."""

import asyncio

from PySide6.QtWidgets import QApplication

from httpdesk.core.collection import Defaults, Level, Saved
from httpdesk.core.environment import Environment, Shared, Variable
from httpdesk.core.request import HttpRequest
from httpdesk.ui.dotenv_watch import DotenvWatch
from httpdesk.ui.library import Library
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.variables import Variables


def rows(value, *names):
    return tuple(Variable(name=name, value=value) for name in names)


def told(scope, name):
    """The value that counts and who gives it; nothing where there is none."""
    found = scope.find(name)
    return (found.value, found.source) if found else ("", "")


def test_the_order_of_lookup(monkeypatch):
    monkeypatch.setenv("HTTPDESK_TEST_LANG", "system")
    names = ("a", "b", "c", "d", "e", "f", "g", "h", "echo")
    variables = Variables()
    variables.set_environments((Environment(name="Staging", variables=rows("environment", *names[3:])),))
    variables.choose("Staging")
    shared = Shared(
        globals=rows("globals", *names),
        workspace=rows("workspace", *names[:8]),
        dotenv={
            "": rows("workspace .env", *names[:7]),
            "shop": rows("collection .env", *names[:6]),
            "sho": rows("not ours", *names, "z"),
        },
    )
    above = (
        ("List", Defaults(level=Level.REQUEST, variables=rows("request", "a"))),
        ("Near", Defaults(variables=rows("near", "a", "b"))),
        ("Far", Defaults(variables=rows("far", "a", "b", "c"))),
        ("Shop", Defaults(level=Level.COLLECTION, variables=rows("collection", "a", "b", "c", "d", "e"))),
    )
    variables.set_shared(shared)
    saved = Saved(path="shop/x/List.yml", name="List", request=HttpRequest(), above=above)

    def found():
        scope = variables.scope(saved)
        return [(each.value, each.source) for name in names if (each := scope.find(name))]

    assert found()[:4] == [
        ("request", "This request"),
        ("near", "Folder Near"),
        ("far", "Folder Far"),
        ("environment", "Staging"),
    ]
    variables.choose("")
    assert found()[3:] == [
        ("collection", "Collection Shop"),
        ("collection", "Collection Shop"),
        ("collection .env", "shop/.env"),
        ("workspace .env", ".env"),
        ("workspace", "Workspace"),
        ("globals", "Globals"),
    ]
    assert variables.scope(saved).find("z") is None


def test_the_system_is_asked_by_name_only_and_an_env_file_goes_first(monkeypatch):
    monkeypatch.setenv("HTTPDESK_TEST_LANG", "system")
    variables = Variables()
    variables.set_shared(Shared(dotenv={"": rows("file", "OWN")}))
    scope = variables.scope()
    assert scope.find("HTTPDESK_TEST_LANG") is None
    for name in ("process.env.HTTPDESK_TEST_LANG", "$env HTTPDESK_TEST_LANG"):
        assert told(scope, name) == ("system", "Operating system")
    assert told(scope, "process.env.OWN") == told(scope, "OWN") == ("file", ".env")
    assert scope.find("process.env.NOT_THERE") is None
    assert "process.env.HTTPDESK_TEST_LANG" in {each.name for each in scope.all()}


def test_secrets_of_the_workspace_and_the_user_are_kept_apart():
    variables = Variables()
    empty = Variable(name="token", secret=True)
    variables.set_shared(Shared(globals=(empty,), workspace=(empty,)))
    user, workspace = variables.revealed_shared()
    full = Variable(name="token", value="s3cret", secret=True)
    assert variables.keep_secrets(Environment(name=user.name, variables=(full,))).variables == (empty,)
    assert told(variables.scope(), "token") == ("s3cret", "Globals")
    assert variables.revealed_shared()[1] == workspace
    assert "s3cret" in variables.secret_values()


async def test_a_change_of_an_env_file_counts_a_moment_later(tmp_path, qtbot):
    def report(problem):
        raise problem

    async def until(condition):
        async with asyncio.timeout(10):
            while not condition():
                QApplication.processEvents()
                await asyncio.sleep(0.01)

    library, variables, tasks = Library(), Variables(), Tasks(report)
    library.environments_changed.connect(lambda: variables.set_shared(library.shared))
    watch = DotenvWatch(library, tasks)
    await library.open(tmp_path)
    assert variables.scope().find("WHO") is None
    file = tmp_path / ".env"
    file.write_text("WHO=one\n", "utf-8")
    await until(lambda: variables.scope().find("WHO"))
    file.write_text("WHO=two\n", "utf-8")
    await until(lambda: told(variables.scope(), "WHO")[0] == "two")
    other = tmp_path / "new"
    other.write_text("WHO=three\n", "utf-8")
    other.replace(file)
    await until(lambda: told(variables.scope(), "WHO")[0] == "three")
    file.unlink()
    await until(lambda: variables.scope().find("WHO") is None)
    watch.close()
    await tasks.stop()
