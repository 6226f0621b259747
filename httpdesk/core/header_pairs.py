"""Header pairs: the headers of two answers side by side, the same names beside each other."""

from collections.abc import Sequence
from typing import NamedTuple

Headers = Sequence[tuple[str, str]]


MINUS = "\N{MINUS SIGN}"


class HeaderPair(NamedTuple):
    """A header of two answers; None where an answer does not have it. `name` is spelled as it came first."""

    name: str
    left: str | None
    right: str | None

    @property
    def sign(self) -> str:
        """A tilde for another value, minus and plus for a header of the left or right alone, "" for the same."""
        if self.left == self.right:
            return ""
        return "+" if self.left is None else MINUS if self.right is None else "~"


def header_pairs(left: Headers, right: Headers) -> list[HeaderPair]:
    """Every header of both, in the order of the left answer, then what only the right one has.

    Names are the same in any case; of headers that come several times the first stands beside the first, and so on.
    """
    waiting: dict[str, list[str]] = {}
    for name, value in right:
        waiting.setdefault(name.lower(), []).append(value)
    pairs = []
    last = {name.lower(): number for number, (name, _) in enumerate(left)}
    for number, (name, value) in enumerate(left):
        key = name.lower()
        values = waiting.get(key, [])
        pairs.append(HeaderPair(name, value, values.pop(0) if values else None))
        if last[key] == number:
            pairs += (HeaderPair(name, None, more) for more in waiting.pop(key, []))
    for name, value in right:
        if alone := waiting.get(name.lower()):
            pairs.append(HeaderPair(name, None, value))
            alone.pop(0)
    return pairs
