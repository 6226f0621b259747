"""Redaction: secret values taken out of a text, also where they are escaped; every log and history goes through it."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

MASK = "••••••"
# A shorter value would blank out harmless text; "1" may well be a secret, but it can't be hidden this way.
SHORTEST = 3


def redact(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret masked: as it is, URL-escaped, as JSON, and inside base64 at any of its offsets."""
    for form in sorted({form for secret in secrets for form in _forms(secret)}, key=len, reverse=True):
        if form in text:
            text = text.replace(form, MASK)
    return text


def _forms(secret: str) -> set[str]:
    if len(secret) < SHORTEST:
        return set()
    escaped = json.dumps(secret)[1:-1]
    forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), escaped, escaped.replace("/", "\\/")}
    forms |= {json.dumps(secret, ensure_ascii=False)[1:-1]}
    data = secret.encode("utf-8", "surrogatepass")
    for offset in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            forms.add(_inner(encode(bytes(offset) + data).decode(), offset, len(data)))
    return {form for form in forms if len(form) >= SHORTEST}


def _inner(coded: str, offset: int, length: int) -> str:
    """The characters of base64 that stand for the secret alone, not for its neighbours."""
    start = -(-offset * 8 // 6)
    return coded[start : (offset + length) * 8 // 6]
