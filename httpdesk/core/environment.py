"""Environments and the scope in which a variable is looked up."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from httpdesk.core import dynamic


class Variable(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A named value; a secret one never reaches a file, a log or the screen in clear."""

    name: str = ""
    value: str = ""
    description: str = ""
    enabled: bool = True
    secret: bool = False


class Environment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A set of variables such as "Staging"; `color` is #RRGGBB or empty.

    With a protected one, requests that may change something ask before they are sent.
    """

    name: str = ""
    color: str = ""
    protected: bool = False
    variables: tuple[Variable, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A looked-up value and where it came from, such as "Staging" or "Built-in".

    `about` says in words what a dynamic value is, where no value was made.
    """

    name: str
    value: str = ""
    about: str = ""
    source: str
    secret: bool = False


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """Variables that belong to no environment: of the user, of the workspace, and of the .env files in it.

    `dotenv` has them by the folder in which the file lies, a path in the workspace; "" is the workspace itself.
    """

    globals: tuple[Variable, ...] = ()
    workspace: tuple[Variable, ...] = ()
    dotenv: dict[str, tuple[Variable, ...]] = {}


BUILT_IN, ASKED = "Built-in", "Asked at send"
PROCESS = ("process.env.", "$env ")
"""What the name of a variable of the operating system or of an .env file may begin with."""
ECHO_PORT = 8377
"""Where the echo server behind {{echo}} listens, unless another program does."""


_CREDENTIAL = re.compile(
    r"(?i)secret|token|passw|passphrase|credential|private|signature|(^|_)(pass|pwd|auth|key)(_|$)|apikey"
)
Layer = tuple[str, tuple[Variable, ...]]


def sounds_secret(name: str) -> bool:
    """Whether a name is one that credentials have: files and systems that know no secret variables hold many."""
    return bool(_CREDENTIAL.search(name))


class Scope:
    """Layers of variables, the nearest first, over the dynamic values such as $uuid.

    `process` are the layers that {{process.env.NAME}} and {{$env NAME}} mean; other names do not find them. Where the
    user can be asked, `answers` has the last answers to {{?Question}}; `asked` then notes what was looked up. As long
    as there is no answer, a word made of the question stands for it.
    """

    def __init__(
        self, *layers: Layer, process: tuple[Layer, ...] = (), answers: Mapping[str, str] | None = None
    ) -> None:
        self._layers, self._process, self._answers = layers, process, answers
        self.asked: dict[str, str] = {}

    def find(self, name: str) -> Found | None:
        """The nearest value of this name; a dynamic value is new at each call, a secret without a value is unknown."""
        if found := _nearest(self._layers, name, name):
            return found
        if self._answers is not None and name.startswith("?") and (question := name[1:].strip()):
            answer = self._answers.get(question)
            self.asked[question] = answer or ""
            secret = bool(answer) and sounds_secret(question)
            value = _word_of(question) if answer is None else answer
            return Found(name=name, value=value, source=ASKED, secret=secret)
        for start in PROCESS:
            if name.startswith(start):
                return _nearest(self._process, name.removeprefix(start).strip(), name)
        if name.startswith("$") and (made := dynamic.value(name)) is not None:
            return Found(name=name, value=made, source=BUILT_IN)
        return None

    def all(self) -> Iterator[Found]:
        """Every name once with the value that counts, for completion."""
        seen: set[str] = set()
        yield from _each(self._layers, "", seen)
        for name, each in dynamic.DYNAMIC.items():
            if name not in seen:
                yield Found(name=name, about=each.about, source=BUILT_IN)
        yield from _each(self._process, PROCESS[0], seen)


def _word_of(question: str) -> str:
    return re.sub(r"\W+", "-", question).strip("-").lower() or "x"


def _nearest(layers: tuple[Layer, ...], name: str, shown: str) -> Found | None:
    for source, variables in layers:
        for variable in variables:
            if variable.enabled and variable.name == name and (variable.value or not variable.secret):
                return Found(name=shown, value=variable.value, source=source, secret=variable.secret)
    return None


def _each(layers: tuple[Layer, ...], start: str, seen: set[str]) -> Iterator[Found]:
    for source, variables in layers:
        for variable in variables:
            name = start + variable.name
            if variable.enabled and variable.name and name not in seen:
                seen.add(name)
                yield Found(name=name, value=variable.value, source=source, secret=variable.secret)
