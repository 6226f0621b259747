"""Completion of header names and values."""

from httpdesk.core.header_names import REQUEST_HEADERS, usual_values
from httpdesk.core.prepare import header_name_fault


def test_every_offered_name_is_a_valid_one():
    assert not [name for name in REQUEST_HEADERS if header_name_fault(name)[0]]


def test_values_are_found_in_any_case():
    assert "gzip" in usual_values("accept-ENCODING")
    assert usual_values("X-Unknown") == ()
