"""Settings: each holds at once, is in the file, and does what it says to the next send."""

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from httpdesk.core.exchange import Outcome
from httpdesk.ui.switch import Switch
from tests.drivers import places_in, until
from tests.peers import certificates
from tests.peers.proxy import ForwardProxy
from tests.peers.tls import TlsServer

KEY = Qt.Key


async def open_at(person, page):
    """Open the settings and choose a page."""
    person.ctrl(KEY.Key_Comma)
    await until(lambda: "Settings" in person.labels())
    dialog = person.program.commands._settings
    titles = [entry.title for entry in dialog.nav._model.entries]
    view = dialog.nav
    person.click(view.viewport(), view.visualRect(view.model().index(titles.index(page), 0)).center())
    return dialog


async def test_a_time_limit_holds_for_every_request(httpdesk):
    async with httpdesk() as person:
        await open_at(person, "Connections")
        person.retype(await person.see(QLineEdit, "Total"), "0.2")
        person.button("Done")
        person.new_request("{{echo}}/delay/5")
        exchange = await person.send()
        assert exchange.outcome is Outcome.FAILED
        assert "Timeout" in person.status
        # A request has its own way.
        person.type_url("{{echo}}/delay/0.4")
        person.page("settings")
        person.retype(await person.see(QLineEdit, "Total"), "none")
        await person.send()
        assert person.status == "200 OK"


async def test_what_is_no_number_is_said_and_not_taken(httpdesk):
    async with httpdesk() as person:
        await open_at(person, "Connections")
        before = person.program.settings.value
        person.retype(await person.see(QLineEdit, "Total"), "soon")
        assert any(words.startswith("Use a number of seconds") for words in person.labels())
        assert person.program.settings.value == before
        person.button("Done")


async def test_settings_are_in_the_file_and_come_back(httpdesk, tmp_path):
    async with httpdesk() as person:
        await open_at(person, "Connections")
        person.retype(await person.see(QLineEdit, "Connections in all"), "7")
        person.button("Done")
        file = places_in(tmp_path).settings_file
        await until(lambda: file.exists() and json.loads(file.read_text("utf-8")).get("pool") == {"total": 7})
    async with httpdesk() as person:
        assert person.program.settings.value.pool.total == 7
        await until(lambda: "Pool 0 / 7" in person.names())


async def test_a_proxy_by_hand_carries_the_request(httpdesk):
    with ForwardProxy() as proxy:
        async with httpdesk() as person:
            await open_at(person, "Proxy")
            person.pick("Use", "Manual")
            person.retype(await person.see(QLineEdit, "URL"), proxy.url)
            person.retype(person.find(QLineEdit, "Reach directly"), "")
            person.button("Done")
            person.new_request("{{echo}}/anything?through=proxy")
            await person.send()
            assert person.status == "200 OK"
            assert len(proxy.seen) == 1
            assert any(str(proxy.port) in words for words in person.names())


async def test_redirects_can_be_switched_off_for_all(httpdesk):
    async with httpdesk() as person:
        await open_at(person, "Requests")
        person.click(await person.see(Switch, "Follow redirects"))
        person.button("Done")
        person.new_request("{{echo}}/redirect/2")
        await person.send()
        assert person.status.startswith("302")


async def test_an_own_authority_is_trusted(httpdesk, tmp_path):
    authority = certificates.write_authority(tmp_path)
    with TlsServer("good") as server:
        async with httpdesk() as person:
            person.new_request(f"https://localhost:{server.port}/")
            exchange = await person.send()
            assert exchange.outcome is Outcome.FAILED
            await open_at(person, "TLS certificates")
            person.retype(await person.see(QLineEdit, "Own authorities"), str(authority))
            await until(lambda: person.program.settings.value.options.ca_file == str(authority))
            person.button("Done")
            await person.send()
            assert person.status == "200 OK"


async def test_verification_off_is_red_in_the_status_bar(httpdesk):
    with TlsServer("expired") as server:
        async with httpdesk() as person:
            await until(lambda: "TLS verified" in person.names())
            await open_at(person, "TLS certificates")
            person.click(await person.see(Switch, "Verify certificates"))
            person.button("Done")
            assert "TLS not verified" in person.names()
            person.new_request(f"https://localhost:{server.port}/")
            await person.send()
            assert person.status == "200 OK"
            assert person.tab.response_pane.head.unverified.isVisible()


async def test_the_search_finds_a_setting_and_the_reset_can_be_undone(httpdesk):
    async with httpdesk() as person:
        await open_at(person, "Connections")
        person.retype(await person.see(QLineEdit, "Total"), "9")
        person.button("Reset page")
        assert person.program.settings.value.options.total_s is None
        person.button("Undo the reset")
        assert person.program.settings.value.options.total_s == 9
        dialog = person.program.commands._settings
        person.retype(dialog.search, "passphrase")
        await person.see(QLineEdit, "Passphrase")
        person.press(KEY.Key_Escape)
        person.press(KEY.Key_Escape)
        assert "Settings" not in person.labels()
