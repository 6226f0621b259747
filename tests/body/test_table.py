"""Tables of JSON arrays, lines of JSON and CSV: how they are recognised, their columns and cells, at any size."""

import csv
import io
import json
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from httpdesk.body.records import RECORD_BYTES
from httpdesk.body.records_scan import JsonScanner
from httpdesk.body.spool import Spool
from httpdesk.body.table import Table
from httpdesk.body.table_shape import Shape, shape_of


def table_of(data, language="json", media_type="", pieces=0):
    """The table of a body, which arrives whole or in pieces."""
    shape = shape_of(language, media_type, data[:4096])
    assert shape is not None
    if not pieces:
        table = Table(Spool.of(data), shape)
        while table.advance():
            pass
        return table
    spool = Spool.of(b"")
    spool._finished, spool._memory = False, bytearray()
    table = Table(spool, shape)
    for start in range(0, len(data), pieces):
        spool.write(data[start : start + pieces])
        while table.advance():
            pass
    spool.finish()
    while table.advance():
        pass
    return table


def texts(table):
    return [[cell.text for cell in table.row(number)] for number in range(table.count)]


def test_an_array_of_objects_has_a_column_for_each_key():
    table = table_of(b'[{"id": 1, "name": "Ann"}, {"id": 2, "mail": "b@x.example"}]')
    assert table.columns == ("id", "name", "mail")
    assert texts(table) == [["1", "Ann", ""], ["2", "", "b@x.example"]]
    assert [cell.role for cell in table.row(0)] == ["s_num", "s_str", "text3"]


def test_values_are_as_they_were_received():
    table = table_of(b'[{"a": 1.10, "b": 1e400, "c": 123456789012345678901234567890, "d": null, "e": {"x": [1,  2]}}]')
    assert texts(table) == [["1.10", "1e400", "123456789012345678901234567890", "null", '{"x": [1,  2]}']]


def test_strings_lose_quotes_and_escapes():
    table = table_of(rb'[{"a": "\u00e9 \"q\" \n", "b": "{[,]}", "c": "\\", "d\"": "\ud800", "e": "\x"}]')
    assert table.columns == ("a", "b", "c", 'd"', "e")
    assert texts(table) == [['é "q" \n', "{[,]}", "\\", "\ud800", r'"\x"']]


def test_the_array_may_be_inside_of_an_object():
    data = b'{"object": "list", "more": {"a": {}}, "data": [{"id": 1}, {"id": 2}], "total": [{"no": 3}]}'
    table = table_of(data)
    assert (table.shape.name, texts(table)) == ("data", [["1"], ["2"]])


def test_an_array_of_arrays_is_a_table_of_places():
    table = table_of(b'[["a", 1], ["b", 2, true]]')
    assert table.columns == ("0", "1", "2")
    assert texts(table) == [["a", "1", ""], ["b", "2", "true"]]


def test_lines_of_json_are_rows():
    table = table_of(b'{"a":1}\n{"a":2}\r\n\r\n{"a":3}')
    assert (table.shape.kind, texts(table)) == ("lines", [["1"], ["2"], ["3"]])


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"[1, 2]", b'{"a": [1]}', b'{"a": {"b": {"c": {"d": [{"e": 1}]}}}}']
)
def test_other_json_is_no_table(data):
    assert shape_of("json", "application/json", data) is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_divided_by_what_divides_it(delimiter):
    lines = [("id", "price", "note"), ("1", "1.50", "a b"), ("2", "2.00", "c")]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode()
    table = table_of(data, "text", "text/csv")
    assert table.columns == ("id", "price", "note")
    assert texts(table) == [["1", "1.50", "a b"], ["2", "2.00", "c"]]


def test_quotes_hold_separators_lines_and_quotes():
    data = b'name,note\n"Ann, B.","two\nlines"\n"say ""hi""",5" pipe\n'
    table = table_of(data, "text", "text/csv")
    assert texts(table) == [["Ann, B.", "two\nlines"], ['say "hi"', '5" pipe']]
    assert table.record(0) == '"Ann, B.","two\nlines"'


def test_numbers_in_the_first_line_are_no_names_and_the_user_decides():
    table = table_of(b"1,2\n3,4\n", "text", "text/csv")
    assert (table.columns, texts(table)) == (("1", "2"), [["1", "2"], ["3", "4"]])
    table.set_header(has_header=True)
    assert texts(table) == [["3", "4"]]


def test_plain_text_is_a_table_only_when_every_line_agrees():
    assert shape_of("text", "text/plain", b"a;b\n1;2\n3;4\n") == Shape("csv", 0, "", ";", True)
    for words in (b"one, two\nthree\nfour, five\n", b"a,b\n1,2\n", b"words\nwords\nwords\n"):
        assert shape_of("text", "text/plain", words) is None


def test_a_byte_order_mark_is_no_part_of_a_name():
    assert table_of(b"\xef\xbb\xbfid,b\n1,2\n", "text", "text/csv").columns == ("id", "b")
    assert texts(table_of(b'\xef\xbb\xbf[{"a":1}]')) == [["1"]]


