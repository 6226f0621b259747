"""Plain values: what a file holds, read leniently as the types that a noun wants."""

from collections.abc import Iterable

import msgspec

from httpdesk.core.rows import Row

Values = dict[str, object]
_WRAPS = ("data", "content", "value")


def text(value: object) -> str:
    """A text; numbers and switches as they are written, {type: ..., data: ...} as its data, nothing as ""."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return next((text(value[wrap]) for wrap in _WRAPS if wrap in value), "")
    if isinstance(value, list):
        return msgspec.json.encode(value, enc_hook=str).decode()
    return str(value)


def texts(value: object) -> tuple[str, ...]:
    """A tuple of texts from a list, or from one value that is not ""."""
    if isinstance(value, list):
        return tuple(text(item) for item in value)
    return (text(value),) if text(value) else ()


def flag(value: object) -> bool | None:
    """A switch, None where there is none."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(text(value).lower())


def number(value: object) -> float | None:
    """A number that is not negative; None where there is none."""
    try:
        found = float(text(value))
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None


def part(values: object, *keys: str) -> Values:
    """The mapping under these keys; an empty one where there is none."""
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values if isinstance(values, dict) else {}


def mappings(value: object) -> list[Values]:
    """The mappings in a list; what else is in it is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def rows(value: object) -> tuple[Row, ...]:
    """Rows from a list of {name, value, description, disabled}; a mapping counts as names and values."""
    if isinstance(value, dict):
        return tuple(Row(name=str(name), value=text(entry)) for name, entry in value.items())
    return tuple(row(item) for item in mappings(value))


def row(item: Values) -> Row:
    """One row."""
    return Row(
        name=text(item.get("name")),
        value=text(item.get("value")),
        description=text(item.get("description")),
        enabled=flag(item.get("disabled")) is not True,
    )


def row_values(row: Row, **more: object) -> Values:
    """A row as it stands in a file; `more` comes after the value."""
    return pruned(
        {
            "name": row.name,
            "value": row.value,
            **more,
            "description": row.description or None,
            "disabled": None if row.enabled else True,
        }
    )


def rows_values(rows: Iterable[Row]) -> list[Values]:
    """Rows as they stand in a file."""
    return [row_values(row) for row in rows]


def pruned(values: Values) -> Values:
    """The mapping without what says nothing: None, and lists and mappings that are empty."""
    return {key: entry for key, entry in values.items() if entry is not None and entry not in ([], {}, ())}
