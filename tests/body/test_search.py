"""Search: every match, wherever the pieces of the body end."""

import re
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.body import search
from httpdesk.body.following import Follower
from httpdesk.body.search import PIECE_BYTES, Search
from httpdesk.body.spool import Spool


def run(step):
    while step.advance():
        pass
    return step


def found(data, query, **options):
    """The matches as text, and their places."""
    step = run(Search(Spool.of(data), query, **options))
    assert step.done
    return [(place.start, data[place.start : place.stop].decode()) for place in map(step.match, range(step.count))]


def test_case_counts_only_when_asked():
    data = b"One one ONE onE"
    assert [text for _, text in found(data, "onE")] == ["One", "one", "ONE", "onE"]
    assert found(data, "onE", match_case=True) == [(12, "onE")]


def test_letters_beyond_ascii_ignore_case_too():
    data = "straße STRAẞE Ärger ärger ÄRGER Ωmega ωMEGA".encode()
    assert [text for _, text in found(data, "ärger")] == ["Ärger", "ärger", "ÄRGER"]
    assert [text for _, text in found(data, "ωmega")] == ["Ωmega", "ωMEGA"]
    assert [text for _, text in found(data, "straße")] == ["straße", "STRAẞE"]
    assert [text for _, text in found(data, "ärger", match_case=True)] == ["ärger"]


def test_whole_words():
    data = "cat cats concat cat_ cat, (cat) écat caté\u00a0cat".encode()
    assert [text for _, text in found(data, "cat", whole_word=True)] == ["cat"] * 4
    assert found(b"a(b) a(b)c (b)", "(b)", whole_word=True) == [(1, "(b)"), (6, "(b)"), (11, "(b)")]
    assert found(b"a(b) a(b)c", "a(b", whole_word=True) == [(0, "a(b"), (5, "a(b")]


def test_matches_do_not_overlap():
    assert [start for start, _ in found(b"aaaaa", "aa")] == [0, 2]


def test_an_empty_query_finds_nothing():
    step = Search(Spool.of(b"abc"), "")
    assert not step.advance()
    assert step.done


@pytest.mark.parametrize("options", [{}, {"match_case": True}, {"whole_word": True}, {"regex": True}])
@pytest.mark.parametrize("query", ["needle", "nädel"])
@pytest.mark.parametrize("offset", range(-10, 8, 3))
def test_a_match_over_the_border_of_two_pieces_is_found(options, query, offset):
    data = b"x" * (PIECE_BYTES + offset - 1) + b" " + f"{query} {query}".encode() + b" " + b"y" * 5000
    assert [text for _, text in found(data, query, **options)] == [query, query]


@given(st.text("aAbBäÄ \n", min_size=1, max_size=200), st.text("aAbä", min_size=1, max_size=3), st.booleans())
def test_the_same_places_as_those_of_re(text, query, match_case):
    pattern = re.compile(re.escape(query), 0 if match_case else re.IGNORECASE)
    wanted = [(len(text[: match.start()].encode()), match[0]) for match in pattern.finditer(text)]
    data = text.encode()
    assert found(data, query, match_case=match_case) == wanted
    assert found(data, re.escape(query), match_case=match_case, regex=True) == wanted


def test_a_body_that_still_arrives(tmp_path):
    spool = Spool(tmp_path)
    step = run(Search(spool, "hit"))
    spool.write(b"a hit and a hi")
    run(step)
    follower = Follower(spool, step)
    follower.start()
    spool.write(b"t")
    spool.finish()
    follower.join()
    assert step.done
    assert [step.match(i).start for i in range(step.count)] == [2, 12]


