"""Screens of the views that an answer's body is seen in."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from httpdesk.core.request import Filter, HttpRequest, RawBody
from httpdesk.views import source
from tests.drivers import Person, until
from tests.screens.stage import new_tab, open_saved, paste_popup, screen, sent, settle, shop


async def _body(person: Person, url: str):
    """The body page of an answer."""
    tab = new_tab(person, url)
    await sent(person, tab)
    return tab.response_pane.pages.body


@screen("70-folded")
async def folded_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)
    code = tab.response_pane.pages.body.code
    code.fold_to(1)
    await settle()
    code.setFocus()


@screen("71-tree")
async def tree_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)
    body = tab.response_pane.pages.body
    body.select_form("tree")
    await until(lambda: len(body.views.tree.shown_rows) > 5)
    body.views.tree.setFocus()
    await settle()


@screen("72-bytes")
async def bytes_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/image")
    body.select_form("hex")
    body.views.hex.setFocus()
    body.views.hex.select(20, 40)
    await settle()


@screen("73-table")
async def table_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/json/100kB")
    body.select_form("preview")
    await settle()


@screen("74-page")
async def page_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/html")
    body.select_form("preview")
    await settle()


@screen("75-picture")
async def picture_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/image")
    body.select_form("preview")
    await settle()
    await settle()


@screen("76-filter")
async def filter_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/json/100kB")
    body.filter.show_filter(Filter(language="jsonpath", text="$[0:4]"))
    body.filter.open()
    await until(lambda: body.filter.is_active)
    await settle()


@screen("77-filter-fault")
async def filter_fault_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/json/100kB")
    body.filter.show_filter(Filter(language="jq", text=".[] | .id |"))
    body.filter.open()
    await until(body.filter.bar.said.isVisible)
    await settle()


@screen("78-go-to-line")
async def go_to_line_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/json/1MB")
    body.ask_line()
    person.write("4200")
    await settle()


@screen("79-kinds")
async def kinds_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/xml")
    body.kind.offer()
    await paste_popup(person)


@screen("80-body-menu")
async def body_menu_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/json/100kB")
    at = QPoint(120, 120)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, body.code.viewport().mapToGlobal(at))
    QApplication.sendEvent(body.code.viewport(), event)
    await paste_popup(person)


@screen("81-paused")
async def paused_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/sse?count=0&interval=0.02")
    tab.send()
    await until(lambda: tab.busy)
    await settle()
    await settle()
    tab.response_pane.stream.pause.click()
    await settle()


@screen("82-comments")
async def comments_screen(person: Person) -> None:
    text = '{\n  // what the shop calls it\n  "sku": "MUG-11", /* not sent */\n  "tags": ["enamel", "350 ml",],\n}\n'
    request = HttpRequest(method="POST", url="{{echo}}/anything", body=RawBody(text=text, language="json"))
    person.program.documents.new(request)
    tab = person.tab
    tab.request_pane.show_page("body")
    await sent(person, tab)


@screen("83-source-code")
async def source_code_screen(person: Person) -> None:
    body = await _body(person, "{{echo}}/xml")
    body.kind.kind_chosen.emit(next(view for view in source.VIEWS if view.name == "Python"))
    await settle()
