"""One line of text as a search in the history."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.core.history_query import KEYS, parse, token, with_token

NOW = datetime(2026, 11, 25, 15, 30, tzinfo=UTC)


def ago(**span):
    return (NOW - timedelta(**span)).timestamp()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("orders  paid", {"words": ("orders", "paid")}),
        ('"out of stock" now', {"words": ("out of stock", "now")}),
        ('"not closed', {"words": ("not closed",)}),
        ("http://x.example:8080/a", {"words": ("http://x.example:8080/a",)}),
        ("STATUS:4XX", {"statuses": ((400, 499),)}),
        ("status:404 status:5xx", {"statuses": ((404, 404), (500, 599))}),
        ("status:failed status:cancelled", {"outcomes": ("failed", "cancelled")}),
        ("method:post method:Get", {"methods": ("POST", "GET")}),
        ("host:*.Example.com", {"hosts": ("example.com",)}),
        ('env:"My staging"', {"environments": ("My staging",)}),
        ("is:pinned", {"pinned": True}),
        ("since:2h", {"since": ago(hours=2)}),
        ("since:30min", {"since": ago(minutes=30)}),
        ("since:today", {"since": ago(hours=15, minutes=30)}),
        ("before:yesterday", {"before": ago(days=1, hours=15, minutes=30)}),
        ("since:2026-11-20", {"since": datetime(2026, 11, 20, tzinfo=UTC).timestamp()}),
        ("since:7d since:1d", {"since": ago(days=1)}),
        ("status:", {}),
        ("status: x", {"words": ("x",)}),
        ("status:4x is:odd since:soon", {"faults": ("status:4x", "since:soon", "is:odd")}),
    ],
)
def test_words_and_tokens_are_read(text, expected):
    query = parse(text, NOW)
    given_ = {name: getattr(query, name) for name in query.__struct_fields__ if getattr(query, name)}
    assert given_ == expected


@pytest.mark.parametrize(
    ("text", "added", "expected"),
    [
        ("", "status:4xx", "status:4xx "),
        ("orders", "status:4xx", "orders status:4xx "),
        ("status:4xx", "status:4xx", "status:4xx "),
        ("status:4xx", "status:5xx", "status:4xx status:5xx "),
        ("since:7d  orders", "since:today", "orders since:today "),
        ('"two words" x', token("env", "My staging"), '"two words" x env:"My staging" '),
    ],
)
def test_a_token_is_put_at_the_end(text, added, expected):
    assert with_token(text, added) == expected


@given(st.text(max_size=60), st.sampled_from(KEYS), st.text(st.characters(exclude_characters='"'), max_size=20))
def test_any_line_can_be_read_and_a_token_changes_nothing_else(text, key, value):
    before = parse(text, NOW)
    after = parse(with_token(text, token(key, value)), NOW)
    assert after.words[: len(before.words)] == before.words or '"' in text


@given(st.integers(0, 99_999), st.sampled_from(("min", "m", "h", "d", "w")))
def test_any_span_is_a_time_or_a_fault(count, unit):
    query = parse(f"since:{count}{unit}", NOW)
    assert bool(query.since) != bool(query.faults)
