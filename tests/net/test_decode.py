"""Decoding against the zoo's tables: bodies come out right, cut and broken ones keep what was there."""

import re

import pytest

from httpdesk.net.decode import Decoder, codings_of
from tests.net.fault_words import WORDS
from tests.zoo import behaviours_content
from tests.zoo.behaviour import ANY

MIB = 1 << 20
ROWS = [row for row in behaviours_content.ENCODINGS if "chunked" not in row.name]


def decode(row, sizes):
    """Decode the body of a row, fed in pieces of this size; returns it, the faults and the decoder."""
    head, _, body = row.steps[0].partition(b"\r\n\r\n")
    values = [
        line.partition(b":")[2].decode() for line in head.split(b"\r\n") if line.lower().startswith(b"content-enc")
    ]
    faults: list[str] = []
    decoder = Decoder(codings_of(values), faults)
    out = bytearray()
    for at in range(0, len(body), sizes):
        for piece in decoder.feed(body[at : at + sizes]):
            out += piece
    for piece in decoder.finish():
        out += piece
    return bytes(out), faults, decoder


@pytest.mark.parametrize("sizes", [1 << 30, 100, 7, 1])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_zoo_is_decoded(row, sizes):
    body, faults, decoder = decode(row, sizes)
    if row.body != ANY:
        assert body.startswith(row.body) if row.prefix else body == row.body
    if row.fault == "":
        assert not faults
        assert decoder.whole
    elif row.fault == "encoding":
        assert re.search(WORDS["encoding"], " ".join(faults)), faults


@pytest.mark.parametrize("row", behaviours_content.BOMBS, ids=lambda row: row.name)
def test_a_bomb_comes_out_in_small_pieces(row):
    head, _, body = row.steps[0].make().partition(b"\r\n\r\n")
    values = re.findall(rb"Content-Encoding: (.*)", head)
    decoder = Decoder(codings_of([value.decode().strip() for value in values]), [])
    total = 0
    for piece in decoder.feed(body):
        assert len(piece) <= 2 * MIB
        total += len(piece)
        if total > 64 * MIB:
            break
    assert total > 9 * MIB


def test_codings_are_read_in_order_and_without_case():
    assert codings_of(["GZIP , identity", "x-gzip,br"]) == ("gzip", "gzip", "br")
