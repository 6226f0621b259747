"""Filters in their own process: what they find, what they say of mistakes, and that nothing can hang them."""

import json
import os
import threading
import time

import psutil  # type: ignore[import-untyped] # it has no stubs
import pytest

from httpdesk.filters import json_filters, languages_for
from httpdesk.filters.job import Job
from httpdesk.filters.process import FilterProcess

ORDERS = b'{"total":1.10,"data":[{"id":"a","sum":2.50,"n":123456789012345678901234567890},{"id":"b","sum":-0}]}'
FEED = (
    b'<feed xmlns:x="urn:x"><entry id="1"><name>One &amp; all</name></entry>'
    b'<entry id="2"><x:name>Two</x:name></entry></feed>'
)
PAGE = b"<!doctype html><ul><li class=active><a href='/x'>go</a><li>no</ul>"


@pytest.fixture(scope="module")
def process():
    process = FilterProcess()
    yield process
    process.close()


def run(process, language, text, body, kind="json", encoding="utf-8", **more):
    """The result as text, and the outcome."""
    pieces: list[bytes] = []
    job = Job(
        language=language, text=text, body_language=kind, encoding=encoding, data=body, key=str(hash(body)), **more
    )
    outcome = process.run(job, pieces.append, threading.Event())
    return b"".join(pieces).decode(), outcome


@pytest.mark.parametrize(
    ("language", "text", "result", "matches"),
    [
        ("jsonpath", "$.data[*].id", '["a",\n"b"]', 2),
        ("jsonpath", "$.total", "[1.10]", 1),
        ("jsonpath", "$.data[?@.sum > 2.4].n", "[123456789012345678901234567890]", 1),
        ("jsonpath", "$.data[1].sum", "[-0]", 1),
        ("jsonpath", "$.nothing", "", 0),
        ("jmespath", "data[?sum > `2.4`].sum", "[2.50]", 1),
        ("jmespath", "sum(data[].sum)", "2.5", 1),
        ("jmespath", "{first: data[0].n}", '{"first":123456789012345678901234567890}', 1),
        ("jmespath", "nothing", "", 0),
        ("jq", ".data[].id", '"a"\n"b"\n', 2),
        ("jq", ".data | length # words", "2\n", 1),
        ("jq", "def f: .id; .data[] | f", '"a"\n"b"\n', 2),
        ("jq", "empty", "", 0),
    ],
)
def test_json(process, language, text, result, matches):
    found, outcome = run(process, language, text, ORDERS)
    assert (found, outcome.matches, outcome.fault, outcome.shows) == (result, matches, "", "json")


@pytest.mark.parametrize(
    ("language", "text", "result", "shows"),
    [
        ("xpath", "//entry[@id='1']/name", "<name>One &amp; all</name>\n", "xml"),
        ("xpath", "//entry/@id", "1\n2\n", "text"),
        ("xpath", "//x:name/text()", "Two\n", "text"),
        ("xpath", "count(//entry)", "2", "text"),
        ("xpath", "//entry = 'no'", "false", "text"),
        ("xpath", "string(//name)", "One & all", "text"),
        ("css", "entry > name", "<name>One &amp; all</name>\n<x:name>Two</x:name>\n", "xml"),
        ("css", "entry[id='1'] name", "<name>One &amp; all</name>\n", "xml"),
        ("css", "nothing", "", "text"),
    ],
)
def test_xml(process, language, text, result, shows):
    found, outcome = run(process, language, text, FEED, "xml")
    assert (found.replace(' xmlns:x="urn:x"', ""), outcome.shows, outcome.fault) == (result, shows, "")


def test_html(process):
    found, outcome = run(process, "css", "li.active a", PAGE, "html")
    assert (found, outcome.matches, outcome.shows) == ('<a href="/x">go</a>\n', 1, "html")
    assert run(process, "xpath", "//li/@class", PAGE, "html")[0] == "active\n"


def test_a_default_namespace_has_the_prefix_d_and_css_needs_none(process):
    body = b'<feed xmlns="urn:atom"><entry>1</entry></feed>'
    assert "urn:atom: write d:name" in run(process, "xpath", "//entry", body, "xml")[1].note
    assert run(process, "xpath", "//d:entry/text()", body, "xml")[0] == "1\n"
    assert run(process, "css", "feed entry", body, "xml")[1].matches == 1


