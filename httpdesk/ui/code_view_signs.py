"""Signs: what stands in for characters that would be invisible or would reorder the text around them."""

import re
import unicodedata

# Controls but tab, soft hyphen and fillers, joiners and marks of direction, line separators, tags, noncharacters, and
# bytes that are no UTF-8 (lone surrogates). A joiner between letters of scripts and emoji that need it stays.
_ODD = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
# Only signs that the code font has: a bare machine has no other font.
_CONTROL, _LINE, _ZERO_WIDTH, _LEFTWARD, _RIGHTWARD, _INVALID = "□¶◦\u2039\u203a\N{REPLACEMENT CHARACTER}"
_SIGNS = (
    dict.fromkeys((10, 13, 133, 8232, 8233), _LINE)
    | dict.fromkeys((8207, 1564, 8235, 8238, 8295), _LEFTWARD)
    | dict.fromkeys((8206, 8234, 8237, 8294), _RIGHTWARD)
)
_CONTROL_NAMES = dict(
    enumerate(
        (
            *("NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION", "ENQUIRY"),
            *("ACKNOWLEDGE", "BELL", "BACKSPACE", "TAB", "LINE FEED", "VERTICAL TAB", "FORM FEED", "CARRIAGE RETURN"),
            *("SHIFT OUT", "SHIFT IN", "DATA LINK ESCAPE", "DEVICE CONTROL ONE", "DEVICE CONTROL TWO"),
            *("DEVICE CONTROL THREE", "DEVICE CONTROL FOUR", "NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE"),
            *("END OF TRANSMISSION BLOCK", "CANCEL", "END OF MEDIUM", "SUBSTITUTE", "ESCAPE", "FILE SEPARATOR"),
            *("GROUP SEPARATOR", "RECORD SEPARATOR", "UNIT SEPARATOR"),
        )
    )
) | {0x7F: "DELETE"}


def make_visible(characters: str) -> tuple[str, list[int]]:
    """The text with each odd character replaced by one sign, and where the signs are."""
    if characters.isascii() and characters.isprintable():
        return characters, []
    places = [match.start() for match in _ODD.finditer(characters)]
    if places:
        shown = list(characters)
        for place in places:
            shown[place] = _sign(ord(shown[place]))
        characters = "".join(shown)
    return characters, places


def name_of(character: str) -> str:
    """What a character is, such as "U+202E RIGHT-TO-LEFT OVERRIDE", or "byte FF" for one that is not UTF-8."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"byte {code - 0xDC00:02X}"
    name = _CONTROL_NAMES.get(code) or unicodedata.name(character, "CONTROL")
    return f"U+{code:04X} {name}"


def _sign(code: int) -> str:
    if code in _SIGNS:
        return _SIGNS[code]
    if 0xD800 <= code <= 0xDFFF:
        return _INVALID
    return _CONTROL if code < 0xA0 else _ZERO_WIDTH
