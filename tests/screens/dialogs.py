"""Screens of dialogs, menus and other things that lie above the page."""

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolTip

from httpdesk.core.environment import Variable
from httpdesk.core.request import HttpRequest
from tests.drivers import Person
from tests.screens.stage import new_tab, open_saved, paste_popup, screen, sent, settle, shop


def _settings(page: str):
    @screen(f"40-settings-{page}")
    async def settings_screen(person: Person) -> None:
        person.program.commands.open_settings(page)
        await settle()

    return settings_screen


for _page in ("requests", "tls", "proxy", "shortcuts", "data", "about"):
    _settings(_page)


@screen("41-settings-wrong-value")
async def wrong_value_screen(person: Person) -> None:
    person.program.commands.open_settings("connections")
    await settle()
    field = person.find(QLineEdit, "Connect")
    field.setText("30 minutes")
    field.textEdited.emit(field.text())
    await settle()


@screen("42-settings-search")
async def search_screen(person: Person) -> None:
    person.program.commands.open_settings("appearance")
    await settle()
    person.write("proxy")
    await settle()


@screen("43-new-collection")
async def new_collection_screen(person: Person) -> None:
    person.program.commands.run("new_collection")
    await settle()
    person.write("Acme")
    await settle()


@screen("44-save-as")
async def save_as_screen(person: Person) -> None:
    await shop(person)
    new_tab(person, "{{echo}}/anything")
    person.program.commands.run("save")
    await settle()


@screen("45-close-unsaved")
async def close_unsaved_screen(person: Person) -> None:
    new_tab(person, "{{echo}}/anything")
    person.program.commands.run("close_tab")
    await settle()


@screen("46-cookies")
async def cookies_screen(person: Person) -> None:
    await sent(person, new_tab(person, "{{echo}}/cookies/set?flavour=oat&crunchy=very"))
    person.program.commands.run("show_cookies")
    await settle()


@screen("47-notice")
async def notice_screen(person: Person) -> None:
    await shop(person)
    await open_saved(person, "List orders")
    person.program.notices.show("List orders is in the trash.", "Undo", lambda: None)
    await settle()


@screen("48-method-menu")
async def method_menu_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    tab.url_row.bar.method.open_menu()
    await paste_popup(person)


@screen("48-environment-menu")
async def environment_menu_screen(person: Person) -> None:
    await shop(person)
    await open_saved(person, "List orders")
    person.program.environment_switch.offer()
    await paste_popup(person)


@screen("48-send-menu")
async def send_menu_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    tab.url_row.bar.menu_wanted.emit()
    await paste_popup(person)


@screen("48-theme-menu")
async def theme_menu_screen(person: Person) -> None:
    person.window.rail._offer_themes()
    await paste_popup(person)


@screen("48-combo")
async def combo_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    tab.request_pane.show_page("auth")
    await settle()
    tab.request_pane.page("auth").findChild(QComboBox).showPopup()
    await paste_popup(person)


@screen("49-completion")
async def completion_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    tab.url_row.focus_url()
    QTest.keyClick(tab.url_row.bar.edit, Qt.Key.Key_End)
    person.write("&token={{")
    await paste_popup(person)


@screen("49-tool-tip")
async def tool_tip_screen(person: Person) -> None:
    button = person.window.desk.new_button
    QToolTip.showText(button.mapToGlobal(QPoint(0, 30)), button.toolTip(), button)
    await paste_popup(person)


@screen("53-environments-side-by-side")
async def side_by_side_screen(person: Person) -> None:
    await shop(person)
    dialog = person.program.commands.environments()
    dialog.open_at("Staging")
    dialog.nav.setCurrentIndex(dialog.nav.model().index(2, 0))
    dialog.grid.table.setFocus()
    dialog.grid.table.setCurrentIndex(dialog.grid.model.index(1, 2))
    await settle()


@screen("55-protected")
async def protected_screen(person: Person) -> None:
    await shop(person)
    await open_saved(person, "List orders")
    live = next(each for each in person.program.variables.environments if each.name == "Production")
    await person.program.library.save_environment(msgspec.structs.replace(live, protected=True), "Production")
    person.program.variables.choose("Production")
    person.program.commands.environments().open_at("Production")
    await settle()


@screen("56-write-to-protected")
async def write_to_protected_screen(person: Person) -> None:
    await protected_screen(person)
    person.program.commands.environments().shut()
    person.program.documents.new(HttpRequest(method="DELETE", url="https://api.acme.example/orders/4711")).run("send")
    await settle()


@screen("57-values-asked")
async def values_asked_screen(person: Person) -> None:
    await shop(person)
    new_tab(person, "{{base}}/anything/{{?Customer}}?code={{?One-time password}}").send()
    await settle()
    person.write("cus_8f3a21")
    await settle()


@screen("54-globals")
async def globals_screen(person: Person) -> None:
    await shop(person)
    await person.program.library.save_globals((Variable(name="team", value="petshop", description="In every mail"),))
    person.program.commands.environments().edit_variable("team")
    await settle()