@given(
    st.text("ab\nä", max_size=60),
    st.lists(st.integers(1, 60), max_size=4),
    st.sampled_from(["a+", "b$", "^ä", "[^b]+"]),
)
def test_an_expression_finds_the_same_in_a_body_that_still_arrives(text, cuts, query):
    data, spool = text.encode(), Spool.of(b"")
    spool = Spool(spool.folder, memory_bytes=1 << 20)
    step = Search(spool, query, regex=True)
    for start, stop in zip([0, *sorted(cuts)], [*sorted(cuts), len(data)], strict=True):
        spool.write(data[start:stop])
        run(step)
    spool.finish()
    run(step)
    places = [(step.match(i).start, step.match(i).stop) for i in range(step.count)]
    wanted, offset = [], 0
    for line in text.split("\n"):
        for match in re.finditer(query, line):
            start = offset + len(line[: match.start()].encode())
            wanted.append((start, start + len(match[0].encode())))
        offset += len(line.encode()) + 1
    assert places == wanted


@pytest.mark.parametrize("options", [{}, {"match_case": True}])
@pytest.mark.parametrize("query", ["end", "ende\u0301", "ÄRGER"])
def test_a_match_at_the_very_end_of_what_is_here_is_found_at_once(tmp_path, query, options):
    spool = Spool(tmp_path)
    step = Search(spool, query, **options)
    spool.write(b"at the " + query.encode())
    run(step)
    assert [step.match(number).start for number in range(step.count)] == [7]
    spool.write(query.encode())
    run(step)
    assert step.count == 2
    assert not step.done


def test_a_whole_word_is_one_when_what_is_behind_it_is_here(tmp_path):
    spool = Spool(tmp_path)
    step = Search(spool, "end", whole_word=True)
    counts = []
    for piece in (b"the end", b".", b" end", b"less end", "é".encode()[:1], "é".encode()[1:], b" end\n"):
        spool.write(piece)
        counts.append(run(step).count)
    assert counts == [0, 1, 1, 1, 1, 1, 2]
    spool.write(b"end")
    assert run(step).count == 2
    spool.finish()
    assert run(step).count == 3


def test_expressions():
    data = "id: 17\nId: 4 ñandú\n".encode()
    assert [text for _, text in found(data, r"id: \d+", regex=True)] == ["id: 17", "Id: 4"]
    assert [text for _, text in found(data, r"^Id", regex=True, match_case=True)] == ["Id"]
    assert [text for _, text in found(data, r"\w+$", regex=True)] == ["17", "ñandú"]
    assert [text for _, text in found(data, "d|id", regex=True, whole_word=True)] == ["id", "Id"]
    assert found(data, "x*", regex=True) == []


def test_an_expression_in_one_long_line():
    data = b"ab1," * 200_000
    assert len(found(data, r"b\d", regex=True)) == 200_000
    assert len(found(b"x" * 500_000, "x+", regex=True)[0][1]) >= PIECE_BYTES // 2


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("(x", "Not a regular expression: missing )"),
        ("*", "Not a regular expression: nothing to repeat"),
        ("x" * 2000, "The expression is longer than 1,000 characters"),
    ],
)
def test_an_expression_that_is_none_says_why(query, fault):
    step = Search(Spool.of(b"abc"), query, regex=True)
    assert step.done
    assert step.fault.startswith(fault)


def test_an_expression_without_end_is_stopped_and_other_threads_run(monkeypatch):
    monkeypatch.setattr("httpdesk.body.search_regex._PIECE_S", 0.3)
    step = Search(Spool.of(b"a" * 5000 + b"!\n"), "(a+)+$", regex=True)
    thread = threading.Thread(target=run, args=(step,))
    started, turns = time.monotonic(), 0
    thread.start()
    while thread.is_alive():
        thread.join(0.001)
        turns += 1
    assert time.monotonic() - started < 10
    assert turns > 20
    assert step.done
    assert step.fault == "This expression takes too long, at byte 1"


def test_too_many_matches_are_capped(monkeypatch):
    monkeypatch.setattr(search, "MATCH_LIMIT", 1000)
    step = run(Search(Spool.of(b"a" * 5000), "a"))
    assert step.capped
    assert step.done
    assert step.count == 1000
