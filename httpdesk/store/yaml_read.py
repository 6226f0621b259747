"""YAML read: text of strangers to plain values, by YAML 1.2, bounded before a parser sees it."""

import re

from httpdesk.core.problem import Problem
from httpdesk.store import yaml_aliases, yaml_spelling

_LARGEST_BYTES = 64 << 20
_DEEPEST = 200
_LINE = re.compile(r"line (\d+)")
_FLOW = re.compile(r"[\[\]{}]")
_STAIRS = re.compile(r"(?m)^[ ]*(?:[-?:][ \t]+){100}")
_DEEP = re.compile(rf"(?m)^[ ]{{{_DEEPEST}}}")
_DOCUMENT = re.compile(r"(?m)^(?:---|\.\.\.)(?:\s|\Z)")


def load(data: bytes, name: str) -> object:
    """The values of a YAML file; raises Problem (kind "broken-file") with the reason and the line.

    Numbers that would come back spelled in another way ("1.10", "007") are texts.
    """
    if len(data) > _LARGEST_BYTES:
        raise _broken(name, f"It is larger than {_LARGEST_BYTES >> 20} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _broken(name, f"Line {line} is not UTF-8.") from error
    _guard(text, name)
    import yaml12

    try:
        values = yaml12.parse_yaml(text)
        spelled = yaml_spelling.kept(text)
        return values if spelled is text else yaml_spelling.with_numbers_as_written(values, yaml12.parse_yaml(spelled))
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split()).removeprefix("YAML parse error: ")
        line = int(found.group(1)) if (found := _LINE.search(reason)) else 0
        raise _broken(name, f"Line {line}: {reason}." if line else f"{reason}.") from error


def mapping(data: bytes, name: str) -> dict[str, object]:
    """The values of a YAML file that must be a mapping."""
    value = load(data, name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _broken(name, "It is not a mapping of names to values.")
    return {str(key): entry for key, entry in value.items()}


def is_one_document(text: str) -> bool:
    """Whether a text holds nothing besides its first document."""
    return _DOCUMENT.search(text) is None and not text.startswith("%")


def _guard(text: str, name: str) -> None:
    """Refuse what makes parsers burn: deep brackets, deep indentation, aliases that multiply."""
    depth = deepest = 0
    for match in _FLOW.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        deepest = max(deepest, depth)
        if deepest > 10 * _DEEPEST:
            raise _broken(name, "It is nested too deeply.")
    if _STAIRS.search(text) or (_DEEP.search(text) and _steps(text) > _DEEPEST):
        raise _broken(name, "It is nested too deeply.")
    if not yaml_aliases.are_harmless(text):
        raise _broken(name, "Its aliases multiply without end.")


def _steps(text: str) -> int:
    """How often lines are indented more and more, at the most."""
    indents: list[int] = [-1]
    most = 0
    for line in text.split("\n"):
        if line.strip():
            indent = len(line) - len(line.lstrip(" "))
            while indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            most = max(most, len(indents))
    return most


def _broken(name: str, reason: str) -> Problem:
    return Problem(f"{name} can't be read", reason, kind="broken-file", where=name)
