"""Variables: the chosen environment and what every {{name}} means in the window."""

import msgspec
from PySide6.QtCore import QObject, Signal

from httpdesk.core.collection import Saved
from httpdesk.core.environment import BUILT_IN, ECHO_PORT, Environment, Scope, Variable


class Variables(QObject):
    """The environments of the workspace, the chosen one, and the built-in {{echo}}.

    Values of secret variables live here until the program ends; files never get them.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.environments: tuple[Environment, ...] = ()
        self.chosen = ""
        # Where it will listen, as long as it does not say otherwise: a send waits for it, the picture need not.
        self._echo_url = f"http://127.0.0.1:{ECHO_PORT}"
        self._secrets: dict[tuple[str, str], str] = {}

    @property
    def current(self) -> Environment | None:
        """The chosen environment with its secret values, or None."""
        return next((self._revealed(env) for env in self.environments if env.name == self.chosen), None)

    def set_environments(self, environments: tuple[Environment, ...]) -> None:
        """Replace the list, as read from the files."""
        self.environments = environments
        self.changed.emit()

    def choose(self, name: str) -> None:
        """Make an environment the current one; "" for none."""
        if name != self.chosen:
            self.chosen = name
            self.changed.emit()

    def set_echo(self, url: str) -> None:
        """Where the local echo server listens; "" when it does not."""
        self._echo_url = url
        self.changed.emit()

    def keep_secrets(self, environment: Environment) -> Environment:
        """Remember the secret values of an edited environment; return it as it may be written to a file."""
        rows = []
        for variable in environment.variables:
            if variable.secret and variable.value:
                self._secrets[environment.name, variable.name] = variable.value
            else:
                self._secrets.pop((environment.name, variable.name), None)
            rows.append(msgspec.structs.replace(variable, value="") if variable.secret else variable)
        self.changed.emit()
        return msgspec.structs.replace(environment, variables=tuple(rows))

    def revealed(self) -> tuple[Environment, ...]:
        """Every environment with its secret values, for the editor."""
        return tuple(self._revealed(environment) for environment in self.environments)

    def scope(self, saved: Saved | None = None, environment: str | None = None) -> Scope:
        """What a request sees: environment, then its folders from near to far, then what is built in.

        The environment is the chosen one, or another one by its name; "" for none.
        """
        layers: list[tuple[str, tuple[Variable, ...]]] = []
        wanted = self.chosen if environment is None else environment
        if current := next((self._revealed(env) for env in self.environments if env.name == wanted), None):
            layers.append((current.name, current.variables))
        if saved:
            layers += [(name, defaults.variables) for name, defaults in saved.above]
        if self._echo_url:
            layers.append((BUILT_IN, (Variable(name="echo", value=self._echo_url),)))
        return Scope(*layers)

    def _revealed(self, environment: Environment) -> Environment:
        rows = tuple(
            msgspec.structs.replace(row, value=self._secrets.get((environment.name, row.name), row.value))
            if row.secret
            else row
            for row in environment.variables
        )
        return msgspec.structs.replace(environment, variables=rows)
