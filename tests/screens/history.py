"""Screens of the history."""

from PySide6.QtCore import QPoint

from tests.drivers import Person, until
from tests.screens.stage import new_tab, open_saved, paste_popup, screen, sent, settle, shop


async def _past(person: Person):
    """Some exchanges, and the panel that lists them."""
    await shop(person)
    for name in ("List orders", "Sign in", "Get customer"):
        await sent(person, await open_saved(person, name))
    for url in ("{{echo}}/status/503", "{{echo}}/json/100kB", "http://127.0.0.1:9/v1/orders", "{{echo}}/status/404"):
        await sent(person, new_tab(person, url))
    await sent(person, await open_saved(person, "List orders"))
    person.program.commands.run("show_history")
    panel = person.program.history.panel
    await until(lambda: len(panel.model.ids) == 8)
    await until(lambda: panel.model.known(panel.model.ids[0]))
    await settle()
    return panel


@screen("90-history")
async def history_screen(person: Person) -> None:
    panel = await _past(person)
    await person.program.historian.pin([panel.model.ids[5]], pinned=True)
    await settle()
    panel.list.setFocus()
    panel.list.select(panel.model.ids[0])
    await settle()
    await settle()


@screen("91-history-search")
async def search_screen(person: Person) -> None:
    panel = await _past(person)
    panel.search("status:4xx status:5xx since:yestreday ")
    await settle()
    await settle()


@screen("92-history-tokens")
async def tokens_screen(person: Person) -> None:
    panel = await _past(person)
    panel._tokens.click()
    await settle()
    await paste_popup(person)


@screen("93-history-menu")
async def menu_screen(person: Person) -> None:
    panel = await _past(person)
    panel.list.select(panel.model.ids[0])
    panel.list.menu_wanted.emit([panel.model.ids[0]], panel.list.mapToGlobal(QPoint(60, 80)))
    await paste_popup(person)


@screen("94-earlier-answers")
async def earlier_screen(person: Person) -> None:
    await _past(person)
    person.program.commands.run("earlier_answers")
    await settle()
    await paste_popup(person)


@screen("95-history-empty")
async def empty_screen(person: Person) -> None:
    person.program.commands.run("show_history")
    await settle()
    await settle()


@screen("96-history-settings")
async def settings_screen(person: Person) -> None:
    person.program.commands.open_settings("history")
    await settle()
