"""Renaming: another name for a variable wherever {{name}} stands in a noun or in the values of a file."""

import re
from typing import Any, TypeVar

import msgspec

Noun = TypeVar("Noun")


class Renaming:
    """One change of a name; `count` says how many references it has met."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new, self.count = old, new, 0
        self._pattern = re.compile(r"(\{\{\s*)" + re.escape(old) + r"(\s*\}\})")

    def of(self, noun: Noun) -> Noun:
        """The noun, or values of dicts, lists and texts, with the new name; what has none is the same object."""
        return self._of(noun)  # type: ignore[no-any-return]

    def _of(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value) if "{{" in value else value
        if isinstance(value, dict):
            changed = {key: self._of(entry) for key, entry in value.items()}
            return changed if any(changed[key] is not value[key] for key in value) else value
        if isinstance(value, list | tuple):
            items = [self._of(item) for item in value]
            same = all(new is old for new, old in zip(items, value, strict=True))
            return value if same else type(value)(items)
        if isinstance(value, msgspec.Struct):
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            changes = {name: new for name, old in fields.items() if (new := self._of(old)) is not old}
            return msgspec.structs.replace(value, **changes) if changes else value
        return value

    def _text(self, text: str) -> str:
        changed, count = self._pattern.subn(lambda match: f"{match[1]}{self.new}{match[2]}", text)
        self.count += count
        return changed if count else text
