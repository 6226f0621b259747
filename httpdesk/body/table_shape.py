"""Table shape: whether the first bytes of a body are rows of a table, and how they are divided."""

import csv
import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

_LINES = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"})
_CSV = frozenset({"text/csv", "application/csv", "text/tab-separated-values", "text/x-csv"})
_DELIMITERS = ",;\t|"
_JUDGED_ROWS, _PLAIN_ROWS, _DEEPEST = 20, 3, 3
_TOKEN = re.compile(r'"((?>(?:[^"\\]++|\\.)*))"|[{}\[\]]', re.S)
_NUMBER = re.compile(r"\s*[-+]?[\d.,\s]*\d[\d.,\s%]*(?:e[-+]?\d+)?\s*", re.I)


class Shape(msgspec.Struct, frozen=True):
    """How rows are divided: items of the JSON array that starts at byte `start` (`name`: its key), lines, or CSV."""

    kind: Literal["json", "lines", "csv"]
    start: int = 0
    name: str = ""
    delimiter: str = ","
    has_header: bool = False


def shape_of(language: str, media_type: str, head: bytes) -> Shape | None:
    """The shape of a body in UTF-8 whose first bytes these are; None when it is no table."""
    mark = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    text = head[mark:].decode("utf-8", "replace")
    if language == "json":
        if media_type in _LINES or _is_lines(text):
            return Shape("lines", mark)
        return _array(text, mark)
    if language == "text":
        return _csv(text, mark, declared=media_type in _CSV)
    return None


def _is_lines(text: str) -> bool:
    first, _, rest = text.lstrip().partition("\n")
    try:
        return rest.lstrip().startswith("{") and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _array(text: str, mark: int) -> Shape | None:
    """The first array of objects, not too deep; the array that is all of the body may hold arrays too."""
    depth, key = 0, ""
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign[0] == '"':
            key = token[1]
        elif sign in "}]":
            depth -= 1
        else:
            following = text[token.end() : token.end() + 1000].lstrip()[:1]
            if sign == "[" and (following == "{" or (not depth and following == "[")):
                start = mark + len(text[: token.end()].encode("utf-8", "replace"))
                return Shape("json", start, key if depth else "")
            depth += 1
            if depth > _DEEPEST or sign == "[":
                return None
    return None


def _csv(text: str, mark: int, *, declared: bool) -> Shape | None:
    lines = text.splitlines(keepends=True)
    whole = lines[:-1] if len(lines) > 1 and not lines[-1].endswith("\n") and len(text) > 1000 else lines
    best: tuple[float, str, list[list[str]]] = (0.0, ",", [])
    for delimiter in _DELIMITERS:
        rows = rows_of(whole[: 4 * _JUDGED_ROWS], delimiter)[:_JUDGED_ROWS]
        widths = Counter(map(len, rows))
        if widths:
            width, times = widths.most_common(1)[0]
            share = times / len(rows) if width > 1 else 0.0
            if (share, min(width, 3)) > (best[0], 0) and share > best[0]:
                best = share, delimiter, rows
    share, delimiter, rows = best
    if not declared and (share < 1 or len(rows) < _PLAIN_ROWS):
        return None
    if not rows:
        rows = rows_of(whole[:_JUDGED_ROWS], delimiter)
    if rows and len(lines) == 1 and len(text) > 1000:
        # A first line whose end is not here yet: its last name may be cut, and more will follow.
        rows = [rows[0][:-1], []] if len(rows[0]) > 1 else rows
    return Shape("csv", mark, "", delimiter, _has_header(rows)) if rows else None


def rows_of(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """The fields of CSV lines; of lines that are no CSV nothing."""
    try:
        return [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return []


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Names are different words, not numbers, and there is something below them."""
    first = [cell.strip() for cell in rows[0]]
    return (
        len(rows) > 1
        and all(first)
        and len(set(first)) == len(first)
        and not any(_NUMBER.fullmatch(cell[:100]) or len(cell) > 100 for cell in first)
    )
