"""The kind of a body: what the answer says, what the user reads it as instead, and for how long."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from httpdesk.ui.response_kind import _SCRIPTS
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.views.charset import ENCODINGS
from tests.ui.answers import hop, lines_of, show


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


def entries(pane):
    """The entries of the open menu and of the menu below it."""
    QTest.mouseClick(pane.pages.body.kind, Qt.MouseButton.LeftButton)
    popup = next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())
    found = {action.text().strip(): action for action in popup.actions()}
    below = next((action.menu() for action in popup.actions() if action.text().strip().startswith("Encoding")), None)
    encodings = {action.text().strip(): action for action in below.actions()} if below is not None else {}
    return popup, found, encodings


def choose(pane, words, *, encoding=False):
    popup, kinds, encodings = entries(pane)
    (encodings if encoding else kinds)[words].trigger()
    popup.close()


def test_the_encodings_have_plain_names(pane):
    assert set(_SCRIPTS) == set(ENCODINGS)
    show(pane, hop("Привет".encode("cp1251"), "text/plain; charset=windows-1251"))
    popup, kinds, encodings = entries(pane)
    assert next(iter(kinds)) == "As the server says (Text)"
    assert {"JSON", "XML", "HTML", "CSS", "JavaScript", "YAML", "Text"} <= set(kinds)
    assert list(encodings)[:2] == ["As the server says (cp1251)", "Unicode (utf-8)"]
    assert "Cyrillic, Russian (koi8-r)" in encodings
    popup.close()


def test_another_encoding_reads_the_body_again(pane, qtbot):
    show(pane, hop("Привет".encode("cp1251"), "text/plain; charset=koi8-r"))
    qtbot.waitUntil(lambda: lines_of(pane) != [])
    assert lines_of(pane) != ["Привет"]
    choose(pane, "Cyrillic (cp1251)", encoding=True)
    qtbot.waitUntil(lambda: lines_of(pane) == ["Привет"])
    assert pane.pages.body.kind.text() == "Text, cp1251"
    choose(pane, "As the server says (koi8-r)", encoding=True)
    qtbot.waitUntil(lambda: lines_of(pane) != ["Привет"])
    assert pane.pages.body.kind.text() == "Text, koi8-r"


def test_another_kind_is_formatted_and_folds_as_such(pane, qtbot):
    show(pane, hop(b'{"a":{"b":1}}', "text/css"))
    assert pane.pages.body.forms.options == ["Raw", "Hex"]
    choose(pane, "JSON")
    qtbot.waitUntil(lambda: lines_of(pane) == ["{", '  "a": {', '    "b": 1', "  }", "}"])
    assert pane.pages.body.kind.text() == "JSON"
    assert pane.pages.body.forms.options == ["Pretty", "Raw", "Tree", "Hex"]
    assert pane.pages.body.code.folds
    pane.pages.body.select_form("raw")
    assert not pane.pages.body.code.folds


def test_what_was_chosen_stays_for_the_answers_of_the_same_address_and_type(pane, qtbot):
    kind = pane.pages.body.kind
    show(pane, hop(b"a: 1", "text/plain", url="http://test.example/a?page=1"))
    choose(pane, "YAML")
    choose(pane, "Western (cp1252)", encoding=True)
    assert kind.text() == "YAML, cp1252"
    show(pane, hop(b"b: 2", "text/plain", url="http://test.example/a?page=2"))
    assert kind.text() == "YAML, cp1252"
    for other in ({"content_type": "text/html"}, {"url": "http://test.example/b"}):
        show(pane, hop(b"a: 1", **{"url": "http://test.example/a", "content_type": "text/plain"} | other))
        assert kind.text() in ("Text", "HTML")
        assert pane.pages.body.shown_encoding == "utf-8"
    show(pane, hop(b"a: 1", "text/plain", url="http://test.example/a"))
    assert kind.text() == "YAML, cp1252"
    choose(pane, "As the server says (Text)")
    show(pane, hop(b"a: 1", "text/plain", url="http://test.example/a"))
    assert kind.text() == "Text, cp1252"


def test_bytes_can_be_read_as_text(pane, qtbot):
    show(pane, hop(b"\x00\x01plain", "application/octet-stream"))
    _popup, _kinds, encodings = entries(pane)
    assert encodings == {}
    _popup.close()
    choose(pane, "Text")
    qtbot.waitUntil(lambda: lines_of(pane) == ["□□plain"])
    assert pane.pages.body.binary.words == ""


def test_the_button_says_what_it_is_to_a_screen_reader(pane):
    show(pane, hop(b"{}", "application/json"))
    assert pane.pages.body.kind.accessibleName() == "Kind of body: JSON"
    assert pane.pages.body.kind.toolTip() == "Read the body as something else"


def has_color(widget, role):
    """Whether a pixel of a widget has a colour of the theme."""
    image, wanted = widget.grab().toImage(), theme.color(role).rgb()
    return any(image.pixel(x, y) == wanted for x in range(60, 240) for y in range(80))


def test_source_code_gets_its_colours_when_it_is_whole(pane, qtbot):
    show(pane, hop(b'def f(x):\n    """two\n    lines"""\n    return x + 1\n' * 50, "text/x-python"))
    code = pane.pages.body.code
    assert pane.pages.body.kind.text() == "Python"
    qtbot.waitUntil(lambda: has_color(code.viewport(), "s_kw"), timeout=20_000)
    row = code.text.index.window(2, 1)[0]
    assert [span.role for span in code.text.spans(row, code.text.characters(row))] == ["s_str"]


def test_a_text_can_be_read_as_one_of_many_languages(pane, qtbot):
    show(pane, hop(b"query { a(id: 1) }\n", "text/plain"))
    popup, kinds, _ = entries(pane)
    below = kinds["Other languages"].menu()
    next(action for action in below.actions() if action.text().strip() == "GraphQL").trigger()
    popup.close()
    assert pane.pages.body.kind.text() == "GraphQL"
    qtbot.waitUntil(lambda: has_color(pane.pages.body.code.viewport(), "s_kw"), timeout=20_000)
