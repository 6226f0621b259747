"""Language: colours of one row at a time, and the state in which a row far inside a huge body begins.

Both are tables of regular expressions and the state each leads to. Rows are bounded, and no expression goes over the
same characters again and again, so a hostile body cannot hold up the window; general lexers (Pygments) need the whole
text, match constructs over many lines in one go, and are 10 to 50 times slower.
"""

import re
from collections.abc import Callable
from typing import NamedTuple


class Span(NamedTuple):
    """Characters of a row that have a colour: `role` is one of the theme's, such as "s_key"."""

    start: int
    length: int
    role: str


class Rule(NamedTuple):
    """What a match means: its colour ("" for none) and the state behind it (None: the same)."""

    role: str
    state: int | None = None


class State:
    """One state of a row: its expressions, the colour of what none of them takes, the state when the line ends."""

    def __init__(self, *rules: tuple[str, Rule], rest: str = "", at_line_end: int | None = None) -> None:
        self.pattern = re.compile("|".join(f"({pattern})" for pattern, _ in rules) or r"(?!)")
        self.rules = tuple(rule for _, rule in rules)
        self.rest = rest
        self.at_line_end = at_line_end


Tracker = Callable[[bytes, int], int]


def tracker(*states: tuple[bytes, tuple[int, ...]]) -> Tracker:
    """The state behind some bytes: each state has an expression that skips what is whole, and where its groups lead."""
    compiled = [(re.compile(pattern, re.DOTALL | re.IGNORECASE), targets) for pattern, targets in states]

    def track(data: bytes, state: int) -> int:
        position = 0
        while True:
            pattern, targets = compiled[state]
            match = pattern.match(data, position)
            if match is None or match.lastindex is None:
                return state
            state, position = targets[match.lastindex - 1], match.end()

    return track


def unchanging(_data: bytes, _state: int) -> int:
    """The tracker of a language in which every row stands for itself."""
    return 0


class Language(NamedTuple):
    """How a language is coloured: the states of a row (0 to begin with), and the tracker that knows them from afar.

    With `fresh_lines` a line always begins in state 0, whatever is before it.
    """

    states: tuple[State, ...]
    track: Tracker = unchanging
    fresh_lines: bool = True

    def spans(self, text: str, state: int = 0, *, ends_line: bool = True) -> tuple[list[Span], int]:
        """The coloured parts of a row without its line end, and the state of the next row."""
        found: list[Span] = []
        position, size = 0, len(text)
        while True:
            current = self.states[state]
            position, following = _scan(current, text, position, found)
            if following is None:
                break
            state = following
        if current.rest and position < size:
            found.append(Span(position, size - position, current.rest))
        if ends_line and current.at_line_end is not None:
            state = current.at_line_end
        return found, state


def _scan(current: State, text: str, position: int, found: list[Span]) -> tuple[int, int | None]:
    """Take matches until one leads to another state; gives the place behind it and that state, None at the end."""
    rules, rest = current.rules, current.rest
    for match in current.pattern.finditer(text, position):
        start, stop = match.span()
        if rest and start > position:
            found.append(Span(position, start - position, rest))
        role, state = rules[(match.lastindex or 1) - 1]
        if role and stop > start:
            found.append(Span(start, stop - start, role))
        position = stop
        if state is not None:
            return position, state
    return position, None
