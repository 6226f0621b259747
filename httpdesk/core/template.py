"""Templates: {{name}} in any text of a request, replaced by the value that the scope gives."""

import re

from httpdesk.core.environment import Scope
from httpdesk.core.problem import Problem
from httpdesk.core.redact import MASK

# From one character that is no space to the last: spaces that could belong to two parts would cost their cube.
REFERENCE = re.compile(r"\{\{\s*([^{}\s](?:[^{}]*[^{}\s])?)\s*\}\}")
_DEPTH_LIMIT = 16


def names_in(text: str) -> tuple[str, ...]:
    """The variable names that a text refers to, in order, each once."""
    return tuple(dict.fromkeys(REFERENCE.findall(text)))


class Resolver:
    """Replaces references and remembers what was missing, what was used and which values are secret.

    `missing` holds (name, where) pairs; `used` maps each name to its value; `secrets` are values to redact.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.missing: list[tuple[str, str]] = []
        self.used: dict[str, str] = {}
        self.secrets: set[str] = set()
        self._secret_uses = 0

    def text(self, text: str, where: str, _path: tuple[str, ...] = ()) -> str:
        """The text with every reference replaced; an unknown one stays as written and is noted.

        Raises Problem where variables refer to each other in a circle.
        """
        if "{{" not in text:
            return text
        return REFERENCE.sub(lambda match: self._value(match, where, _path), text)

    def _value(self, match: re.Match[str], where: str, path: tuple[str, ...]) -> str:
        name = match.group(1)
        if name in path or len(path) >= _DEPTH_LIMIT:
            circle = " → ".join((*path, name))
            raise Problem("Variables refer to each other in a circle", circle, kind="variable-circle", where=where)
        found = self._scope.find(name)
        if found is None:
            if (name, where) not in self.missing:
                self.missing.append((name, where))
            return match.group(0)
        secrets_before = self._secret_uses
        value = self.text(found.value, where, (*path, name))
        if found.secret and value:
            self.secrets.add(value)
            self._secret_uses += 1
        # Masked too: a value that is open itself, but holds a secret one.
        self.used[name] = MASK if self._secret_uses > secrets_before else value
        return value