@pytest.mark.parametrize("pieces", [1, 7, 1000, 20_000])
def test_a_body_that_arrives_in_pieces_gives_the_same_rows(pieces):
    rows = [{"n": n, "s": 'q"\\' * (n % 5), "o": {"d": [n, {"x": "]}"}]}} for n in range(40 if pieces == 1 else 2000)]
    data = json.dumps(rows).encode()
    table = table_of(data, pieces=pieces)
    assert table.count == len(rows)
    for number in (0, 1, len(rows) // 2, len(rows) - 1):
        cells = table.row(number)
        assert [cells[0].text, cells[1].text] == [str(number), 'q"\\' * (number % 5)]
        assert json.loads(table.record(number)) == rows[number]


def test_rows_are_seen_before_the_end_is_there():
    table = table_of(b'[{"a":1},{"a":2},{"a"')
    assert table.count == 3
    assert texts(table)[:2] == [["1"], ["2"]]


def test_a_huge_record_is_shown_as_far_as_its_limit_and_copied_whole():
    data = b'[{"a": "' + b"x" * 300_000 + b'", "b": 1}, {"a": "y", "b": 2}]'
    table = table_of(data)
    assert texts(table)[1] == ["y", "2"]
    assert len(table.row(0)[0].text) < RECORD_BYTES
    assert table.whole_cell(0, 0) == "x" * 300_000


@pytest.mark.parametrize("pieces", [0, 100_000])
def test_a_line_of_csv_may_be_longer_than_what_is_read_at_once(pieces):
    names, values = (b",".join(sign % number for number in range(70_000)) + b"\n" for sign in (b"c%d", b"%d"))
    table = table_of(names + values + b"1,2\n", "text", "text/csv", pieces)
    assert table.count == 2
    assert table.columns == (*(f"c{number}" for number in range(500)), "…")
    assert texts(table)[0] == [*(str(number) for number in range(500)), "…"]
    assert texts(table)[1][:3] == ["1", "2", ""]
    assert table.record(0) + "\n" == values.decode()


def test_a_long_line_of_csv_with_quotes_that_never_end_is_a_row():
    table = table_of(b'a,b\n1,"x' + b"y" * 1_500_000 + b"\n2,z\n", "text", "text/csv")
    assert [row[0] for row in texts(table)] == ["a", "1", "2"]


def test_more_columns_than_are_shown_are_told():
    table = table_of(json.dumps([{f"k{number}": number for number in range(10_000)}] * 2).encode())
    assert len(table.columns) == 501
    assert table.columns[-2:] == ("k499", "…")
    assert [cell.text for cell in table.row(1)][-2:] == ["499", "…"]
    assert len(table_of(json.dumps([{f"k{number}": 1 for number in range(500)}]).encode()).columns) == 500


def test_quotes_that_never_end_take_no_more_than_their_line():
    data = b'a,b\n1,"x\n' + b"2,y\n" * 100_000
    begun_s = time.perf_counter()
    table = table_of(data, "text", "text/csv")
    assert table.count == 100_001
    assert texts(table)[0] == ["1", "x"]
    assert time.perf_counter() - begun_s < 10


def test_millions_of_rows_take_little_memory_and_any_is_read_at_once():
    line = b'{"id":1%06d,"name":"Ann","tags":["a","b"]}\n'
    table = table_of(b"".join(line % number for number in range(200_000)))
    assert table.count == 200_000
    assert len(table._index._offsets) < 2000
    begun_s = time.perf_counter()
    assert [table.row(number)[0].text for number in (199_999, 0, 123_456)] == ["1199999", "1000000", "1123456"]
    assert time.perf_counter() - begun_s < 3


NAMES = st.characters(codec="utf-8", exclude_characters="\r\0")
ROWS = st.lists(st.lists(st.text(NAMES, max_size=8), min_size=2, max_size=2), min_size=1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_csv_is_read_as_it_was_written(rows):
    file = io.StringIO()
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    data = file.getvalue().encode()
    table = Table(Spool.of(data), Shape("csv", 0, "", ",", False))
    while table.advance():
        pass
    assert texts(table) == rows


@given(JSON)
@settings(max_examples=100, deadline=None)
def test_json_is_divided_where_its_items_are(value):
    rows = [{"v": value}] * 3
    table = Table(Spool.of(json.dumps(rows, indent=1).encode()), Shape("json", 1))
    while table.advance():
        pass
    assert [json.loads(table.record(number)) for number in range(table.count)] == rows


@given(st.text('{}[],"\\\\ a', max_size=40))
@settings(max_examples=400)
def test_many_items_at_once_are_those_that_are_found_byte_by_byte(text):
    data, at_once, one_by_one = text.encode(), JsonScanner(), JsonScanner()
    found, position, stop = [], 0, 0
    while stop < len(data) and not one_by_one.done:
        stop += 1
        starts, taken = one_by_one.starts(data[position:stop], ended=stop == len(data))
        found += [position + start for start in starts]
        position += taken
    assert at_once.starts(data, ended=True)[0] == found


def test_deep_nesting_is_one_cell():
    table = table_of(b"[" + b"[" * 4000 + b"]" * 4000 + b"]")
    assert texts(table) == [["[" * 3999 + "]" * 3999]]


def test_brackets_within_strings_do_not_end_a_cell():
    table = table_of(rb'[{"a": [{"b": "]}\"]"}, ["}"]], "c": {"d": "\\"}, "e": [1, "cut')
    assert texts(table) == [[r'[{"b": "]}\"]"}, ["}"]]', r'{"d": "\\"}', '[1, "cut']]


def test_other_threads_get_their_turn_while_rows_are_found():
    data = b"[" + b'{"id":1,"name":"Ann","tags":["a","b"]},' * 200_000 + b"{}]"
    shape = shape_of("json", "", data[:4096])
    assert shape is not None
    table = Table(Spool.of(data), shape)
    thread = threading.Thread(target=lambda: [None for _ in iter(table.advance, False)])
    thread.start()
    worst_s, last_s = 0.0, time.perf_counter()
    while thread.is_alive():
        time.sleep(0.001)
        now_s = time.perf_counter()
        worst_s, last_s = max(worst_s, now_s - last_s), now_s
    assert table.count == 200_001
    assert worst_s < 2
