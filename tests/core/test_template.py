"""{{references}} in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.core.environment import Scope, Variable
from httpdesk.core.problem import Problem
from httpdesk.core.redact import MASK
from httpdesk.core.template import Resolver, names_in


def resolver(secret=(), **values):
    return Resolver(Scope(("Test", tuple(Variable(name=n, value=v, secret=n in secret) for n, v in values.items()))))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{a}}", "1"),
        ("{{ a }}-{{a}}", "1-1"),
        ("{a}", "{a}"),
        ("{{}}", "{{}}"),
        ("{{ }}", "{{ }}"),
        ("{{{a}}}", "{1}"),
        ("{{a", "{{a"),
        ("{{deep}}", "<1>"),
        ("{{with space}}", "2"),
        ("{{ünï}}", "3"),
    ],
)
def test_references_are_replaced(text, result):
    values = {"a": "1", "deep": "<{{a}}>", "with space": "2", "ünï": "3"}
    assert resolver(**values).text(text, "URL") == result


@given(st.text(alphabet="ab{} \n", max_size=30))
def test_a_text_without_known_names_stays_as_it_is(text):
    assert resolver().text(text, "body") == text


def test_what_is_missing_is_noted_once_for_each_place():
    found = resolver(half="{{gone}}")
    assert found.text("{{gone}} {{gone}} {{half}}", "URL") == "{{gone}} {{gone}} {{gone}}"
    found.text("{{gone}}", "header X")
    assert found.missing == [("gone", "URL"), ("gone", "header X")]


@pytest.mark.parametrize(
    ("values", "circle"), [({"a": "{{a}}"}, "a → a"), ({"a": "{{b}}", "b": "x{{c}}", "c": "{{a}}"}, "a → b → c → a")]
)
def test_a_circle_is_named(values, circle):
    with pytest.raises(Problem, match="in a circle") as caught:
        resolver(**values).text("{{a}}", "URL")
    assert caught.value.detail == circle
    assert (caught.value.kind, caught.value.where) == ("variable-circle", "URL")


def test_a_long_chain_ends():
    values = {f"v{i}": f"{{{{v{i + 1}}}}}" for i in range(50)}
    with pytest.raises(Problem):
        resolver(**values).text("{{v0}}", "URL")


def test_used_values_are_remembered_and_secret_ones_masked():
    found = resolver(("key",), key="s3cret", open="x", holds="with {{key}}")
    assert found.text("{{key}} {{open}} {{holds}}", "body") == "s3cret x with s3cret"
    assert found.used == {"key": MASK, "open": "x", "holds": MASK}
    assert found.secrets == {"s3cret"}


def test_names_in_order_and_once():
    assert names_in("{{b}} {{ a }} {{b}} {c}") == ("b", "a")


@pytest.mark.limit_s(0.2)
@pytest.mark.parametrize("text", ["{{" + " " * 50_000, "{{a" + " " * 50_000 + "b", "{{ " * 20_000])
def test_a_reference_that_never_ends_takes_no_time(text):
    assert resolver(a="1").text(text, "body") == text
    assert names_in(text) == ()
