"""Line breaks with the indentation of a depth, for every language that is formatted."""

# Deeper content shares this indentation: a body of brackets only must not grow without end.
MAX_LEVELS = 100
_BREAKS = tuple(b"\n" + b"  " * level for level in range(MAX_LEVELS + 1))


def line_break(depth: int) -> bytes:
    """A line break and two spaces for each level."""
    return _BREAKS[depth] if depth < MAX_LEVELS else _BREAKS[MAX_LEVELS]
