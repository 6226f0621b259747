"""Lexed: the colours of the many languages that Pygments knows, for texts of up to some MB.

Pygments wants the whole text at once, and some of its expressions take for ever on a text that is made for that: so it
runs in another process, and what it found is kept as numbers. The languages that answers mostly are in (JSON, XML,
HTML and so on) have tables of their own in languages.py, which colour any row of a text of any size.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from httpdesk.body.elsewhere import Elsewhere
from httpdesk.body.lexing import Span
from httpdesk.body.lines import Row
from httpdesk.body.spool import Spool

# "pygments:" and one of its names for a language.
PREFIX = "pygments:"
LIMIT_BYTES = 4_000_000
ROLES = ("s_com", "s_str", "s_num", "s_kw", "s_tag", "s_key", "s_punct")
_TOKENS_AT_ONCE = 5000
_LIMIT_S = 5.0
# What is not said of a kind of token is said of the one it belongs to.
_ROLE_OF = {
    "Token.Comment": "s_com",
    "Token.Comment.Preproc": "s_kw",
    "Token.Literal.String": "s_str",
    "Token.Literal.Number": "s_num",
    "Token.Literal.Date": "s_num",
    "Token.Keyword": "s_kw",
    "Token.Operator.Word": "s_kw",
    "Token.Operator": "s_punct",
    "Token.Punctuation": "s_punct",
    "Token.Name.Tag": "s_tag",
    "Token.Name.Attribute": "s_key",
    "Token.Name.Builtin": "s_key",
    "Token.Name.Class": "s_tag",
    "Token.Name.Decorator": "s_kw",
    "Token.Name.Exception": "s_tag",
    "Token.Name.Function": "s_key",
    "Token.Name.Property": "s_key",
    "Token.Name.Constant": "s_num",
    "Token.Name.Entity": "s_num",
    "Token.Generic.Deleted": "s_tag",
    "Token.Generic.Inserted": "s_str",
    "Token.Generic.Heading": "s_key",
    "Token.Generic.Subheading": "s_key",
    "Token.Generic.Strong": "s_kw",
    "Token.Generic.Emph": "s_kw",
    "Token.Generic.Prompt": "s_kw",
    "Token.Generic.Traceback": "s_tag",
}

# Starts, lengths (bytes of the text) and numbers of ROLES of some tokens.
Tokens = tuple[bytes, bytes, bytes]


class Lexed:
    """The tokens of a text once it is whole; advance() waits for the other process, spans() may be asked meanwhile."""

    def __init__(self, spool: Spool, language: str, elsewhere: Elsewhere) -> None:
        self.done = False
        self._spool, self._name, self._elsewhere = spool, language.removeprefix(PREFIX), elsewhere
        self._starts, self._lengths, self._roles = array("I"), array("I"), array("B")

    @property
    def count(self) -> int:
        """How many tokens are known."""
        return len(self._roles)

    def advance(self) -> bool:
        """Lex the text when it is whole; blocks. False when there is nothing to do."""
        if self.done or not self._spool.finished:
            return False
        size = self._spool.size_bytes
        if 0 < size <= LIMIT_BYTES and self._elsewhere.wait():
            data = self._spool.read(0, size)
            for starts, lengths, roles in self._elsewhere.run(tokens_of, self._name, data, limit_s=_LIMIT_S):
                self._lengths.frombytes(lengths)
                self._roles.frombytes(roles)
                self._starts.frombytes(starts)  # last: readers look here first
        self.done = True
        return True

    def spans(self, row: Row, characters: str) -> list[Span]:
        """The coloured parts of a row."""
        found: list[Span] = []
        number = max(0, bisect_right(self._starts, row.start) - 1)
        data = b"" if characters.isascii() else characters.encode("utf-8", "surrogateescape")
        while number < len(self._starts) and self._starts[number] < row.stop:
            start = max(0, self._starts[number] - row.start)
            stop = self._starts[number] + self._lengths[number] - row.start
            if data:
                start, stop = (len(data[:place].decode("utf-8", "surrogateescape")) for place in (start, max(0, stop)))
            stop = min(stop, len(characters))
            if stop > start:
                found.append(Span(start, stop - start, ROLES[self._roles[number]]))
            number += 1
        return found


def tokens_of(name: str, data: bytes) -> Iterator[Tokens]:
    """Lex a text of a language; nothing for one that Pygments does not know. This may take for ever."""
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        lexer = get_lexer_by_name(name)
    except ClassNotFound:
        return
    text = data.decode("utf-8", "surrogateescape")
    numbers: dict[Any, int] = {}
    starts, lengths, roles = array("I"), array("I"), array("B")
    position = 0
    for _, kind, value in lexer.get_tokens_unprocessed(text):
        size = len(value) if value.isascii() else len(value.encode("utf-8", "surrogateescape"))
        number = numbers.get(kind)
        if number is None:
            number = numbers[kind] = _role_of(kind)
        if number < len(ROLES) and not value.isspace():
            starts.append(position)
            lengths.append(size)
            roles.append(number)
        position += size
        if len(roles) >= _TOKENS_AT_ONCE:
            yield starts.tobytes(), lengths.tobytes(), roles.tobytes()
            starts, lengths, roles = array("I"), array("I"), array("B")
    yield starts.tobytes(), lengths.tobytes(), roles.tobytes()


def _role_of(kind: Any) -> int:
    """The number of the role of a kind of token, or of the nearest it belongs to; one too many for none."""
    while kind is not None:
        role = _ROLE_OF.get(str(kind))
        if role is not None:
            return ROLES.index(role)
        kind = kind.parent
    return len(ROLES)


def is_lexed(language: str) -> bool:
    """Whether a language is coloured this way."""
    return language.startswith(PREFIX)
