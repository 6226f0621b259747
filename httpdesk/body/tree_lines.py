"""Lines of formatted JSON and XML: what begins on one, and how the children of another are found."""

import re
from functools import cache
from typing import Literal, NamedTuple

Kind = Literal["object", "array", "string", "number", "word", "element", "comment", "text", "attribute", "other"]

_STRING = rb"\"[^\"\\]*+(?>(?:\\.[^\"\\]*+)*)\""
_MEMBER = re.compile(rb" *+(?:(" + _STRING + rb"|[-+.\w$]++) ?: ?)?(?=(.?))", re.DOTALL)
_EMPTY = re.compile(rb"\[ ?\]|\{ ?\}")
_VALUES = rb"[^>\"']*+(?>(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*)"
_TAG = re.compile(rb" *+<([^\s/>\"'=<!?]++)(" + _VALUES + rb")>")
_NAME = re.compile(rb" *+<([^\s/>\"'=<!?]++)")
_DECLARATION = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!(?!--|\[CDATA\[)[^>\[]*+(?:\[[^\]]*+\][^>]*+)?>", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"([^\s=\"'/]++)\s*+=\s*+(\"[^\"]*+\"|'[^']*+')")
_INSIDE = re.compile(rb"[^<]*+(?>(?:(?:<!\[CDATA\[.*?\]\]>|<(?![A-Za-z_:\x80-\xff/!?]))[^<]*+)*)", re.DOTALL)
_KINDS: dict[bytes, Kind] = {b"{": "object", b"[": "array", b'"': "string"}
_NUMBER = re.compile(rb"[-+]?(?:\.?\d|Infinity)|NaN")


class Part(NamedTuple):
    """An attribute or the text of an element: its name, and its bytes counted from the start of the line."""

    kind: Kind
    name: str
    start: int
    stop: int


class Head(NamedTuple):
    """What begins on a line: its key (as received; of JSON with its quotes) and where its value is, from the line on.

    `stop` is -1 where the value goes on behind what was read. `opens`: children on lines of their own may follow.
    """

    kind: Kind
    key: str
    start: int
    stop: int
    opens: bool = False
    parts: tuple[Part, ...] = ()


def json_head(data: bytes) -> Head:
    """Read a line of JSON; `data` begins with it and may be more or less than it."""
    stop = data.find(b"\n")
    line = data if stop < 0 else data[:stop]
    match = _MEMBER.match(line)
    if match is None:
        return Head("other", "", 0, stop)
    key, start, sign = _text(match[1] or b""), match.end(), match[2]
    kind = _KINDS.get(sign) or ("number" if _NUMBER.match(line, start) else "word" if sign.isalpha() else "other")
    if stop > start and line.endswith(b","):
        stop -= 1
    opens = kind in ("object", "array") and _EMPTY.match(line, start) is None
    return Head(kind, key, start, stop, opens=opens)


def xml_head(data: bytes) -> Head:
    """Read what begins on a line of XML; `data` begins with it and may be more or less than it."""
    tag = _TAG.match(data)
    if tag is None:
        return _other_markup(data)
    parts = tuple(
        Part("attribute", "@" + _text(found[1]), tag.start(2) + found.start(2) + 1, tag.start(2) + found.end(2) - 1)
        for found in _ATTRIBUTE.finditer(tag[2])
    )
    name, start = _text(tag[1]), tag.end()
    if tag[2].endswith(b"/"):
        return Head("element", name, start, start, parts=parts)
    inside = _INSIDE.match(data, start)
    stop = inside.end() if inside else start
    whole = stop < len(data)
    text = data[start:stop]
    if whole and data.startswith(b"</", stop):
        if parts and text.strip():
            parts += (Part("text", "#text", start, stop),)
        return Head("element", name, start, stop, parts=parts)
    if whole and text.strip():
        parts += (Part("text", "#text", start, start + len(text.rstrip())),)
    return Head("element", name, start, stop if whole else -1, opens=whole, parts=parts)


def _other_markup(data: bytes) -> Head:
    start = len(data) - len(data.lstrip(b" "))
    rest = data[start : start + 2]
    if rest in (b"<!", b"<?"):
        end = _DECLARATION.match(data, start)
        return Head("comment", "", start, end.end() if end else -1)
    name = _NAME.match(data)
    if name is not None:
        return Head("element", _text(name[1]), name.end(), -1)
    stop = data.find(b"<", start)
    return Head("text", "", start, stop if stop < 0 else start + len(data[start:stop].rstrip()))


@cache
def children_of(language: str, level: int) -> re.Pattern[bytes]:
    """What finds the lines of children of something on a level (-1: of everything), and its end (group "close").

    An element is a group "element"; "<!--" and "<![CDATA[" are found so that they can be skipped.
    """
    pad = b"  " * max(0, level)
    if language == "json":
        close, child, more = rb"[\]}]", rb"(?![ \n\]}/,:])", b""
    else:
        close, child, more = rb"</", rb"(?:(?P<element><[^!?/\s])|(?![ \n]|</))", rb"|<!--|<!\[CDATA\["
    if level < 0:
        return re.compile(rb"\n" + child + rb"(?P<close>(?!))?" + more)
    return re.compile(rb"\n" + pad + rb"(?:(?P<close>" + close + rb")|  " + child + rb")" + more)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
