"""Bytes as rows of numbers."""

from httpdesk.views.hexdump import hexdump


def test_rows_have_offset_two_groups_of_eight_and_ascii():
    rows = hexdump(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR?!", offset=0x40).splitlines()
    assert rows == [
        "00000040  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  ·PNG········IHDR",
        "00000050  3f 21                                             ?!",
    ]


def test_no_bytes_have_no_rows():
    assert hexdump(b"") == ""
