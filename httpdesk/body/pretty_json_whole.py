"""The fast way to format JSON: whole pieces of it through msgspec, which keeps every token as received.

msgspec.json.format takes complete values only and is strict. So a piece from the middle of a body is completed with the
brackets that are open before and behind it, formatted, and freed of them again. What msgspec does not take, and what is
not surely the piece asked for, gives None: pretty_json.py then goes token by token.
"""

from typing import NamedTuple

import msgspec

from httpdesk.body.pretty_pads import MAX_LEVELS, line_break

# More nesting inside one piece than this is not worth the search for its brackets.
_MOST_ROUNDS = 64
_BRACKETS = b"[]{}"
_OTHERS = bytes(set(range(256)) - set(_BRACKETS))
# What Python and others write, and msgspec does not take: numbers that nobody uses stand for it meanwhile.
_NO_NUMBERS = ((b"-Infinity", b"-1e-87654321"), (b"Infinity", b"-2e-87654321"), (b"NaN", b"-3e-87654321"))
# How an element of an array ends and the next one begins; a cut is behind the first character.
_BETWEEN = (b"},{", b"}, {", b"},\n", b"],[", b"], [", b"],\n")
_NEAR_BYTES = 4096
# How many of the open arrays are tried, from the inmost on.
_GUESSES = 3
_CLOSER = {ord("["): b"]", ord("{"): b"}"}


class Whole(NamedTuple):
    """A formatted piece: its text, how many bytes of the source it is, and the brackets that are open behind it."""

    text: bytes
    consumed: int
    stack: bytes


def format_members(data: bytes, stack: bytes) -> Whole | None:
    """Format the members of containers (`stack`: their opening brackets) up to the last comma of `data`.

    `data` begins behind a comma. The text ends with its last comma, and begins with a line break.
    """
    found = _bare_until_last_comma(data)
    if found is None:
        return None
    comma, bare = found
    brackets = _unpaired(bare)
    if brackets is None:
        return None
    opened = brackets.lstrip(b"]}")
    closed = len(brackets) - len(opened)
    base = len(stack) - closed - 1
    if not 0 <= base < MAX_LEVELS or b"]" in opened or b"}" in opened:
        return None
    after = stack[base : base + 1] + opened
    text = _inside(data[:comma], stack, base, after)
    return Whole(text, comma + 1, stack[:base] + after) if text is not None else None


def format_elements(data: bytes, stack: bytes) -> Whole | None:
    """As format_members, up to the end of an object or array in an array: None where it is not as simple as that.

    The place is guessed, and so is which of the open arrays it is in. Where msgspec takes the piece as complete, the
    guess was right; so nobody has to look for strings and brackets, which takes four times as long as the formatting.
    """
    cut = _last_end(data)
    base = len(stack)
    for _ in range(_GUESSES if cut else 0):
        base = stack.rfind(b"[", 0, base)
        if not 0 <= base < MAX_LEVELS:
            return None
        text = _inside(data[:cut], stack, base, b"[")
        if text is not None:
            return Whole(text, data.index(b",", cut) + 1, stack[: base + 1])
    return None


def format_lines(data: bytes, *, ended: bool) -> tuple[bytes, int] | None:
    """Format the leading lines of `data` that are values by themselves; the text and how many bytes they are."""
    size = len(data) if ended else data.rfind(b"\n") + 1
    texts: list[bytes] = []
    consumed = 0
    for line in data[:size].split(b"\n"):
        if line.strip():
            formatted = _formatted(line)
            if formatted is None or line_break(MAX_LEVELS) + b" " in formatted:
                break
            texts.append(formatted)
        consumed += len(line) + 1
    return (b"\n".join(texts), min(consumed, size)) if texts else None


def _inside(data: bytes, stack: bytes, base: int, after: bytes) -> bytes | None:
    """Format what goes on in the containers of the stack from `base` on and leaves those of `after` open."""
    before = stack[base:]
    formatted = _formatted(_opening(before) + data + b"".join(_CLOSER[kind] for kind in reversed(after)))
    head, tail = _formatted_opening(before), _formatted_closing(after)
    if formatted is None or not formatted.startswith(head) or not formatted.endswith(tail):
        return None
    if line_break(MAX_LEVELS - base) + b" " in formatted:
        return None
    inner = formatted[len(head) : len(formatted) - len(tail)]
    return line_break(len(stack)) + (inner.replace(b"\n", line_break(base)) if base else inner) + b","


def _formatted(data: bytes) -> bytes | None:
    try:
        return msgspec.json.format(data, indent=2)
    except (msgspec.DecodeError, RecursionError):
        pass
    words = [(word, number) for word, number in _NO_NUMBERS if word in data]
    if not words or any(number in data for _, number in words):
        return None
    for word, number in words:
        data = data.replace(word, number)
    try:
        text = msgspec.json.format(data, indent=2)
    except (msgspec.DecodeError, RecursionError):
        return None
    for word, number in words:
        text = text.replace(number, word)
    return text


def _last_end(data: bytes) -> int:
    """Behind the last element that another one follows, by its looks; 0 for none."""
    # Backwards, finding is slow: it is mostly near.
    for start in (max(0, len(data) - _NEAR_BYTES), 0):
        found = max(data.rfind(between, start) for between in _BETWEEN)
        if found >= 0:
            return found + 1
    return 0


def _bare_until_last_comma(data: bytes) -> tuple[int, bytes] | None:
    """Where the last comma outside of strings is, and what is outside of strings before it."""
    parts = data.replace(b"\\\\", b"__").replace(b'\\"', b"__").split(b'"')
    stop = len(data)
    for number in range(len(parts) - 1, -1, -1):
        start = stop - len(parts[number])
        comma = -1 if number % 2 else parts[number].rfind(b",")
        if comma >= 0:
            return start + comma, b"".join(parts[:number:2]) + parts[number][:comma]
        stop = start - 1
    return None


def _unpaired(bare: bytes) -> bytes | None:
    """The brackets without those that open and close in it."""
    brackets = bare.translate(None, _OTHERS)
    for _ in range(_MOST_ROUNDS):
        fewer = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(fewer) == len(brackets):
            return brackets
        brackets = fewer
    return None


def _opening(kinds: bytes) -> bytes:
    """Open these containers, each one the first member of the one before."""
    return kinds[:-1].replace(b"{", b'{"":') + kinds[-1:]


def _formatted_opening(kinds: bytes) -> bytes:
    parts = [bytes((kind,)) + line_break(level) for level, kind in enumerate(kinds, start=1)]
    return b"".join(part + b'"": ' if part[:1] == b"{" else part for part in parts[:-1]) + parts[-1]


def _formatted_closing(kinds: bytes) -> bytes:
    return b"".join(line_break(level) + _CLOSER[kinds[level]] for level in range(len(kinds) - 1, -1, -1))