def test_charsets_and_lines_and_numbers_that_are_none(process):
    assert run(process, "jsonpath", "$.a", '{"a":"Жанна"}'.encode("cp1251"), encoding="cp1251")[0] == '["Жанна"]'
    assert run(process, "xpath", "//a/text()", "<a>Жанна</a>".encode("cp1251"), "xml", "cp1251")[0] == "Жанна\n"
    assert run(process, "jsonpath", "$[*].a", b'\xef\xbb\xbf{"a":1}\n{"a":NaN}\n{"a":1e400}')[0] == "[1,\nNaN,\n1e400]"
    assert run(process, "jq", ".a", b'{"a":1}\n{"a":2}')[0] == "1\n2\n"


def test_jq_says_where_it_is_not_exact(process):
    assert run(process, "jq", ".total", ORDERS)[1].note == "jq may round numbers and drop zeros"
    assert run(process, "jq", ".a", b'{"a":1}')[1].note == ""


@pytest.mark.parametrize(
    ("language", "text", "body", "kind", "words"),
    [
        ("jsonpath", "$.a[", ORDERS, "json", "Column 5: unexpected end of query"),
        ("jsonpath", "$.a b", ORDERS, "json", "Column 5: "),
        ("jmespath", "a.b(", ORDERS, "json", "Column 5: Incomplete expression"),
        ("jmespath", "foo(@)", ORDERS, "json", "Unknown function: foo()"),
        ("jmespath", "sum(data)", ORDERS, "json", "sum"),
        ("jq", ".a[", ORDERS, "json", "Column 3: syntax error, unexpected end of file"),
        ("jq", ".total.b", ORDERS, "json", 'Cannot index number with string ("b")'),
        ("jsonpath", "$", b'{"a":\n oops}', "json", "The body is not JSON: line 2, column 2: "),
        ("jq", ".", b"{oops", "json", "The body is not JSON: "),
        ("xpath", "//a[", FEED, "xml", "Invalid expression"),
        ("xpath", "//y:a", FEED, "xml", "This prefix is not in the document; it has x"),
        ("xpath", "//a", b"<a>\n<b></a>", "xml", "The body is not XML: line 2, column "),
        ("css", "a[", FEED, "xml", "Column 3: Expected ident or '*', got EOF"),
        ("css", "a:foo", FEED, "xml", "The pseudo-class :foo is unknown"),
    ],
)
def test_mistakes_are_told_with_their_place(process, language, text, body, kind, words):
    found, outcome = run(process, language, text, body, kind)
    assert outcome.fault.startswith(words) or words in outcome.fault
    assert found == ""
    assert run(process, "jsonpath", "$.total", ORDERS)[0] == "[1.10]"


DEEP = b"[" * 100_000 + b"]" * 100_000
WIDE = json.dumps({str(n): {str(m): list(range(20)) for m in range(30)} for n in range(100)}).encode()
BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><a b="&j;">&j;</a>'
)


@pytest.mark.parametrize(
    ("language", "text", "body", "kind"),
    [
        ("jsonpath", "$..*..*..*..*..*..*..*..*", WIDE, "json"),
        ("jsonpath", "$[?match(@, '((a+)+)+$')]", json.dumps(["a" * 5000 + "b"]).encode(), "json"),
        ("jsonpath", "$" + "..*" * 3000, WIDE, "json"),
        ("jsonpath", "$..*", DEEP, "json"),
        ("jq", "def f: f; f", ORDERS, "json"),
        ("jq", "[range(1e12)]", ORDERS, "json"),
        ("jq", "repeat(.)", ORDERS, "json"),
        ("jq", "..", DEEP, "json"),
        ("jq", "halt_error", ORDERS, "json"),
        ("jmespath", "@" + ".[@,@]" * 60, ORDERS, "json"),
        ("jmespath", "[" * 5000, ORDERS, "json"),
        ("xpath", "//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0]", b"<a>" + b"<b/>" * 5000 + b"</a>", "xml"),
        ("xpath", "//*", BOMB, "xml"),
        ("xpath", "//*", b"<a>" * 100_000, "xml"),
        ("xpath", "//*" + "[1" * 5000, FEED, "xml"),
        ("xpath", "document('file:///etc/passwd')", FEED, "xml"),
        ("css", ":not(" * 3000, FEED, "xml"),
    ],
)
def test_hostile_expressions_and_bodies_end_in_time(language, text, body, kind):
    hostile = FilterProcess(time_limit_s=1.5)
    began = time.monotonic()
    try:
        _, outcome = run(hostile, language, text, body, kind)
        assert outcome.fault or outcome.is_cut or outcome.matches >= 0
        assert "root:" not in outcome.fault
        assert time.monotonic() - began < 20
        assert run(hostile, "jsonpath", "$.total", ORDERS)[0] == "[1.10]"
    finally:
        hostile.close()


