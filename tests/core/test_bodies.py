"""Bodies: the bytes, files and parts that a written body becomes."""

import json
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.core.bodies import wire_body
from httpdesk.core.environment import Scope, Variable
from httpdesk.core.problem import Problem
from httpdesk.core.request import CONTENT_TYPES, FileBody, FormBody, MultipartBody, NoBody, RawBody
from httpdesk.core.rows import Part, Row
from httpdesk.core.template import Resolver
from httpdesk.core.wire import BytesBody, FileOnDisk, Multipart

SCOPE = Scope(("Test", (Variable(name="v", value="ü&="), Variable(name="file", value="a.bin"), Variable(name="empty"))))
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


def made(body, *, plain_json=True):
    return wire_body(body, Resolver(SCOPE), "xyz", plain_json=plain_json)


def test_no_body_is_nothing():
    assert made(NoBody()) == (None, "")
    assert made(RawBody(text="")) == (None, "")


@pytest.mark.parametrize("language", CONTENT_TYPES)
def test_raw_text_has_the_content_type_of_its_language(language):
    assert made(RawBody(text="<{{v}}>", language=language)) == (
        BytesBody(data="<ü&=>".encode()),
        CONTENT_TYPES[language],
    )


@pytest.mark.parametrize(
    "text",
    ['{"n": 1.10, "big": 12345678901234567890, "e": 1e400}', '{"a":1,"a":2}', "{'not': json", "a\r\nb\n", "\ufeff{}"],
)
def test_raw_text_is_never_written_anew(text):
    assert made(RawBody(text=text))[0].data == text.encode()


@given(st.lists(st.tuples(TEXT.filter(bool), TEXT), max_size=5))
def test_any_form_comes_back_as_it_was(fields):
    fields = [(name, value) for name, value in fields if "{{" not in name + value]
    body, kind = made(FormBody(rows=tuple(Row(name=name, value=value) for name, value in fields)))
    assert kind == "application/x-www-form-urlencoded"
    assert parse_qsl(body.data.decode(), keep_blank_values=True) == fields


def test_form_fields_are_escaped_after_their_variables():
    rows = (Row(name="{{v}}", value="{{v}} +"), Row(name="off", value="1", enabled=False), Row(value="no name"))
    assert made(FormBody(rows=rows))[0].data == b"%C3%BC%26%3D=%C3%BC%26%3D+%2B"


def test_a_file_body_is_its_path():
    assert made(FileBody(path="{{file}}")) == (FileOnDisk(path="a.bin"), "application/octet-stream")
    assert made(FileBody(path="x", content_type="image/{{file}}"))[1] == "image/a.bin"


def test_multipart_keeps_its_parts_in_order():
    parts = (
        Part(name="{{v}}", value="{{v}}", content_type="text/{{file}}"),
        Part(name="off", enabled=False),
        Part(name="f", files=("{{file}}", "b"), is_file=True, file_name="{{v}}.txt"),
    )
    body, kind = made(MultipartBody(parts=parts))
    assert kind == "multipart/form-data; boundary=xyz"
    assert body == Multipart(
        parts=(
            Part(name="ü&=", value="ü&=", content_type="text/a.bin"),
            Part(name="f", files=("a.bin", "b"), is_file=True, file_name="ü&=.txt"),
        ),
        boundary="xyz",
    )


@pytest.mark.parametrize(
    "body",
    [
        FileBody(),
        FileBody(path="{{empty}}"),
        MultipartBody(parts=(Part(name="f", is_file=True),)),
        MultipartBody(parts=(Part(name="f", is_file=True, files=("{{empty}}",)),)),
    ],
)
def test_a_file_that_is_not_chosen_is_asked_for(body):
    with pytest.raises(Problem, match="has no file") as caught:
        made(body)
    assert caught.value.kind == "no-file"
    assert (caught.value.remedies[0].action, caught.value.remedies[0].value) == ("focus", "body")


def test_a_content_type_of_a_part_cannot_smuggle_in_a_header():
    with pytest.raises(Problem, match="form field f holds a line break") as caught:
        made(MultipartBody(parts=(Part(name="f", value="1", content_type="a/b\r\nX-Evil: 1"),)))
    assert caught.value.kind == "bad-header-value"


def test_half_a_character_is_named_with_its_position():
    with pytest.raises(Problem, match="position 4") as caught:
        made(RawBody(text=json.loads('"abc\\ud800"')))
    assert (caught.value.kind, caught.value.where) == ("bad-text", "body")


def test_comments_and_trailing_commas_of_json_are_not_sent_and_values_are_not_looked_into():
    text = '{\n  // who: {{gone}}\n  "url": "http://a//b", /* {{gone}} */ "v": "{{v}}", {{v}},\n}'
    body, _ = made(RawBody(text=text, language="json"))
    assert body.data.decode() == '{\n\n  "url": "http://a//b",   "v": "ü&=", ü&=\n}'


def test_json_is_sent_as_typed_where_that_is_wanted():
    text = '{"a": 1, /* b */ } // c'
    assert made(RawBody(text=text, language="json"), plain_json=False)[0].data.decode() == text
    assert made(RawBody(text=text, language="text"))[0].data.decode() == text
