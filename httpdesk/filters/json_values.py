"""JSON as Python values and back, with every number as it was sent."""

import json
import re

import msgspec

from httpdesk.filters.job import NoResult

_ODD_INTEGERS = re.compile(r"\d{19}|-0(?![.\d])")
# Python refuses to read longer ones.
_LONGEST_INTEGER = 4000


class _SentFloat(float):
    """A number that Python would write in another way."""

    __slots__ = ("sent",)
    sent: str


class _SentInteger(int):
    """An integer that JSON libraries do not write."""

    sent: str


# jmespath tells types by their names.
_SentFloat.__name__, _SentInteger.__name__ = "float", "int"


def read(text: str) -> object:
    """The value of a JSON text; lines of JSON are a list. Raises NoResult with the place of what is not JSON."""
    odd = _integer if _ODD_INTEGERS.search(text) else None
    decoder = json.JSONDecoder(parse_float=_float, parse_int=odd, parse_constant=_constant, strict=False)
    try:
        return decoder.decode(text)
    except RecursionError:
        raise NoResult("The body is nested too deep to be filtered.") from None
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise NoResult(_told(error)) from None
    return _lines(text, decoder)


def write(value: object) -> bytes:
    """A value as JSON on one line."""
    try:
        return msgspec.json.encode(value, enc_hook=_sent)
    except RecursionError:
        raise NoResult("The result is nested too deep to be shown.") from None


def _lines(text: str, decoder: json.JSONDecoder) -> list[object]:
    values: list[object] = []
    at, size = 0, len(text)
    blank = re.compile(r"[ \t\r\n\x1e]*")
    while True:
        found = blank.match(text, at)
        at = found.end() if found else at
        if at >= size:
            return values
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise NoResult(_told(error)) from None
        values.append(value)


def _told(error: json.JSONDecodeError) -> str:
    return f"The body is not JSON: line {error.lineno}, column {error.colno}: {error.msg}"


def _float(token: str) -> float:
    number = float(token)
    return number if repr(number) == token else _kept(number, token)


def _integer(token: str) -> float | int:
    if len(token) > _LONGEST_INTEGER:
        return _kept(float("-inf" if token.startswith("-") else "inf"), token)
    number = int(token)
    if -(1 << 63) <= number < 1 << 63 and str(number) == token:
        return number
    kept = _SentInteger(number)
    kept.sent = token
    return kept


def _constant(token: str) -> float:
    return _kept(float(token.replace("Infinity", "inf")), token)


def _kept(number: float, token: str) -> float:
    kept = _SentFloat(number)
    kept.sent = token
    return kept


def _sent(value: object) -> object:
    if isinstance(value, _SentFloat | _SentInteger):
        return msgspec.Raw(value.sent.encode())
    if isinstance(value, int):
        return msgspec.Raw(str(value).encode())
    return str(value)
