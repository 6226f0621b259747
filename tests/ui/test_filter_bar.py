"""The filter of a response: results in place of the view, mistakes in words, kept with the request."""

import json
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from httpdesk.body.spool import Spool
from httpdesk.core.request import Filter
from httpdesk.ui.filter_run import worker
from httpdesk.ui.response_body import BodyPage
from httpdesk.views import VIEWS
from tests.ui.answers import hop

ORDERS = b'{"total":1.10,"data":[{"id":"a","sum":2.50},{"id":"b","sum":3}]}'
_SOON_MS = 20_000


@pytest.fixture(scope="module", autouse=True)
def _no_worker_stays():
    yield
    worker().close()


@pytest.fixture
def page(qtbot):
    page = BodyPage()
    qtbot.addWidget(page)
    page.resize(800, 400)
    page.show()
    qtbot.waitExposed(page)
    page.show_hop(hop(ORDERS, "application/json"))
    yield page
    page.stop()


@pytest.fixture
def shows(page, qtbot):
    """Wait until the rows are these."""

    def wait(*rows):
        qtbot.waitUntil(lambda: [text for _, text in page.code.shown_rows if text] == list(rows), timeout=_SOON_MS)

    return wait


def choose(page, language):
    bar = page.filter.bar
    bar.languages.select(bar.languages.options.index(language))


def type_in(page, words):
    page.filter.open()
    page.filter.bar.field.clear()
    QTest.keyClicks(page.filter.bar.field, words)


PRETTY = (
    *("{", '  "total": 1.10,', '  "data": [', "    {", '      "id": "a",', '      "sum": 2.50'),
    *("    },", "    {", '      "id": "b",', '      "sum": 3', "    }", "  ]", "}"),
)


def test_the_result_takes_the_place_of_the_view_and_esc_gives_it_back(page, shows):
    shows(*PRETTY)
    page.filter_button.click()
    assert page.filter.bar.isVisible()
    assert page.filter.bar.languages.options == ["JSONPath", "jq", "JMESPath"]
    QTest.keyClicks(page.filter.bar.field, "$.data[*].sum")
    shows("[", "  2.50,", "  3", "]")
    assert page.filter.bar.count.text() == "2 matches"
    assert page.shown.read(0, 100) == b"[\n  2.50,\n  3\n]"
    QTest.keyClick(page.filter.bar.field, Qt.Key.Key_Escape)
    assert not page.filter.bar.isVisible()
    shows(*PRETTY)
    page.filter.open()
    shows("[", "  2.50,", "  3", "]")


def test_every_language_of_json(page, shows):
    type_in(page, ".data[] | .id")
    choose(page, "jq")
    shows('"a"', '"b"')
    assert page.filter.bar.count.text() == "2 matches, jq may round numbers and drop zeros"
    type_in(page, "data[0]")
    choose(page, "JMESPath")
    shows("{", '  "id": "a",', '  "sum": 2.50', "}")
    assert page.filter.bar.count.text() == "1 match"


def test_xml_and_html_have_xpath_and_css(page, shows):
    page.show_hop(hop(b'<r><a n="1">x</a><b><a n="2"/></b></r>', "application/xml"))
    type_in(page, "//a")
    assert page.filter.bar.languages.options == ["XPath", "CSS"]
    shows('<a n="1">x</a>', '<a n="2"/>')
    type_in(page, "//a/@n")
    shows("1", "2")
    page.show_hop(hop(b"<!doctype html><ul><li class=on>x<li>y</ul>", "text/html"))
    type_in(page, "li.on")
    choose(page, "CSS")
    shows('<li class="on">x</li>')


def test_a_mistake_is_told_and_what_was_shown_stays(page, shows, qtbot):
    type_in(page, "$.data[*].id")
    shows("[", '  "a",', '  "b"', "]")
    QTest.keyClicks(page.filter.bar.field, "[")
    qtbot.waitUntil(page.filter.bar.said.isVisible, timeout=_SOON_MS)
    assert page.filter.bar.said.words == "Column 14: unexpected end of query"
    assert page.filter.bar.field.accessibleDescription() == "Column 14: unexpected end of query"
    shows("[", '  "a",', '  "b"', "]")
    QTest.keyClick(page.filter.bar.field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not page.filter.bar.said.isVisible(), timeout=_SOON_MS)


def test_nothing_found_is_said(page, shows, qtbot):
    type_in(page, "$.nothing")
    qtbot.waitUntil(lambda: page.filter.bar.count.text() == "No matches", timeout=_SOON_MS)
    shows()


def test_a_result_folds_like_a_formatted_body(page, shows):
    page.show_hop(hop(b'{"a":{"b":{"c":1}}}', "application/json"))
    type_in(page, "$.a")
    shows("[", "  {", '    "b": {', '      "c": 1', "    }", "  }", "]")
    page.code.fold_to(1)
    shows("[", "  {", "]")
    assert page.code.folded_rows == [(2, "… 3 lines }")]


