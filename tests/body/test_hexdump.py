"""Bytes as rows of numbers."""

import pytest

from httpdesk.body.hexdump import Hexdump, hexdump
from httpdesk.body.spool import Spool


def test_rows_have_offset_two_groups_of_eight_and_ascii():
    rows = hexdump(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR?!", offset=0x40).splitlines()
    assert rows == [
        "00000040  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  ·PNG········IHDR",
        "00000050  3f 21                                             ?!",
    ]


def test_no_bytes_have_no_rows():
    assert hexdump(b"") == ""


@pytest.mark.parametrize("size", [0, 1, 16, 4096, 4097, 100_000])
def test_a_body_that_arrives_in_pieces_gives_the_same_rows(tmp_path, size):
    data = bytes(i * 7 % 256 for i in range(size))
    source, target = Spool(tmp_path), Spool(tmp_path)
    step = Hexdump(source, target)
    for start in range(0, size, 777):
        source.write(data[start : start + 777])
        while step.advance():
            pass
    assert not target.finished
    source.finish()
    while step.advance():
        pass
    assert target.finished
    assert target.read(0, target.size_bytes).decode() == hexdump(data)
    assert step.fault == ""


def test_the_dump_of_a_huge_body_is_cut_and_says_so(tmp_path):
    source, target = Spool.of(bytes(5000)), Spool(tmp_path)
    step = Hexdump(source, target, limit_bytes=4800)
    while step.advance():
        pass
    assert target.finished
    assert target.read(0, target.size_bytes).decode() == hexdump(bytes(4800))
    assert step.fault == "Only the first 4,800 bytes are shown"
