"""Environments and the scope in which a variable is looked up."""

from collections.abc import Iterator

import msgspec

from httpdesk.core import dynamic


class Variable(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A named value; a secret one never reaches a file, a log or the screen in clear."""

    name: str = ""
    value: str = ""
    description: str = ""
    enabled: bool = True
    secret: bool = False


class Environment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A set of variables such as "Staging"; `color` is #RRGGBB or empty."""

    name: str = ""
    color: str = ""
    variables: tuple[Variable, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A looked-up value and where it came from, such as "Staging" or "Built-in".

    `about` says in words what a dynamic value is, where no value was made.
    """

    name: str
    value: str = ""
    about: str = ""
    source: str
    secret: bool = False


BUILT_IN = "Built-in"
ECHO_PORT = 8377
"""Where the echo server behind {{echo}} listens, unless another program does."""


class Scope:
    """Layers of variables, the nearest first, over the dynamic values such as $uuid."""

    def __init__(self, *layers: tuple[str, tuple[Variable, ...]]) -> None:
        self._layers = layers

    def find(self, name: str) -> Found | None:
        """The nearest value of this name; a dynamic value is new at each call, a secret without a value is unknown."""
        for source, variables in self._layers:
            for variable in variables:
                if variable.enabled and variable.name == name and (variable.value or not variable.secret):
                    return Found(name=name, value=variable.value, source=source, secret=variable.secret)
        if name.startswith("$") and (value := dynamic.value(name)) is not None:
            return Found(name=name, value=value, source=BUILT_IN)
        return None

    def all(self) -> Iterator[Found]:
        """Every name once with the value that counts, for completion."""
        seen: set[str] = set()
        for source, variables in self._layers:
            for variable in variables:
                if variable.enabled and variable.name and variable.name not in seen:
                    seen.add(variable.name)
                    yield Found(name=variable.name, value=variable.value, source=source, secret=variable.secret)
        for name, each in dynamic.DYNAMIC.items():
            if name not in seen:
                yield Found(name=name, about=each.about, source=BUILT_IN)
