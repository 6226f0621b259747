"""Screens of files that other programs changed while they are open."""

from httpdesk.core.edits import with_url
from httpdesk.core.standing import Standing
from tests.drivers import Person, until
from tests.screens.stage import open_saved, screen, settle, shop


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
