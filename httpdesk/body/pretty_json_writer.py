"""Where the tokens of JSON go: line breaks, indentation, and which token may follow which."""

import re
from collections.abc import Callable

from httpdesk.body.pretty_pads import line_break

# Kinds of tokens: numbers of the groups in pretty_json.py. Plain numbers: an Enum costs a third of the speed.
SPACE, STRING, WORD, OPEN, CLOSE, COMMA, COLON, LINE_COMMENT, BLOCK_COMMENT, OTHER = range(1, 11)

# What may come next, comments aside: a value outside of everything, a member or the end of what was just opened, a
# member behind a comma (an end is tolerated), a colon, a value behind a colon, a comma or an end.
START, FIRST, MEMBER, BEFORE_COLON, VALUE, AFTER = range(6)

_NUMBER = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d*)?|0[xX][0-9a-fA-F]+")
_NAMES = frozenset({b"true", b"false", b"null", b"NaN", b"Infinity", b"-Infinity", b"+Infinity", b"undefined"})
_CLOSES = {b"}": ord("{"), b"]": ord("[")}
_OBJECT = ord("{")


class NotJson(Exception):
    """The token at hand has no place here."""


class JsonWriter:
    """Takes tokens in order and writes them to `out`; `stack` holds the open brackets."""

    def __init__(self) -> None:
        self.out: list[bytes] = []
        self.stack = bytearray()
        self.expect = START
        self.written = False
        self.broken = False  # behind a comment: the next token begins a line
        self._new_line = False  # the source has a line break before the next token
        self._takers: dict[int, Callable[[bytes], None]] = {
            SPACE: self._space,
            STRING: self._string,
            WORD: self._word,
            OPEN: self._open,
            CLOSE: self._close,
            COMMA: self._comma,
            COLON: self._colon,
            LINE_COMMENT: self._comment,
            BLOCK_COMMENT: self._comment,
        }

    def take(self, kind: int, token: bytes) -> None:
        """Write a whole token. Raises NotJson."""
        self._takers[kind](token)

    def begin(self, kind: int, start: bytes) -> None:
        """Write the start of a string, word or comment; the rest goes to `out`, then end() follows. Raises NotJson."""
        if kind in (LINE_COMMENT, BLOCK_COMMENT):
            self._comment(start)
            return
        self._place()
        self.out.append(start)

    def end(self, kind: int) -> None:
        """The token that begin() began is whole."""
        if kind in (STRING, WORD):
            self._value_done()

    @property
    def in_key(self) -> bool:
        """Whether the name of a member comes next."""
        return self.expect in (FIRST, MEMBER) and self.stack[-1] == _OBJECT

    @property
    def complete(self) -> bool:
        """Whether everything that was opened is closed."""
        return self.expect == START

    @property
    def started(self) -> bool:
        """Whether anything was written."""
        return self.written or bool(self.out)

    @property
    def at_new_line(self) -> bool:
        """Whether nothing is open and the source has a line break here."""
        return self.expect == START and self._new_line and not self.broken

    def _space(self, token: bytes) -> None:
        if b"\n" in token:
            self._new_line = True

    def _string(self, token: bytes) -> None:
        if self.expect == VALUE and not self.broken:  # the usual case, at once
            self.out += (b" ", token)
            self._goes_on(AFTER)
            return
        self._place()
        self.out.append(token)
        self._value_done()

    def _word(self, token: bytes) -> None:
        if not (self.in_key or token in _NAMES or _NUMBER.fullmatch(token) or b"{{" in token):
            raise NotJson
        self._string(token)

    def _open(self, token: bytes) -> None:
        if self.in_key:
            raise NotJson
        self._place()
        self.out.append(token)
        self.stack += token
        self.expect = FIRST

    def _close(self, token: bytes) -> None:
        stack = self.stack
        if not stack or stack[-1] != _CLOSES[token] or self.expect in (BEFORE_COLON, VALUE):
            raise NotJson
        stack.pop()
        if self.expect != FIRST or self.broken:
            self.out.append(line_break(len(stack)))
        self.out.append(token)
        self._goes_on(AFTER if stack else START)

    def _comma(self, token: bytes) -> None:
        if self.expect != AFTER:
            raise NotJson
        self._join(token)
        self.expect = MEMBER

    def _colon(self, token: bytes) -> None:
        if self.expect != BEFORE_COLON:
            raise NotJson
        self._join(token)
        self.expect = VALUE

    def _comment(self, token: bytes) -> None:
        same_line = not self._new_line and self.started
        self.out.append(b" " if same_line else self._break())
        self.out.append(token)
        self.broken, self._new_line = True, False

    def _place(self) -> None:
        """Write what is before a value or the name of a member."""
        expect = self.expect
        if expect in (BEFORE_COLON, AFTER):
            raise NotJson
        self.out.append(b" " if expect == VALUE and not self.broken else self._break())
        self.broken = self._new_line = False

    def _join(self, token: bytes) -> None:
        if self.broken:
            self.out.append(self._break())
        self.out.append(token)
        self.broken = self._new_line = False

    def _break(self) -> bytes:
        return line_break(len(self.stack)) if self.started else b""

    def _value_done(self) -> None:
        if self.in_key:
            self._goes_on(BEFORE_COLON)
        else:
            self._goes_on(AFTER if self.stack else START)

    def _goes_on(self, expect: int) -> None:
        self.expect = expect
        self.broken = self._new_line = False
