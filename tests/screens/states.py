"""Screens of what a request and its answer can be like."""

from PySide6.QtWidgets import QAbstractButton

from httpdesk.core.options import Options
from httpdesk.core.request import FormBody, HttpRequest, MultipartBody
from httpdesk.core.rows import Part, Row
from tests.drivers import Person, until
from tests.screens.stage import new_tab, open_saved, screen, sent, settle, shop


def _tab_of(person: Person, request: HttpRequest):
    return person.program.documents.new(request)


@screen("21-multipart")
async def multipart_screen(person: Person) -> None:
    parts = (
        Part(name="title", value="Enamel mug, 350 ml"),
        Part(name="picture", files=("/pictures/mug-front.png", "/pictures/mug-back.png"), is_file=True),
        Part(name="details", value='{"sku": "MUG-11"}', content_type="application/json"),
        Part(name="draft", value="yes", enabled=False),
    )
    body = MultipartBody(parts=parts)
    tab = _tab_of(person, HttpRequest(method="POST", url="{{echo}}/upload", body=body))
    tab.request_pane.show_page("body")
    await settle()


@screen("22-form")
async def form_screen(person: Person) -> None:
    rows = (Row(name="user", value="ada"), Row(name="scope", value="read write", description="Separated by spaces"))
    tab = _tab_of(person, HttpRequest(method="POST", url="{{echo}}/anything", body=FormBody(rows=rows)))
    tab.request_pane.show_page("body")
    await sent(person, tab)


@screen("23-header-faults")
async def header_faults_screen(person: Person) -> None:
    rows = (
        Row(name="Accept", value="application/json"),
        Row(name="X Tenant", value="acme"),
        Row(name="X-Request-Id", value="{{$uuid}}"),
        Row(name="If-None-Match", value='W/"9f2-a81"', enabled=False),
        Row(name="X-Unknown", value="{{nothing}}"),
    )
    tab = _tab_of(person, HttpRequest(url="{{echo}}/anything", headers=rows))
    tab.request_pane.show_page("headers")
    await settle()


@screen("24-streaming")
async def streaming_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/sse?count=0&interval=0.05")
    tab.send()
    await until(lambda: tab.busy)
    await settle()
    await settle()


@screen("25-waiting")
async def waiting_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/anything")
    await sent(person, tab)
    tab.url_row.bar.edit.setPlainText("{{echo}}/delay/60")
    tab.send()
    await until(lambda: tab.busy)
    await settle()
    await settle()


@screen("26-cancelled")
async def cancelled_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/delay/60")
    tab.send()
    await until(lambda: tab.busy)
    await settle()
    tab.cancel()
    await until(lambda: not tab.busy)
    await settle()


@screen("27-find")
async def find_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)
    tab.response_pane.find()
    await settle()
    person.write("paid")
    await settle()


@screen("28-unverified-tls")
async def unverified_screen(person: Person) -> None:
    person.program.settings.change(options=Options(verify=False))
    tab = new_tab(person, "{{echo}}/status/503")
    await sent(person, tab)
    tab.request_pane.show_page("settings")
    await settle()


@screen("29-invalid-url")
async def invalid_url_screen(person: Person) -> None:
    tab = new_tab(person, "http://exa mple.com:99999/")
    tab.send()
    tab.url_row.focus_url()
    await settle()


@screen("30-large")
async def large_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/json/20MB")
    await sent(person, tab)
    tab.request_pane.show_page("docs")
    await settle()


@screen("31-bulk-edit")
async def bulk_edit_screen(person: Person) -> None:
    await shop(person)
    await open_saved(person, "List orders")
    person.click(person.find(QAbstractButton, "Bulk edit"))
    await settle()
