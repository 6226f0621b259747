"""Which view an answer gets."""

import pytest

from httpdesk import views

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.mark.parametrize(
    ("content_type", "head", "name"),
    [
        ("application/json", b"{}", "JSON"),
        ("application/json; charset=utf-8", b"<html>", "JSON"),
        ("application/problem+json", b"", "JSON"),
        ("Application/X-NDJSON", b"", "JSON"),
        ("text/plain", b'  [{"a": 1}]', "JSON"),
        ("text/html; charset=utf-8", b'{"error": "no"}', "JSON"),
        ("", b'\xef\xbb\xbf{"a": 1}', "JSON"),
        ("", '{"a": 1}'.encode("utf-16"), "JSON"),
        ("text/plain", b"[2026-11-20 10:00] started", "Text"),
        ("text/plain", b"[-1.5e3, 2]", "JSON"),
        ("text/plain", b"{name} is missing", "Text"),
        ("application/atom+xml", b"", "XML"),
        ("image/svg+xml", b"<svg>", "XML"),
        ("", b"<?xml version='1.0'?><a/>", "XML"),
        ("text/html", b"", "HTML"),
        ("text/html", b"plain words", "HTML"),
        ("", b"<!-- x --> <!DOCTYPE html><html>", "HTML"),
        ("application/xhtml+xml", b"<?xml version='1.0'?><html>", "HTML"),
        ("text/css", b"a {}", "CSS"),
        ("application/javascript", b"1", "JavaScript"),
        ("application/yaml", b"a: 1", "YAML"),
        ("application/x-www-form-urlencoded", b"a=1", "Form"),
        ("image/png", PNG, "Image"),
        ("application/octet-stream", PNG, "Image"),
        ("image/webp", b"", "Image"),
        ("", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "Image"),
        ("application/pdf", b"%PDF-1.7", "Binary"),
        ("application/octet-stream", b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "Binary"),
        ("", b"\x1f\x8b\x08\x00abc\x00\x01", "Binary"),
        ("text/csv", b"a,b", "Text"),
        ("application/x-unheard-of", b"hello", "Text"),
        ("application/x-unheard-of", b"\x00\x01\x02\x03", "Binary"),
        ("", b"", "Text"),
        ("nonsense;;;=", b"\xff\xfe\xfd", "Text"),
    ],
)
def test_the_type_decides_and_the_first_bytes_where_the_type_says_little(content_type, head, name):
    assert views.pick(content_type, head).name == name


def test_only_kinds_with_a_formatter_offer_pretty():
    assert {view.name for view in views.VIEWS if view.can_pretty} == {"JSON", "XML", "HTML", "Form"}


def test_pictures_and_bytes_are_not_shown_as_text():
    assert views.pick("image/png", PNG).shown_as == "image"
    assert views.pick("application/pdf", b"%PDF").shown_as == "bytes"
    assert views.pick("image/svg+xml", b"<svg>").shown_as == "text"


@pytest.mark.limit_s(0.2)
def test_comments_without_end_hold_nothing_up():
    assert views.pick("", b"<!-- a -->" * 400 + b"x").name == "Text"
