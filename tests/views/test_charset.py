"""The charset of a text, also when the server talks nonsense."""

import codecs
import itertools

import pytest

from httpdesk.views.charset import ENCODINGS, encoding_of


@pytest.mark.parametrize(
    ("content_type", "head", "codec"),
    [
        ("text/plain; charset=koi8-r", b"abc", "koi8-r"),
        ('text/plain; Charset="UTF-8"', b"abc", "utf-8"),
        ("text/plain; charset=ISO-8859-1", b"abc", "cp1252"),
        ("text/plain; charset=latin1", codecs.BOM_UTF8 + b"abc", "utf-8"),
        ("", codecs.BOM_UTF16_LE + b"a\0", "utf-16-le"),
        ("", codecs.BOM_UTF32_LE + b"a\0\0\0", "utf-32-le"),
        ("application/json", '{"a":1}'.encode("utf-16-le"), "utf-16-le"),
        ("text/plain; charset=utf-16", b"a\0", "utf-16-le"),
        ("application/json", '{"a":1}'.encode("utf-32-be"), "utf-32-be"),
        ("application/xml", b'<?xml version="1.0" encoding="windows-1251"?><a/>', "cp1251"),
        ("text/html", b'<html><meta http-equiv=x content="text/html; charset=shift_jis">', "cp932"),
        ("text/html", b"<html><meta charset=utf-16>", "utf-8"),
        ("text/css", b'@charset "iso-8859-15"; a {}', "iso8859-15"),
        ("text/plain", "пример".encode(), "utf-8"),
        ("text/plain", "пример".encode()[:-1], "utf-8"),
        ("text/plain", b"caf\xe9 au lait", "cp1252"),
        ("application/json", b'"caf\xe9"', "utf-8"),
    ],
)
def test_mark_then_header_then_declaration_then_guess(content_type, head, codec):
    assert encoding_of(content_type, head) == codec


@pytest.mark.parametrize("name", ["zip", "zlib", "hex", "base64", "rot13", "bz2", "idna", "unicode_escape", "", "\0"])
def test_a_codec_that_is_no_charset_is_passed_over(name):
    assert encoding_of(f"text/plain; charset={name}", b"abc") == "utf-8"


def test_every_answer_is_a_codec_that_can_decode_anything():
    for codec in ENCODINGS:
        decoder = codecs.getincrementaldecoder(codec)(errors="replace")
        assert isinstance(decoder.decode(bytes(range(256)), final=True), str)


def test_no_first_bytes_break_it():
    pieces = [b"", b"\0", b"\xff", b"\xfe", b"<meta charset=", b"zip>", b"\xef\xbb\xbf", b'<?xml encoding="']
    for head in itertools.product(pieces, repeat=3):
        assert encoding_of("text/html; charset=zip", b"".join(head)) in ENCODINGS