def test_a_body_read_as_another_kind_is_filtered_as_that(page, shows):
    page.show_hop(hop(b'{"a":{"b":7}}', "text/plain"))
    page.kind.kind_chosen.emit(next(view for view in VIEWS if view.language == "json"))
    type_in(page, "$.a.b")
    shows("[", "  7", "]")
    page.kind.kind_chosen.emit(next(view for view in VIEWS if view.language == "css"))
    shows('{"a":{"b":7}}')
    assert not page.filter.bar.isVisible()


def test_an_empty_expression_shows_the_body(page, shows):
    type_in(page, "$.total")
    shows("[", "  1.10", "]")
    page.filter.bar.field.selectAll()
    QTest.keyClick(page.filter.bar.field, Qt.Key.Key_Delete)
    shows(*PRETTY)
    assert page.filter.bar.isVisible()


def test_another_form_ends_the_filter(page, shows):
    type_in(page, "$.total")
    shows("[", "  1.10", "]")
    page.select_form("raw")
    shows(ORDERS.decode())
    assert not page.filter.bar.isVisible()


@pytest.mark.parametrize("form", ["hex", "tree"])
def test_it_works_over_any_form(page, shows, form):
    page.select_form(form)
    type_in(page, "$.total")
    shows("[", "  1.10", "]")
    page.filter.close()
    assert page.form == form
    assert (page.views.hex if form == "hex" else page.views.tree).isVisible()


def test_the_next_answer_is_filtered_too(page, shows):
    type_in(page, "$.total")
    shows("[", "  1.10", "]")
    page.show_hop(hop(b'{"total":7}', "application/json"))
    shows("[", "  7", "]")
    page.show_hop(hop(b"words"))
    shows("words")
    assert not page.filter.bar.isVisible()
    assert not page.filter_button.isEnabled()


def test_a_body_that_arrives_is_filtered_when_it_is_whole(page, shows, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b'{"total":')
    page.show_hop(hop(spool, "application/json"))
    type_in(page, "$.total")
    qtbot.waitUntil(lambda: page.filter.bar.count.text() == "Waiting for the rest of the body…", timeout=_SOON_MS)
    spool.write(b"8}")
    spool.finish()
    shows("[", "  8", "]")
    page.clear()
    spool.close()


def test_a_body_that_is_too_large_is_told(page, tmp_path, qtbot):
    spool = Spool(tmp_path, memory_bytes=0)
    spool.write(b"[")
    assert spool.path is not None
    with spool.path.open("r+b") as file:
        file.truncate(300_000_000)
    spool._size_bytes = 300_000_000
    spool.finish()
    page.select_form("hex")
    page.show_hop(hop(spool, "application/json"))
    page.select_form("hex")
    type_in(page, "$.a")
    qtbot.waitUntil(page.filter.bar.said.isVisible, timeout=_SOON_MS)
    assert page.filter.bar.said.words.startswith("JSONPath takes bodies up to 200")
    page.clear()
    spool.close()


def test_an_expression_that_never_ends_can_be_typed_over(page, shows, qtbot):
    type_in(page, "def f: f; f")
    choose(page, "jq")
    qtbot.waitUntil(lambda: page.filter.bar.count.text() == "Filtering…", timeout=_SOON_MS)
    began = time.monotonic()
    type_in(page, ".total")
    QTest.keyClick(page.filter.bar.field, Qt.Key.Key_Return)
    shows("1.1")
    assert time.monotonic() - began < 15


def test_the_charset_of_the_body_counts(page, shows):
    page.show_hop(hop('{"a":"Жанна"}'.encode("cp1251"), "application/json; charset=windows-1251"))
    type_in(page, "$.a")
    shows("[", '  "Жанна"', "]")


def test_the_expression_of_a_request_is_shown_with_its_answer(page, shows):
    page.clear()
    page.filter.show_filter(Filter(language="jq", text=".total"))
    assert not page.filter.bar.isVisible()
    page.show_hop(hop(ORDERS, "application/json"))
    shows("1.1")
    assert (page.filter.bar.text, page.filter.bar.language) == (".total", "jq")
    page.filter.close()
    page.show_hop(hop(b'{"total":9}', "application/json"))
    shows("{", '  "total": 9', "}")


def test_only_what_the_user_writes_is_an_edit(page):
    told: list[Filter] = []
    page.filter.edited.connect(told.append)
    page.filter.open()
    choose(page, "jq")
    choose(page, "JSONPath")
    page.filter.close()
    page.filter.open()
    assert told == []
    type_in(page, ".a")
    choose(page, "jq")
    page.filter.bar.field.selectAll()
    QTest.keyClick(page.filter.bar.field, Qt.Key.Key_Delete)
    assert told == [
        Filter(language="jsonpath", text="."),
        Filter(language="jsonpath", text=".a"),
        Filter(language="jq", text=".a"),
        Filter(),
    ]


def test_a_large_result_is_copied_as_text(page, qtbot):
    body = json.dumps([{"n": n} for n in range(3000)]).encode()
    page.show_hop(hop(body, "application/json"))
    type_in(page, ".[] | .n")
    choose(page, "jq")
    qtbot.waitUntil(lambda: page.filter.bar.count.text() == "3000 matches", timeout=_SOON_MS)
    qtbot.waitUntil(lambda: page.code.lines == 3000)
    page.code.select_all()
    page.code.copy()
    assert QApplication.clipboard().text().split() == [str(n) for n in range(3000)]
