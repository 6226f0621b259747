"""Bytes as rows of numbers, and bytes that are looked for."""

import pytest

from httpdesk.body.byte_search import bytes_of, search_bytes
from httpdesk.body.hexdump import hexdump
from httpdesk.body.spool import Spool


def test_rows_have_offset_two_groups_of_eight_and_ascii():
    rows = hexdump(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR?!", offset=0x40).splitlines()
    assert rows == [
        "00000040  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  ·PNG········IHDR",
        "00000050  3f 21                                             ?!",
    ]


def test_no_bytes_have_no_rows():
    assert hexdump(b"") == ""


def test_offsets_beyond_4_gb_are_whole():
    assert hexdump(b"x", 5 << 32).startswith("500000000  78")


@pytest.mark.parametrize(
    ("words", "meant"),
    [("89 50 4e", b"\x89PN"), ("0x8950", b"\x89P"), (" 0A 0d ", b"\n\r"), ("beef", None), ("89", None), ("8 9", None)],
)
def test_pairs_of_digits_are_bytes_and_all_else_is_text(words, meant):
    assert bytes_of(words) == meant


def places(spool, words, **ways):
    search = search_bytes(spool, words, ways)
    while search.advance():
        pass
    return [search.match(number).start for number in range(search.count)], search.done


def test_bytes_are_found_over_the_edges_of_pieces():
    data = bytearray(500_000)
    expected = [0, 131_070, 262_143, 499_996]
    for place in expected:
        data[place : place + 4] = b"\xde\xad\xbe\xef"
    assert places(Spool.of(bytes(data)), "de ad be ef") == (expected, True)


def test_text_is_found_in_any_bytes():
    assert places(Spool.of(b"\xff\x00IHDR\xfe"), "ihdr") == ([2], True)
