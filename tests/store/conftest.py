"""A workspace on disk, and eyes for what a change did to it."""

import difflib
import shutil
from pathlib import Path

import pytest

from httpdesk.store.workspace import Workspace

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def shop(tmp_path):
    """The example workspace, copied to where it may be changed."""
    folder = tmp_path / "shop"
    shutil.copytree(DATA / "petshop-team", folder)
    return Workspace.open(folder)


@pytest.fixture
def empty(tmp_path):
    """A workspace with nothing in it."""
    (tmp_path / "empty").mkdir()
    return Workspace.open(tmp_path / "empty")


@pytest.fixture
def diff():
    """The lines that differ between two texts, with + and -."""

    def lines(before, after):
        rows = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
        return [row for row in rows if row[:1] in "+-" and not row.startswith(("+++", "---"))]

    return lines


@pytest.fixture
def snapshot():
    """Every file of a folder with its bytes."""

    def files(folder):
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return files
