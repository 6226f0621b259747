from collections.abc import Mapping

import pytest

from httpdesk.core.problem import Problem
from httpdesk.store import yaml_aliases, yaml_change, yaml_read, yaml_text
from tests.store.requests import TRAPS


@pytest.mark.parametrize("text", TRAPS, ids=repr)
def test_every_text_is_read_back_as_it_was_written_in_every_place(text):
    values: Mapping[str, object] = {
        "a": text,
        "l": [text, [text], {"k": text, "n": 1}],
        "m": {"a": text, "b": {"c": text}},
        "z": [text, "x" * 80],
    }
    assert yaml_read.load(yaml_text.dump(values).encode(), "x") == values


def test_other_values_are_read_back_too():
    values: Mapping[str, object] = {
        "a": None,
        "b": [],
        "c": {},
        "d": [[], {}, None, True, 1, 1.5, -2, 1e100],
        "e": [{"x": []}],
        "f": False,
    }
    assert yaml_read.load(yaml_text.dump(values).encode(), "x") == values
    assert yaml_text.dump({}) == "{}\n"


def test_texts_that_other_readers_take_for_something_else_are_quoted():
    for text in ("on", "No", "~", "1_000", "12:30:45", "2021-01-01", "0o7", ".5", "=", "<<", "y"):
        assert yaml_text.scalar(text) == f'"{text}"'
    assert yaml_text.scalar("https://x/a?b=c&d") == "https://x/a?b=c&d"


def test_numbers_keep_their_spelling_where_they_are_values_and_texts_stay_texts():
    text = "a: 1.10\nb: 5\nc:\n  - v: |\n      x: 007\n    n: 007 # c\n  - 1e3\nd: >\n  q: 1.10\ne: 0x1F\nf: 1.5\n"
    assert yaml_read.load(text.encode(), "x") == {
        "a": "1.10",
        "b": 5,
        "c": [{"v": "x: 007\n", "n": "007"}, "1e3"],
        "d": "q: 1.10\n",
        "e": "0x1F",
        "f": 1.5,
    }
    assert yaml_read.load(b"a: 'x\n  b: 007\n  c: 1'\n", "x") == {"a": "x b: 007 c: 1"}


def test_yaml_is_read_as_version_one_point_two():
    assert yaml_read.mapping(b"a: on\nb: 12:30:45\nc: yes\nd: 2021-01-01\n", "x") == {
        "a": "on",
        "b": "12:30:45",
        "c": "yes",
        "d": "2021-01-01",
    }


def test_honest_aliases_are_read_and_those_that_multiply_are_not():
    shared = "base: &base\n  a: 1\n  b: 2\n" + "".join(f"k{n}: *base\n" for n in range(1000))
    assert yaml_aliases.are_harmless(shared)
    assert yaml_read.mapping(shared.encode(), "x")["k7"] == {"a": 1, "b": 2}
    block = "a: &a\n- x\n- x\n" + "".join(
        f"{b}: &{b}\n" + f"- *{a}\n" * 9 for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    open_flow = "a: &a [\nx, x]\n" + "".join(
        f"{b}: &{b} [\n" + f"*{a}, " * 9 + "]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    for bomb in (block, open_flow):
        assert not yaml_aliases.are_harmless(bomb)


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ("a: 1 # one\nb: 2\n", {"a": 5, "b": 2}, "a: 5 # one\nb: 2\n"),
        ("# top\na: 1\n\nb: x\n# end\n", {"a": 1, "b": "on"}, '# top\na: 1\n\nb: "on"\n# end\n'),
        ("a: {x: 1, y: [1, 2]}\n", {"a": {"x": 1, "y": [1, 2, 3]}}, "a: {x: 1, y: [1, 2, 3]}\n"),
        ("l:\n  - a # A\n  - b # B\n  - c # C\n", {"l": ["a", "c"]}, "l:\n  - a # A\n  - c # C\n"),
    ],
)
def test_a_change_keeps_what_is_around_it(before, new, after):
    old = yaml_read.mapping(before.encode(), "x")
    changed = yaml_change.changed(before.encode(), old, new, "x").decode()
    assert changed.replace("2,3", "2, 3") == after


def test_mixed_line_ends_stay_in_the_lines_that_had_them():
    before = b"a: 1\r\nb: 2\nc: 3\r\n"
    changed = yaml_change.changed(before, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 4}, "x")
    assert changed == b"a: 1\r\nb: 2\nc: 4\r\n"


def test_anchors_and_aliases_survive_a_change_elsewhere():
    before = b"base: &b\n  x: 1\nuse: *b\nn: 1\n"
    old = yaml_read.mapping(before, "x")
    assert yaml_change.changed(before, old, {**old, "n": 2}, "x") == before.replace(b"n: 1", b"n: 2")


def test_a_change_that_no_text_can_hold_is_refused():
    with pytest.raises(Problem) as caught:
        yaml_change.changed(b"a: 1\n---\nb: 2\n", {"a": 1}, {"a": "\ud800"}, "x")
    assert caught.value.kind == "not-changed"
