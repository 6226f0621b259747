"""Variables: the chosen environment and what every {{name}} means in the window."""

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal

from httpdesk.core.collection import Level, Saved
from httpdesk.core.environment import BUILT_IN, ECHO_PORT, Environment, Layer, Scope, Shared, Variable, sounds_secret
from httpdesk.store.system_variables import of_system

# Names of what the editor shows like environments; an environment itself can't be called so.
GLOBALS, WORKSPACE = "\0globals", "\0workspace"


class Variables(QObject):
    """The environments of the workspace, the chosen one, and the built-in {{echo}}.

    Values of secret variables live here until the program ends; files never get them.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.environments: tuple[Environment, ...] = ()
        self.shared = Shared()
        self.chosen = ""
        # Where it will listen, as long as it does not say otherwise: a send waits for it, the picture need not.
        self._echo_url = f"http://127.0.0.1:{ECHO_PORT}"
        self._secrets: dict[tuple[str, str], str] = {}
        self.answers: dict[str, str] = {}
        """What the user answered last to each {{?Question}}; kept until the program ends."""
        self._system: tuple[Variable, ...] | None = None

    @property
    def current(self) -> Environment | None:
        """The chosen environment with its secret values, or None."""
        return self.named(self.chosen)

    def named(self, name: str) -> Environment | None:
        """An environment with its secret values, or None."""
        return next((self._revealed(env) for env in self.environments if env.name == name), None)

    def set_environments(self, environments: tuple[Environment, ...]) -> None:
        """Replace the list, as read from the files."""
        self.environments = environments
        self.changed.emit()

    def set_shared(self, shared: Shared) -> None:
        """Replace the variables that belong to no environment, as read from the files."""
        self.shared = shared
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

    def answer(self, answers: dict[str, str]) -> None:
        """Remember what the user answered, by question."""
        self.answers.update(answers)
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

    def revealed_shared(self) -> tuple[Environment, Environment]:
        """The variables of the user and of the workspace with their secret values, under GLOBALS and WORKSPACE."""
        both = (
            Environment(name=GLOBALS, variables=self.shared.globals),
            Environment(name=WORKSPACE, variables=self.shared.workspace),
        )
        return self._revealed(both[0]), self._revealed(both[1])

    def secret_values(self) -> set[str]:
        """Every secret value there is, to be kept out of reports."""
        groups = [each.variables for each in (*self.revealed(), *self.revealed_shared())]
        groups += [*self.shared.dotenv.values(), self._system or ()]
        answers = {answer for question, answer in self.answers.items() if sounds_secret(question)}
        return answers | {row.value for group in groups for row in group if row.secret}

    def scope(self, saved: Saved | None = None, environment: str | None = None, *, asking: bool = False) -> Scope:
        """What a request sees, the nearest first; README.md has the same order.

        The environment is the chosen one, or another one by its name; "" for none.
        `asking` is for who asks the user what {{?Question}} stands for; elsewhere it has no value.
        """
        above = saved.above if saved else ()
        user, workspace = self.revealed_shared()
        outside = self._dotenv(saved.path if saved else "")
        layers: list[Layer] = [
            (_words(name, defaults.level), defaults.variables)
            for name, defaults in above
            if defaults.level is not Level.COLLECTION
        ]
        if current := self.named(self.chosen if environment is None else environment):
            layers.append((current.name, current.variables))
        layers += [
            (_words(name, defaults.level), defaults.variables)
            for name, defaults in above
            if defaults.level is Level.COLLECTION
        ]
        layers += [*outside, (_tr("Workspace"), workspace.variables), (_tr("Globals"), user.variables)]
        if self._echo_url:
            layers.append((BUILT_IN, (Variable(name="echo", value=self._echo_url),)))
        if self._system is None:
            self._system = of_system()
        process = (*outside, (_tr("Operating system"), self._system))
        return Scope(*layers, process=process, answers=self.answers if asking else None)

    def _dotenv(self, path: str) -> list[Layer]:
        """The .env files that a request sees, the nearest first."""
        found = self.shared.dotenv.items()
        near = [(folder, rows) for folder, rows in found if not folder or path.startswith(f"{folder}/")]
        near.sort(key=lambda each: len(each[0]), reverse=True)
        return [(f"{folder}/.env".lstrip("/"), rows) for folder, rows in near]

    def _revealed(self, environment: Environment) -> Environment:
        rows = tuple(
            msgspec.structs.replace(row, value=self._secrets.get((environment.name, row.name), row.value))
            if row.secret
            else row
            for row in environment.variables
        )
        return msgspec.structs.replace(environment, variables=rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("variables", text)


def _words(name: str, level: Level) -> str:
    """Who gives a variable, for people."""
    words = {
        Level.REQUEST: _tr("This request"),
        Level.FOLDER: _tr("Folder {name}"),
        Level.COLLECTION: _tr("Collection {name}"),
    }
    return words[level].format(name=name)
