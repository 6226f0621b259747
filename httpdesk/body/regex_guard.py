"""Regex guard: which expressions are not given to the library, because compiling or trying them takes all memory."""

import re

# {1000} puts a thousand copies of what is before it side by side; each part takes some 500 bytes.
PARTS_LIMIT = 50_000
_PART = re.compile(
    r"""
    \\.                                   # an escape
    | \[\^?\]?(?>(?:\\.|[^\]\\])*)\]      # a set
    | (?P<open>\()
    | (?P<close>\))
    | \{\s*(?P<least>\d+)\s*(?:,\s*\d*\s*)?\}
    | (?P<repeat>[*+?])
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
# An expression that is a part of itself: nothing bounds how deep the library goes.
_RECURSION = re.compile(r"\(\?(?:R|&|P>|[+-]?\d)")


def recurses(expression: str) -> bool:
    """Whether an expression calls itself or one of its groups."""
    return _RECURSION.search(expression) is not None


def parts(expression: str) -> int:
    """How many parts an expression has once its repetitions are written out."""
    groups, last = [0], 0
    for match in _PART.finditer(expression):
        kind = match.lastgroup
        if kind == "open":
            groups.append(0)
        elif kind == "close" and len(groups) > 1:
            last = groups.pop() + 1
            groups[-1] += last
        elif kind == "least":
            more = last * (max(1, int(match["least"][:9])) - 1)
            groups[-1] += more
            last += more
        elif kind != "repeat":
            groups[-1] += 1
            last = 1
    return sum(groups)
