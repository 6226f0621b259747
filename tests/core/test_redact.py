"""Secrets do not show, however a text escapes them."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.core.redact import MASK, redact

CANARY = 'c4nary "ä"/+&=%'


@pytest.mark.parametrize(
    "write",
    [
        lambda secret: secret,
        quote,
        quote_plus,
        lambda secret: quote(secret, safe=""),
        json.dumps,
        lambda secret: json.dumps(secret, ensure_ascii=False),
        lambda secret: base64.b64encode(f"user:{secret}".encode()).decode(),
        lambda secret: base64.b64encode(f"admin:{secret}".encode()).decode(),
        lambda secret: base64.b64encode(f"a:{secret} and more".encode()).decode(),
        lambda secret: base64.urlsafe_b64encode(secret.encode()).decode(),
    ],
)
def test_a_secret_is_masked_in_every_form(write):
    written = write(CANARY)
    shown = redact(f"before {written} after", {CANARY})
    assert MASK in shown
    assert "c4nary" not in shown
    assert written.strip('"=') not in shown


def test_longer_secrets_go_first():
    assert redact("abcdef abc", {"abc", "abcdef"}) == f"{MASK} {MASK}"


def test_very_short_values_stay():
    assert redact("a1b", {"1", ""}) == "a1b"


@given(st.binary(max_size=8), st.text(min_size=3, max_size=20), st.binary(max_size=8))
def test_no_base64_around_a_secret_hides_it(before, secret, after):
    data = secret.encode("utf-8", "surrogatepass")
    coded = base64.b64encode(before + data + after).decode()
    assert redact(coded, {secret}) != coded
