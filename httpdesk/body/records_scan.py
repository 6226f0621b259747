"""Scanners: where records begin in a JSON array, in lines, and in CSV with quotes."""

import re

# Loops are unrolled: one turn for each string, not one for each part of it.
_STRING = rb'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"'
# Behind the first quote of a string, up to its end or to what is cut off.
_STRING_REST = re.compile(rb"[^\"\\]*+(?>(?:\\.[^\"\\]*+)*)", re.S)
_BETWEEN = re.compile(rb"[\s,]*+")
_FLAT = re.compile(rb'[^",{}\[\]]*+(?>(?:' + _STRING + rb'[^",{}\[\]]*+)*)', re.S)
_NESTED = re.compile(rb'[^"{}\[\]]*+(?>(?:' + _STRING + rb'[^"{}\[\]]*+)*)', re.S)
# Items with no more than one level inside them, and the commas behind them: most arrays are nothing else.
_INMOST = rb'[^"{}\[\]]*+(?>(?:' + _STRING + rb'[^"{}\[\]]*+)*)'
_INNER = rb'[^"{}\[\]]*+(?>(?:(?:' + _STRING + rb"|\{" + _INMOST + rb"\}|\[" + _INMOST + rb'\])[^"{}\[\]]*+)*)'
_ITEM = re.compile(rb"\{" + _INNER + rb"\}|\[" + _INNER + rb"\]", re.S)
_ITEMS = re.compile(rb"(?>(?:[\s,]*+(?:" + _ITEM.pattern + rb")\s*+,)*)", re.S)
_start = re.Match.start
_LINE_ENDS = re.compile(rb"[\r\n]*+")
_WHOLE_LINE = re.compile(rb"[^\r\n][^\n]*+\n")
_QUOTE, _BACKSLASH, _COMMA, _NEWLINE = b'"\\,\n'
_OPEN, _CLOSE = frozenset(b"{["), frozenset(b"}]")
# A quoted field that does not end within so many bytes is no quoted field.
QUOTED_BYTES = 1 << 18


class JsonScanner:
    """Stands behind the bracket of an array, or between two of its items."""

    def __init__(self) -> None:
        self.done = False
        self._depth = 0
        self._fresh = True
        self._in_string = False

    def starts(self, data: bytes, *, ended: bool) -> tuple[list[int], int]:
        """Where items start, and how many bytes are dealt with."""
        found: list[int] = []
        position, size = 0, len(data)
        while position < size and not self.done:
            if self._in_string:
                position = _STRING_REST.match(data, position).end()  # type: ignore[union-attr] # matches anything
                if position < size and data[position] == _BACKSLASH:
                    return found, size if ended else position  # what it stands before is not here yet
                self._in_string = position >= size
                position += 1
            elif self._fresh:
                position = _BETWEEN.match(data, position).end()  # type: ignore[union-attr]
                items = _ITEMS.match(data, position).end()  # type: ignore[union-attr]
                if items > position:
                    # At once: one by one they would take the interpreter from a window that paints.
                    found += map(_start, _ITEM.finditer(data, position, items))
                    position = items
                elif position < size:
                    self._fresh = False
                    if data[position] in _CLOSE:
                        self.done = True
                    else:
                        found.append(position)
            else:
                position = self._step(data, position)
        return found, min(position, size)

    def _step(self, data: bytes, position: int) -> int:
        """Go on to the next bracket (or comma between items) and behind it."""
        pattern = _NESTED if self._depth else _FLAT
        position = pattern.match(data, position).end()  # type: ignore[union-attr]
        if position >= len(data):
            return position
        byte = data[position]
        if byte in _OPEN:
            self._depth += 1
        elif byte in _CLOSE:
            if not self._depth:
                self.done = True
                return position
            self._depth -= 1
        elif byte == _QUOTE:
            self._in_string = True
        elif byte == _COMMA:
            self._fresh = True
        return position + 1


class LineScanner:
    """Each line that is not empty is a record."""

    done = False

    def __init__(self) -> None:
        self._fresh = True

    def starts(self, data: bytes, *, ended: bool) -> tuple[list[int], int]:
        """Where lines start; all is dealt with."""
        found: list[int] = []
        position, size = 0, len(data)
        while position < size:
            if self._fresh:
                position = _LINE_ENDS.match(data, position).end()  # type: ignore[union-attr]
                if position < size:
                    found.append(position)
                    self._fresh = False
            else:
                newline = data.find(b"\n", position)
                self._fresh = newline >= 0
                position = newline + 1 if newline >= 0 else size
        return found, size


class CsvScanner:
    """A record ends with a line, but not with one inside quotes; a quote counts only where a field begins."""

    done = False

    def __init__(self, delimiter: str) -> None:
        self._inside = False  # of a line that is longer than a piece
        self._separator = separator = delimiter.encode()
        between = re.escape(separator)
        field = (
            rb'(?:"[^"]*+(?>(?:""[^"]*+)*)"[^' + between + rb"\n]*+|[^" + between + rb'"\n][^' + between + rb"\n]*+|)"
        )
        self._record = re.compile(field + rb"(?>(?:" + between + field + rb")*)(?:\n|\Z)")

    def starts(self, data: bytes, *, ended: bool) -> tuple[list[int], int]:
        """Where records start, and how many bytes are dealt with: no record that is not whole."""
        found: list[int] = []
        position, size = 0, len(data)
        if self._inside:
            position = data.find(b"\n") + 1
            self._inside = not position
        if self._inside:
            return found, size
        if b'"' not in data and not ended and (whole := data.rfind(b"\n") + 1) > position:
            return [match.start() for match in _WHOLE_LINE.finditer(data, position, whole)], whole
        while True:
            position = _LINE_ENDS.match(data, position).end()  # type: ignore[union-attr]
            stop = self._stop(data, position, ended=ended) if position < size else -1
            if stop < 0:
                break
            found.append(position)
            position = stop
        self._inside = size - position >= QUOTED_BYTES
        return ([*found, position], size) if self._inside else (found, position)

    def _stop(self, data: bytes, start: int, *, ended: bool) -> int:
        """Behind the record that starts here; -1 when its end is not here yet."""
        newline = data.find(b"\n", start)
        line_end = newline + 1 if newline >= 0 else len(data)
        if data.find(b'"', start, line_end) < 0:
            return line_end if newline >= 0 or ended else -1
        match = self._record.match(data, start, min(len(data), start + QUOTED_BYTES))
        if match and (data[match.end() - 1] == _NEWLINE or (ended and match.end() == len(data))):
            return match.end()
        # Quotes that never end: the line is all there is.
        return line_end if ended or (newline >= 0 and len(data) - start >= QUOTED_BYTES) else -1
