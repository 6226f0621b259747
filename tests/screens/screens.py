"""The screens that the design drew."""

from PySide6.QtCore import QPoint

from httpdesk.core.edits import with_url
from tests.drivers import Person, until
from tests.screens.stage import new_tab, open_saved, paste_popup, path_of, screen, sent, settle, shop


@screen("01-main")
async def main_screen(person: Person) -> None:
    await shop(person)
    welcome = person.tab
    other = await open_saved(person, "Create order")
    other.replace_request(with_url(other.request, other.request.url + "?dry=1"))
    tab = await open_saved(person, "List orders")
    person.program.documents.close(welcome)
    await sent(person, tab)
    person.program.documents.open(path_of(person, "Get customer"), permanent=False)
    await until(lambda: person.tab is not tab)
    person.program.desk.show_document(tab)
    person.window.setFocus()
    await settle()


@screen("02-body")
async def body_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "Create order")
    tab.request_pane.show_page("body")
    await settle()


@screen("03-timing-popover")
async def timing_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)
    tab.response_pane.head.time_clicked.emit()
    await settle()


@screen("07-command-palette")
async def palette_screen(person: Person) -> None:
    await shop(person)
    await open_saved(person, "List orders")
    palette = person.program.commands.palette()
    palette.open_in("")
    palette.field.setText("order")
    await settle()


@screen("08-error-refused")
async def error_screen(person: Person) -> None:
    await shop(person)
    await sent(person, new_tab(person, "http://127.0.0.1:9/v1/orders"))


@screen("09-welcome")
async def welcome_screen(person: Person) -> None:
    await settle()


@screen("10-settings-connections")
async def connections_screen(person: Person) -> None:
    person.program.commands.open_settings("connections")
    await settle()


@screen("11-settings-appearance")
async def appearance_screen(person: Person) -> None:
    person.program.commands.open_settings("appearance")
    await settle()


@screen("12-environments")
async def environments_screen(person: Person) -> None:
    await shop(person)
    person.program.commands.environments().open_at("Staging")
    await settle()


@screen("13-stacked-console")
async def console_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)
    for path in ("/status/304", "/status/404", "/redirect/2", "/status/503"):
        await sent(person, new_tab(person, "{{echo}}" + path))
    person.program.desk.show_document(tab)
    person.program.settings.change(layout="below")
    person.window.toggle_console()
    tab.select_response_page(4)
    await settle()


@screen("14-cookies-and-redirects")
async def redirects_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/cookies/set?flavour=oat&crunchy=very")
    await sent(person, tab)
    tab.select_response_page(3)
    await settle()


@screen("15-response-headers")
async def headers_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/gzip")
    await sent(person, tab)
    tab.request_pane.show_page("headers")
    tab.select_response_page(2)
    await settle()


@screen("15-response-binary")
async def binary_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/image")
    await sent(person, tab)
    tab.request_pane.show_page("settings")
    await settle()


@screen("16-auth")
async def auth_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    tab.request_pane.show_page("auth")
    await settle()


@screen("18-narrow-1024", (1024, 720))
async def narrow_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)


@screen("20-menus")
async def tree_menu_screen(person: Person) -> None:
    await shop(person)
    await open_saved(person, "List orders")
    tree = person.program.sidebar.tree
    tree._offer(tree.viewport().mapToGlobal(QPoint(140, 260)))
    await paste_popup(person)
