"""A search in the history: words, and tokens such as status:4xx, read from one line of text (pure)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

# A word, a quoted phrase, or a token whose value may be quoted.
_PIECE = re.compile(r'(?:(?P<key>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))', re.IGNORECASE)
_AGO = re.compile(r"(\d{1,5})(min|m|h|d|w)")
_UNITS = {"min": "minutes", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_STATUS = re.compile(r"([1-9])xx|[0-9]{3}", re.IGNORECASE)
NO_ANSWER, CANCELLED = "failed", "cancelled"
KEYS = ("status", "method", "host", "env", "since", "before", "is")


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; within a field any value will do, and all fields and words must fit.

    `words` are texts or the beginnings of words. `statuses` are ranges (from, to), `outcomes` such as "cancelled";
    `since` and `before` are Unix times. `faults` are tokens that were not understood.
    """

    words: tuple[str, ...] = ()
    statuses: tuple[tuple[int, int], ...] = ()
    outcomes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    since: float = 0.0
    before: float = 0.0
    pinned: bool = False
    keys: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def parse(text: str, now: datetime) -> Query:
    """Read a line such as `status:4xx host:example.com "out of stock"`; `now` has the user's time zone."""
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for piece in _PIECE.finditer(text):
        value = piece["quoted"] if piece["quoted"] is not None else piece["plain"]
        key = (piece["key"] or "").lower()
        if key in KEYS and value:
            found.setdefault(key, []).append(value)
        elif key in KEYS or (value[-1:] == ":" and value[:-1].lower() in KEYS):
            continue  # its value is still to be typed
        elif key:
            words.append(f"{piece['key']}:{value}")
        else:
            words.append(value)
    return _query(tuple(word for word in words if word.strip()), found, now)


def with_token(text: str, token: str) -> str:
    """The line with a token put at its end, once; another time bound or state takes the place of the old one."""
    key = token.partition(":")[0]
    pieces = [piece.group(0) for piece in _PIECE.finditer(text)]
    if key in ("since", "before"):
        pieces = [piece for piece in pieces if not piece.lower().startswith(f"{key}:")]
    if token not in pieces:
        pieces.append(token)
    return " ".join(pieces) + " "


def token(key: str, value: str) -> str:
    """A token, its value in quotes where it needs them."""
    return f'{key}:"{value}"' if re.search(r"\s", value) else f"{key}:{value}"


def _query(words: tuple[str, ...], found: dict[str, list[str]], now: datetime) -> Query:
    faults: list[str] = []

    def read(key: str, reader: Callable[[str], object]) -> list[object]:
        values = []
        for value in found.get(key, ()):
            result = reader(value)
            if result is None:
                faults.append(f"{key}:{value}")
            else:
                values.append(result)
        return values

    statuses = read("status", _status)
    since = read("since", lambda value: _moment(value, now))
    before = read("before", lambda value: _moment(value, now))
    pinned = read("is", lambda value: True if value.lower() == "pinned" else None)
    return Query(
        words=words,
        statuses=tuple(status for status in statuses if isinstance(status, tuple)),
        outcomes=tuple(status for status in statuses if isinstance(status, str)),
        methods=tuple(value.upper() for value in found.get("method", ())),
        hosts=tuple(value.lower().removeprefix("*").lstrip(".") for value in found.get("host", ())),
        environments=tuple(found.get("env", ())),
        since=max((float(str(value)) for value in since), default=0.0),
        before=min((float(str(value)) for value in before), default=0.0),
        pinned=bool(pinned),
        faults=tuple(faults),
    )


def _status(value: str) -> tuple[int, int] | str | None:
    if value.lower() in (NO_ANSWER, CANCELLED):
        return value.lower()
    match = _STATUS.fullmatch(value)
    if match is None:
        return None
    return (int(match[1]) * 100, int(match[1]) * 100 + 99) if match[1] else (int(value), int(value))


def _moment(value: str, now: datetime) -> float | None:
    """Unix time of "today", "yesterday", "30min", "2h", "7d", "3w" (that long ago), or a date such as 2026-11-25."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    word = value.lower()
    if word in ("today", "yesterday"):
        return (midnight - timedelta(days=word == "yesterday")).timestamp()
    try:
        if ago := _AGO.fullmatch(word):
            return (now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})).timestamp()
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)).timestamp()
    except (ValueError, OverflowError):
        return None
