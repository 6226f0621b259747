"""What every auth scheme is: a Struct whose declared fields draw its form, and what it adds to a request."""

from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints

import msgspec


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """How one field of a scheme shows in its form; a secret one is masked and never written to a file."""

    label: str
    secret: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What a scheme adds: (name, value) pairs."""

    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()


class Scheme(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of all schemes; `title` is what the scheme is called in the window."""

    title: ClassVar[str]

    def added(self) -> Added:
        """What this scheme adds to a request whose variables are resolved."""
        return Added()


def form_of(scheme: type[Scheme]) -> dict[str, Field]:
    """The declared fields of a scheme by attribute name, in order."""
    hints: dict[str, Any] = get_type_hints(scheme, include_extras=True)
    return {
        name: next(mark for mark in get_args(hint)[1:] if isinstance(mark, Field))
        for name, hint in hints.items()
        if get_origin(hint) is Annotated and any(isinstance(mark, Field) for mark in get_args(hint)[1:])
    }


def secrets_of(scheme: Scheme) -> set[str]:
    """What the secret fields hold."""
    return {getattr(scheme, name) for name in _secret_fields(scheme)} - {""}


def without_secrets(scheme: Scheme) -> Scheme:
    """The scheme with literal secrets blanked; references such as {{token}} stay."""
    literal = {name: "" for name in _secret_fields(scheme) if "{{" not in getattr(scheme, name)}
    return msgspec.structs.replace(scheme, **literal) if literal else scheme


def _secret_fields(scheme: Scheme) -> list[str]:
    return [name for name, field in form_of(type(scheme)).items() if field.secret]
