"""Bulk edit: rows as lines of "name: value"; a line that starts with "# " is a row that is switched off."""

from collections.abc import Sequence

from httpdesk.core.rows import Row

_OFF = "# "


def parse_lines(text: str, old: Sequence[Row] = ()) -> tuple[Row, ...]:
    """Rows of the lines; a row keeps the description that the old row of its name had."""
    descriptions = {row.name: row.description for row in old}
    return tuple(_row(line, descriptions) for line in text.splitlines() if line.strip())


def _row(line: str, descriptions: dict[str, str]) -> Row:
    enabled = not line.startswith(_OFF)
    name, _, value = line.removeprefix(_OFF).partition(":")
    name = name.strip()
    return Row(name=name, value=value.strip(), description=descriptions.get(name, ""), enabled=enabled)


def as_lines(rows: Sequence[Row]) -> str:
    """The lines of rows."""
    return "\n".join(f"{'' if row.enabled else _OFF}{row.name}: {row.value}" for row in rows)
