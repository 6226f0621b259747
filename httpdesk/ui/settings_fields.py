"""Kinds of settings: what a field of the settings page shows, how typed text becomes a value, where the value lives."""

from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QCoreApplication

from httpdesk.core.options import Effective, effective
from httpdesk.core.settings import Settings

Noun = TypeVar("Noun", bound=msgspec.Struct)


class Wrong(Exception):
    """Typed text that is no value; the message says what to type instead."""


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its unit inside the field; an empty field means `empty` and says `placeholder`."""

    unit: str = ""
    whole: bool = False
    lowest: float = 0
    highest: float = 1_000_000
    empty: float | None = None
    placeholder: str = ""
    wrong: str = ""

    def text(self, value: float) -> str:
        """The value as typed."""
        return "" if value == self.empty else f"{value:.10g}"

    def parse(self, text: str) -> float | int:
        """The value of typed text."""
        text = text.strip()
        if self.empty is not None and text.lower() in ("", "none", self.placeholder):
            return int(self.empty) if self.whole else self.empty
        # Only now: a unit alone is no value, as when "soon" is typed.
        text = text.removesuffix(self.unit).strip()
        try:
            value = int(text) if self.whole else float(text.replace(",", "."))
        except ValueError:
            raise Wrong(self.wrong) from None
        if not self.lowest <= value <= self.highest:
            raise Wrong(self.wrong)
        return value


class Toggle(msgspec.Struct, frozen=True, kw_only=True):
    """A switch."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of a few values, each with its words; a short list stands in a row."""

    values: tuple[tuple[object, str], ...]
    in_a_row: bool = False


class Themes(msgspec.Struct, frozen=True, kw_only=True):
    """The theme as pictures."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of text; a `secret` one is masked."""

    placeholder: str = ""
    secret: bool = False
    starts: tuple[str, ...] = ()
    wrong: str = ""

    def text(self, value: str) -> str:
        """The value as typed."""
        return value

    def parse(self, text: str) -> str:
        """The value of typed text."""
        text = text if self.secret else text.strip()
        if text and self.starts and not text.lower().startswith(self.starts):
            raise Wrong(self.wrong)
        return text


class File(msgspec.Struct, frozen=True, kw_only=True):
    """The path of a file, with a button that looks for it; `kinds` is a filter of the file dialog."""

    placeholder: str = ""
    kinds: str = ""
    wrong: str = "There is no file at this path."

    def text(self, value: str) -> str:
        """The value as typed."""
        return value

    def parse(self, text: str) -> str:
        """The path as typed; the file must be there."""
        text = text.strip()
        if text and not Path(text).expanduser().is_file():
            raise Wrong(self.wrong)
        return text


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Several names with commas or spaces between them."""

    placeholder: str = ""

    def text(self, value: tuple[str, ...]) -> str:
        """The value as typed."""
        return ", ".join(value)

    def parse(self, text: str) -> tuple[str, ...]:
        """The names of typed text, each once."""
        return tuple(dict.fromkeys(text.replace(",", " ").lower().split()))


Input = Number | Toggle | Choice | Themes | Line | File | Names
TYPED = (Number, Line, File, Names)


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One setting: `at` says where it lives in Settings; it shows only while `needs` (place, value) holds."""

    at: str
    title: str
    hint: str
    input: Input
    needs: tuple[str, object] | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Fields under a heading."""

    title: str
    fields: tuple[Field, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the settings' list; pages without sections are drawn by themselves."""

    id: str
    title: str
    icon: str
    note: str = ""
    sections: tuple[Section, ...] = ()

    def fields(self) -> tuple[Field, ...]:
        """Every field of the page."""
        return tuple(field for section in self.sections for field in section.fields)


def read(settings: Settings, at: str) -> object:
    """The value at a place such as "pool.total"; an option that is not set has its default."""
    head, *rest = at.split(".")
    value: object = effective(settings.options) if head == "options" else getattr(settings, head)
    for name in rest:
        value = getattr(value, name)
    return value


def written(settings: Settings, at: str, value: object) -> Settings:
    """The settings with another value at a place; an option with its default is left unset."""
    head, *rest = at.split(".")
    if head != "options":
        return _with(settings, at.split("."), value)
    options = _with(effective(settings.options), rest, value)
    chosen = getattr(options, rest[0])
    unset = chosen == getattr(Effective(), rest[0])
    return _with(settings, ["options", rest[0]], None if unset else chosen)


def _with(noun: Noun, names: list[str], value: object) -> Noun:
    head, *rest = names
    inner = _with(getattr(noun, head), rest, value) if rest else value
    return msgspec.structs.replace(noun, **{head: inner})


def words(text: str) -> str:
    """A title, hint or fault of the table in the user's language."""
    return QCoreApplication.translate("settings", text) if text else ""
