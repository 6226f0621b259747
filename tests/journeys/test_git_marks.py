"""What git says of the requests, in the tree, and the changes of one of them."""

import asyncio
import os
import shutil
import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from httpdesk.core.marks import Mark
from tests.drivers import until
from tests.journeys.test_outside_changes import HELLO, file_of, ready

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


async def git(folder, *words):
    names = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    own = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), *names, *words]
    await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True, env=own)


def marks(person):
    return dict(person.tree._tree_model.marks)


def spoken(person, path):
    model = person.tree._tree_model
    return model.data(model.index_of(path), Qt.ItemDataRole.AccessibleTextRole)


async def test_marks_come_and_go_with_saves_and_commits_and_changes_are_shown(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        folder = person.program.library.folder
        assert marks(person) == {}
        await git(folder, "init")
        await git(folder, "add", "-A")
        await git(folder, "commit", "-m", "first")
        await person.open_row("Say hello")
        person.type_url("{{echo}}/changed")
        await person.save()
        await until(lambda: marks(person) == {HELLO: Mark.MODIFIED})
        assert spoken(person, HELLO) == "GET Say hello, changed since the last commit"
        person.tree.select(HELLO)
        person.tree.show_changes.emit(HELLO)
        now = await person.see(QPlainTextEdit, "In the file now")
        before = person.find(QPlainTextEdit, "In the last commit")
        assert any(row.startswith("+ ") and "/changed" in row for row in now.toPlainText().splitlines())
        assert "/changed" not in before.toPlainText()
        person.press(Qt.Key.Key_Escape)
        shutil.copy(file_of(person), folder / "Try httpdesk" / "Other.yml")
        await until(lambda: marks(person).get("Try httpdesk/Other.yml") is Mark.NEW)
        await git(folder, "add", "-A")
        await git(folder, "commit", "-m", "second")
        person.program.git._came_back(Qt.ApplicationState.ApplicationActive)
        await until(lambda: marks(person) == {})


async def test_the_menu_offers_changes_where_there_are_some(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        person.tree.set_marks({HELLO: Mark.MODIFIED})
        model = person.tree._tree_model
        titles = lambda path: [row[1] for row in person.tree._menu_of(model.find(path)) if row]  # noqa: E731
        assert "Show changes" in titles(HELLO)
        assert "Show changes" not in titles("Try httpdesk/Basic auth.yml")


async def test_a_checkout_of_another_branch_is_followed_and_comes_back(httpdesk):
    async with httpdesk() as person:
        await ready(person)
        folder = person.program.library.folder
        await git(folder, "init")
        await git(folder, "add", "-A")
        await git(folder, "commit", "-m", "first")
        await git(folder, "checkout", "-b", "other")
        tab = await person.open_row("Say hello")
        text = file_of(person).read_text("utf-8")
        url = tab.request.url
        for number in range(1000):
            file = folder / "Try httpdesk" / f"Many {number}.yml"
            file.write_text(text.replace("name: Say hello", f"name: Many {number}"), "utf-8")
        file_of(person).write_text(text.replace("name: Say hello", "name: Other hello"), "utf-8")
        await git(folder, "add", "-A")
        await git(folder, "commit", "-m", "other")
        await until(lambda: len(person.rows) > 1000 and tab.title == "Other hello")
        person.tree.select("Try httpdesk/Basic auth.yml")
        told = []
        person.program.library.changed_outside.connect(lambda _: told.append(1))
        await git(folder, "checkout", "main")
        await until(lambda: len(person.rows) == 7 and tab.title == "Say hello")
        assert person.tree.selected() == "Try httpdesk/Basic auth.yml"
        assert tab.request.url == url
        assert len(told) <= 2
