"""Reading answers: cancel, redirects, cookies, find, copy, save, errors that can be mended, unverified TLS."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from httpdesk.core.exchange import Outcome
from httpdesk.ui import dialogs
from tests.drivers import until
from tests.peers.peer import free_port
from tests.peers.tls import TlsServer

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def saving_to(monkeypatch, path):
    """The file dialog of the system, which no test can press: the user chose this path."""

    async def chosen(_parent, _suggested, _title=""):
        return path

    monkeypatch.setattr(dialogs, "ask_save_file", chosen)


async def test_escape_cancels_from_anywhere_in_the_tab(httpdesk):
    async with httpdesk() as person:
        for go in (lambda: person.page("headers"), lambda: person.ctrl(KEY.Key_L)):
            person.new_request("{{echo}}/delay/30")
            person.ctrl(KEY.Key_Return)
            await until(lambda: person.tab.busy)
            go()
            person.press(KEY.Key_Escape)
            await until(lambda: person.tab.exchange and person.tab.exchange.outcome)
            assert person.tab.exchange.outcome is Outcome.CANCELLED
            assert "Cancelled" in person.status


async def test_send_is_cancel_while_it_runs(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/delay/30")
        person.button("Send")
        await until(lambda: person.tab.busy)
        person.button("Cancel")
        await until(lambda: not person.tab.busy)
        person.type_url("{{echo}}/anything")
        await person.send()
        assert person.status == "200 OK"


async def test_two_requests_run_at_once_in_two_tabs(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/delay/0.6?first")
        first = person.tab
        person.ctrl(KEY.Key_Return)
        person.new_request("{{echo}}/delay/0.3?second")
        second = person.tab
        person.ctrl(KEY.Key_Return)
        await until(lambda: first.busy and second.busy)
        await until(lambda: second.exchange and second.exchange.outcome)
        assert first.busy
        await until(lambda: first.exchange and first.exchange.outcome)
        assert first.exchange.head.status == second.exchange.head.status == 200


async def test_a_tab_can_be_closed_while_it_loads(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/stream/200MB")
        person.ctrl(KEY.Key_Return)
        tab = person.tab
        await until(lambda: tab.response_pane.pages.body.shown.size_bytes > 1_000_000)
        person.ctrl(KEY.Key_W)
        await until(lambda: tab not in person.program.desk.documents)
        await until(lambda: not [f for f in person.program.places.spool_folder.glob("*") if f.stat().st_size])


async def test_quitting_while_a_download_runs_leaves_no_files(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/stream/200MB")
        person.ctrl(KEY.Key_Return)
        tab = person.tab
        await until(lambda: tab.response_pane.pages.body.shown.size_bytes > 1_000_000)
        folder = person.program.places.spool_folder
    assert not folder.exists()


async def test_every_hop_of_a_redirect_can_be_seen(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/redirect/3")
        exchange = await person.send()
        assert [hop.head.status for hop in exchange.hops] == [302, 302, 302, 200]
        assert person.tab.response_pane.hops.isVisible()
        assert person.status == "200 OK"
        person.page("settings")
        await person.choose("Follow redirects", "Off")
        await person.send()
        assert person.status.startswith("302")


async def test_cookies_are_kept_shown_sent_back_and_deleted(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/cookies/set?flavour=oat")
        await person.send()
        person.type_url("{{echo}}/cookies")
        await person.send()
        assert "oat" in person.body.decode()
        person.ctrl(KEY.Key_L)
        person.button("Cookies 1")
        await until(lambda: "Cookies" in person.labels())
        person.button("Clear all")
        await until(lambda: "deleted" in person.notice)
        person.button("Done")
        await person.send()
        assert "oat" not in person.body.decode()


async def test_find_goes_through_a_big_body(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/json/1MB")
        await person.send()
        code = person.tab.response_pane.pages.body.code
        await until(lambda: code.lines > 1000)
        person.ctrl(KEY.Key_F)
        person.write("Ada Lovelace")
        await until(lambda: code.find_count.startswith("1 of "))
        person.press(KEY.Key_Return)
        await until(lambda: code.find_count.startswith("2 of "))
        person.press(KEY.Key_Escape)
        assert code.selected_text() == "Ada Lovelace"
        person.ctrl(KEY.Key_C)
        assert QApplication.clipboard().text() == "Ada Lovelace"


async def test_the_body_is_copied_and_saved_byte_for_byte(httpdesk, tmp_path, monkeypatch):
    file = tmp_path / "out.json"
    saving_to(monkeypatch, file)
    async with httpdesk() as person:
        person.new_request("{{echo}}/json/10kB?minified=1")
        await person.send()
        person.program.commands.run("copy_response")
        await until(lambda: person.notice.startswith("Copied"))
        assert QApplication.clipboard().text().startswith("[\n  {")
        person.program.commands.run("save_response")
        await until(file.exists)
        await until(lambda: file.stat().st_size == len(person.body))
        assert file.read_bytes() == person.body


async def test_send_to_a_file(httpdesk, tmp_path, monkeypatch):
    file = tmp_path / "bytes.bin"
    saving_to(monkeypatch, file)
    async with httpdesk() as person:
        person.new_request("{{echo}}/bytes/300000")
        person.ctrl(KEY.Key_Return, SHIFT)
        await until(lambda: file.exists() and file.stat().st_size == 300_000)
        assert file.read_bytes() == bytes(range(256)) * 1171 + bytes(range(224))


async def test_a_place_that_cannot_be_written_is_explained(httpdesk, tmp_path, monkeypatch):
    saving_to(monkeypatch, tmp_path / "no such folder" / "out.bin")
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        await person.send()
        person.program.commands.run("save_response")
        await until(lambda: "out.bin was not saved" in person.notice)


async def test_binary_is_shown_as_hex(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/bytes/1024")
        await person.send()
        body = person.tab.response_pane.pages.body
        await until(lambda: body.form == "hex" and body.views.hex.count)
        assert any(row.startswith("00000010  10 11 12 13") for row in body.views.hex.shown_rows)


async def test_a_picture_and_an_encoded_answer_are_read(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/image")
        await person.send()
        assert person.body.startswith(b"\x89PNG")
        for name in ("gzip", "br", "zstd", "deflate"):
            person.type_url("{{echo}}/" + name)
            await person.send()
            await until(lambda: person.shown_lines[:1] == ["{"])


async def test_an_error_page_mends_the_scheme(httpdesk):
    with TlsServer("tls_on_plain_port") as server:
        async with httpdesk() as person:
            person.new_request(f"http://127.0.0.1:{server.port}/x")
            await person.send()
            assert person.tab.exchange.outcome is Outcome.FAILED
            fix = next(r for r in person.tab.exchange.problem.remedies if r.action == "replace_url")
            person.button(fix.label)
            await until(lambda: person.tab.request.url.startswith("https://"))


async def test_a_certificate_that_is_not_trusted_can_be_let_through_and_that_is_seen(httpdesk):
    with TlsServer("self_signed") as server:
        async with httpdesk() as person:
            person.new_request(f"https://127.0.0.1:{server.port}/x")
            await person.send()
            assert person.tab.exchange.outcome is Outcome.FAILED
            assert not person.tab.response_pane.head.unverified.isVisible()
            trust = next(r for r in person.tab.exchange.problem.remedies if r.action == "trust_host")
            before = person.tab.exchange
            person.button(trust.label)
            await until(lambda: person.tab.exchange is not before and person.tab.exchange.outcome)
            assert person.status == "200 OK"
            assert person.tab.response_pane.head.unverified.isVisible()
            assert person.program.settings.value.options.unverified_hosts == ("127.0.0.1",)


async def test_a_time_limit_is_explained_and_raised_by_its_button(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/delay/1")
        person.page("settings")
        person.retype(await person.see(QLineEdit, "Total"), "0.7")
        await person.send()
        assert "Timeout" in person.status
        more = next(r for r in person.tab.exchange.problem.remedies if r.action == "set_time_limit")
        before = person.tab.exchange
        person.button(more.label)
        await until(lambda: person.tab.exchange is not before and person.tab.exchange.outcome)
        assert person.status == "200 OK"


async def test_details_of_an_error_can_be_copied(httpdesk):
    async with httpdesk() as person:
        person.new_request(f"http://127.0.0.1:{free_port()}/")
        await person.send()
        person.button("Copy details")
        assert "Connection refused" in QApplication.clipboard().text()
