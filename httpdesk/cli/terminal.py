"""The terminal: colours where it has them, and no control characters of strangers."""

import os
import re
import sys
from collections.abc import Iterable
from typing import TextIO

from httpdesk.body.lexing import Span

# Roles of body/lexing.py and of heads as SGR parameters (ECMA-48).
_COLOURS = {
    "s_key": "36",
    "s_str": "32",
    "s_num": "33",
    "s_kw": "35",
    "s_tag": "34",
    "s_com": "90",
    "s_punct": "90",
    "good": "1;32",
    "hint": "90",
    "warning": "1;33",
    "bad": "1;31",
}
# An escape sequence of a server could rename the window, or type for the user; all but the tab is shown instead.
_VIRTUAL_TERMINAL = 4
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]")


def has_colours(stream: TextIO) -> bool:
    """Whether to colour what goes to this stream."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    return _switch_on(stream)


def safe(text: str) -> str:
    """The text of one line with control characters made visible."""
    return _CONTROL.sub(_shown, text)


def coloured(text: str, role: str, *, colours: bool) -> str:
    """A text in the colour of a role, where there are colours."""
    colour = _COLOURS.get(role) if colours else None
    return f"\x1b[{colour}m{text}\x1b[0m" if colour else text


def row(text: str, spans: Iterable[Span], *, colours: bool) -> str:
    """A row of a body, safe and with its colours."""
    if not colours:
        return safe(text)
    pieces, position = [], 0
    for start, length, role in spans:
        pieces.append(safe(text[position:start]))
        position = start + length
        pieces.append(coloured(safe(text[start:position]), role, colours=True))
    pieces.append(safe(text[position:]))
    return "".join(pieces)


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _switch_on(stream: TextIO) -> bool:
    """Let a console of Windows understand colours; whether it does."""
    if sys.platform != "win32":
        return True
    else:  # noqa: RET505 - mypy would not see that this is of Windows
        import ctypes
        import msvcrt

        handle = msvcrt.get_osfhandle(stream.fileno())
        mode = ctypes.c_ulong()
        kernel = ctypes.windll.kernel32
        if not kernel.GetConsoleMode(handle, ctypes.byref(mode)):
            return False
        return bool(kernel.SetConsoleMode(handle, mode.value | _VIRTUAL_TERMINAL))
