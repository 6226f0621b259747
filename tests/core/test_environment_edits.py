"""Environments side by side: gaps, and changes of one cell."""

import pytest

from httpdesk.core.environment import Environment, Variable
from httpdesk.core.environment_edits import Cell, cell_of, names_of, renamed, variable_of, with_value, without

LOCAL = Environment(
    name="Local",
    variables=(
        Variable(name="base", value="http://localhost", description="Where"),
        Variable(name="token", secret=True, value="s3cret"),
        Variable(name="base", value="second"),
    ),
)
LIVE = Environment(
    name="Live",
    variables=(
        Variable(name="token", secret=True),
        Variable(name="old", value="1", enabled=False),
        Variable(name="page", value=""),
    ),
)


def test_every_name_once():
    assert names_of((LOCAL, LIVE)) == ("base", "token", "old", "page")


@pytest.mark.parametrize(
    ("environment", "name", "cell"),
    [
        (LOCAL, "base", Cell.SET),
        (LIVE, "base", Cell.GAP),
        (LOCAL, "token", Cell.SET),
        (LIVE, "token", Cell.UNSET),
        (LIVE, "old", Cell.OFF),
        (LIVE, "page", Cell.SET),
    ],
)
def test_what_an_environment_says(environment, name, cell):
    assert cell_of(environment, name) is cell


def test_a_value_goes_to_the_variable_that_counts():
    changed = with_value(LOCAL, "base", "x", ())
    assert [row.value for row in changed.variables] == ["x", "s3cret", "second"]


def test_a_variable_that_is_off_is_switched_on_by_a_value():
    assert cell_of(with_value(LIVE, "old", "2", ()), "old") is Cell.SET


def test_a_filled_gap_is_secret_and_described_as_elsewhere():
    assert with_value(LIVE, "base", "y", (LOCAL, LIVE)).variables[-1] == Variable(
        name="base", value="y", description="Where"
    )
    new = variable_of(with_value(Environment(name="New"), "token", "z", (LOCAL, LIVE)), "token")
    assert new == Variable(name="token", value="z", secret=True)


def test_a_variable_goes_and_gets_another_name():
    assert names_of((without(LOCAL, "base"),)) == ("token",)
    assert names_of((renamed(LOCAL, "base", "url"),)) == ("url", "token")
