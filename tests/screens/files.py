"""Screens of files that other programs changed while they are open."""

import asyncio
import subprocess

from httpdesk.core.edits import with_url
from httpdesk.core.marks import Mark
from httpdesk.core.standing import Standing
from tests.drivers import Person, until
from tests.screens.stage import open_saved, path_of, screen, settle, shop


async def _conflict(person: Person):
    await shop(person)
    tab = await open_saved(person, "Create order")
    tab.replace_request(with_url(tab.request, tab.request.url + "?dry=1"))
    file = person.program.library.folder / tab.path
    text = file.read_text("utf-8")
    file.write_text(text.replace('"qty": 2', '"qty": 12').replace("method: POST", "method: PUT  # as agreed"), "utf-8")
    await until(lambda: tab.standing is Standing.CHANGED)
    await settle()
    return tab


@screen("60-conflict")
async def conflict_screen(person: Person) -> None:
    await _conflict(person)


@screen("60-conflict-least", (800, 560))
async def least_conflict_screen(person: Person) -> None:
    await _conflict(person)


@screen("61-see-both")
async def both_screen(person: Person) -> None:
    await _conflict(person)
    person.button("See both")
    await settle()


@screen("62-file-is-gone")
async def gone_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "Create order")
    (person.program.library.folder / tab.path).unlink()
    await until(lambda: tab.standing is Standing.GONE)
    await settle()


@screen("63-save-in-conflict")
async def save_screen(person: Person) -> None:
    await _conflict(person)
    person.program.documents.save()
    await settle()


async def _committed(person: Person) -> None:
    """Three requests that differ from the last commit, each in another way."""
    await shop(person)
    folder = person.program.library.folder
    assert folder is not None
    names = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    for words in (("init",), ("add", "-A"), ("commit", "-m", "first")):
        await asyncio.to_thread(subprocess.run, ["git", "-C", str(folder), *names, *words], capture_output=True)
    tab = await open_saved(person, "Create order")
    tab.replace_request(with_url(tab.request, tab.request.url + "?dry=1"))
    await person.program.library.save(tab.path, tab.request)
    await person.program.library.duplicate(path_of(person, "Get order"))
    await until(lambda: len(person.tree._tree_model.marks) == 2)
    conflicted = {path_of(person, "List customers"): Mark.CONFLICTED}
    person.tree.set_marks({**person.tree._tree_model.marks, **conflicted})
    other = await open_saved(person, "Create order")
    other.replace_request(with_url(other.request, other.request.url + "&more=1"))
    await settle()


@screen("64-git-marks")
async def git_marks_screen(person: Person) -> None:
    await _committed(person)


@screen("65-git-changes")
async def git_changes_screen(person: Person) -> None:
    await _committed(person)
    person.tree.show_changes.emit(path_of(person, "Create order"))
    await settle()
