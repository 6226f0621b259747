import json

import aiohttp

from httpdesk.core.environment import Scope, Variable
from httpdesk.core.options import effective
from httpdesk.core.prepare import Inherited, prepare
from httpdesk.servers.echo import EchoServer
from httpdesk.store import first_workspace
from httpdesk.store.workspace import Workspace

NAMES = ["Say hello", "Post JSON", "Path and variables", "Basic auth", "A big answer", "Follow redirects"]


def test_a_new_user_finds_six_requests_and_an_environment(tmp_path):
    first_workspace.ensure(tmp_path / "deep" / "httpdesk")
    workspace = Workspace.open(tmp_path / "deep" / "httpdesk")
    (collection,) = workspace.tree()
    assert collection.name == "Try httpdesk"
    assert [entry.name for entry in collection.entries] == NAMES
    assert all(workspace.read(entry.path).request.docs for entry in collection.entries)
    assert [environment.name for environment in workspace.environments()] == ["Local"]
    assert (workspace.folder / ".gitignore").read_text().split() == [".env", ".env.*", ".httpdesk/"]
    assert [path.name for path in workspace.folder.parent.iterdir()] == ["httpdesk"]


def test_an_empty_folder_is_filled_and_one_with_anything_in_it_is_left_alone(tmp_path, snapshot):
    (tmp_path / "empty").mkdir()
    first_workspace.ensure(tmp_path / "empty")
    assert Workspace.open(tmp_path / "empty").tree()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ".hidden").write_text("x")
    first_workspace.ensure(tmp_path / "mine")
    assert snapshot(tmp_path / "mine") == {".hidden": b"x"}
    before = snapshot(tmp_path / "empty")
    first_workspace.ensure(tmp_path / "empty")
    assert snapshot(tmp_path / "empty") == before


def test_the_samples_are_written_as_the_program_would_write_them(tmp_path, snapshot):
    first_workspace.ensure(tmp_path / "w")
    workspace = Workspace.open(tmp_path / "w")
    before = snapshot(workspace.folder)
    for entry in workspace.tree()[0].entries:
        workspace.save(entry.path, workspace.read(entry.path).request)
    assert snapshot(workspace.folder) == before


async def test_every_sample_gets_an_answer_from_the_echo_server(tmp_path):
    first_workspace.ensure(tmp_path / "w")
    workspace = Workspace.open(tmp_path / "w")
    local = workspace.environments()[0].variables
    server = EchoServer()
    await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            for entry in workspace.tree()[0].entries:
                for environment in ((), local):
                    saved = workspace.read(entry.path)
                    echo = (Variable(name="echo", value=server.url),)
                    layers = [("Local", environment), *((name, above.variables) for name, above in saved.above)]
                    scope = Scope(*layers, ("Built-in", echo))
                    wire = prepare(saved.request, scope, effective(saved.request.options), inherited=Inherited())
                    headers = [(header.name, header.value) for header in wire.headers]
                    data = getattr(wire.body, "data", None)
                    async with session.request(wire.method, wire.url, headers=headers, data=data) as answer:
                        body = await answer.read()
                    assert answer.status == 200, entry.name
                    assert json.loads(body), entry.name
    finally:
        await server.stop()
