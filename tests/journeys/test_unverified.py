"""Certificates that are not checked: off for one request or one host, and seen to be off."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QToolButton

from tests.drivers import until
from tests.peers.tls import TlsServer

KEY = Qt.Key


def status_words(person):
    return [button.accessibleName() for button in person.window.status.findChildren(QToolButton)]


async def test_off_for_one_request(httpdesk):
    with TlsServer("self_signed") as server:
        async with httpdesk() as person:
            person.ctrl(KEY.Key_T)
            person.type_url(f"https://localhost:{server.port}/")
            assert (await person.send()).problem.kind == "certificate-self-signed"
            person.tab.request_pane.show_page("settings")
            await until(lambda: "Verify the certificate" in person.names(QComboBox))
            combo = person.find(QComboBox, "Verify the certificate")
            combo.setFocus()
            person.press(KEY.Key_Down)
            person.press(KEY.Key_Down)
            # Seen before the send, too.
            assert "TLS not verified" in status_words(person)
            exchange = await person.send()
            assert exchange.head.status == 200
            assert not exchange.last.connection.verified
            assert person.tab.response_pane.head.unverified.isVisible()
            # The next tab is none of its business.
            person.ctrl(KEY.Key_T)
            assert "TLS verified" in status_words(person)


async def test_off_for_one_host_with_one_button(httpdesk):
    with TlsServer("self_signed") as server:
        async with httpdesk() as person:
            person.ctrl(KEY.Key_T)
            person.type_url(f"https://localhost:{server.port}/")
            refused = await person.send()
            person.click(
                next(one for one in person.window.findChildren(QPushButton) if one.text() == "Trust this host")
            )
            await until(lambda: person.tab.exchange is not refused and person.tab.exchange.outcome)
            assert person.tab.exchange.head.status == 200
            assert person.tab.response_pane.head.unverified.isVisible()
            assert "TLS not verified" in status_words(person)
            person.ctrl(KEY.Key_T)
            person.type_url(f"https://127.0.0.1:{server.port}/")
            assert (await person.send()).problem.kind == "certificate-self-signed"
