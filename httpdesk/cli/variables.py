"""Variables of the command line: from an environment file and from --var."""

import re
from pathlib import Path

from httpdesk.core.environment import Environment, Scope, Variable
from httpdesk.core.problem import Problem

_LINE = re.compile(r"\s*(?:export\s+)?([^\s=#]+)\s*=\s*(.*?)\s*")
_SINGLE = re.compile(r"'([^']*+)'(?:\s+#.*)?")
_DOUBLE = re.compile(r"\"([^\"\\]*+(?>(?:\\.[^\"\\]*+)*))\"(?:\s+#.*)?")
_BARE_COMMENT = re.compile(r"(?<!\s)\s+#.*|^#.*")
_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}


def scope_of(env_file: str | None, pairs: tuple[str, ...]) -> Scope:
    """Where names are looked up: --var first, then the file. Raises Problem."""
    environment = load(Path(env_file)) if env_file else Environment()
    secret = {variable.name for variable in environment.variables if variable.secret}
    own = []
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise Problem(f"--var {pair} names no variable", "It is written NAME=VALUE.", where="--var")
        own.append(Variable(name=name.strip(), value=value, secret=name.strip() in secret))
    # The last of two with one name counts, as everywhere on a command line.
    return Scope(("--var", tuple(reversed(own))), (environment.name or "--env", environment.variables))


def load(path: Path) -> Environment:
    """An environment from a file of httpdesk (YAML) or from lines NAME=VALUE. Raises Problem."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if path.suffix.lower() in (".yml", ".yaml"):
        from httpdesk.store import environment_file, yaml_read

        return environment_file.read(yaml_read.mapping(data, path.name), path.stem)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(f"{path.name} can't be read", "It is not UTF-8.", kind="broken-file", where=path.name) from error
    return Environment(name=path.name, variables=tuple(_lines(text, path.name)))


def _lines(text: str, name: str) -> list[Variable]:
    found: dict[str, Variable] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            reason = f"Line {number} is not NAME=VALUE."
            raise Problem(f"{name} can't be read", reason, kind="broken-file", where=name)
        found[match[1]] = Variable(name=match[1], value=_value(match[2]))
    return list(found.values())


def _value(text: str) -> str:
    """A value without its quotes and without the comment behind it."""
    if match := _SINGLE.fullmatch(text):
        return match[1]
    if match := _DOUBLE.fullmatch(text):
        return re.sub(r"\\[nt\"\\]", lambda found: _ESCAPES[found[0]], match[1])
    return _BARE_COMMENT.sub("", text)


def _unreadable(path: Path, error: Exception) -> Problem:
    missing = isinstance(error, FileNotFoundError)
    title = f"{path.name} does not exist" if missing else f"{path.name} can't be read"
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(
        title, f"{path}: {reason}.", kind="file-missing" if missing else "file-unreadable", where="environment"
    )