@pytest.mark.parametrize(
    ("language", "text", "body", "kind"),
    [
        ("css", "i " * 500, FEED, "xml"),
        ("jsonpath", "$" + "[?@" * 300, ORDERS, "json"),
        ("jmespath", "[" * 2000, ORDERS, "json"),
    ],
)
def test_what_is_nested_too_deep_is_told_and_the_worker_stays(process, language, text, body, kind):
    run(process, "jq", ".", ORDERS)
    worker = process.pid
    assert run(process, language, text, body, kind)[1].fault == "The body or the expression is nested too deep."
    assert process.pid == worker


def test_more_outputs_than_are_kept_are_told(monkeypatch):
    monkeypatch.setattr(json_filters, "_MOST_OUTPUTS", 10)
    for expression, is_cut in (("range(infinite)", True), ("range(11)", True), ("range(10)", False)):
        pieces: list[bytes] = []
        outcome = json_filters.jq(expression, "1", pieces.append)
        assert (len(pieces), outcome.is_cut) == (10, is_cut)


def test_no_file_and_no_variable_of_the_system_is_read(process, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret")
    body = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'.encode()
    assert "s3cret" not in run(process, "xpath", "//a", body, "xml")[0]
    assert run(process, "jq", "env", ORDERS)[0] == "{}\n"


def test_a_filter_can_be_cancelled_and_the_next_one_works(process):
    run(process, "jq", ".total", ORDERS)
    worker = psutil.Process(process.pid)
    cancelled = threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    job = Job(language="jq", text="def f: f; f", body_language="json", encoding="utf-8", data=ORDERS, key="k")
    began = time.monotonic()
    assert process.run(job, lambda _piece: None, cancelled) is None
    assert time.monotonic() - began < 5
    assert not worker.is_running()
    assert run(process, "jq", ".total", ORDERS)[1].matches == 1


def test_a_worker_that_is_killed_is_told_and_replaced(process):
    run(process, "jq", ".total", ORDERS)
    worker = psutil.Process(process.pid)
    worker.kill()
    worker.wait(5)
    assert run(process, "jq", ".total", ORDERS)[1].matches == 1
    threading.Timer(0.2, lambda: psutil.Process(process.pid).kill()).start()
    assert "ended early" in run(process, "jq", "def f: f; f", ORDERS)[1].fault


def test_the_worker_ends_with_its_owner():
    process = FilterProcess()
    run(process, "jsonpath", "$.total", ORDERS)
    worker = psutil.Process(process.pid)
    process.close()
    assert not worker.is_running()
    assert process.pid is None


def test_a_body_in_a_file_is_read_from_there(process, tmp_path):
    path = tmp_path / "body"
    path.write_bytes(b"[" + b",".join(b'{"n":%d}' % n for n in range(20_000)) + b"]")
    found, outcome = run(process, "jsonpath", "$[*].n", b"", path=os.fspath(path))
    assert outcome.matches == 20_000
    assert json.loads(found) == list(range(20_000))


def test_which_languages_fit_a_body():
    assert [language.id for language in languages_for("json")] == ["jsonpath", "jq", "jmespath"]
    assert [language.id for language in languages_for("html")] == ["xpath", "css"]
    assert languages_for("text") == ()
