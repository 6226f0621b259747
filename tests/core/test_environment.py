"""Scopes: which value of a variable counts."""

from httpdesk.core.dynamic import DYNAMIC
from httpdesk.core.environment import BUILT_IN, Scope, Variable

NEAR = ("Request", (Variable(name="a", value="near"), Variable(name="off", value="1", enabled=False)))
FAR = (
    "Staging",
    (
        Variable(name="a", value="far"),
        Variable(name="off", value="2"),
        Variable(name="key", value="k", secret=True),
        Variable(name="locked", secret=True),
        Variable(name="blank"),
    ),
)


def found(name, *layers):
    """The value that counts; it must be there."""
    result = Scope(*layers).find(name)
    assert result is not None
    return result


def test_the_nearest_value_counts():
    nearest = found("a", NEAR, FAR)
    assert (nearest.value, nearest.source) == ("near", "Request")


def test_a_variable_that_is_off_lets_the_next_layer_speak():
    assert found("off", NEAR, FAR).value == "2"


def test_names_are_exact():
    assert Scope(NEAR).find("A") is None
    assert Scope(NEAR).find("") is None


def test_an_empty_value_is_a_value_but_a_secret_needs_one():
    assert found("blank", FAR).value == ""
    assert Scope(FAR).find("locked") is None
    assert found("key", FAR).secret


def test_dynamic_values_are_new_each_time_and_can_be_overridden():
    assert found("$uuid").value != found("$uuid").value
    assert found("$uuid", NEAR).source == BUILT_IN
    assert found("$uuid", ("Mine", (Variable(name="$uuid", value="fixed"),))).value == "fixed"


def test_completion_offers_each_name_once_with_the_value_that_counts():
    offered = {one.name: one for one in Scope(NEAR, FAR).all()}
    assert offered["a"].value == "near"
    assert offered["off"].value == "2"
    assert set(DYNAMIC) < set(offered)
    assert offered["$guid"].about == "a UUID, version 4"
    assert len(list(Scope(NEAR, FAR).all())) == len(offered)


def test_a_question_is_known_where_the_user_can_be_asked_and_noted():
    assert Scope(NEAR).find("?One-time code") is None
    scope = Scope(NEAR, answers={"Customer": "cus_1", "Note": ""})
    assert [found_in(scope, name) for name in ("?Customer", "? Note", "?One-time code!")] == [
        "cus_1",
        "",
        "one-time-code",
    ]
    assert scope.asked == {"Customer": "cus_1", "Note": "", "One-time code!": ""}
    assert scope.find("?") is None


def test_an_answer_is_secret_where_the_question_sounds_so():
    scope = Scope(answers={"Password": "hunter2"})
    assert [(each.secret, each.source) for name in ("?Password", "?Token") if (each := scope.find(name))] == [
        (True, "Asked at send"),
        (False, "Asked at send"),
    ]


def found_in(scope, name):
    """The value of a name."""
    result = scope.find(name)
    return result and result.value
