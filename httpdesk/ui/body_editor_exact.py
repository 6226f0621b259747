"""Exact text: what a text document of Qt would change is kept under stand-ins, so that a body is sent as it was typed.

A document knows one kind of line end, takes some characters for ends of its own, and slows down with long lines. So
CR LF is remembered, those characters stand in as noncharacters of Unicode, and a very long line is cut into rows.
"""

import re

PARAGRAPH = "\u2029"
"""What Qt writes between the lines of a raw text."""
SOFT = "\ufde4"
"""At the end of a row: the line goes on in the next row."""

_LONG, _ROW = 4_000, 500
_ESCAPE = "\ufdef"
# The byte order mark would be lost at the start of a text on its way into Qt.
_STAND_INS = {"\r": "\ufde0", PARAGRAPH: "\ufde1", "\ufdd0": "\ufde2", "\ufdd1": "\ufde3", "\ufeff": "\ufde5"}
_ORIGINALS = {stand_in: original for original, stand_in in _STAND_INS.items()}
_SPECIAL = (*_ORIGINALS, SOFT, _ESCAPE)
_ENCODE = re.compile("[\r\u2029\ufdd0\ufdd1\ufde0-\ufde5\ufdef\ufeff]")
_NOT_PLAIN = re.compile("[\ufde0-\ufde5\ufdef\U00010000-\U0010ffff]")
_DECODE = re.compile("\ufdef(.)|\ufde4\u2029?|[\ufde0-\ufde3\ufde5]|\u2029", re.DOTALL)


def is_plain(raw: str) -> bool:
    """Whether the raw text of a document has no stand-ins, and one unit of Qt for each character."""
    return raw.isascii() or not _NOT_PLAIN.search(raw)


def line_end_of(text: str) -> str:
    """CR LF when every line ends so, else LF."""
    count = text.count("\r\n")
    return "\r\n" if count and count == text.count("\n") == text.count("\r") else "\n"


def document_text(text: str, line_end: str = "\n") -> str:
    """What a document may hold for a text whose lines end so."""
    if line_end != "\n":
        text = text.replace(line_end, "\n")
    if any(character in text for character in (*_STAND_INS, *_SPECIAL)):
        text = _ENCODE.sub(_stand_in, text)
    return _cut(text)


def exact_text(raw: str, line_end: str = "\n") -> str:
    """The text that a document's raw text stands for."""
    if not any(character in raw for character in _SPECIAL):
        return raw.replace(PARAGRAPH, line_end)
    if not any(character in raw for character in (_ESCAPE, *_ORIGINALS)):
        return raw.replace(SOFT + PARAGRAPH, "").replace(SOFT, "").replace(PARAGRAPH, line_end)
    return _DECODE.sub(lambda match: _original(match, line_end), raw)


def units(text: str, place: int) -> int:
    """How many UTF-16 units of a document the first characters of a text take."""
    return place if text.isascii() else place + sum(character > "\uffff" for character in text[:place])


def _stand_in(match: re.Match[str]) -> str:
    character = match.group()
    return _STAND_INS.get(character, _ESCAPE + character)


def _original(match: re.Match[str], line_end: str) -> str:
    if match.group(1) is not None:
        return match.group(1)
    if match.group().startswith(SOFT):
        return ""
    return line_end if match.group() == PARAGRAPH else _ORIGINALS[match.group()]


def _cut(text: str) -> str:
    if len(text) <= _LONG:
        return text
    lines = text.split("\n")
    if max(map(len, lines)) <= _LONG:
        return text
    return "\n".join(_rows(line) if len(line) > _LONG else line for line in lines)


def _rows(line: str) -> str:
    rows: list[str] = []
    start = 0
    while start < len(line):
        stop = start + _ROW
        # An escaped character stays in one piece.
        while stop < len(line) and line[stop - 1] == _ESCAPE:
            stop += 1
        rows.append(line[start:stop])
        start = stop
    return (SOFT + "\n").join(rows)
