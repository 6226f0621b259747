"""What git says of the files of a workspace, also where the repository is a stranger's."""

import os
import shutil
import subprocess

import pytest

from httpdesk.core.marks import Mark
from httpdesk.core.problem import Problem
from httpdesk.store import git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")

PET, UPLOAD = "petshop/pets/Create pet.yml", "petshop/pets/photos/Upload photo.yml"


@pytest.fixture
def run(shop):
    """Run git in the workspace, or a folder above."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def git_does(*words, at=None, check=True):
        names = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
        command = ["git", "-C", str(at or shop.folder), *names, *words]
        subprocess.run(command, check=check, capture_output=True, env={**os.environ, **own})

    return git_does


@pytest.fixture
def repository(shop, run):
    """The workspace with everything committed."""
    run("init")
    run("add", "-A")
    run("commit", "-m", "first")
    return shop.folder


def rewrite(file, text):
    file.write_text(file.read_text() + text)


def test_a_folder_without_a_repository_has_no_marks(shop):
    assert git.marks(shop.folder) == {}
    with pytest.raises(Problem, match="no repository"):
        git.committed(shop.folder, PET)


def test_changed_new_and_staged_files_are_marked(repository, run):
    assert git.marks(repository) == {}
    rewrite(repository / PET, "# more\n")
    (repository / "petshop/Ünï côde.yml").write_text("info: {}\n")
    (repository / "petshop/Staged.yml").write_text("info: {}\n")
    run("add", "petshop/Staged.yml")
    assert git.marks(repository) == {
        PET: Mark.MODIFIED,
        "petshop/Ünï côde.yml": Mark.NEW,
        "petshop/Staged.yml": Mark.NEW,
    }


def test_a_workspace_below_the_top_of_a_repository_has_paths_of_its_own(repository):
    rewrite(repository / PET, "# more\n")
    rewrite(repository / "petshop/Price feed.yml", "# more\n")
    assert git.marks(repository / "petshop/pets") == {"Create pet.yml": Mark.MODIFIED}
    assert "# more" not in git.committed(repository / "petshop/pets", "Create pet.yml")


def test_a_conflict_of_a_merge_is_marked(repository, run):
    text = (repository / PET).read_text()
    run("checkout", "-b", "other")
    (repository / PET).write_text(text.replace("method: POST", "method: PUT"))
    run("commit", "-am", "theirs")
    run("checkout", "main")
    (repository / PET).write_text(text.replace("method: POST", "method: PATCH"))
    run("commit", "-am", "mine")
    run("merge", "other", check=False)
    assert git.marks(repository) == {PET: Mark.CONFLICTED}


def test_the_committed_text_is_the_one_before_the_changes(repository):
    before = (repository / PET).read_text()
    rewrite(repository / PET, "# more\n")
    assert git.committed(repository, PET) == before
    assert git.committed(repository, "petshop/none.yml") == ""


def test_a_repository_without_a_commit_has_new_files_only(shop, run):
    run("init")
    assert set(git.marks(shop.folder).values()) == {Mark.NEW}
    assert git.committed(shop.folder, PET) == ""


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_a_look_starts_no_program_of_the_repository(repository, run, tmp_path):
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "filter.bad.clean", "filter.bad.process", "diff.bad.textconv", "diff.external"):
        run("config", key, str(trap))
    (repository / ".gitattributes").write_text("*.yml filter=bad diff=bad\n")
    rewrite(repository / PET, "# more\n")
    os.utime(repository / UPLOAD, (1, 1))
    assert git.marks(repository)[PET] is Mark.MODIFIED
    git.committed(repository, PET)
    assert not (tmp_path / "sprung").exists()


def test_without_the_git_program_there_are_no_marks(repository, monkeypatch):
    rewrite(repository / PET, "# more\n")
    monkeypatch.setenv("PATH", "")
    assert git.marks(repository) == {}


def test_a_look_writes_nothing(repository, snapshot):
    os.utime(repository / UPLOAD, (1, 1))
    before = snapshot(repository / ".git")
    git.marks(repository)
    assert snapshot(repository / ".git") == before
