"""Writing and sending requests: the echo server gets what the window promises."""

import base64
import hashlib
import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPlainTextEdit

from httpdesk.core.auth import BasicAuth
from httpdesk.core.exchange import Outcome
from httpdesk.protocols.http.tab.send_preview import SendPreview
from httpdesk.ui.kv_table import KvTable
from httpdesk.ui.method_button import MethodButton
from httpdesk.ui.url_edit import UrlEdit
from tests.drivers import shown_text, until

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


async def test_ctrl_t_puts_the_caret_into_the_url(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_T)
        assert isinstance(QApplication.focusWidget(), UrlEdit)
        person.write("example.com/typed at once")
        assert person.tab.request.url == "example.com/typed at once"


async def test_path_parameters_and_query_rows_go_into_the_url(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything/:id/x?q=a b")
        await person.fill("Path parameters", 0, "4/2", column=2)
        await person.fill("Query parameters", 1, "page", "é&=")
        assert shown_text(person.find(UrlEdit, "Request URL")).startswith("{{echo}}/anything/:id/x?q=a b&page=")
        await person.send()
        assert person.echo["path"] == "/anything/4%2F2/x"
        assert person.echo["query"] == [["q", "a b"], ["page", "é&="]]


async def test_a_query_row_that_is_switched_off_stays_here(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything?keep=1&drop=2")
        table = person.find(KvTable, "Query parameters")
        person.click(table.viewport(), table.visualRect(table.model().index(1, 0)).center())
        await person.send()
        assert person.echo["query"] == [["keep", "1"]]


async def test_headers_arrive_as_typed_in_their_order(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("headers")
        await person.fill("Headers", 0, "X-Second-Word", "b")
        await person.bulk("Headers", "X-Second-Word: b\nx-FIRST: a, a\n# X-Off: 1\nUser-Agent: mine/1")
        await person.send()
        names = [name for name, _ in person.echo["headers"]]
        assert names.index("X-Second-Word") < names.index("x-FIRST")
        assert person.received("x-first") == ["a, a"]
        assert person.received("X-Off") == []
        assert person.received("User-Agent") == ["mine/1"]


async def test_enter_after_the_last_row_goes_to_the_next_name(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("headers")
        await person.fill("Headers", 0, "X-One", "1")
        await until(lambda: person.find(KvTable, "Headers").currentIndex().row() == 1)
        person.press(KEY.Key_F2)
        for words in ("X-Two", "2"):
            person.paste(words)
            person.press(KEY.Key_Tab)
        await person.send()
        assert person.received("X-Two") == ["2"]


async def test_names_of_headers_are_offered(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("headers")
        table = person.find(KvTable, "Headers")
        person.click(table.viewport(), table.visualRect(table.model().index(0, 1)).center())
        person.write("if-no")
        popup = await until(QApplication.activePopupWidget)
        assert popup.property("completion")
        person.press(KEY.Key_Down)
        person.press(KEY.Key_Return)
        await until(lambda: person.tab.request.headers[0].name == "If-None-Match")


async def test_an_automatic_header_can_be_switched_off(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("headers")
        table = await person.see(KvTable, "Automatic headers")
        await until(lambda: table.model().rowCount() >= 4)
        names = [table.model().index(row, 1).data() for row in range(table.model().rowCount())]
        box = table.visualRect(table.model().index(names.index("Accept-Encoding"), 0))
        person.click(table.viewport(), box.center())
        await person.send()
        assert person.received("Accept-Encoding") == []
        assert person.received("User-Agent")


async def test_the_method_menu_starts_at_the_method_and_takes_any_word(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.ctrl(KEY.Key_L, SHIFT)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        assert popup.activeAction().text().strip() == "GET"
        person.menu("POST")
        assert person.find(MethodButton, "Method: POST")
        person.ctrl(KEY.Key_L, SHIFT)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        field = popup.findChild(QLineEdit)
        person.retype(field, "PURGE")
        person.press(KEY.Key_Return)
        await person.send()
        assert person.echo["method"] == "PURGE"


async def test_a_json_body_goes_out_byte_for_byte(httpdesk):
    text = '{"id": 12345678901234567890, "price": 1.00, "name": "Zoë 🙂"}'
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("body")
        person.pick("Body format", "Text")
        QApplication.clipboard().setText(text)
        person.click(person.find(QPlainTextEdit, "Request body").viewport())
        person.ctrl(KEY.Key_V)
        await person.send()
        assert person.echo["body"] == text
        assert person.received("Content-Type") == ["application/json"]
        assert person.received("Content-Length") == [str(len(text.encode()))]


async def test_comments_in_json_are_for_the_writer_and_a_switch_sends_them(httpdesk):
    text = '{\n  // who\n  "url": "http://a//b", /* old */\n  "list": [1, 2,],\n}'
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("body")
        person.pick("Body format", "Text")
        QApplication.clipboard().setText(text)
        person.click(person.find(QPlainTextEdit, "Request body").viewport())
        person.ctrl(KEY.Key_V)
        await until(lambda: "left out when this is sent" in person.tab.request_pane.body.editor.fault)
        await person.send()
        assert json.loads(person.echo["body"]) == {"url": "http://a//b", "list": [1, 2]}
        assert person.tab.request.body.text == text
        person.page("settings")
        await person.choose("Plain JSON", "Off")
        await person.send()
        assert person.echo["body"] == text
        person.page("body")
        await until(lambda: person.tab.request_pane.body.editor.fault.startswith("Line 2, column 3:"))


async def test_format_lays_out_the_body_and_leaves_the_caret_in_it(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("body")
        person.pick("Body format", "Text")
        field = person.find(QPlainTextEdit, "Request body")
        person.click(field.viewport())
        person.write('{"a":1.0')
        person.press(KEY.Key_F, ALT | SHIFT)
        await until(lambda: field.toPlainText() == '{\n  "a": 1.0\n}')
        assert field.hasFocus()


async def test_the_body_editor_lives_on_after_a_dialog(httpdesk):
    """What Tab asked each widget in a dialog made Qt's text documents count as deleted when the dialog went."""
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("body")
        person.pick("Body format", "Text")
        field = person.find(QPlainTextEdit, "Request body")
        person.click(field.viewport())
        person.write('{"a": 1')
        await person.save("Kept")
        person.click(field.viewport())
        person.ctrl(KEY.Key_End)
        person.write(" ")
        field.grab()
        assert person.tab.request.body.text == '{"a": 1} '


async def test_a_form_is_encoded(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("body")
        person.pick("Body format", "Form")
        await person.fill("Form fields", 0, "name", "Ada & Co")
        await person.fill("Form fields", 1, "city", "Zürich")
        await person.send()
        assert person.received("Content-Type") == ["application/x-www-form-urlencoded"]
        assert person.echo["body"] == "name=Ada+%26+Co&city=Z%C3%BCrich"


async def test_a_multipart_form_carries_text_and_a_file(httpdesk, tmp_path):
    file = tmp_path / "data ü.bin"
    file.write_bytes(bytes(range(256)) * 4000)
    async with httpdesk() as person:
        person.new_request("{{echo}}/upload")
        person.ctrl(KEY.Key_L, SHIFT)
        person.menu("POST")
        person.page("body")
        person.pick("Body format", "Multipart")
        person.retype(await person.see(QLineEdit, "Name of the field"), "note")
        person.retype(await person.see(QLineEdit, "Value, or paths of files"), "hello")
        table = person.tab.request_pane.body.parts
        row = table._rows[1]
        person.retype(row._name, "file")
        row._kind.setFocus()
        person.press(KEY.Key_Down)
        person.retype(row._value, str(file))
        person.retype(row._type, "application/x-thing")
        await person.send()
        parts = person.echo["parts"]
        assert [(part["name"], part["filename"], part["size"]) for part in parts] == [
            ("note", None, 5),
            ("file", "data ü.bin", 1_024_000),
        ]
        assert parts[1]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


async def test_a_file_goes_out_as_the_body(httpdesk, tmp_path):
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG" + bytes(100_000))
    async with httpdesk() as person:
        person.new_request("{{echo}}/upload")
        person.ctrl(KEY.Key_L, SHIFT)
        person.menu("PUT")
        person.page("body")
        person.pick("Body format", "File")
        person.retype(await person.see(QLineEdit, "File to send"), str(file))
        await person.send()
        assert person.echo["size"] == 100_004
        assert person.echo["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


async def test_a_missing_file_stops_the_send_and_is_named(httpdesk, tmp_path):
    async with httpdesk() as person:
        person.new_request("{{echo}}/upload")
        person.page("body")
        person.pick("Body format", "File")
        person.retype(await person.see(QLineEdit, "File to send"), str(tmp_path / "gone.bin"))
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.program.console.count)
        await until(lambda: any("gone.bin" in words for words in person.labels(person.tab.response_pane)))


async def test_a_typed_letter_chooses_a_scheme(httpdesk):
    """Qt tells of arrow keys only: the list said Basic, and the request knew nothing of it."""
    async with httpdesk() as person:
        person.new_request("{{echo}}/auth/basic")
        person.page("auth")
        person.find(QComboBox, "Authentication").setFocus()
        person.write("b")
        await person.see(QLineEdit, "User name")
        assert isinstance(person.tab.request.auth, BasicAuth)


async def test_each_auth_scheme_opens_its_door(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/auth/basic")
        person.page("auth")
        await person.choose("Authentication", "Basic")
        person.retype(await person.see(QLineEdit, "User name"), "httpdesk")
        person.retype(await person.see(QLineEdit, "Password"), "wrong")
        await person.send()
        assert person.status.startswith("401")
        person.retype(await person.see(QLineEdit, "Password"), "secret")
        await person.send()
        assert person.status == "200 OK"
        person.type_url("{{echo}}/auth/bearer")
        await person.choose("Authentication", "Bearer token")
        person.retype(await person.see(QLineEdit, "Token"), "secret")
        await person.send()
        assert person.status == "200 OK"
        person.type_url("{{echo}}/auth/apikey")
        await person.choose("Authentication", "API key")
        person.retype(await person.see(QLineEdit, "Name"), "X-Api-Key")
        person.retype(await person.see(QLineEdit, "Key"), "secret")
        await person.send()
        assert person.status == "200 OK"


async def test_basic_auth_is_encoded_as_utf8(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        person.page("auth")
        await person.choose("Authentication", "Basic")
        person.retype(await person.see(QLineEdit, "User name"), "Zoë")
        person.retype(await person.see(QLineEdit, "Password"), "p:ö")
        await person.send()
        assert person.received("Authorization") == ["Basic " + base64.b64encode("Zoë:p:ö".encode()).decode()]


async def test_will_send_shows_what_is_then_sent(httpdesk):
    async with httpdesk() as person:
        await person.program.network.sender()
        person.new_request("{{echo}}/anything/ü?a=ß")
        preview = await person.see(SendPreview, "Will send")
        await until(lambda: "/anything/%C3%BC?a=%C3%9F" in preview.accessibleDescription())
        exchange = await person.send()
        assert exchange.outcome is Outcome.DONE
        assert person.echo["url"] == preview.accessibleDescription()
