"""Head: name, kind, order and method of a file from its first 2 KB, without a YAML parser."""

import re
from typing import NamedTuple

HEAD_BYTES = 2048
_LINE = re.compile(
    rb"(?m)^(?:(?P<section>[A-Za-z][\w-]*):[ \t]*(?P<inline>[^\r\n]*)\r?$"
    rb"|  (?P<key>name|type|seq|method):(?:[ \t]+(?P<value>[^\r\n]*))?\r?$)"
)
_SINGLE = re.compile(rb"'((?:[^']|'')*)'[ \t]*(?:#.*)?\Z")
_DOUBLE = re.compile(rb'"([^"\\]*)"[ \t]*(?:#.*)?\Z')
_COMMENT = re.compile(rb"(?:^|[ \t])#")
_NAMED = (b"info", b"meta")
_SENT = (b"http", b"graphql", b"grpc")


class Head(NamedTuple):
    """What the tree shows of a file; `kind` is "http", "folder" and so on, "" in the root file of a collection."""

    name: str
    kind: str
    seq: float
    method: str


def scan(start: bytes, *, whole: bool) -> Head | None:
    """The head in the first bytes of a file (`whole`: these are all); None where only a parser can tell."""
    found: dict[bytes, str] = {}
    sections: set[bytes] = set()
    section = b""
    for match in _LINE.finditer(start.removeprefix(b"\xef\xbb\xbf")):
        if match["section"]:
            section = match["section"]
            if section in sections or (section in (*_NAMED, *_SENT) and match["inline"].partition(b"#")[0].strip()):
                return None
            sections.add(section)
            continue
        key = match["key"]
        if (section in _NAMED and key != b"method") or (section in _SENT and key == b"method"):
            value = _value(match["value"] or b"")
            if value is None:
                return None
            found.setdefault(key, value)
            if key == b"method" and b"name" in found:
                break
    return _head(found, sections, whole)


def _head(found: dict[bytes, str], sections: set[bytes], whole: bool) -> Head | None:
    if b"name" not in found:
        return None
    kind = found.get(b"type", "")
    if not kind and b"opencollection" not in sections:
        return None
    if kind in ("http", "graphql") and b"method" not in found and not whole:
        return None
    try:
        seq = float(found.get(b"seq", "0"))
    except ValueError:
        return None
    return Head(found[b"name"], kind, seq, found.get(b"method", "") or "GET")


def _value(text: bytes) -> str | None:
    """A text that stands on one line; None where it is more than that."""
    text = text.strip()
    if text[:1] == b'"' and (match := _DOUBLE.match(text)):
        return match[1].decode("utf-8", "replace")
    if text[:1] == b"'" and (match := _SINGLE.match(text)):
        return match[1].replace(b"''", b"'").decode("utf-8", "replace")
    if b"#" in text:
        text = _COMMENT.split(text, maxsplit=1)[0].rstrip()
    if not text or text[:1] in b"|>&*!%@`[]{}\"'?-:," or b": " in text or text.endswith(b":"):
        return None
    return text.decode("utf-8", "replace")
