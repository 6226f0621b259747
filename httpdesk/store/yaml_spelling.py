"""YAML spelling: numbers that a reader would spell in another way are quoted before they are read."""

import re

# A number that is not written as Python would write it: 1.10, 007, 0x1F, 1e3, +5, more digits than a float holds.
_NUMBER = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+"
_KEY = r"(?:[\w.-]+|\"[^\"\\]*\"|'[^']*'): +"
_ENTRY = re.compile(rf"^(?P<start>\s*(?:- +)*{_KEY}|\s*(?:- +)+)(?P<number>{_NUMBER})(?P<end>[ \t]*(?:[ \t]#.*)?\r?)$")
_LIKELY = re.compile(r"(?m)[-:] +(?:[-+]?[0-9]+\.|[-+]?\.|\+|-?0[0-9xo]|[-0-9]+e|[-0-9]{16})", re.I)
_BLOCK = re.compile(r"[:-][ \t]+(?:[!&]\S+[ \t]+)*[|>][0-9+-]*[ \t]*(?:#.*)?\r?$")


def kept(text: str) -> str:
    """The text with such numbers quoted where they stand alone as a value; the same object where there are none."""
    if not _LIKELY.search(text):
        return text
    lines, block = text.split("\n"), -1
    found = False
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block >= 0 and (indent > block or not line.strip()):
            continue
        block = _block_indent(line) if _BLOCK.search(line) else -1
        match = _ENTRY.match(line)
        if match and not _is_usual(match["number"]):
            lines[number] = f'{match["start"]}"{match["number"]}"{match["end"]}'
            found = True
    return "\n".join(lines) if found else text


def with_numbers_as_written(values: object, spelled: object) -> object:
    """The spelled values where numbers alone are different; else (a text had such a line) the values."""
    return spelled if _differ_by_numbers(values, spelled) else values


def _differ_by_numbers(value: object, other: object) -> bool:
    if isinstance(value, dict) and isinstance(other, dict):
        return list(value) == list(other) and all(_differ_by_numbers(value[key], other[key]) for key in value)
    if isinstance(value, list) and isinstance(other, list):
        return len(value) == len(other) and all(map(_differ_by_numbers, value, other))
    if isinstance(value, int | float) and isinstance(other, str):
        return True
    return value == other


def _block_indent(line: str) -> int:
    """The column that the lines of a block text lie behind: that of its key, or of its dash."""
    start = len(line) - len(line.lstrip(" -"))
    return start - 2 if line[start : start + 1] in ("|", ">", "!", "&") else start


def _is_usual(number: str) -> bool:
    try:
        return str(int(number)) == number
    except ValueError:
        pass
    try:
        return repr(float(number)) == number
    except ValueError:
        return False
