"""Environment files: a set of variables as one YAML file; secret values are never written."""

from httpdesk.core.environment import Environment, Variable
from httpdesk.store.plain import Values, flag, mappings, part, pruned, text
from httpdesk.store.request_file import variable


def read(values: Values, file_stem: str) -> Environment:
    """The environment in a file's values."""
    return Environment(
        name=text(values.get("name")) or file_stem,
        color=text(values.get("color")),
        protected=flag(part(values, "extensions", "httpdesk").get("protected")) is True,
        variables=read_variables(values.get("variables")),
    )


def read_variables(items: object) -> tuple[Variable, ...]:
    """The variables in a list of a file."""
    return tuple(variable(item) for item in mappings(items))


def write(environment: Environment) -> Values:
    """An environment as it stands in a file."""
    return {
        "name": environment.name,
        **pruned(
            {
                "color": environment.color or None,
                "variables": write_variables(environment.variables),
                "extensions": {"httpdesk": {"protected": True}} if environment.protected else None,
            }
        ),
    }


def write_variables(variables: tuple[Variable, ...]) -> list[Values]:
    """Variables as they stand in a file."""
    return [_values(each) for each in variables]


def _values(each: Variable) -> Values:
    return pruned(
        {
            "name": each.name,
            "secret": True if each.secret else None,
            "value": None if each.secret else each.value,
            "description": each.description or None,
            "disabled": None if each.enabled else True,
        }
    )
