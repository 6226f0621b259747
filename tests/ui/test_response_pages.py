"""Headers, cookies, timeline and the redirect chain of an answer."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from httpdesk.core.cookies import parse
from httpdesk.core.exchange import Certificate, Connection, Head, Hop, Outcome
from httpdesk.core.problem import Problem
from httpdesk.ui.response_cookies import lifetime
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from tests.ui.answers import LINK, STARTED_AT, button, events_of, hop, lines_of, replay, rows_of, show, timed, words_of

HEADERS, COOKIES, TIMELINE = 1, 2, 3


async def no_path(_suggested):
    return None


@pytest.fixture
def pane(qtbot):
    pane = ResponsePane(no_path, Tasks(lambda _problem: None))
    qtbot.addWidget(pane)
    pane.resize(900, 600)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.stop()


def story(pane):
    pane.select_page(TIMELINE)
    return [cells[0] for cells in rows_of(pane.pages.timeline.table)]


def hop_of(pane, start):
    """The button of a hop whose name begins so."""
    buttons = pane.hops.findChildren(QToolButton)
    return next(found for found in buttons if found.isVisible() and found.accessibleName().startswith(start))


# -- headers


def test_headers_are_shown_in_order_and_spelling_and_counted(pane):
    show(pane, hop(b"", "text/plain", ("x-B", "2"), ("X-a", "1"), ("x-B", "3")))
    assert pane.tabs.accessibleTabName(HEADERS) == "Headers 4"
    pane.select_page(HEADERS)
    table = pane.pages.headers.table
    assert rows_of(table) == [("Content-Type", "text/plain"), ("x-B", "2"), ("X-a", "1"), ("x-B", "3")]


def test_the_filter_looks_at_names_and_values_and_stays(pane):
    show(pane, hop(b"", "text/plain", ("X-One", "alpha"), ("X-Two", "beta")))
    pane.select_page(HEADERS)
    page = pane.pages.headers
    page.filter.setText("ALPHA")
    assert rows_of(page.table) == [("X-One", "alpha")]
    assert page.count_words == "1 of 3"
    show(pane, hop(b"", "text/plain", ("X-Three", "alpha")))
    assert rows_of(page.table) == [("X-Three", "alpha")]
    page.filter.setText("nowhere")
    assert "No header fits" in words_of(page)


def test_headers_are_copied_one_by_one_or_all(pane):
    show(pane, hop(b"", "text/plain", ("X-One", "alpha"), ("X-Two", "beta")))
    pane.select_page(HEADERS)
    table = pane.pages.headers.table
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "X-One: alpha"
    table.copy_value()
    assert QApplication.clipboard().text() == "alpha"
    button(pane.pages.headers, "Copy all headers").click()
    assert QApplication.clipboard().text() == "Content-Type: text/plain\nX-One: alpha\nX-Two: beta"


def test_what_cannot_be_seen_in_a_header_gets_a_sign_and_is_copied_as_it_is(pane):
    show(pane, hop(b"", "text/plain", ("X-Odd", "a\u202eb")))
    pane.select_page(HEADERS)
    table = pane.pages.headers.table
    shown = rows_of(table)[1][1]
    assert "\u202e" not in shown
    assert len(shown) == 3
    table.selectRow(1)
    table.copy_value()
    assert QApplication.clipboard().text() == "a\u202eb"


def test_ten_thousand_headers_and_one_of_a_megabyte_are_shown_at_once(pane):
    many = [(f"X-{number}", "v" * 20) for number in range(10_000)]
    pane.select_page(HEADERS)
    crowded = hop(b"", "text/plain", ("X-Long", "v" * (1 << 20)), *many)
    began = time.perf_counter()
    show(pane, crowded)
    pane.pages.headers.filter.setText("x-99")
    assert time.perf_counter() - began < 5
    assert len(rows_of(pane.pages.headers.table)) == 111
    assert pane.grab().width()


# -- cookies


def test_cookies_of_every_hop_are_decoded(pane):
    first = hop(b"", "text/plain", ("Location", "/b"), ("Set-Cookie", "a=1; Path=/x; HttpOnly"), status=302)
    header = "session=eyJh; Domain=.acme.dev; Path=/; Max-Age=7200; Secure; SameSite=Lax"
    show(pane, first, hop(b"", "text/plain", ("set-cookie", header)))
    assert pane.tabs.accessibleTabName(COOKIES) == "Cookies 2"
    pane.select_page(COOKIES)
    assert rows_of(pane.pages.cookies.table) == [
        ("a", "1", "test.example", "/x", "session", "HttpOnly"),
        ("session", "eyJh", ".acme.dev", "/", "in 2 h", "Secure, SameSite=Lax"),
    ]


def test_an_answer_without_cookies_says_so(pane):
    show(pane, hop())
    pane.select_page(COOKIES)
    assert "No cookies" in words_of(pane.pages)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("a=1", "session"),
        ("a=1; Max-Age=59", "in 59 s"),
        ("a=1; Max-Age=600; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "in 10 min"),
        ("a=1; Max-Age=0", "expired: removes it"),
        ("a=1; Max-Age=-5", "expired: removes it"),
        ("a=1; Max-Age=soon", "session"),
        ("a=1; Max-Age=99999999999999999999999", "in 3171 y"),
        ("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "expired: removes it"),
        ("a=1; Expires=Mon, 18-Jan-2027 08:00:00 GMT", "in 3 d"),
        ("a=1; Expires=Fri, 99 Foo 9999 99:99:99", "session"),
        ("a=1; Expires=", "session"),
    ],
)
def test_the_lifetime_of_a_cookie_is_said_in_words(header, words):
    assert lifetime(parse(header), STARTED_AT) == words


# -- the redirect chain


def test_a_real_redirect_chain_shows_every_hop_with_status_headers_and_body(pane, tmp_path, qtbot):
    replay(pane, events_of(tmp_path, "/redirect/2"))
    assert pane.hops.words == "302 → 302 → 200"
    assert pane.head.status.words == "200 OK"
    hop_of(pane, "Hop 1 of 3").click()
    assert pane.head.status.words == "302 Found"
    pane.select_page(HEADERS)
    assert "Location" in [name for name, _ in rows_of(pane.pages.headers.table)]
    pane.select_page(0)
    pane.hops.select(2)
    assert pane.head.status.words == "200 OK"
    qtbot.waitUntil(lambda: lines_of(pane)[:1] == ["{"])


def test_one_answer_needs_no_chain(pane):
    show(pane, hop())
    assert not pane.hops.isVisible()


def test_a_redirect_that_leads_on_is_not_shown_for_a_moment(pane, tmp_path):
    shown = []
    pane.begin()
    for event in events_of(tmp_path, "/redirect/2"):
        pane.feed(event)
        shown.append(pane.head.status.words)
    assert set(shown) == {"", "200 OK"}


def test_of_a_long_chain_the_middle_is_behind_a_number(pane):
    hops = [hop(b"", "text/plain", ("Location", "/"), status=302, reason="Found") for _ in range(12)]
    show(pane, *hops, hop(b"end"))
    assert "+7" in words_of(pane.hops)
    pane.hops.select(5)
    assert pane.head.status.words == "302 Found"
    assert hop_of(pane, "Hop 6 of 13").isChecked()
    pane.resize(360, 500)
    assert hop_of(pane, "Hop 6 of 13").isChecked()
    assert pane.width() == 360


def test_a_chain_that_fails_keeps_the_hops_before(pane):
    first = hop(b"moved", "text/plain", ("Location", "http://b/"), status=302, reason="Found")
    problem = Problem("Connection refused", kind="refused")
    show(pane, first, Hop(method="GET", url="http://b/"), outcome=Outcome.FAILED, problem=problem)
    assert "Connection refused" in words_of(pane)
    pane.hops.select(0)
    assert lines_of(pane) == ["moved"]
    pane.hops.select(1)
    assert "Connection refused" in words_of(pane)


# -- the timeline


def test_the_timeline_tells_a_real_send_with_what_was_sent_and_what_came(pane, tmp_path):
    replay(pane, events_of(tmp_path, "/anything?a=1"))
    told = story(pane)
    assert any(line.startswith("* Queued") for line in told)
    assert any(line.startswith("* New connection") and "127.0.0.1:" in line for line in told)
    assert "> GET /anything?a=1 HTTP/1.1" in told
    assert "> Accept: */*" in told
    assert "< HTTP/1.1 200 OK" in told
    assert any(line.startswith("< Content-Type: application/json") for line in told)
    assert any(line.startswith("* Done") for line in told)
    button(pane.pages.timeline, "Copy the timeline").click()
    assert "> GET /anything?a=1 HTTP/1.1\n> Host:" in QApplication.clipboard().text()


def test_each_hop_has_its_block(pane, tmp_path):
    replay(pane, events_of(tmp_path, "/redirect/1"))
    told = story(pane)
    assert [line.split(":")[0] for line in told if line.startswith("Request ")] == ["Request 1 of 2", "Request 2 of 2"]
    assert any(line.startswith("* Reused connection") for line in told)


def test_tls_interim_answers_trailers_and_faults_are_told(pane):
    certificate = Certificate(
        subject="CN=*.acme.dev",
        issuer="CN=R11",
        not_before="2026-11-16T00:00:00Z",
        not_after="2027-02-14T00:00:00Z",
        names=("*.acme.dev",),
        sha256="ab12",
    )
    link = Connection(
        peer="[2001:db8::1]:443",
        proxy="http://proxy:3128",
        tls_version="TLSv1.3",
        cipher="TLS_AES_256_GCM_SHA384",
        certificates=(certificate, certificate),
        verified=False,
    )
    answer = hop(
        b"",
        connection=link,
        phases=timed(),
        interim=[Head(status=103, reason="Early Hints", headers=(("Link", "</a.css>"),))],
        trailers=(("Checksum", "9f2"),),
        faults=["A header has no colon"],
        sent_headers=(("Host", "test.example"),),
    )
    show(pane, answer)
    told = [line.replace("\u202f", " ") for line in story(pane)]
    for line in (
        "* Proxy: http://proxy:3128",
        "* TLS 1.3: 46 ms, TLS_AES_256_GCM_SHA384",
        "* Certificate: CN=*.acme.dev, issued by CN=R11, valid from 2026-11-16 to 2027-02-14",
        "* Issuer's certificate: CN=*.acme.dev, issued by CN=R11, valid from 2026-11-16 to 2027-02-14",
        "* Names: *.acme.dev",
        "* SHA-256: ab12",
        "* Not verified: the certificate was accepted without a check",
        "* 103 Early Hints: before the answer",
        "< Link: </a.css>",
        "< Checksum: 9f2",
        "* Fault: A header has no colon",
        "* Waited: 92 ms for the first byte",
        "* Request id: 7c1f93",
        # Through a proxy the whole URL is asked for.
        "> GET http://test.example/things/7 HTTP/1.1",
    ):
        assert line in told


def test_a_failure_is_the_last_thing_told(pane):
    problem = Problem("Connection refused", "Nothing listens.", evidence="errno 111")
    show(pane, Hop(method="GET", url="http://a/", connection=LINK), outcome=Outcome.FAILED, problem=problem)
    assert story(pane)[-3:] == ["* Failed: Connection refused. Nothing listens.", "* errno 111", "* Request id: 7c1f93"]
