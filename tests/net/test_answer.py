"""The parser of answers against the zoo's tables: nothing is lost, every fault is named, segments do not matter."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from httpdesk.core.exchange import Head
from httpdesk.net.answer import AnswerParser, Interim
from tests.net.fault_words import WORDS
from tests.zoo import behaviours_flow, behaviours_framing, behaviours_heads
from tests.zoo.behaviour import ANY, HOLD, RST, Later

ROWS = [
    row
    for row in (*behaviours_framing.BEHAVIOURS, *behaviours_heads.BEHAVIOURS, *behaviours_flow.BEHAVIOURS)
    if row.ends or HOLD in row.steps
]


def bytes_of(row):
    steps = [step.make() if isinstance(step, Later) else step for step in row.steps]
    return b"".join(step for step in steps if isinstance(step, bytes))


def parse(data, method="GET", sizes=(1 << 30,), reset=False):
    """Feed bytes in segments of these sizes, the last one for the rest; returns head, body, faults and the parser."""
    faults: list[str] = []
    parser, pieces, at = AnswerParser(method, faults), [], 0
    sizes = iter((*sizes, *[1 << 30] * 2))
    while at < len(data):
        size = next(sizes)
        pieces += parser.feed(data[at : at + size])
        at += size
    pieces += parser.end("the connection was reset" if reset else "")
    heads = [piece for piece in pieces if isinstance(piece, Head)]
    assert len(heads) <= 1
    body = b"".join(piece for piece in pieces if isinstance(piece, bytes))
    return heads[0] if heads else None, body, faults, parser


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_zoo_is_read_without_loss(row):
    head, body, faults, _parser = parse(bytes_of(row), row.method, reset=RST in row.steps)
    if row.status is None or (head is None and row.status == ANY):
        assert head is None
        return
    assert row.status in (head.status, ANY) or row.follow
    if row.body != ANY and not row.follow:
        assert body.startswith(row.body) if row.prefix else body == row.body
    if row.follow:
        return
    if row.fault == "":
        assert not faults
    elif row.fault in WORDS and row.fault not in ("time", "encoding"):
        assert re.search(WORDS[row.fault], " ".join(faults)), faults


@pytest.mark.parametrize("row", [row for row in ROWS if not row.heavy], ids=lambda row: row.name)
def test_single_bytes_give_the_same_as_one_segment(row):
    data = bytes_of(row)
    whole, single = parse(data, row.method), parse(data, row.method, [1] * len(data))
    assert single[:2] == whole[:2]
    assert set(single[2]) == set(whole[2])


DATA = st.sampled_from([bytes_of(row) for row in ROWS if not row.heavy])


@settings(deadline=None)
@given(DATA, st.lists(st.integers(1, 40), max_size=60))
def test_any_segments_give_the_same(data, sizes):
    assert parse(data, sizes=sizes)[:2] == parse(data)[:2]


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]),
)
def test_no_bytes_make_it_fail(noise, start):
    head, _body, _faults, _parser = parse(start + noise)
    assert head is not None or not (start + noise).strip(b"\r\n \t")


def test_interim_answers_come_before_the_real_one():
    parser = AnswerParser("GET", [])
    pieces = parser.feed(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    interim, head = pieces[:2]
    assert isinstance(interim, Interim)
    assert interim.head.first("link") == "</a>"
    assert isinstance(head, Head)
    assert parser.complete
    assert parser.reusable


def test_trailers_are_kept():
    data = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 7\r\n\r\n"
    head, body, faults, parser = parse(data)
    assert (head.status, body, faults, parser.trailers) == (200, b"hi", [], (("X-Sum", "7"),))


@pytest.mark.parametrize(
    ("head", "reusable"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", True),
        (b"HTTP/1.1 101 Switching\r\n\r\n", False),
    ],
)
def test_a_connection_serves_again_only_when_nothing_is_unclear(head, reusable):
    parser = AnswerParser("GET", [])
    parser.feed(head)
    assert parser.reusable is reusable


def test_ten_thousand_headers_are_read_and_more_are_named():
    lines = b"".join(b"X-%d: 1\r\n" % number for number in range(10_050))
    head, _body, faults, _parser = parse(b"HTTP/1.1 200 OK\r\n" + lines + b"Content-Length: 0\r\n\r\n")
    assert len(head.headers) == 10_000
    assert "More than 10,000 headers" in faults[0]
