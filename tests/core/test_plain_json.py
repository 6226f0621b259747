"""Comments and trailing commas in JSON: found, left out, and nothing else is touched."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.core.plain_json import extras, with_blanks, without_extras

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["//", "/*", "*/", ",]", "{{x"]),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=6), inside, max_size=4),
    max_leaves=20,
)
EXTRAS = st.sampled_from(["", " ", "// note\n", "/* , ] */", "/* a\n * b\n **/", "//\n"])


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_json_stays_as_it_is(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert extras(text) == []
    assert without_extras(text) is text


def written(value, draw):
    """JSON with comments between any two tokens and a comma behind the last member."""
    note = draw(EXTRAS)
    if isinstance(value, dict) and value:
        inside = ",".join(
            f"{draw(EXTRAS)}{json.dumps(key)}{draw(EXTRAS)}:{written(member, draw)}" for key, member in value.items()
        )
        return f"{note}{{{inside}{draw(st.sampled_from(['', ',']))}{draw(EXTRAS)}}}{draw(EXTRAS)}"
    if isinstance(value, list) and value:
        inside = ",".join(written(member, draw) for member in value)
        return f"{note}[{inside}{draw(st.sampled_from(['', ',']))}{draw(EXTRAS)}]{draw(EXTRAS)}"
    return f"{note}{json.dumps(value)}{draw(EXTRAS)}"


@given(VALUES, st.data())
def test_what_is_left_is_the_json_that_was_meant(value, data):
    text = written(value, data.draw)
    assert json.loads(without_extras(text)) == value
    blank = with_blanks(text)
    assert json.loads(blank) == value
    assert [len(line) for line in blank.split("\n")] == [len(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ('{"a": 1, // one\n "b": 2}', '{"a": 1,\n "b": 2}'),
        ("[1, 2, ]", "[1, 2 ]"),
        ("[1, /* x */ ]", "[1   ]"),
        ("[1/**/2]", "[1 2]"),
        ("[1,,]", "[1,]"),
        ('{"u": "http://x/*y*/", "v": {{a//b}}}', '{"u": "http://x/*y*/", "v": {{a//b}}}'),
        ('{"a": 1 /* no end', '{"a": 1 /* no end'),
        ('{"a": "no end // of it\n}', '{"a": "no end // of it\n}'),
        ("// only a note", ""),
        ("", ""),
    ],
)
def test_what_is_sent(text, sent):
    assert without_extras(text) == sent


@pytest.mark.parametrize("piece", ["/* a ", "//", '"', "/*/", ",]", "{{", '{"a": "//"}, ', ", " * 50])
def test_hostile_texts_take_time_in_proportion(piece):
    text = piece * (2_000_000 // len(piece))
    start = time.perf_counter()
    without_extras(text)
    assert time.perf_counter() - start < 20
