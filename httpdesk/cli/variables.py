"""Variables of the command line: from an environment file and from --var."""

from pathlib import Path

from httpdesk.core.environment import Environment, Scope, Variable
from httpdesk.core.problem import Problem


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
    from httpdesk.store import dotenv

    return Environment(name=path.name, variables=dotenv.parse(data, path.name))


def _unreadable(path: Path, error: Exception) -> Problem:
    missing = isinstance(error, FileNotFoundError)
    title = f"{path.name} does not exist" if missing else f"{path.name} can't be read"
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(
        title, f"{path}: {reason}.", kind="file-missing" if missing else "file-unreadable", where="environment"
    )
