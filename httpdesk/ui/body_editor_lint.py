"""Body lint: where a text stops being JSON, with references such as {{id}} taken for values."""

import json
import re
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from httpdesk.core.template import REFERENCE

LIMIT_CHARACTERS = 1_000_000
"""Longer texts are not looked at."""

_PLACE = re.compile(r"\(byte (\d+)\)")
# What msgspec says, and how it is said here; the first that fits counts.
_WORDS = (
    ("trailing comma", QT_TRANSLATE_NOOP("BodyLint", "a comma with nothing after it")),
    ("trailing characters", QT_TRANSLATE_NOOP("BodyLint", "there is more after the end of the value")),
    ("expected ':'", QT_TRANSLATE_NOOP("BodyLint", "a colon belongs here")),
    ("expected ',' or '}'", QT_TRANSLATE_NOOP("BodyLint", "a comma or } belongs here")),
    ("expected ',' or ']'", QT_TRANSLATE_NOOP("BodyLint", "a comma or ] belongs here")),
    ("keys must be strings", QT_TRANSLATE_NOOP("BodyLint", "a name in double quotes belongs here")),
    ("expected '\"'", QT_TRANSLATE_NOOP("BodyLint", "a name in double quotes belongs here")),
    ("invalid escape", QT_TRANSLATE_NOOP("BodyLint", "this escape does not exist in JSON")),
    ("invalid number", QT_TRANSLATE_NOOP("BodyLint", "this is no number in JSON")),
    ("truncated", QT_TRANSLATE_NOOP("BodyLint", "the text ends too early")),
    ("", QT_TRANSLATE_NOOP("BodyLint", "no value in JSON begins or goes on like this")),
)


class Fault(NamedTuple):
    """What is wrong and where: the character's place in the text, its line and column counted from 1."""

    words: str
    place: int
    line: int
    column: int


def json_fault(text: str) -> Fault | None:
    """The first fault; None for valid JSON, for an empty text, and where a reference may make it right."""
    if not text.strip() or len(text) > LIMIT_CHARACTERS:
        return None
    references = [match.span() for match in REFERENCE.finditer(text)] if "{{" in text else []
    plain = REFERENCE.sub(_as_number, text) if references else text
    data = plain.encode("utf-8", "surrogatepass")
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except msgspec.DecodeError as error:
        return _fault(plain, data, str(error), references)
    return None


def _as_number(match: re.Match[str]) -> str:
    """Digits in the place of a reference: right as a value, inside a string and beside other digits."""
    return "1" * len(match.group())


def _fault(text: str, data: bytes, said: str, references: list[tuple[int, int]]) -> Fault | None:
    if "truncated" in said:
        if _is_json(text):  # msgspec takes an escaped half of a surrogate pair for an end
            return None
        place = len(text.rstrip())
    else:
        found = _PLACE.search(said)
        place = len(data[: int(found.group(1))].decode("utf-8", "ignore")) if found else 0
        place = _word_start(text, place - 1 if "trailing characters" in said else place)
    if any(start <= place <= stop for start, stop in references):
        return None
    key = str(next(words for sign, words in _WORDS if sign in said))
    start = text.rfind("\n", 0, place) + 1
    return Fault(QCoreApplication.translate("BodyLint", key), place, text.count("\n", 0, place) + 1, place - start + 1)


def _word_start(text: str, place: int) -> int:
    """Where the word begins that a place is in: msgspec names some letter of it."""
    while 0 < place < len(text) and text[place].isalnum() and text[place - 1].isalnum():
        place -= 1
    return place


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
