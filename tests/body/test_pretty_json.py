"""JSON with line breaks: no token changes, wherever the pieces are cut and whatever comes."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.body.following import Follower
from httpdesk.body.pretty import Formatting, can_format, format_text
from httpdesk.body.spool import Spool
from tests.body.formatting import formatted

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
SPACE = st.sampled_from(["", " ", "\n", "\t ", "\r\n  "])
NUMBERS = st.sampled_from(["0", "-0", "1.10", "1e400", "123456789012345678901234567890", "-1.5E-7", "NaN", "-Infinity"])
STRINGS = st.text(max_size=8).map(json.dumps) | st.sampled_from(
    [r'"\u0041\/\ud800"', r'"\\"', r'"\""', '"], }{["', '"é€😀"', '","', '"NaN"', '"-1e-87654321"', '""', '"// x"']
)


def containers(values):
    members = st.tuples(SPACE, STRINGS, SPACE, SPACE, values).map(lambda p: f"{p[0]}{p[1]}{p[2]}:{p[3]}{p[4]}")
    return st.tuples(st.lists(values, max_size=4), SPACE).map(
        lambda p: "[" + p[1] + f"{p[1]},{p[1]}".join(p[0]) + "]"
    ) | st.tuples(st.lists(members, max_size=4), SPACE).map(lambda p: "{" + p[1] + ",".join(p[0]) + p[1] + "}")


JSON = st.recursive(NUMBERS | STRINGS | st.sampled_from(["true", "false", "null"]), containers, max_leaves=20)


def tokens(data):
    return TOKEN.findall(data)


def repeated(text, size):
    """An array of many such values, so that the fast way is taken."""
    return ("[" + ",".join([text] * (size // (len(text) + 1) + 2)) + "]").encode()


@given(JSON, st.booleans(), st.integers(1, 40))
def test_no_token_changes_and_once_is_enough(text, many, step):
    data = repeated(text, 9000) if many else text.encode()
    text, fault = formatted(data, "json")
    assert fault == ""
    assert tokens(text) == tokens(data)
    assert formatted(text, "json") == (text, "")
    if not many:
        assert formatted(data, "json", range(step, len(data), step)) == (text, "")


@given(JSON, st.lists(st.integers(1, 9000), max_size=12))
def test_where_the_pieces_are_cut_does_not_matter(text, cuts):
    data = repeated(text, 9000)
    assert formatted(data, "json", cuts) == formatted(data, "json")


@given(st.lists(JSON, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\n\n", "\n\x1e"]), st.integers(1, 99))
def test_several_values_begin_a_line_each(values, between, step):
    data = between.join(values).encode()
    text, fault = formatted(data, "json")
    assert fault == ""
    assert text == b"\n".join(formatted(value.encode(), "json")[0] for value in values)
    assert formatted(data, "json", range(step, len(data), step)) == (text, "")


@given(st.text(alphabet='[]{},:"\\/* \n1aN{}-.é', max_size=60), st.lists(st.integers(1, 60), max_size=4))
def test_anything_at_all_is_passed_on_without_a_loss(text, cuts):
    data = text.encode()
    shown, fault = formatted(data, "json")
    assert formatted(data, "json", cuts) == (shown, fault)
    assert b"".join(shown.split()) == b"".join(data.split())


def test_the_layout():
    data = b'{"a":1,"b":[],"c":{},"d":[1,{"x":[[]]}],"e":{"f":"g, h"}}'
    assert formatted(data, "json")[0].decode() == (
        '{\n  "a": 1,\n  "b": [],\n  "c": {},\n  "d": [\n    1,\n    {\n      "x": [\n        []\n      ]\n    }\n'
        '  ],\n  "e": {\n    "f": "g, h"\n  }\n}'
    )


@pytest.mark.parametrize("size", [100, 200_000])
def test_the_layout_is_that_of_python(size):
    value = [{"id": i, "name": f'"{i}", x', "tags": ["a", {"b": {}}], "none": None} for i in range(1 + size // 60)]
    wanted = json.dumps(value, indent=2)
    for text in (json.dumps(value), json.dumps(value, separators=(",", ":")), wanted, json.dumps({"a": {"b": value}})):
        shown, fault = formatted(text.encode(), "json")
        assert fault == ""
        assert shown.decode() == json.dumps(json.loads(text), indent=2)


TRAPS = ["},{", "}, {", "],[", "},\n{", '"},{"', "a\\", "NaN", "[", "}", "\\\\},{"]


def record(number, depth):
    return {
        "id": number,
        TRAPS[number % len(TRAPS)]: TRAPS[number % 7],
        "tags": [TRAPS[number % 3], [], {}, [[number], [number + 1]], [{"x": 1}, {"x": "},{"}]],
        "more": [record(number + at, depth - 1) for at in range(3)] if depth else None,
    }


@pytest.mark.parametrize(
    "value",
    [
        [record(number, 1) for number in range(400)],
        {"data": {"items": [record(number, 1) for number in range(300)], "next": None}, "rows": [[1, [2]]] * 9000},
        {"a": [{"b": [record(number, 0) for number in range(40)]} for _ in range(20)]},
        [{"text": "},{" * 4000, "list": [[{"k": "],["}] * 500]}] * 3,
        {str(number): {"x": [{"y": number}, {"y": -number}]} for number in range(5000)},
    ],
    ids=["records", "below objects", "lists in lists", "long strings", "an object of objects"],
)
@pytest.mark.parametrize("between", [(",", ":"), (", ", ": ")], ids=["minified", "with spaces"])
def test_strings_that_look_like_the_end_of_an_element_are_strings(value, between):
    data = json.dumps(value, separators=between).encode()
    assert formatted(data, "json", range(0, len(data), 30_011)) == (json.dumps(value, indent=2).encode(), "")


def test_a_byte_order_mark_is_left_out():
    assert formatted(b"\xef\xbb\xbf[1]", "json", [1, 2]) == (b"[\n  1\n]", "")


def test_comments_and_trailing_commas_stay():
    data = b'// top\n{"a": 1, // one\n/* two */ "b": [1, 2, ], }'
    text = b'// top\n{\n  "a": 1, // one\n  /* two */\n  "b": [\n    1,\n    2,\n  ],\n}'
    assert formatted(data, "json") == (text, "")
    assert formatted(text, "json") == (text, "")
    assert formatted(data, "json", range(1, 60)) == (text, "")


@pytest.mark.parametrize(
    ("data", "text", "fault"),
    [
        (b"<html>oops</html>", b"<html>oops</html>", "Not JSON from byte 1 on: shown as received"),
        (b"Internal error", b"Internal error", "Not JSON from byte 1 on: shown as received"),
        (b"2024-01-01 late", b"2024-01-01 late", "Not JSON from byte 1 on: shown as received"),
        (b'{"a":1 <b>\n x', b'{\n  "a": 1\n<b>\n x', "Not JSON from byte 8 on: shown as received"),
        (b'{"a":1]  }', b'{\n  "a": 1\n]  }', "Not JSON from byte 7 on: shown as received"),
        (b'["a" "b"]', b'[\n  "a"\n"b"]', "Not JSON from byte 6 on: shown as received"),
        (b'{"a":[1,"cut', b'{\n  "a": [\n    1,\n    "cut', "The JSON ends early, at byte 12"),
        (b"", b"", ""),
    ],
)
def test_what_is_not_json_is_shown_as_received(data, text, fault):
    assert formatted(data, "json") == (text, fault)


def test_a_fault_far_inside_has_its_place():
    data = repeated('{"a": [1, 2]}', 300_000)[:-1] + b",oops]"
    shown, fault = formatted(data, "json")
    assert fault == f"Not JSON from byte {data.index(b'oops') + 1:,} on: shown as received"
    assert shown.endswith(b"\noops]")


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 50_000,
        b'["' + b"\\n, " * 300_000 + b'"]',
        b"[" + b"1" * 1_000_000 + b"]",
        b"[" + b" " * 1_000_000 + b"]",
        b"[/*" + b"* /" * 300_000 + b"*/]",
        b"1\n{a:1}\n" * 30_000,
        b"[" + b"1,nul,\n" * 30_000,
        b"/*" * 300_000,
        b'"' * 300_001,
    ],
    ids=lambda data: data[:8].decode(),
)
def test_hostile_bodies_take_time_in_proportion_to_their_size(data):
    # Up to 1 MB at 100 KB/s; the square of it would take hours.
    started = time.process_time()
    formatted(data, "json")
    assert time.process_time() - started < 10


def test_depth_without_end_has_no_indentation_without_end():
    shown, fault = formatted(b"[" * 2000 + b"]" * 2000, "json")
    assert fault == ""
    assert max(map(len, shown.splitlines())) <= 203


def test_a_body_is_formatted_while_it_arrives(tmp_path):
    source, target = Spool(tmp_path), Spool(tmp_path)
    step = Formatting(source, target, "json")
    source.write(b'{"a": [1, 2')
    while step.advance():
        pass
    assert target.read(0, 99) == b'{\n  "a": [\n    1,'
    follower = Follower(source, step)
    follower.start()
    source.write(b", 3]}")
    source.finish()
    follower.join()
    assert target.finished
    assert json.loads(target.read(0, 99)) == {"a": [1, 2, 3]}


def test_the_first_screen_comes_with_the_first_pieces(tmp_path):
    target = Spool(tmp_path)
    step = Formatting(Spool.of(repeated('{"a": 1}', 5_000_000)), target, "json")
    step.advance()
    step.advance()
    assert target.read(0, target.size_bytes).count(b"\n") > 1000


def test_variables_in_the_editor_stay_where_they_are():
    text = '{"id": {{id}}, "list": [{{a}}, -{{b}}.5, {{ c d }}], "s": "{{x}}", "o": {"{{k}}": {{v}}}}'
    assert format_text(text, "json") == (
        '{\n  "id": {{id}},\n  "list": [\n    {{a}},\n    -{{b}}.5,\n    {{ c d }}\n  ],\n  "s": "{{x}}",\n'
        '  "o": {\n    "{{k}}": {{v}}\n  }\n}'
    )
    big = "[" + ", ".join(["{{name of it}}"] * 30_000) + "]"
    assert tokens(format_text(big, "json").encode()) == tokens(big.encode())
    assert format_text(format_text(big, "json"), "json") == format_text(big, "json")


def test_a_text_of_the_editor_that_is_not_json_stays_as_it_is():
    assert format_text('{"a": 1,  oops!}', "json") == '{"a": 1,  oops!}'
    assert format_text("a:  1", "yaml") == "a:  1"


def test_the_languages_that_can_be_formatted():
    assert [name for name in ("json", "xml", "html", "form", "yaml", "text", "css") if can_format(name)] == [
        "json",
        "xml",
        "html",
        "form",
    ]


def test_form_data_has_a_pair_on_each_line():
    text = b"a=1&\nb=%20+&\nc"
    assert formatted(b"a=1&b=%20+&c", "form", [3, 4, 5]) == (text, "")
    assert formatted(text, "form", [4, 5]) == (text, "")
