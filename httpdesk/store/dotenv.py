"""The .env files of a workspace: lines NAME=VALUE, as shells and other tools read them."""

import re
from collections.abc import Iterable
from pathlib import Path

from httpdesk.core.environment import Variable, sounds_secret
from httpdesk.core.problem import Problem
from httpdesk.store import disk_faults, paths

FILE = ".env"
_LINE = re.compile(r"\s*(?:export\s+)?([^\s=#]+)\s*=\s*(.*?)\s*")
_SINGLE = re.compile(r"'([^']*+)'(?:\s+#.*)?")
_DOUBLE = re.compile(r"\"([^\"\\]*+(?>(?:\\.[^\"\\]*+)*))\"(?:\s+#.*)?")
_BARE_COMMENT = re.compile(r"(?<!\s)\s+#.*|^#.*")
_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}


def read_all(folder: Path, below: Iterable[str]) -> tuple[dict[str, tuple[Variable, ...]], tuple[Problem, ...]]:
    """The variables of the .env files in a folder and in some below it, by path, and what is wrong with the others."""
    found: dict[str, tuple[Variable, ...]] = {}
    faults: list[Problem] = []
    for path in ("", *below):
        name = f"{path}/{FILE}".lstrip("/")
        try:
            # A link in a stranger's folder must not fetch what lies elsewhere on the disk.
            file = paths.behind_links(folder, name)
            with disk_faults.told(file, "read"):
                if file.is_file():
                    disk_faults.check_readable(file.stat())
                    found[path] = parse(file.read_bytes(), name)
        except Problem as problem:
            faults.append(problem)
    return found, tuple(faults)


def parse(data: bytes, name: str) -> tuple[Variable, ...]:
    """The variables in the lines NAME=VALUE of a file; those that sound secret are. Raises Problem."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(f"{name} can't be read", "It is not UTF-8.", kind="broken-file", where=name) from error
    found: dict[str, Variable] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            reason = f"Line {number} is not NAME=VALUE."
            raise Problem(f"{name} can't be read", reason, kind="broken-file", where=name)
        found[match[1]] = _variable(match[1], _value(match[2]))
    return tuple(found.values())


def _value(text: str) -> str:
    """A value without its quotes and without the comment behind it."""
    if match := _SINGLE.fullmatch(text):
        return match[1]
    if match := _DOUBLE.fullmatch(text):
        return re.sub(r"\\[nt\"\\]", lambda found: _ESCAPES[found[0]], match[1])
    return _BARE_COMMENT.sub("", text)


def _variable(name: str, value: str) -> Variable:
    return Variable(name=name, value=value, secret=bool(value) and sounds_secret(name))
