"""Which expressions are refused before the library sees them."""

import pytest

from httpdesk.body.regex_guard import PARTS_LIMIT, parts, recurses
from httpdesk.body.search import Search
from httpdesk.body.spool import Spool


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ("abc", 3),
        ("a+b*?", 2),
        ("a{3}", 3),
        ("a{3,}b{0,9}", 4),
        ("(ab){10}", 30),
        ("(?:a{10}){10}", 120),
        (r"\{5}\({3}", 6),
        ("[({5})]{4}", 4),
        ("[]()]{2}", 2),
        ("((a{1000}){1000}){1000}", 1_001_001_000),
        (")a{2}", 3),
    ],
)
def test_parts_are_counted_with_their_repetitions_written_out(expression, count):
    assert parts(expression) == count


def test_what_people_search_for_is_far_from_the_limit():
    for expression in (
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})",
        r"(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}",
        r"\b[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,63}\b",
        r".{2000}",
    ):
        assert parts(expression) <= PARTS_LIMIT / 20
        assert not recurses(expression)


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("((a{1000}){1000}){1000}", "more than 50,000 parts"),
        ("(((((a{100}){100}){100}){100}){100})", "more than 50,000 parts"),
        ("(?R)|a", "calls itself"),
        ("(?P<x>(?&x)|a)+", "calls itself"),
        ("(?1)(a(?1)?b)", "calls itself"),
    ],
)
def test_expressions_that_take_all_memory_say_why_nothing_is_found(expression, fault):
    search = Search(Spool.of(b"aaaab"), expression, regex=True)
    assert fault in search.fault
    assert search.done


def test_a_condition_is_no_recursion():
    search = Search(Spool.of(b"(a) b"), r"(\()?\w(?(1)\))", regex=True)
    while search.advance():
        pass
    assert (search.count, search.fault) == (2, "")
