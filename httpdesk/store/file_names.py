"""File names made from names: safe on every system, unique in their folder."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST_BYTES = 60
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+')
_DEVICES = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
# Names with a meaning of their own in a collection.
_TAKEN = {"folder", "opencollection", "environments", "collection", "workspace"}


def safe(name: str) -> str:
    """A file name without ending for a name: NFC, at most 60 bytes, no device of Windows, never hidden or "..."."""
    text = unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode("utf-8")
    text = _FORBIDDEN.sub("-", text)
    text = re.sub(r"\s+", " ", text).strip(" .")
    while len(text.encode()) > _LONGEST_BYTES:
        text = text[:-1].rstrip(" .")
    text = text or "untitled"
    if text.split(".")[0].lower() in _DEVICES or text.lower() in _TAKEN or text[0] in "-.":
        text = "_" + text
    return text


def unique(name: str, taken: Iterable[str]) -> str:
    """A safe file name that is none of the taken ones, whatever the case: "Pets", "Pets 2"."""
    used = {unicodedata.normalize("NFC", other).casefold() for other in taken}
    base = candidate = safe(name)
    number = 2
    while candidate.casefold() in used:
        candidate, number = f"{base} {number}", number + 1
    return candidate
