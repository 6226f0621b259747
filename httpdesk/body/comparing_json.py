"""Ordering: formatted JSON with the members of each object in one order, and without what is not to be compared.

Works on formatted lines, so that every token stays as it was received.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from httpdesk.body.comparing import Rules

_DEEPEST = 200
# A line of formatted JSON without comments: indentation, name, value or bracket, comma.
_TEXT = rb'"[^"\\\n]*+(?>(?:\\.[^"\\\n]*+)*)"'
_LINE = re.compile(
    rb"( *+)(?:(" + _TEXT + rb"|[\w$-]++): )?(" + _TEXT + rb'|[^"/,\n]*+)(,?)(?:\n|\Z)',
)
_BRACKETS = frozenset((b"{", b"}", b"[", b"]"))
_HERE = object()
_LEFT_OUT = "…".encode()
_NAME = re.compile(r"[^$@.\[\](),\s'\"]+")


class NotOrdered(Exception):
    """The text can't be put in order; the words are for the user."""


class Ordering:
    """Puts texts in one order: members in that in which their names came first, whichever text had them."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._ranks: dict[bytes | None, int] = {}

    def ordered(self, text: bytes) -> bytes:
        """A formatted text in order. Raises NotOrdered."""
        left_out = _places(text, self._rules.paths) if self._rules.paths else {}
        work = _Work(self._rules, self._ranks, left_out)
        work.take(text)
        return work.end()


class _Frame:
    """An object or list that is open: its parts so far, each with what it is ordered by."""

    __slots__ = ("is_object", "known", "left_out", "line", "name", "parts")

    def __init__(self, line: bytes, name: bytes, left_out: dict[Any, Any] | None) -> None:
        self.line, self.name, self.is_object = line, name, line.endswith(b"{")
        self.parts: list[tuple[Any, bytes]] = []
        self.left_out = left_out  # what of it is not compared: by name or number, again such a table, or _HERE


class _Work:
    """Builds the text from the inside out."""

    def __init__(self, rules: Rules, ranks: dict[bytes | None, int], left_out: dict[Any, Any]) -> None:
        self._rules, self._ranks = rules, ranks
        self._frames = [_Frame(b"", b"", left_out)]
        self._hidden = 0  # how deep inside of what is not compared

    def take(self, text: bytes) -> None:
        """Take all lines."""
        position, parts, ranks = 0, self._frames[-1].parts, self._ranks
        for found in _LINE.finditer(text, 0, len(text) - text.endswith(b"\n")):
            if found.start() != position or not found[0]:
                break
            position = found.end()
            name, value = found.group(2, 3)
            if value in _BRACKETS:
                self._bracket(found[1], name or b"", value)
                parts = self._frames[-1].parts
            elif self._hidden:
                continue
            elif self._frames[-1].left_out and self._below(name or b"") is _HERE:
                self._add(name or b"", _left_out(found[1], name or b""))
            else:
                rank = ranks.get(name)
                if rank is None:
                    rank = ranks[name] = len(ranks)
                parts.append((rank, text[found.start() : found.end(3)]))
        if position < len(text) - 1:
            raise NotOrdered("JSON with comments or line breaks in texts stays in the order in which it was received.")

    def _bracket(self, indentation: bytes, name: bytes, value: bytes) -> None:
        if value in b"}]":
            self._close(indentation + value)
        else:
            self._open(indentation + name + (b": " if name else b"") + value, name)

    def end(self) -> bytes:
        """The whole text."""
        if len(self._frames) != 1 or self._hidden:
            raise NotOrdered("JSON that ends early stays in the order in which it was received.")
        return b"".join(part + b"\n" for _, part in self._frames[0].parts)

    def _open(self, line: bytes, name: bytes) -> None:
        if self._hidden:
            self._hidden += 1
            return
        if len(self._frames) > _DEEPEST:
            raise NotOrdered("JSON that is nested so deep stays in the order in which it was received.")
        below = self._below(name)
        if below is _HERE:
            self._hidden = 1
            self._add(name, _left_out(line[: len(line) - len(line.lstrip(b" "))], name))
            return
        self._frames.append(_Frame(line, name, below))

    def _close(self, line: bytes) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        if len(self._frames) == 1:
            raise NotOrdered("What is not JSON stays in the order in which it was received.")
        frame = self._frames.pop()
        if frame.is_object and self._rules.any_member_order:
            frame.parts.sort(key=_order_of)
        elif not frame.is_object and self._rules.any_list_order:
            frame.parts.sort(key=_text_of)
        inside = b",\n".join([part for _, part in frame.parts])
        self._add(frame.name, b"\n".join((frame.line, inside, line)) if frame.parts else frame.line + b"\n" + line)

    def _add(self, name: bytes, part: bytes) -> None:
        rank = self._ranks.setdefault(name, len(self._ranks))
        self._frames[-1].parts.append((rank, part))

    def _below(self, name: bytes) -> Any:
        """What of the next part is not compared: a table, _HERE for all of it, None for nothing."""
        frame = self._frames[-1]
        if not frame.left_out:
            return None
        if len(self._frames) == 1:
            return frame.left_out
        key = (json.loads(name) if name[:1] == b'"' else name.decode("utf-8", "replace")) if name else len(frame.parts)
        return frame.left_out.get(key)


def _left_out(indentation: bytes, name: bytes) -> bytes:
    return indentation + name + (b": " if name else b"") + _LEFT_OUT


def _order_of(part: tuple[int, bytes]) -> int:
    return part[0]


def _text_of(part: tuple[int, bytes]) -> bytes:
    return part[1]


def paths_of(words: str) -> tuple[str, ...]:
    """The paths that a user wrote one after the other, with blanks or commas between them."""
    found, depth = [""], 0
    for character in words:
        depth += (character in "[(") - (character in "])")
        if depth <= 0 and (character.isspace() or character in ",;"):
            found.append("")
        else:
            found[-1] += character
    return tuple(dict.fromkeys(path for path in found if path))


def _places(text: bytes, paths: Sequence[str]) -> dict[Any, Any]:
    """The places that the paths mean, as tables inside of each other. Raises NotOrdered."""
    import jsonpath

    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise NotOrdered("Paths can be left out of a body that is one value of strict JSON only.") from None
    found: dict[Any, Any] = {}
    for path in paths:
        expression = f"$..['{path}']" if _NAME.fullmatch(path) else path
        try:
            for parts in _matches(jsonpath, expression, value):
                _put(found, parts)
        except (jsonpath.JSONPathError, RecursionError) as error:
            words = str(error).partition("\n")[0]
            raise NotOrdered(f"The path {path} can't be used: {words}") from None
    return found


def _matches(library: Any, expression: str, value: object) -> Iterator[tuple[str | int, ...]]:
    for match in library.finditer(expression, value):
        yield match.parts


def _put(found: dict[Any, Any], parts: tuple[str | int, ...]) -> None:
    for part in parts[:-1]:
        found = found.setdefault(part, {})
        if found is _HERE:
            return
    if parts:
        found[parts[-1]] = _HERE
