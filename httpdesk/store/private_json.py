"""Private JSON files: nouns of the program's own, readable by their owner only."""

import json
from pathlib import Path
from typing import TypeVar

import msgspec

from httpdesk.store import atomic

Noun = TypeVar("Noun")


def read(path: Path, kind: type[Noun], default: Noun) -> tuple[Noun, str]:
    """The noun in a file, and what went wrong; a file that can't be read is set aside, never deleted."""
    try:
        data = path.read_bytes()
        return msgspec.json.decode(data, type=kind), ""
    except FileNotFoundError:
        return default, ""
    except OSError as error:
        # Set aside, too: the next write would go over it.
        reason = f"{path.name} could not be read ({error.strerror})"
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        reason = f"{path.name} could not be understood ({error})"
    try:
        aside = atomic.set_aside(path)
    except OSError as fault:
        return default, f"{reason}, and it could not be set aside: {fault.strerror}."
    return default, f"{reason}; it was kept as {aside.name}."


def write(path: Path, noun: object) -> None:
    """Write a noun, indented for readers; raises OSError."""
    atomic.make_folder(path.parent, private=True)
    text = msgspec.json.format(_encoded(noun), indent=2)
    atomic.write(path, text + b"\n", private=True)


def _encoded(noun: object) -> bytes:
    """The noun as JSON; half a character, which no file can hold, becomes "?" and takes nothing else with it."""
    try:
        return msgspec.json.encode(noun)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(noun), ensure_ascii=False).encode("utf-8", "replace")
