"""The cards of time and size."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from httpdesk.core.exchange import Connection
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.timing_popover import SizesPopover, TimingPopover, bars
from tests.ui.answers import hop, show, timed, words_of

LINK = Connection(peer="203.0.113.10:443", tls_version="TLSv1.3", cipher="TLS_AES_256_GCM_SHA384")


async def no_path(_suggested):
    return None


@pytest.fixture
def pane(qtbot):
    pane = ResponsePane(no_path, Tasks(lambda _problem: None))
    qtbot.addWidget(pane)
    pane.resize(700, 600)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.stop()


def cards(pane, kind):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [card for card in pane.findChildren(kind) if card.isVisible()]


def said(card):
    return [words.replace("\u202f", " ") for words in words_of(card)]


def test_a_click_on_the_time_shows_the_phases_and_the_connection(pane):
    show(pane, hop(b"x" * 12_400, connection=LINK, phases=timed(), encodings=("gzip",), wire_bytes=900))
    pane.head.time_fact.click()
    [card] = cards(pane, TimingPopover)
    assert said(card)[:2] == ["Timing", "184 ms"]
    pairs = dict(zip(said(card)[2::2], said(card)[3::2], strict=False))
    assert pairs["Connection"] == "new"
    assert pairs["Address"] == "203.0.113.10:443 (IPv4)"
    assert pairs["Protocol"] == "HTTP/1.1"
    assert pairs["TLS"] == "1.3, TLS_AES_256_GCM_SHA384"
    assert pairs["Sent / received"] == "0 B / 900 B (12.4 KB unpacked, gzip)"
    assert "DNS lookup 12" in card.waterfall.accessibleName()
    assert card.x() + card.card().right() <= pane.width()


def test_every_phase_has_its_bar_and_one_that_did_not_happen_no_length():
    rows = bars(hop(phases=timed(secure=False)))
    assert [name for name, *_ in rows] == [
        "Waiting for a slot", "DNS lookup", "TCP connect", "TLS handshake", "Sending", "Waiting for server", "Download",
    ]  # fmt: skip
    assert rows[3][2] == 0
    assert rows[5][1:3] == pytest.approx((34.1, 92.5))


def test_a_reused_connection_says_what_it_skips(pane):
    show(pane, hop(connection=Connection(peer="1.2.3.4:80", reused=True), phases=timed(secure=False)))
    pane.head.time_fact.click()
    [card] = cards(pane, TimingPopover)
    assert "A reused connection skips DNS, TCP and TLS." in said(card)


def test_a_second_click_escape_and_a_click_beside_close_it(pane):
    show(pane, hop(phases=timed()))
    for close in (
        pane.head.time_fact.click,
        lambda: QTest.keyClick(cards(pane, TimingPopover)[0], Qt.Key.Key_Escape),
        lambda: QTest.mouseClick(pane.pages, Qt.MouseButton.LeftButton, pos=QPoint(5, pane.pages.height() - 5)),
        lambda: QTest.mouseClick(pane.head.time_fact, Qt.MouseButton.LeftButton),
        pane.begin,
    ):
        pane.head.time_fact.click()
        assert cards(pane, TimingPopover)
        close()
        assert not cards(pane, TimingPopover)


def test_a_click_on_the_size_shows_every_size(pane):
    show(pane, hop(b"x" * 12_400, encodings=("gzip",), wire_bytes=900, expected_bytes=900, head_bytes=310))
    pane.head.size_fact.click()
    [card] = cards(pane, SizesPopover)
    pairs = dict(zip(said(card)[1::2], said(card)[2::2], strict=False))
    assert pairs == {
        "Body, as transferred": "900 B",
        "Body, unpacked": "12.4 KB",
        "Packed with": "gzip",
        "Announced length": "900 B",
        "Headers": "310 B",
        "Request headers": "0 B",
        "Request body": "0 B",
    }
