"""Bodies that no honest server sends: every form of each opens, in time, and shows what is there or says why not."""

import struct
import time
import zlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from httpdesk.ui.preview_html import HtmlPage
from httpdesk.ui.preview_picture import PicturePage
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from tests.ui.answers import hop, lines_of, show

# Generous: it is about what never ends.
HANG_S = 30.0
JSON, XML, HTML, TEXT, CSV = "application/json", "application/xml", "text/html", "text/plain", "text/csv"
WIDE = b",".join(b"%d" % number for number in range(100_000))


def png(width, height):
    """A picture that says to have this size and has hardly any pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


BODIES = {
    "arrays in arrays": (JSON, b"[" * 100_000 + b"1" + b"]" * 100_000),
    "objects without an end": (JSON, b'{"a":' * 100_000),
    "elements in elements": (XML, b"<a>" * 100_000 + b"x" + b"</a>" * 100_000),
    "blocks in blocks": (HTML, b"<div>" * 100_000 + b"x"),
    "long numbers": (JSON, b'{"n": ' + b"9" * 100_000 + b', "m": -0.' + b"1" * 100_000 + b"e" + b"9" * 100_000 + b"}"),
    "no UTF-8": (JSON, b'{"a\xff": "\xc3\x28\xe2\x82", "b": "\xed\xa0\x80"}'),
    "NULs": (JSON, b'{"a\x00": "\x00"}\x00'),
    "escapes and bidi": (TEXT, "\x1b[31mred\x1b[0m \u202etxet \u2066iso\u2069 \u200b\ufeff \x9b31m\r\x07\x08".encode()),
    "one line": (TEXT, b"abcdefg " * 400_000),
    "empty lines": (TEXT, b"\n" * 1_000_000),
    "empty lines in JSON": (JSON, b"{" + b"\n" * 1_000_000 + b'"a":1}'),
    "carriage returns": (TEXT, b"\r" * 500_000),
    "lone surrogates": (JSON, rb'{"\ud800": "\udfff\ud83d"}'),
    "the same keys": (JSON, b'{"a":1,"a":2,"":3,"":4}'),
    "a mark": (JSON, b'\xef\xbb\xbf{"a":1}'),
    "UTF-16": (JSON, '{"a":"é€😀"}'.encode("utf-16")),
    "no JSON": (JSON, png(3, 3)),
    "no picture": ("image/png", b"<!doctype html><p>hi"),
    "no end of JSON": (JSON, b'{"a":[{"b":"unfinished'),
    "quotes": (JSON, b'"' * 500_000),
    "backslashes": (JSON, b'"' + b"\\" * 500_000),
    "brackets": (JSON, b"[}{]" * 200_000),
    "wide CSV": (CSV, 3 * (WIDE + b"\n")),
    "quotes of CSV without an end": (CSV, b'a,b\n1,"never ends\n' + b"x,y\n" * 200_000),
    "rows with other keys": (JSON, b"[" + b",".join(b'{"k%d":%d}' % (n, n) for n in range(5000)) + b"]"),
    "entities": (XML, b'<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a>&y;</a>'),
    "a file": (XML, b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/" [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'),
    "attributes": (XML, b"<a " + b" ".join(b'a%d="v"' % number for number in range(10_000)) + b"/>"),
    "open tags": (XML, b"<a b='" * 200_000),
    "tags": (HTML, b'<p><b>x</b><img src="http://127.0.0.1:9/x"><script>evil()</script>\n' * 20_000),
    "open comments": (HTML, b"<p>hi<!--" + b"x-" * 500_000),
    "open brackets of HTML": (HTML, b"<" * 500_000),
    "entities of SVG": ("image/svg+xml", b'<!DOCTYPE svg [<!ENTITY a "a">]><svg><text>&a;</text></svg>'),
    "a deep drawing": ("image/svg+xml", b"<svg>" + b"<g>" * 20_000),
    "an absurd picture": ("image/png", png(50_000, 50_000)),
    "marks on one letter": (TEXT, b"a" + "\u0300".encode() * 200_000),
}


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


def is_settled(body):
    """Whether all that will be shown of a body in this form is there."""
    if body.form in ("pretty", "tree"):
        return body.shown.finished and (body.code.text.complete or len(body.views.tree.shown_rows) > 0)
    if body.form == "raw":
        return body.code.text.complete
    front = body.views.preview.currentWidget() if body.form == "preview" else body.views.hex
    if isinstance(front, HtmlPage):
        return front.complete
    if isinstance(front, PicturePage):
        return "Drawing" not in front.words
    return not front._timer.isActive()


def says_something(body):
    """Whether there is something to see in the form that is shown, be it why there is nothing else."""
    if body.form in ("pretty", "raw"):
        return bool(body.code.shown_rows)
    if body.form in ("tree", "hex"):
        return bool(body.views.of(body.form).shown_rows)
    front = body.views.preview.currentWidget()
    if isinstance(front, HtmlPage):
        return bool(front.note.text())
    return bool(front.words if isinstance(front, PicturePage) else front.shown_rows)


@pytest.mark.parametrize("name", BODIES)
def test_every_form_of_a_hostile_body_opens_and_can_be_walked_through(pane, qtbot, name):
    content_type, data = BODIES[name]
    body, begun_s = pane.pages.body, time.monotonic()
    show(pane, hop(data, content_type))
    for form in body._offered:
        body.select_form(form)
        qtbot.waitUntil(lambda: is_settled(body), timeout=round(HANG_S * 1000))
        assert says_something(body), form
        front = body.views.of(form)
        view = front.currentWidget() if form == "preview" else front
        for key in (Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_PageDown):
            QTest.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
            qtbot.wait(5)
    assert time.monotonic() - begun_s < HANG_S


def test_what_cannot_be_seen_or_turns_the_text_is_shown_by_signs(pane, qtbot):
    content_type, data = BODIES["escapes and bidi"]
    show(pane, hop(data, content_type))
    qtbot.waitUntil(lambda: lines_of(pane) != [])
    shown = "".join(lines_of(pane))
    assert not set(shown) & set("\x1b\x07\x08\r\x9b\u202e\u2066\u2069\u200b\ufeff")
    assert "txet" in shown


def test_every_token_stays_as_it_was_received(pane, qtbot):
    for name, words in (
        ("lone surrogates", rb'"\ud800": "\udfff\ud83d"'),
        ("long numbers", b"9" * 100_000),
        ("the same keys", b'"a": 1,\n  "a": 2,\n  "": 3,\n  "": 4'),
    ):
        show(pane, hop(BODIES[name][1], JSON))
        qtbot.waitUntil(lambda: pane.pages.body.shown.finished)
        assert words in pane.pages.body.shown.read(0, 1 << 20)
