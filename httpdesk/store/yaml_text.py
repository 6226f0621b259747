"""YAML text: nouns written so that every reader, YAML 1.1 or 1.2, reads the same values back."""

import json
import math
import re
from collections.abc import Mapping, Sequence

Value = object
_PLAIN = re.compile(r"[A-Za-z/_.$(\u00a1-\u2027\u202a-\u2fff\u3001-\ud7ff][A-Za-z0-9/_.$()+*;=@~^|<>!?&%'\- ,:"
                    r"\u00a1-\u2027\u202a-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff01-\uff5e]*\Z")  # fmt: skip
_OTHER_TYPE = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|~|[-+]?\.inf|\.nan|=|<<)\Z|[-+]?[0-9._][0-9._:eExXobB+\-]*\Z", re.I
)
_MISREAD = re.compile(r": |:\Z| #|\A[-?:] |\A---|\A\.\.\.| \Z|\A ")
_NOT_IN_BLOCK = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SHORT_LIST = 70


def dump(value: Mapping[str, Value]) -> str:
    """The text of a mapping, a blank line between its top-level entries."""
    if not value:
        return "{}\n"
    lines: list[str] = []
    for key, entry in value.items():
        # A blank line after a block that keeps its line breaks would become part of it.
        if lines and lines[-1] != "":
            lines.append("")
        _entry(scalar(key), entry, "  ", lines)
    return "\n".join(lines) + "\n"


def scalar(value: Value) -> str:
    """One value on one line."""
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, Mapping | list | tuple):  # only empty ones stand on one line
        return "{}" if isinstance(value, Mapping) else "[]"
    text = str(value)
    if _PLAIN.match(text) and not _OTHER_TYPE.match(text) and not _MISREAD.search(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda match: _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}", text) + '"'


def _entry(key: str, value: Value, pad: str, lines: list[str]) -> None:
    """Write "key: value"; the key has its indentation, pad is that of its children."""
    if isinstance(value, str) and fits_block(value):
        _block(value, pad, lines, key + ": ")
    elif isinstance(value, Mapping):
        lines.append(key + (":" if value else ": {}"))
        for name, entry in value.items():
            _entry(pad + scalar(name), entry, pad + "  ", lines)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if short := _short_list(value):
            lines.append(f"{key}: {short}")
        else:
            lines.append(key + ":")
            _items(value, pad, lines)
    else:
        lines.append(f"{key}: {scalar(value)}")


def _short_list(values: Sequence[Value]) -> str:
    if any(isinstance(value, Mapping | list | tuple) or (isinstance(value, str) and "\n" in value) for value in values):
        return ""
    if sum(len(str(value)) for value in values) >= _SHORT_LIST:
        return ""
    risky = re.compile(r"[,\[\]{}:]")
    items = (_quoted(v) if isinstance(v, str) and risky.search(v) else scalar(v) for v in values)
    return f"[{', '.join(items)}]"


def _items(values: Sequence[Value], pad: str, lines: list[str]) -> None:
    for value in values:
        if isinstance(value, Mapping) and value:
            for number, (name, entry) in enumerate(value.items()):
                _entry((pad + "  " if number else pad + "- ") + scalar(name), entry, pad + "    ", lines)
        elif isinstance(value, Sequence) and not isinstance(value, str) and value:
            lines.append(f"{pad}-")
            _items(value, pad + "  ", lines)
        elif isinstance(value, str) and fits_block(value):
            _block(value, pad + "  ", lines, pad + "- ")
        else:
            lines.append(f"{pad}- {scalar(value)}")


def fits_block(text: str) -> bool:
    """Whether every reader agrees on a literal block: printable, first and last line with text."""
    if "\n" not in text or _NOT_IN_BLOCK.search(text):
        return False
    rows = text.rstrip("\n").split("\n")
    return bool(rows[0].strip()) and bool(rows[-1].strip())


def _block(text: str, pad: str, lines: list[str], start: str) -> None:
    body = text.rstrip("\n")
    breaks = len(text) - len(body)
    indent = "2" if body[:1] in (" ", "\t") else ""
    lines.append(f"{start}|{indent}{'-' if breaks == 0 else '' if breaks == 1 else '+'}")
    lines += [pad + row if row else "" for row in body.split("\n")]
    lines += [""] * (breaks - 1)
