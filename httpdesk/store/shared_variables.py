"""Shared variables: those of the workspace, in workspace.yml, and those of the user, in a file of their own."""

from pathlib import Path

from httpdesk.core.environment import Variable
from httpdesk.store import disk_faults, environment_file, merging, yaml_change, yaml_read
from httpdesk.store.files import Files
from httpdesk.store.plain import Values, part

_VERSION = "1.0.0"


def read_workspace(files: Files, path: Path) -> tuple[Variable, ...]:
    """The variables of a workspace; none where the file is missing. Raises Problem."""
    values = files.read(path) if path.is_file() else {}
    return environment_file.read_variables(part(values, "extensions", "httpdesk").get("variables"))


def write_workspace(files: Files, path: Path, variables: tuple[Variable, ...], name: str) -> None:
    """Write the variables of a workspace; a new file gets its name. Raises Problem."""
    _write(files, path, variables, {"workspace": _VERSION, "info": {"name": name}}, ("extensions", "httpdesk"))


class GlobalVariables:
    """The file with the variables of the user; all methods block and raise Problem."""

    def __init__(self, path: Path) -> None:
        self._path, self._files = path, Files()

    def read(self) -> tuple[Variable, ...]:
        """The variables; none where the file is missing."""
        values = self._files.read(self._path) if self._path.is_file() else {}
        return environment_file.read_variables(values.get("variables"))

    def save(self, variables: tuple[Variable, ...]) -> None:
        """Write the variables, without secret values."""
        with disk_faults.told(self._path, "saved"):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(self._files, self._path, variables, {}, ())


def _write(files: Files, path: Path, variables: tuple[Variable, ...], new: Values, keys: tuple[str, ...]) -> None:
    data = files.data_or_none(path)
    files.stamps.check(path, data)
    if data is None:
        if variables:
            files.create(path, {**new, **_below(variables, keys)})
        return
    raw = yaml_read.mapping(data, path.name)
    before = environment_file.read_variables(part(raw, *keys).get("variables"))
    changed = merging.merged(raw, _below(before, keys), _below(variables, keys))
    if isinstance(changed, dict):
        files.replace(path, data, yaml_change.changed(data, raw, changed, path.name))


def _below(variables: tuple[Variable, ...], keys: tuple[str, ...]) -> Values:
    values: Values = {"variables": environment_file.write_variables(variables)} if variables else {}
    for key in reversed(keys):
        values = {key: values} if values else {}
    return values
