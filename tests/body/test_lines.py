"""The row index against a plain reference, for any text fed in any pieces."""

import random

import pytest

from httpdesk.body import lines
from httpdesk.body.lines import ROW_BYTES, RowIndex


def rows_of(text):
    """(start, stop, line, starts_line) of every row, computed the plain way."""
    rows, offset, number, first = [], 0, 1, True
    while offset < len(text):
        end = text.find(b"\n", offset) + 1 or len(text)
        whole = end - offset < ROW_BYTES + 2 or (end - offset == ROW_BYTES + 2 and text[end - 1 : end] == b"\n")
        stop = end if whole else offset + ROW_BYTES
        while not whole and text[stop] & 0xC0 == 0x80:
            stop -= 1
        rows.append((offset, stop, number, first))
        first = text[stop - 1 : stop] == b"\n"
        number += first
        offset = stop
    return rows


def index_of(text, piece=1 << 16, track=None):
    index = RowIndex(lambda start, stop: text[start:stop], *([track] if track else []))
    end = 0
    while end < len(text):
        end = min(len(text), max(end, index.next_offset) + piece)
        index.feed(text[index.next_offset : end])
    return index


def random_text(dice):
    kinds = [
        b"",
        b"a",
        b"word word",
        b"x" * 1022,
        b"x" * 1023,
        b"x" * 1024,
        b"x" * 1025,
        b"y" * 5000,
        "я".encode() * 900,
    ]
    lines_ = [dice.choice(kinds) + dice.choice([b"", b"\r"]) for _ in range(dice.randrange(120))]
    return b"\n".join(lines_) + dice.choice([b"", b"\n"])


@pytest.mark.parametrize("seed", range(60))
def test_rows_lines_and_places_are_those_of_the_plain_way(seed):
    dice = random.Random(seed)
    text = random_text(dice)
    index = index_of(text, piece=dice.choice([1, 7, 700, 1 << 16]))
    wanted = rows_of(text)
    assert index.rows == len(wanted)
    assert [tuple(row[1:]) for row in index.window(0, len(wanted) + 5)] == wanted
    for _ in range(10 if wanted else 0):
        number = dice.randrange(len(wanted))
        assert [row.number for row in index.window(number, 3)] == list(range(number, min(number + 3, len(wanted))))
        start, stop, line, starts_line = wanted[number]
        assert index.row_at(dice.randrange(start, stop)).number == number
        if starts_line:
            assert index.row_of_line(line).number == number
    assert index.lines == (wanted[-1][2] if wanted else 0)


def test_an_empty_body_has_no_row():
    index = RowIndex(lambda _start, _stop: b"")
    assert (index.rows, index.lines, index.window(0, 5), index.row_at(0), index.row_of_line(1)) == (
        0,
        0,
        [],
        None,
        None,
    )


def test_places_behind_the_end_give_the_last_row():
    index = index_of(b"a\nb\n")
    assert index.row_at(100).number == 1
    assert index.row_of_line(100).number == 1


def test_no_row_cuts_a_character_or_holds_a_line_end_alone():
    text = ("я" * 600 + "\n" + "z" * 1024 + "\r\n" + "😀" * 300).encode()
    for row in index_of(text).window(0, 100):
        piece = text[row.start : row.stop]
        piece.decode()
        assert piece.strip()


def test_what_is_not_utf_8_is_cut_all_the_same():
    index = index_of(b"\x80" * 5000)
    assert [row.stop - row.start for row in index.window(0, 9)] == [1024, 1024, 1024, 1024, 904]


def test_the_last_row_grows_until_its_line_ends():
    parts = [b"one\ntw", b"o", b"\nthree"]
    text = b"".join(parts)
    index, end, seen = RowIndex(lambda start, stop: text[start:stop]), 0, []
    for part in parts:
        end += len(part)
        index.feed(text[index.next_offset : end])
        seen.append([text[row.start : row.stop] for row in index.window(0, 9)])
    assert seen == [[b"one\n", b"tw"], [b"one\n", b"two"], [b"one\n", b"two\n", b"three"]]


def test_a_state_is_carried_from_block_to_block():
    text = b"".join(b"line %d\n" % i for i in range(20_000))
    index = index_of(text, piece=10_000, track=lambda data, state: (state + data.count(b"\n")) % 251)
    for row in (0, 1, 5000, 19_999):
        known, state = index.checkpoint(row)
        assert known <= row < known + lines.BLOCK_BYTES
        assert state == known % 251


def test_the_index_of_a_large_body_is_small():
    text = b"0123456789\n" * 1_000_000
    index = index_of(text)
    assert index.rows == 1_000_000
    assert (
        sum(len(column) * column.itemsize for column in (index._rows, index._offsets, index._lines)) < len(text) / 300
    )
