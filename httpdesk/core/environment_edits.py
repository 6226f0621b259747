"""Edits of environments seen side by side: which variables there are, where one is missing, and changes of one cell."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from httpdesk.core.environment import Environment, Variable


class Cell(StrEnum):
    """What an environment says of a variable."""

    SET = "set"
    OFF = "off"
    UNSET = "unset"
    """A secret whose value is not known."""
    GAP = "gap"


def names_of(environments: Iterable[Environment]) -> tuple[str, ...]:
    """Every variable's name once, in the order in which they come first."""
    return tuple(dict.fromkeys(row.name for each in environments for row in each.variables if row.name))


def variable_of(environment: Environment, name: str) -> Variable | None:
    """The variable that counts, else the one that is switched off."""
    rows = [row for row in environment.variables if row.name == name]
    return next((row for row in rows if row.enabled), rows[0] if rows else None)


def cell_of(environment: Environment, name: str) -> Cell:
    """What an environment says of a variable."""
    variable = variable_of(environment, name)
    if variable is None:
        return Cell.GAP
    if not variable.enabled:
        return Cell.OFF
    return Cell.UNSET if variable.secret and not variable.value else Cell.SET


def with_value(environment: Environment, name: str, value: str, others: Iterable[Environment]) -> Environment:
    """The environment with a value for a variable; one that is new is secret and described as in the others."""
    variable = variable_of(environment, name)
    if variable is not None:
        return _with(environment, variable, msgspec.structs.replace(variable, value=value, enabled=True))
    known = [row for other in others if (row := variable_of(other, name))]
    new = Variable(
        name=name,
        value=value,
        description=next((row.description for row in known if row.description), ""),
        secret=any(row.secret for row in known),
    )
    return msgspec.structs.replace(environment, variables=(*environment.variables, new))


def without(environment: Environment, name: str) -> Environment:
    """The environment without a variable."""
    rows = tuple(row for row in environment.variables if row.name != name)
    return msgspec.structs.replace(environment, variables=rows)


def renamed(environment: Environment, old: str, new: str) -> Environment:
    """The environment with another name for a variable; values that refer to it stay."""
    if all(row.name != old for row in environment.variables):
        return environment
    rows = tuple(msgspec.structs.replace(row, name=new) if row.name == old else row for row in environment.variables)
    return msgspec.structs.replace(environment, variables=rows)


def _with(environment: Environment, old: Variable, new: Variable) -> Environment:
    rows = tuple(new if row is old else row for row in environment.variables)
    return msgspec.structs.replace(environment, variables=rows)
