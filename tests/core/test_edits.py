"""Edits that keep the parts of a request in step."""

from hypothesis import given
from hypothesis import strategies as st

from httpdesk.core.edits import body_of_kind, with_body, with_query, with_url
from httpdesk.core.request import FileBody, FormBody, HttpRequest, MultipartBody, NoBody, RawBody
from httpdesk.core.rows import Row

PIECES = st.sampled_from(["a", "b", "=", "&", "?", "#", "/", ":id", "{{v}}", "%20", " ", "é"])
URLS = st.lists(PIECES, max_size=12).map(lambda pieces: "http://h/" + "".join(pieces))
ROWS = st.lists(
    st.builds(
        Row, name=st.sampled_from(["a", "b", "c d"]), value=st.sampled_from(["", "1", "x&y"]), enabled=st.booleans()
    ),
    max_size=4,
).map(tuple)


def test_the_tables_follow_the_url():
    request = with_url(HttpRequest(), "http://h/:user/x?a=1&b")
    assert request.query == (Row(name="a", value="1"), Row(name="b"))
    assert request.path == (Row(name="user"),)


def test_the_url_follows_the_query_table():
    request = with_url(HttpRequest(), "http://h/x?a=1#f")
    rows = (*request.query, Row(name="b", value="2"), Row(name="off", enabled=False))
    changed = with_query(request, rows)
    assert changed.url == "http://h/x?a=1&b=2#f"
    assert changed.query == rows


@given(URLS)
def test_the_url_text_is_never_touched_by_reading_it(url):
    request = with_url(HttpRequest(), url)
    assert request.url == url
    assert with_url(request, url) == request


@given(URLS, ROWS)
def test_both_ways_end_in_the_same_request(url, rows):
    request = with_query(with_url(HttpRequest(), url), rows)
    assert with_url(request, request.url) == request


@given(URLS, URLS)
def test_path_values_stay_while_their_name_does(first, second):
    request = with_url(HttpRequest(path=(Row(name="id", value="7", description="d"),)), first)
    known = {row.name: row for row in request.path}
    for row in with_url(request, second).path:
        assert row == known.get(row.name, Row(name=row.name))


def test_a_body_of_another_format_is_kept_aside():
    raw, form = RawBody(text="{}"), FormBody(rows=(Row(name="a"),))
    request = with_body(with_body(HttpRequest(), raw), form)
    assert (request.body, request.other_bodies) == (form, (raw,))
    assert body_of_kind(request, RawBody) == raw
    assert body_of_kind(request, MultipartBody) == MultipartBody()
    back = with_body(request, body_of_kind(request, RawBody))
    assert (back.body, back.other_bodies) == (raw, (form,))


def test_no_body_is_not_kept_and_loses_nothing():
    request = with_body(with_body(HttpRequest(), FileBody(path="a")), NoBody())
    assert (request.body, request.other_bodies) == (NoBody(), (FileBody(path="a"),))
    assert with_body(request, RawBody()).other_bodies == (FileBody(path="a"),)


def test_editing_a_body_replaces_it():
    request = with_body(with_body(HttpRequest(), RawBody(text="1")), RawBody(text="2"))
    assert (request.body, request.other_bodies) == (RawBody(text="2"), ())
