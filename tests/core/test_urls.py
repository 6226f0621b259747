"""URLs: sent as typed, and in step with the tables of query and path parameters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.core import urls
from httpdesk.core.problem import Problem
from httpdesk.core.rows import Row, enabled


def sent(url, encode=True):
    return urls.normal(url, encode=encode)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a/../b/./c",
        "https://example.com//a//b",
        "https://example.com/a%2Fb%20c%2f",
        "https://example.com/?a=1&a=2&&b",
        "https://example.com/?q=a+b&c=%2B",
        "https://example.com/?a=b=c?d/e",
        "https://example.com/;v=1,2!$'()*~",
        "https://example.com/a?",
        "http://127.0.0.1:8080/",
        "http://[::1]:8080/",
        "http://a_b.internal/",
        "http://http:8080/",
    ],
)
def test_what_is_legal_stays_as_typed(url):
    assert sent(url) == url
    assert sent(url, encode=False) == url


@pytest.mark.parametrize(
    ("typed", "goes_out"),
    [
        ("example.com", "http://example.com/"),
        ("  example.com/a  ", "http://example.com/a"),
        ("//example.com/a", "http://example.com/a"),
        ("localhost:8080/x", "http://localhost:8080/x"),
        ("HTTPS://Example.COM/A", "https://example.com/A"),
        ("http://example.com?x=1", "http://example.com/?x=1"),
        ("http://example.com/a#part", "http://example.com/a"),
        ("http://example.com:080/", "http://example.com:80/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://пример.рф/путь?ключ=да", "http://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C?%D0%BA%D0%BB%D1%8E%D1%87=%D0%B4%D0%B0"),
        ("http://example.com/a b", "http://example.com/a%20b"),
        ("http://example.com/100%", "http://example.com/100%25"),
        ("http://example.com/%zz%41", "http://example.com/%25zz%41"),
        ('http://example.com/?q="<>"', "http://example.com/?q=%22%3C%3E%22"),
        ("http://example.com/a\\b", "http://example.com/a%5Cb"),
        ("http://example.com/?f={a:{b}}", "http://example.com/?f=%7Ba:%7Bb%7D%7D"),
    ],
)  # fmt: skip
def test_the_rest_is_made_legal(typed, goes_out):
    assert sent(typed) == goes_out


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40))
def test_nothing_is_encoded_twice(text):
    once = sent(f"http://example.com/{text}")
    assert sent(once) == once
    assert re.fullmatch(r"[!-~]+", once)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "The URL is empty"),
        ("   ", "The URL is empty"),
        ("http://", "The URL has no host"),
        ("http:///path", "The URL has no host"),
        ("http://:8080/", "The URL has no host"),
        ("ftp://example.com/", "ftp:// cannot be sent here"),
        ("javascript://example.com/", "javascript:// cannot be sent here"),
        ("http:/example.com", "Write http:// in the place of http:/."),
        ("https:example.com/", "Write https:// in the place of https:."),
        ("https//example.com", "Write https:// in the place of https//."),
        ("http:\\\\example.com", "Write http:// in the place of http:\\\\."),
        ("http://example.com:0/", "0 is not a port"),
        ("http://example.com:65536/", "65536 is not a port"),
        ("http://example.com:8o80/", "8o80 is not a port"),
        ("http://example.com:٨٠/", "is not a port"),
        ("http://exa mple.com/", "is not a host name"),
        ("http://a..b/", "a..b is not a host name"),
        (f"http://{'a' * 64}.com/", "is not a host name"),
        (f"http://{'a.' * 200}com/", "is not a host name"),
        ("http://☃.net/", "☃.net is not a host name"),
        ("http://[::1/", "The IPv6 address is not closed"),
        ("http://[::g]/", "[::g] is not an IPv6 address"),
        ("http://[]/", "[] is not an IPv6 address"),
        ("http://::1/", "Write [::1]"),
        ("http://127.1/", "127.1 is not an IPv4 address"),
        ("http://256.1.1.1/", "256.1.1.1 is not an IPv4 address"),
        ("http://2130706433/", "is not an IPv4 address"),
        ("http://user:secret@example.com/", "The URL holds a user name or password"),
        ("http://example.com/a\r\nX-Injected: 1", "At position 21: '\\r'"),
        ("http://example.com/\x00", "The URL holds a control character"),
        ("http://example.com/\ud800", "The URL holds half a character"),
    ],
)
def test_a_bad_url_is_refused_with_its_own_words(url, words):
    with pytest.raises(Problem) as caught:
        sent(url)
    assert words in str(caught.value)
    assert (caught.value.kind, caught.value.where) == ("bad-url", "url")
    assert caught.value.remedies
    assert "secret" not in str(caught.value)


def test_without_encoding_a_character_that_cannot_go_out_is_named():
    with pytest.raises(Problem, match=r"'é' at position 4 of the path") as caught:
        sent("http://example.com/caé", encode=False)
    assert caught.value.remedies[0].action == "request_settings"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://example.com/", ("http", "example.com", 80)),
        ("https://example.com/a?b=http://c:1/", ("https", "example.com", 443)),
        ("https://[::1]:8443/", ("https", "::1", 8443)),
    ],
)
def test_the_target_of_a_url(url, target):
    assert urls.target(url) == target


def test_a_question_mark_inside_a_variable_is_no_query():
    assert urls.split("{{a?b}}/x?y#z") == ("{{a?b}}/x", "y", "z")
    assert urls.split("{{base#1}}") == ("{{base#1}}", None, None)


@given(st.text(alphabet="ab{}?#&=/:%", max_size=20))
def test_the_parts_of_a_split_give_the_text_back(text):
    base, query, fragment = urls.split(text)
    query = "" if query is None else f"?{query}"
    assert base + query + ("" if fragment is None else f"#{fragment}") == text


# Query


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="{}"), min_size=1, max_size=8
)
VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="{}"), max_size=8),
    st.sampled_from(["{{token}}", "a{{b}}c", "a b", "100%", "a&b=c#d"]),
)
ROWS = st.lists(
    st.builds(Row, name=NAMES, value=VALUES, description=st.sampled_from(["", "why"]), enabled=st.booleans()),
    max_size=5,
).map(tuple)


@given(ROWS)
def test_rows_survive_the_way_through_the_url(rows):
    url = urls.with_query("http://example.com/a#b", rows)
    assert urls.query_rows(url, rows) == rows
    assert urls.split(url).fragment == "b"
    assert urls.with_query(url, rows) == url


@given(ROWS)
def test_what_is_sent_has_one_pair_for_each_row(rows):
    query = urls.split(sent(urls.with_query("http://example.com/", rows).replace("{{", "").replace("}}", ""))).query
    assert len((query or "").split("&")) == max(1, len(enabled(rows)))


@given(ROWS, ROWS)
def test_a_row_that_is_off_is_never_lost(rows, other):
    """Whatever is typed into the URL."""
    typed = urls.with_query("http://example.com/", other)
    off = [row for row in rows if not row.enabled]
    assert [row for row in urls.query_rows(typed, rows) if not row.enabled] == off


@given(st.text(alphabet="abc=&%2 +{}", max_size=20))
def test_reading_a_query_changes_no_text(query):
    url = f"http://example.com/?{query}"
    rows = urls.query_rows(url)
    assert urls.query_rows(url, rows) == rows


def test_editing_the_url_keeps_descriptions():
    old = (Row(name="a", value="1", description="first"), Row(name="off", enabled=False), Row(name="b", value="2"))
    rows = urls.query_rows("http://h/?a=12&c=3", old)
    assert rows == (
        Row(name="a", value="12", description="first"),
        Row(name="c", value="3"),
        Row(name="off", enabled=False),
    )


def test_characters_that_would_end_a_pair_are_encoded():
    assert urls.with_query("http://h/", (Row(name="a=b", value="1&2#3"),)) == "http://h/?a%3Db=1%262%233"
    assert urls.with_query("http://h/", (Row(name="q", value="{{a&b}}"),)) == "http://h/?q={{a&b}}"


# Path


def test_path_parameters_are_found_in_the_path_only():
    assert urls.path_names("http://h:80/:user/x:y/:id.json/:id?a=/:no#/:no") == ("user", "id")
    assert urls.path_names("{{base}}/:id") == ("id",)


def test_path_rows_keep_what_was_known():
    old = (Row(name="id", value="7", description="of the order"), Row(name="gone", value="1"))
    assert urls.path_rows("http://h/:user/:id", old) == (Row(name="user"), old[0])


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("a b", "a%20b"),
        ("a/b", "a%2Fb"),
        ("?x#y", "%3Fx%23y"),
        ("50%", "50%25"),
        ("a%2Fb", "a%2Fb"),
        ("a:b@c", "a:b@c"),
    ],
)
def test_a_path_value_stays_one_segment(value, segment):
    assert urls.with_path("http://h/:id/x?q=/:id", {"id": value}, encode=True) == f"http://h/{segment}/x?q=/:id"


def test_without_encoding_a_path_value_goes_in_as_it_is():
    assert urls.with_path("http://h/:id", {"id": "a/b"}, encode=False) == "http://h/a/b"


def test_a_port_is_no_path_parameter():
    assert urls.with_path("http://h:80/:a", {"80": "x", "a": "1"}, encode=True) == "http://h:80/1"
