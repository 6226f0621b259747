"""Comparing: the hunks lead from one text to the other, whatever they hold, and in bounded time."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from httpdesk.body.comparing import HEX_LIMIT_BYTES, Job, Kind, Rules, Side
from httpdesk.body.comparing_marks import Marker
from httpdesk.body.comparing_match import Matching
from httpdesk.body.comparing_work import compare, first_difference
from httpdesk.body.lines import RowIndex
from httpdesk.body.spool import Spool

AS_RECEIVED = Rules(any_member_order=False)
LINES = st.lists(st.sampled_from(["a", "b", "", "  x: 1", "  x: 2", "é = ü", "z" * 1100, "q" * 1026, "{", "},"]))
TEXTS = LINES.map(lambda lines: "\n".join(lines).encode())
NUMBERS = st.lists(st.integers(0, 5), max_size=40)


def side(data, language="text", encoding="utf-8"):
    return Side(language=language, encoding=encoding, data=data, size_bytes=len(data))


def compared(left, right, language="text", rules=AS_RECEIVED, encoding="utf-8"):
    """The outcome, the comparison, and the texts that are shown."""
    texts: list[bytes] = []
    job = Job(left=side(left, language, encoding), right=side(right, language, encoding), rules=rules)
    outcome, comparison = compare(job, lambda *both: texts.extend(both))
    return outcome, comparison, texts


def rows_of(text):
    """The rows of a text as the views count them, without line ends."""
    spool = Spool.of(text)
    index = RowIndex(spool.read)
    while index.size_bytes < len(text):
        index.feed(text[index.next_offset : index.size_bytes + 5000])
    return [text[row.start : row.stop].removesuffix(b"\n") for row in index.window(0, index.rows)]


def shown(left, right, language="text", rules=AS_RECEIVED):
    """Each row as (kind, left, right)."""
    _, comparison, texts = compared(left, right, language, rules)
    lefts, rights = map(rows_of, texts)
    found = []
    for row in range(comparison.rows):
        kind, i, j = comparison.place(row)
        found.append(
            (kind.name, *(None if at is None else rows[at].decode() for rows, at in ((lefts, i), (rights, j))))
        )
    return found


@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=300)
def test_the_hunks_turn_left_into_right(left, right):
    outcome, comparison, texts = compared(left, right)
    lefts, rights = map(rows_of, texts)
    assert (comparison.left[-1], comparison.right[-1]) == (len(lefts), len(rights))
    made, passed = [], []
    for hunk, kind in enumerate(comparison.kinds):
        old = lefts[comparison.left[hunk] : comparison.left[hunk + 1]]
        new = rights[comparison.right[hunk] : comparison.right[hunk + 1]]
        assert (old == new) == (kind == Kind.EQUAL)
        assert (not new) == (kind == Kind.LEFT)
        assert (not old) == (kind == Kind.RIGHT)
        passed += old
        made += old if kind == Kind.EQUAL else new
    assert (passed, made) == (lefts, rights)
    assert bool(comparison.count) == (lefts != rights)
    assert outcome.same_bytes == (left == right)


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_every_row_of_the_view_has_its_place(left, right):
    _, comparison, texts = compared(left, right)
    places = [comparison.place(row) for row in range(comparison.rows)]
    for side_number in (1, 2):
        rows = [place[side_number] for place in places if place[side_number] is not None]
        assert rows == list(range(len(rows_of(texts[side_number - 1]))))
    starts = [row for row in range(comparison.rows) if comparison.difference_at(row) is not None]
    assert starts == [row for row, place in enumerate(places) if place.kind != Kind.EQUAL]
    assert comparison.next_difference(-1) == (starts[0] if starts else None)
    assert (comparison.previous_difference(comparison.rows) is None) == (not starts)


@given(NUMBERS, NUMBERS)
@settings(deadline=None)
def test_matches_are_in_order_and_true(left, right):
    last = (0, 0)
    for match in Matching(left, right).matches():
        assert (match.left, match.right) >= last
        assert match.length > 0
        assert left[match.left : match.left + match.length] == right[match.right : match.right + match.length]
        last = (match.left + match.length, match.right + match.length)


@given(st.text("ab 1é.", max_size=30), st.text("ab 1é.", max_size=30))
@settings(deadline=None)
def test_marks_are_all_that_differs_and_cut_no_character(left, right):
    lines = left.encode(), right.encode()
    found = Marker().marks(*lines)
    if found is None:
        return
    rests = []
    for line, ranges in zip(lines, found, strict=True):
        position, rest = 0, b""
        for start, stop in ranges:
            assert position <= start < stop <= len(line)
            line[start:stop].decode()
            rest, position = rest + line[position:start], stop
        rests.append(rest + line[position:])
    assert rests[0] == rests[1]


def test_lines_of_one_place_stand_beside_each_other():
    left = b'{"id": 1, "name": "Ann", "gone": true, "tags": ["a"]}'
    right = b'{"id": 2, "name": "Ann", "tags": ["a", "b"], "more": null}'
    assert shown(left, right, "json") == [
        ("EQUAL", "{", "{"),
        ("CHANGED", '  "id": 1,', '  "id": 2,'),
        ("EQUAL", '  "name": "Ann",', '  "name": "Ann",'),
        ("LEFT", '  "gone": true,', None),
        ("EQUAL", '  "tags": [', '  "tags": ['),
        ("EQUAL", '    "a"', '    "a",'),
        ("RIGHT", None, '    "b"'),
        ("EQUAL", "  ]", "  ],"),
        ("RIGHT", None, '  "more": null'),
        ("EQUAL", "}", "}"),
    ]


def test_whole_words_are_marked():
    _, comparison, texts = compared(b'"status": "paid", ok', b'"status": "refunded", ok')
    assert texts[0][slice(*comparison.left_marks)] == b"paid"
    assert texts[1][slice(*comparison.right_marks)] == b"refunded"


def test_line_ends_alone_make_no_difference():
    outcome, comparison, _ = compared(b"a\nb\n", b"a\r\nb\r\n")
    assert (comparison.count, outcome.same_bytes) == (0, False)
    assert "Line ends differ" in outcome.notes[0]


def test_what_is_no_json_is_compared_as_it_came():
    outcome, comparison, texts = compared(b'{"a": 1, oops', b'{"a": 1}', "json", Rules())
    assert comparison.count > 0
    assert texts[0].startswith(b"{")
    assert outcome.notes[0].startswith("Left: ")


def test_another_charset_is_no_difference():
    text = "grün\n"
    texts: list[bytes] = []
    job = Job(left=side(text.encode("utf-16-le"), encoding="utf-16-le"), right=side(text.encode()))
    outcome, comparison = compare(job, lambda *both: texts.extend(both))
    assert (comparison.count, outcome.same_bytes) == (0, False)


def test_bytes_are_compared_as_rows_of_numbers():
    outcome, comparison, texts = compared(bytes(range(64)), bytes(range(40)) + b"\xff" + bytes(range(41, 64)), "bytes")
    assert "offset 40 on" in outcome.notes[0]
    assert comparison.rows == 4
    assert comparison.starts.tolist() == [2]
    assert texts[0].startswith(b"00000000  00 01")


def test_many_bytes_are_only_said_to_differ():
    left = bytes(HEX_LIMIT_BYTES + 1)
    outcome, comparison, texts = compared(left, left[:-1] + b"1", "bytes")
    assert f"offset {HEX_LIMIT_BYTES:,} on" in outcome.fault
    assert (comparison.rows, texts) == (0, [])


@pytest.mark.parametrize(("left", "right", "at"), [(b"", b"", 0), (b"ab", b"abc", 2), (b"x" * 3_000_000, b"x", 1)])
def test_first_difference(left, right, at):
    assert first_difference(left, right) == at


def test_nothing_against_something():
    assert shown(b"", b"") == []
    assert shown(b"", b"a\n") == [("RIGHT", None, "a")]


def _lines(count, seed, kinds):
    chance = random.Random(seed)
    return b"\n".join(b"%d" % chance.randrange(kinds) for _ in range(count))


@pytest.mark.parametrize(
    ("left", "right", "language"),
    [
        (_lines(200_000, 1, 10**12), _lines(200_000, 2, 10**12), "text"),
        (_lines(200_000, 1, 8), _lines(200_000, 2, 8), "text"),
        (b"a\nb\n" * 100_000, b"b\na\n" * 100_000, "text"),
        (b"x" * 10_000_000, b"y" + b"x" * 9_999_998 + b"z", "text"),
        (b"[1," * 50_000, b"[2," * 50_000, "json"),
        (b'"' * 1_000_000, b"{}" * 100_000, "json"),
        (b'{"a":"' + b"\\n, " * 200_000 + b'"}', b'{"a":"' + b"\\t. " * 200_000 + b'"}', "json"),
        (b"<a>" * 50_000, b"<b>" * 50_000, "xml"),
        (b"\n" * 2_000_000, b"\n" * 1_000_000, "text"),
        (b"\x00\xff\xfe" * 100_000, b"\xff\x00" * 100_000, "text"),
    ],
    ids=["different", "alike", "swapped", "one line", "deep", "brackets", "long text", "tags", "empty", "no text"],
)
def test_hostile_bodies_end_soon(left, right, language):
    began_s = time.process_time()
    outcome, comparison, texts = compared(left, right, language, Rules())
    assert time.process_time() - began_s < 15
    assert outcome.fault or (comparison.rows and texts)


def test_a_change_deep_inside_of_repeated_lines_is_found():
    block = [b'{"n": %d, "on": true}' % (number % 500) for number in range(50_000)]
    other = list(block)
    other[31_000] = b'{"n": "other", "on": true}'
    _, comparison, _ = compared(b"\n".join(block), b"\n".join(other))
    assert (comparison.starts.tolist(), comparison.stops.tolist()) == ([31_000], [31_001])
