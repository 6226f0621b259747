"""Redaction: secret values taken out of a text, also where they are escaped; every log and history goes through it."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from typing import TypeVar, cast
from urllib.parse import quote, quote_plus

import msgspec

from httpdesk.core import urls

MASK = "••••••"
# A shorter value would blank out harmless text; "1" may well be a secret, but it can't be hidden this way.
SHORTEST = 3

Noun = TypeVar("Noun")


def redact(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret masked: as it is, URL-escaped, as JSON, and inside base64 at any of its offsets."""
    return Mask(secrets).text(text)


class Mask:
    """Takes the same secrets out of many texts; their spellings are worked out once."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._forms = sorted({form for secret in secrets for form in _forms(secret)}, key=len, reverse=True)
        self._byte_forms = [form.encode("utf-8", "surrogatepass") for form in self._forms]

    def __bool__(self) -> bool:
        return bool(self._forms)

    @property
    def longest_bytes(self) -> int:
        """How long the longest spelling is: pieces of a body overlap by so much."""
        return max(map(len, self._byte_forms), default=0)

    def text(self, text: str) -> str:
        """The text with every secret masked."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, MASK)
        return text

    def data(self, data: bytes) -> bytes:
        """UTF-8 text, or bytes that may hold some, with every secret masked."""
        for form in self._byte_forms:
            if form in data:
                data = data.replace(form, MASK.encode())
        return data

    def holds(self, data: bytes) -> bool:
        """Whether there is a secret in the bytes."""
        return any(form in data for form in self._byte_forms)

    def safe_cut(self, data: bytes, cut: int) -> int:
        """The place at or before `cut` at which no secret is cut in two."""
        while starts := [at for form in self._byte_forms if (at := _across(data, form, cut)) >= 0]:
            cut = min(starts)
        return cut

    def noun(self, noun: Noun) -> Noun:
        """A frozen Struct (or a tuple of them, or a text, or bytes) with every text in it masked.

        Enumerations stay what they are: a secret that is spelled like one of ours must not break the noun.
        """
        return cast("Noun", self._masked(noun)) if self._forms else noun

    def _masked(self, value: object) -> object:
        if type(value) is str:
            return self.text(value)
        if isinstance(value, bytes):
            return self.data(value)
        if isinstance(value, tuple):
            return tuple(self._masked(one) for one in value)
        if isinstance(value, msgspec.Struct):
            parts = {name: self._masked(getattr(value, name)) for name in value.__struct_fields__}
            return msgspec.structs.replace(value, **parts)
        return value


def _across(data: bytes, form: bytes, cut: int) -> int:
    """Where a form begins that lies across a place, -1 if none does."""
    return data.find(form, max(0, cut - len(form) + 1), cut + len(form) - 1)


def _forms(secret: str) -> set[str]:
    if len(secret) < SHORTEST:
        return set()
    escaped = json.dumps(secret)[1:-1]
    forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), escaped, escaped.replace("/", "\\/")}
    forms |= {json.dumps(secret, ensure_ascii=False)[1:-1]}
    data = secret.encode("utf-8", "surrogatepass")
    forms.update(urls.spellings(secret))
    for offset in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            forms.add(_inner(encode(bytes(offset) + data).decode(), offset, len(data)))
    return {form for form in forms if len(form) >= SHORTEST}


def _inner(coded: str, offset: int, length: int) -> str:
    """The characters of base64 that stand for the secret alone, not for its neighbours."""
    start = -(-offset * 8 // 6)
    return coded[start : (offset + length) * 8 // 6]
