"""Rows: what the tables of a request hold, in the order and spelling of the user."""

from typing import TypeVar

import msgspec


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One query parameter, path parameter, header or form field."""

    name: str = ""
    value: str = ""
    description: str = ""
    enabled: bool = True


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field of a multipart form (RFC 7578): text, or one or more files."""

    name: str = ""
    value: str = ""
    files: tuple[str, ...] = ()
    is_file: bool = False
    content_type: str = ""
    file_name: str = ""
    description: str = ""
    enabled: bool = True


AnyRow = TypeVar("AnyRow", Row, Part)


def enabled(rows: tuple[AnyRow, ...]) -> tuple[AnyRow, ...]:
    """The rows that will be sent: switched on and named."""
    return tuple(row for row in rows if row.enabled and row.name)
