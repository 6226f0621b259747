"""SVG without what leads out of it: rewritten from its parsed form, so that a reader sees nothing else than we did."""

import base64
import binascii
import re
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

LIMIT_BYTES = 4 << 20
_PIECE_BYTES = 1 << 14
_DEPTH = 1000
_NEVER = frozenset({"script", "foreignObject", "iframe", "handler", "audio", "video", "tref"})
_ANIMATIONS = frozenset({"set", "animate", "animateMotion", "animateTransform", "animateColor"})
_OUTSIDE = re.compile(r"url\(\s*(?![\s\"']*#)|@import|\\", re.I)
_PICTURE = re.compile(r"\s*data:image/(?:png|jpe?g|gif)\s*;\s*base64\s*,", re.I)
_STARTS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8")


class SvgFault(Exception):
    """Why an SVG is not drawn, in words."""


class Clean(NamedTuple):
    """The drawing in UTF-8, and how many references to other files and addresses were left out."""

    data: bytes
    removed: int


def clean(data: bytes) -> Clean:
    """The drawing without scripts, entities and references. Raises SvgFault."""
    if len(data) > LIMIT_BYTES:
        raise SvgFault("The drawing is larger than 4 MB.")
    writer = _Writer()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.EntityDeclHandler = writer.entity
    parser.ProcessingInstructionHandler = writer.instruction
    try:
        for at in range(0, len(data), _PIECE_BYTES):
            parser.Parse(data[at : at + _PIECE_BYTES], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise SvgFault(f"It is not well formed: line {error.lineno}, {expat.ErrorString(error.code)}.") from error
    return Clean("".join(writer.parts).encode("utf-8", "replace"), writer.removed)


class _Writer:
    """Takes the events of the parser and writes what may stay."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.removed = 0
        self._depth = 0
        self._skips_from = 0  # the depth of the element that is left out with all that is in it; 0 for none
        self._style: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise SvgFault(f"It is nested more than {_DEPTH} levels deep.")
        if self._skips_from:
            return
        local = name.rpartition(":")[2]
        moves_link = local in _ANIMATIONS and attributes.get("attributeName", "").rpartition(":")[2] == "href"
        if local in _NEVER or moves_link:
            self._skips_from = self._depth
            return
        kept = [f" {key}={quoteattr(value)}" for key, value in attributes.items() if self._may_stay(local, key, value)]
        self.parts.append(f"<{name}{''.join(kept)}>")
        if local == "style":
            self._style = []

    def end(self, name: str) -> None:
        if self._skips_from:
            if self._skips_from == self._depth:
                self._skips_from = 0
        else:
            self._end_style()
            self.parts.append(f"</{name}>")
        self._depth -= 1

    def text(self, words: str) -> None:
        if self._skips_from:
            return
        if self._style is not None:
            self._style.append(words)
        else:
            self.parts.append(escape(words))

    def entity(self, *_facts: object) -> None:
        raise SvgFault("It declares entities, which can be made to grow without end.")

    def instruction(self, target: str, _data: str) -> None:
        self.removed += target == "xml-stylesheet"

    def _end_style(self) -> None:
        if self._style is None:
            return
        words = "".join(self._style)
        self._style = None
        if _OUTSIDE.search(words):
            self.removed += 1
        else:
            self.parts.append(escape(words))

    def _may_stay(self, element: str, key: str, value: str) -> bool:
        local = key.rpartition(":")[2].lower()
        if local.startswith("on") or key == "xml:base":
            return False
        if local in ("href", "src"):
            if element == "a":
                return False  # nothing is loaded by it, and nothing can be clicked
            leads_out = not value.lstrip().startswith("#") and not _is_picture(value)
        else:
            leads_out = _OUTSIDE.search(value) is not None
        self.removed += leads_out
        return not leads_out


def _is_picture(value: str) -> bool:
    """Whether a data address holds a picture of bytes, whatever it calls itself: not another drawing."""
    match = _PICTURE.match(value)
    if match is None:
        return False
    try:
        start = base64.b64decode("".join(value[match.end() : match.end() + 64].split())[:16])
    except (binascii.Error, ValueError):
        return False
    return start.startswith(_STARTS)
