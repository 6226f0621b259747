"""Environment files of other tools: lines NAME=VALUE."""

import pytest

from httpdesk.cli.variables import load, scope_of
from httpdesk.core.problem import Problem

LINES = r"""
# comment

A=1
export B = two words  # not this
C='a # b' # c
D="x\ny \"z\""
E=
A=2
URL=http://x/#y
"""


def test_lines_are_read_as_shells_write_them(tmp_path):
    file = tmp_path / "local.env"
    file.write_text("\ufeff" + LINES, "utf-8")
    found = {variable.name: variable.value for variable in load(file).variables}
    assert found == {"A": "2", "B": "two words", "C": "a # b", "D": 'x\ny "z"', "E": "", "URL": "http://x/#y"}


def test_a_line_that_is_none_is_named(tmp_path):
    file = tmp_path / "local.env"
    file.write_text("A=1\nnonsense\n", "utf-8")
    with pytest.raises(Problem, match="Line 2 is not NAME=VALUE"):
        load(file)


def test_the_last_option_wins_and_secrets_of_the_file_stay_secret(tmp_path):
    file = tmp_path / "Live.yml"
    lines = "variables:\n- {name: a, value: file}\n- {name: k, secret: true}\n- {name: b, value: file}\n"
    file.write_text(lines, "utf-8")
    scope = scope_of(str(file), ("a=1", "a=2", "k=x=y"))
    found = {each.name: each for each in scope.all()}
    assert found["a"].value == "2"
    assert found["b"].value == "file"
    assert found["k"].value == "x=y"
    assert found["k"].secret
