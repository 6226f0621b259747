"""JSON in order: order of members and of lists, and what does not count, with every token as it was received."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from httpdesk.body.comparing import Rules
from httpdesk.body.comparing_json import NotOrdered, Ordering, paths_of
from httpdesk.body.pretty import format_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text('ab"\\{}[],: /é\n', max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab":/', max_size=3), inner, max_size=4),
    max_leaves=20,
)


def ordered(text, ordering=None, **rules):
    ordering = ordering or Ordering(Rules(**rules))
    return ordering.ordered(format_text(text, "json").encode()).decode()


def shuffled(value, chance):
    """The same value with its members in another order."""
    if isinstance(value, dict):
        members = [(name, shuffled(part, chance)) for name, part in value.items()]
        chance.shuffle(members)
        return dict(members)
    return [shuffled(part, chance) for part in value] if isinstance(value, list) else value


@given(VALUES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_members_in_any_order_are_the_same_text(value, chance):
    ordering = Ordering(Rules())
    one, other = (ordered(json.dumps(each), ordering) for each in (value, shuffled(value, chance)))
    assert one == other
    assert json.loads(one) == value


@given(st.lists(VALUES, max_size=6), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_lists_in_any_order_are_the_same_text(values, chance):
    mixed = list(values)
    chance.shuffle(mixed)
    ordering = Ordering(Rules(any_list_order=True))
    assert ordered(json.dumps(values), ordering) == ordered(json.dumps(mixed), ordering)


def test_members_stay_in_the_order_in_which_they_came_first():
    ordering = Ordering(Rules())
    assert list(json.loads(ordered('{"b": 1, "a": 2}', ordering))) == ["b", "a"]
    assert list(json.loads(ordered('{"c": 0, "a": 2, "b": 1}', ordering))) == ["b", "a", "c"]


def test_tokens_stay_as_received():
    text = '{"z": 1.00, "y": 1e400, "x": "\\u00e9é", "x": 123456789012345678901234567890, "w": NaN}'
    assert [line.strip(" ,") for line in ordered(text).splitlines()[1:-1]] == text[1:-1].split(", ")


def test_lines_of_json_are_ordered_each():
    ordering = Ordering(Rules())
    found = ordered('{"a": 1, "b": 2}\n{"b": 3, "a": 4}', ordering)
    assert " ".join(found.split()) == '{ "a": 1, "b": 2 } { "a": 4, "b": 3 }'


@pytest.mark.parametrize(
    ("paths", "left"),
    [
        (("$.at",), ["items", "n"]),
        (("at",), ["items", "n"]),
        (("$.items[*].at", "$.n"), ["at", "items"]),
        (("$..['at']", "$.items"), ["n"]),
    ],
)
def test_what_does_not_count_is_left_out(paths, left):
    text = '{"at": {"x": [1, 2]}, "items": [{"at": 1, "id": 7}, {"at": 2, "id": 8}], "n": 1}'
    found = ordered(text, paths=paths)
    kept = [line.split('"')[1] for line in found.splitlines() if line.startswith('  "') and "…" not in line]
    assert kept == left
    if paths == ("at",):
        assert found.count("…") == 3


def test_a_list_is_left_out_by_the_places_that_it_had():
    assert "8" not in ordered('[{"id": 9}, {"id": 8}]', paths=("$[1].id",), any_list_order=True)


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, // first\n "b": 2}', '{"a": /* no */ 1}', "[" * 300 + "]" * 300, '{"a": [1, 2', '{"a": 1}]'],
    ids=["comment", "comment inside", "deep", "cut", "too many ends"],
)
def test_what_cannot_be_ordered_says_so(text):
    with pytest.raises(NotOrdered):
        ordered(text)


def test_a_wrong_path_is_named():
    with pytest.raises(NotOrdered, match=r"\$\.\["):
        ordered("{}", paths=("$.[",))


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("", ()),
        ("id, $.a  $..b;id", ("id", "$.a", "$..b")),
        ("$.a[?@.x == 'p, q'].y $['a b']", ("$.a[?@.x == 'p, q'].y", "$['a b']")),
    ],
)
def test_paths_are_written_one_after_the_other(words, paths):
    assert paths_of(words) == paths
