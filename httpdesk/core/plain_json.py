"""Plain JSON: what people write into JSON and no parser takes, comments and trailing commas, found and left out.

Every other character stays as it is; {{references}} and strings are never looked into.
"""

import re
from collections.abc import Iterator

from httpdesk.core.template import REFERENCE

# A string that never ends runs to the end of its line. Everything up to the next finding is one match.
_STRING = r'"[^"\\\n]*+(?>(?:\\.[^"\\\n]*+)*)"?'
_KEPT = rf"{_STRING}|{REFERENCE.pattern}|{{"
_UP_TO_COMMENT = re.compile(rf'(?>(?:[^"/{{]++|{_KEPT}|/(?![/*]))*)(?P<extra>//[^\n]*+|/\*)?')
_UP_TO_COMMA = re.compile(rf'(?>(?:[^",{{]++|{_KEPT}|,(?!\s*[\]}}]))*)(?P<extra>,)?')
_MAY_TRAIL = re.compile(r",\s*[\]}]")
_NOT_BREAK = re.compile(r"[^\n]")


def extras(text: str) -> list[tuple[int, int]]:
    """Where the comments (// and /* */) and trailing commas are: first character and the one behind, in order."""
    found = list(_comments(text)) if "//" in text or "/*" in text else []
    # A comment may stand between a comma and the bracket.
    bare = _blanked(text, found)
    if _MAY_TRAIL.search(bare):
        found = sorted(found + [match.span("extra") for match in _UP_TO_COMMA.finditer(bare) if match["extra"]])
    return found


def without_extras(text: str) -> str:
    """The text as it is sent; a comment within a line leaves a space, so that no two words become one."""
    found = extras(text)
    if not found:
        return text
    pieces: list[str] = []
    position = 0
    for start, stop in found:
        pieces.append(text[position:start].rstrip(" \t") if text.startswith("//", start) else text[position:start])
        pieces.append(" " if text.startswith("/*", start) else "")
        position = stop
    return "".join(pieces) + text[position:]


def with_blanks(text: str) -> str:
    """The text with blanks in the place of what is left out: every place, line and column stays."""
    return _blanked(text, extras(text))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while (match := _UP_TO_COMMENT.match(text, position)) and match["extra"]:
        start, position = match.span("extra")
        if match["extra"] == "/*":
            end = text.find("*/", position)
            if end < 0:
                return  # without an end it is no comment but a fault
            position = end + 2
        yield start, position


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    position = 0
    for start, stop in spans:
        pieces += (text[position:start], _NOT_BREAK.sub(" ", text[start:stop]))
        position = stop
    return "".join(pieces) + text[position:] if spans else text
