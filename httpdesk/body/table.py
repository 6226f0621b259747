"""Table: the rows and columns of a body of any size, each cell as it was received."""

import csv
import json
import re
from functools import partial
from typing import NamedTuple

from httpdesk.body.records import RECORD_BYTES, RecordIndex, Scanner
from httpdesk.body.records_scan import CsvScanner, JsonScanner, LineScanner
from httpdesk.body.spool import Spool
from httpdesk.body.table_shape import Shape

_JUDGED_ROWS, _COLUMNS = 200, 500
COPY_BYTES = 8 << 20
_STRING = rb'"(?>(?:[^"\\]++|\\.)*)"'
_KEY = re.compile(rb"[\s,{]*+(" + _STRING + rb")\s*+:\s*+", re.S)
_ITEM = re.compile(rb"[\s,]*+")
_SCALAR = re.compile(_STRING + rb'|[^\s,{}\[\]"][^,{}\[\]"\n]*+', re.S)
_SIGN = re.compile(rb"[{}\[\]]|" + _STRING + rb'|"', re.S)
_KINDS = {ord('"'): "s_str", ord("t"): "s_kw", ord("f"): "s_kw", ord("n"): "s_kw", ord("{"): "text2", ord("["): "text2"}


class Cell(NamedTuple):
    """A value: strings without quotes and escapes, all else as it was sent; `role` is its colour."""

    text: str
    role: str = "text"


_NONE, _MORE = Cell("", "text3"), Cell("…", "text3")


class Table:
    """Finds its rows by advance() on any one thread; read on another."""

    def __init__(self, spool: Spool, shape: Shape) -> None:
        self._spool, self.shape = spool, shape
        self._index = RecordIndex(spool.read, shape.start, partial(_scanner, shape))
        self._judged = 0
        self._columns: tuple[str, ...] = ()
        self._has_header = shape.kind == "csv" and shape.has_header
        self._kept: dict[int, list[Cell]] = {}

    @property
    def count(self) -> int:
        """How many rows there are so far."""
        return max(0, self._index.count - self._has_header)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: of all keys of the first rows, or of the first line; the last one may say "…"."""
        return self._columns

    @property
    def has_header(self) -> bool:
        """Whether the first line of CSV names the columns."""
        return self._has_header

    def set_header(self, *, has_header: bool) -> None:
        """Take the first line of CSV for names, or for a row; while no thread is in advance()."""
        self._has_header, self._judged = has_header, 0
        self._kept.clear()
        self._judge()

    def advance(self) -> bool:
        """Find the rows of the next piece; False when there is nothing new."""
        ended = self._spool.finished  # before the size: what comes in between is not the end
        worked = self._index.advance(self._spool.size_bytes, ended=ended)
        if self._judged < min(_JUDGED_ROWS, self._index.count):
            self._judge()
        return worked

    def row(self, number: int) -> list[Cell]:
        """The cells of a row, one for each column."""
        cells = self._kept.get(number)
        if cells is None or len(cells) != len(self._columns):
            cells = self._cells(number, RECORD_BYTES)
            if len(self._kept) > 1000:
                self._kept.clear()
            self._kept[number] = cells
        return cells

    def whole_cell(self, number: int, column: int) -> str:
        """The text of a cell, all of it."""
        return self._cells(number, COPY_BYTES)[column].text

    def record(self, number: int) -> str:
        """A row as it was received."""
        data = self._index.record(number + self._has_header, COPY_BYTES)
        return self._trimmed(data).decode("utf-8", "replace")

    def _cells(self, number: int, limit_bytes: int) -> list[Cell]:
        data = self._trimmed(self._index.record(number + self._has_header, limit_bytes))
        if self.shape.kind == "csv":
            cells = [Cell(text) for text in self._fields(data)[: len(self._columns)]]
            return _fitted([*cells, *[_NONE] * (len(self._columns) - len(cells))], len(self._columns))
        members = _members(data)
        return _fitted([members.get(name, _NONE) for name in self._columns], len(self._columns))

    def _judge(self) -> None:
        """Name the columns after the rows that are here."""
        count = min(_JUDGED_ROWS, self._index.count)
        records = [self._trimmed(self._index.record(number)) for number in range(count)]
        if self.shape.kind == "csv":
            rows = [self._fields(data) for data in records]
            width = max(map(len, rows), default=0)
            names = rows[0] if rows and self._has_header else []
            self._columns = _limited([*names, *(str(place + 1) for place in range(len(names), width))][:width])
        else:
            found = dict.fromkeys(name for data in records for name in _members(data))
            self._columns = _limited(list(found))
        self._judged = count

    def _trimmed(self, data: bytes) -> bytes:
        return data.rstrip(b"\r\n") if self.shape.kind == "csv" else data.rstrip(b" \t\r\n,")

    def _fields(self, data: bytes) -> list[str]:
        text = data.decode("utf-8", "replace")
        try:
            rows = list(csv.reader(text.splitlines(keepends=True), delimiter=self.shape.delimiter))
        except csv.Error:
            return [text]
        return rows[0] if len(rows) == 1 else [text]


def _limited(names: list[str]) -> tuple[str, ...]:
    """The columns that are shown; "…" stands for all others."""
    return tuple(names) if len(names) <= _COLUMNS else (*names[:_COLUMNS], _MORE.text)


def _fitted(cells: list[Cell], width: int) -> list[Cell]:
    return cells[:width] if width <= _COLUMNS else [*cells[:_COLUMNS], _MORE]


def _scanner(shape: Shape) -> Scanner:
    if shape.kind == "csv":
        return CsvScanner(shape.delimiter)
    return JsonScanner() if shape.kind == "json" else LineScanner()


def _members(data: bytes) -> dict[str, Cell]:
    """The members of an object by name, the items of an array by place; anything else has no name."""
    if data[:1] not in (b"{", b"["):
        return {"": _cell(data)} if data else {}
    is_object = data[:1] == b"{"
    found: dict[str, Cell] = {}
    position, size = 1, len(data)
    while position < size and len(found) <= _COLUMNS:
        match = (_KEY if is_object else _ITEM).match(data, position)
        if match is None or match.end() >= size:
            break
        start = match.end()
        position = _value_end(data, start)
        if position <= start:
            break
        name = _words(match[1]) if is_object else str(len(found))
        found[name] = _cell(data[start:position])
    return found


def _value_end(data: bytes, start: int) -> int:
    """Behind the value that starts here; the end of the data where it is cut."""
    if data[start] not in b"{[":
        match = _SCALAR.match(data, start)
        return match.end() if match else len(data) if data[start] == ord('"') else start
    depth = 0
    for match in _SIGN.finditer(data, start):
        sign = match[0]
        if sign in (b"{", b"["):
            depth += 1
        elif sign in (b"}", b"]"):
            depth -= 1
            if not depth:
                return match.end()
        elif len(sign) == 1:
            break  # a string that is cut
    return len(data)


def _cell(raw: bytes) -> Cell:
    raw = raw.strip()
    role = _KINDS.get(raw[0], "s_num") if raw else "text3"
    return Cell(_words(raw) if role == "s_str" else raw.decode("utf-8", "replace"), role)


def _words(raw: bytes) -> str:
    """A string without quotes and escapes; as it is where that can't be."""
    text = raw.decode("utf-8", "replace")
    if "\\" not in text:
        return text[1:-1] if len(text) > 1 and text.endswith('"') else text
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text
