"""Variables of no environment: of the workspace, of the user, and of .env files."""

import os

import pytest

from httpdesk.core.environment import Variable
from httpdesk.core.problem import Problem
from httpdesk.store.shared_variables import GlobalVariables
from httpdesk.store.system_variables import of_system
from httpdesk.store.workspace import Workspace

HOST = Variable(name="host", value="example.com")
TOKEN = Variable(name="token", value="s3cret", secret=True)


def test_the_variables_of_a_workspace_are_in_its_file_beside_what_others_wrote(tmp_path):
    text = 'workspace: "1.0.0" # ours\ninfo:\n  name: Team\nextensions:\n  other: 1\n'
    (tmp_path / "workspace.yml").write_text(text, "utf-8")
    workspace = Workspace.open(tmp_path)
    assert workspace.variables() == ()
    workspace.save_variables((HOST, TOKEN))
    written = (tmp_path / "workspace.yml").read_text("utf-8")
    assert written.startswith(text)
    assert "s3cret" not in written
    again = Workspace.open(tmp_path)
    assert again.variables() == (HOST, Variable(name="token", secret=True))
    again.save_variables(())
    assert (tmp_path / "workspace.yml").read_text("utf-8").strip() == text.strip()


def test_a_workspace_without_a_file_gets_one_with_the_first_variable_and_keeps_its_name(tmp_path):
    (tmp_path / "opencollection.yml").write_text("info:\n  name: Petshop\n", "utf-8")
    workspace = Workspace.open(tmp_path)
    workspace.save_variables(())
    assert not (tmp_path / "workspace.yml").exists()
    workspace.save_variables((HOST,))
    assert Workspace.open(tmp_path).name == "Petshop"
    assert Workspace.open(tmp_path).variables() == (HOST,)


def test_the_variables_of_the_user_are_in_a_file_of_their_own(tmp_path):
    path = tmp_path / "data/globals.yml"
    assert GlobalVariables(path).read() == ()
    GlobalVariables(path).save((HOST, TOKEN))
    assert "s3cret" not in path.read_text("utf-8")
    assert GlobalVariables(path).read() == (HOST, Variable(name="token", secret=True))


def test_what_another_window_wrote_is_not_lost(tmp_path):
    path = tmp_path / "globals.yml"
    one, other = GlobalVariables(path), GlobalVariables(path)
    one.save((HOST,))
    assert other.read() == (HOST,)
    one.save((HOST, Variable(name="more", value="1")))
    with pytest.raises(Problem, match="changed by another program"):
        other.save(())


def test_dotenv_files_of_the_workspace_and_of_its_collections(tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / ".env").write_text("A=1\n", "utf-8")
    (tmp_path / "shop/.env").write_text("A=2\nAPI_KEY=hidden\n", "utf-8")
    found, faults = Workspace.open(tmp_path).dotenv(["shop", "none"])
    key = Variable(name="API_KEY", value="hidden", secret=True)
    assert found == {"": (Variable(name="A", value="1"),), "shop": (Variable(name="A", value="2"), key)}
    assert faults == ()


def test_a_broken_dotenv_file_is_told_and_the_others_count(tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / ".env").write_text("A=1\n", "utf-8")
    (tmp_path / "shop/.env").write_text("nonsense\n", "utf-8")
    found, faults = Workspace.open(tmp_path).dotenv(["shop"])
    assert set(found) == {""}
    assert "Line 1" in str(faults[0])


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_dotenv_link_does_not_lead_out_of_the_workspace(tmp_path):
    (tmp_path / "credentials").write_text("KEY=x\n", "utf-8")
    (tmp_path / "space").mkdir()
    (tmp_path / "space/.env").symlink_to(tmp_path / "credentials")
    found, faults = Workspace.open(tmp_path / "space").dotenv([])
    assert found == {}
    assert "leads out" in str(faults[0])


def test_what_sounds_secret_in_the_system_is(monkeypatch):
    monkeypatch.setenv("HTTPDESK_TEST_TOKEN", "x")
    monkeypatch.setenv("HTTPDESK_TEST_MONKEY", "y")
    found = {each.name: each for each in of_system()}
    assert found["HTTPDESK_TEST_TOKEN"].secret
    assert not found["HTTPDESK_TEST_MONKEY"].secret
