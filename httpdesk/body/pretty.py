"""Formatting: a body with line breaks and indentation, made piece by piece while it still arrives."""

from collections.abc import Callable
from pathlib import Path

from httpdesk.body.elsewhere import Elsewhere
from httpdesk.body.pretty_form import FormFormatter
from httpdesk.body.pretty_json import JsonFormatter
from httpdesk.body.pretty_markup import MarkupFormatter
from httpdesk.body.pretty_pieces import Formatter, formatted_pieces
from httpdesk.body.spool import Spool

# The first piece is small: its rows are on the screen at once.
FIRST_BYTES, PIECE_BYTES = 1 << 14, 1 << 16
# From here on another process is worth its start; it formats so much at a time, other bodies in between.
ELSEWHERE_FROM_BYTES, ELSEWHERE_BYTES = 1 << 18, 1 << 23
_MARK = b"\xef\xbb\xbf"


_FORMATTERS: dict[str, Callable[[], Formatter]] = {
    "json": JsonFormatter,
    "xml": MarkupFormatter,
    "html": lambda: MarkupFormatter(html=True),
    "form": FormFormatter,
}


def can_format(language: str) -> bool:
    """Whether Formatting does something for this language."""
    return language in _FORMATTERS


class Formatting:
    """Fills `target` with the formatted text of `source`, which is UTF-8; every token stays as received.

    Never raises for what it reads: what is not of the language is passed on as it is, and `fault` says where.
    """

    def __init__(self, source: Spool, target: Spool, language: str, elsewhere: Elsewhere | None = None) -> None:
        self._source, self._target = source, target
        self._formatter = _FORMATTERS.get(language, _AsReceived)()
        self._elsewhere = elsewhere if can_format(language) else None
        self._position = 0
        self._marked = False

    @property
    def fault(self) -> str:
        """What was not of the language, in words; "" for nothing so far."""
        return self._formatter.fault

    def advance(self) -> bool:
        """Format the next piece; False when there is nothing new. Raises OSError on a full disk."""
        if self._target.finished:
            return False
        finished = self._source.finished  # before reading: what comes in between is not the end
        size_bytes, file = self._source.size_bytes, self._source.path
        if file is not None and size_bytes - self._position > PIECE_BYTES and self._goes_elsewhere():
            return self._advance_elsewhere(file, size_bytes, finished=finished)
        data = self._source.read(self._position, self._position + (PIECE_BYTES if self._position else FIRST_BYTES))
        ended = finished and self._position + len(data) >= self._source.size_bytes
        if not self._marked:
            if len(data) < len(_MARK) and not ended:
                return False
            self._marked = True
            if data.startswith(_MARK):
                self._position, data = len(_MARK), data[len(_MARK) :]
        text, consumed = self._formatter.feed(data, ended=ended)
        self._position += consumed
        if text:
            self._target.write(text)
        if ended and consumed == len(data):
            self._target.finish()
            return True
        return consumed > 0

    def _goes_elsewhere(self) -> bool:
        return self._elsewhere is not None and self._position >= ELSEWHERE_FROM_BYTES and self._elsewhere.ready()

    def _advance_elsewhere(self, file: Path, size_bytes: int, *, finished: bool) -> bool:
        start, stop = self._position, min(size_bytes, self._position + ELSEWHERE_BYTES)
        ended = finished and stop == size_bytes
        if self._elsewhere is not None:
            pieces = self._elsewhere.run(formatted_pieces, self._formatter, file, start, stop, ended)
            for text, consumed, formatter in pieces:
                self._formatter = formatter
                self._position += consumed
                self._target.write(text)
        if self._position == start:
            self._elsewhere = None  # it can't: we go on here
        elif ended and self._position == stop:
            self._target.finish()
        return True


def format_text(text: str, language: str) -> str:
    """Format what a user wrote (up to some MB); it stays as it is where it is not of the language.

    {{name}} stays as it is, also in JSON in place of a value.
    """
    make = _FORMATTERS.get(language, _AsReceived)
    formatter: Formatter = JsonFormatter(variables=True) if language == "json" else make()
    data = text.encode("utf-8", "surrogatepass")
    pieces, position = [], 0
    while position < len(data):
        piece = data[position : position + PIECE_BYTES]
        formatted, consumed = formatter.feed(piece, ended=position + len(piece) == len(data))
        pieces.append(formatted)
        position += consumed
    return text if formatter.fault else b"".join(pieces).decode("utf-8", "surrogatepass")


class _AsReceived:
    """A language without line breaks of ours."""

    fault, depth = "", 0

    def feed(self, data: bytes, *, ended: bool) -> tuple[bytes, int]:
        return data, len(data)
