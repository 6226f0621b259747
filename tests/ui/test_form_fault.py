"""The line above a formatted body: from where on it is not what it should be."""

import pytest

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Finished
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from tests.ui.answers import exchange, hop, show


@pytest.fixture
def pane(qtbot):
    async def ask(_suggested):
        return None

    pane = ResponsePane(ask, Tasks(lambda _problem: None))
    qtbot.addWidget(pane)
    pane.resize(900, 600)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.stop()


@pytest.fixture
def fault(pane):
    return pane.pages.body.fault


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b'{"a": 1, \x00}', "application/json", "Not JSON from byte 10 on: shown as received."),
        (b'{"a": [1', "application/json", "The JSON ends early, at byte 8."),
        (b"<a><b>", "application/xml", "The XML ends early, at byte 6."),
        ('{"ä": '.encode("utf-16"), "application/json", "The JSON ends early, at byte 7 (counted in UTF-8)."),
    ],
)
def test_it_is_told_where_a_formatted_body_goes_wrong(pane, fault, qtbot, body, content_type, words):
    show(pane, hop(body, content_type))
    qtbot.waitUntil(lambda: fault.words == words)
    pane.pages.body.select_form("raw")
    assert fault.words == ""
    pane.pages.body.select_form("tree")
    qtbot.waitUntil(lambda: fault.words == words)
    show(pane, hop(b"[1]", "application/json"))
    assert fault.words == ""


def test_nothing_is_told_of_what_is_right_or_only_odd(pane, fault, qtbot):
    for body in (b'{"a":1,"a":NaN}', b"\xef\xbb\xbf[1,]", b"{}\n{}\n", b'["\\ud800", 1e999]', b"// x\n[]"):
        show(pane, hop(body, "application/json"))
        qtbot.waitUntil(lambda: pane.pages.body.shown.finished)
        qtbot.wait(120)
        assert fault.words == ""


def test_a_body_that_is_known_to_be_a_part_needs_no_more_words(pane, fault, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b'{"a": [1')
    growing = hop(spool, "application/json")
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(lambda: pane.pages.body.shown.size_bytes > 0)
    assert fault.words == ""
    spool.finish()
    growing.complete = False
    pane.feed(Finished(exchange(growing)))
    qtbot.waitUntil(lambda: pane.pages.body.kind.text() == "JSON, partial")
    qtbot.waitUntil(lambda: pane.pages.body.shown.finished)
    qtbot.wait(120)
    assert fault.words == ""
