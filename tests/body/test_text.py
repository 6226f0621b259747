"""Text: rows, characters and colours of a body that is still growing, in any charset."""

import pytest

from httpdesk.body.following import Follower
from httpdesk.body.languages import language_of
from httpdesk.body.spool import Spool
from httpdesk.body.text import Text, byte_length
from httpdesk.body.transcoding import Transcoding


def text_of(data, language="text"):
    text = Text(Spool.of(data), language_of(language))
    while text.advance():
        pass
    return text


def lines_of(text):
    return [text.characters(row) for row in text.index.window(0, text.index.rows)]


def test_rows_come_without_their_line_ends():
    text = text_of(b"a\r\nb\n\n c\rd")
    assert lines_of(text) == ["a", "b", "", " c\rd"]
    assert text.complete


def test_bytes_that_are_no_utf_8_keep_their_place():
    data = b"ok \xff\xfe \xc3\xa9 \xf0\x9f\x98\x80 \xe2\x82"
    (row,) = lines_of(text_of(data))
    assert [byte_length(row[:i]) for i in range(len(row) + 1)] == [0, 1, 2, 3, 4, 5, 6, 8, 9, 13, 14, 15, 16]
    assert byte_length(row) == len(data)


def test_colours_in_the_middle_of_one_long_line_know_that_they_are_in_a_string():
    inside = ('{"a": "' + "x" * 30_000 + '", "b": 1}').encode()
    text = text_of(inside, "json")
    row = text.index.row_at(20_000)
    assert text.spans(row, text.characters(row)) == [(0, 1024, "s_str")]
    last = text.index.row_at(len(inside))
    spans = text.spans(last, text.characters(last))
    assert [role for _, _, role in spans][-5:] == ["s_key", "s_punct", "s_num", "s_punct"][-5:] or spans[
        -1
    ].role == "s_punct"
    assert "s_key" in {role for _, _, role in spans}


def test_colours_after_a_jump_into_a_long_comment():
    body = b"<a>\n<!--\n" + b"<b>no tag</b>\n" * 5000 + b"-->\n<c/>\n"
    text = text_of(body, "xml")
    row = text.index.window(4000, 1)[0]
    assert {role for _, _, role in text.spans(row, text.characters(row))} == {"s_com"}
    row = text.index.row_at(len(body))
    assert text.spans(row, text.characters(row))[0].role == "s_tag"


def test_the_colours_below_a_row_that_grows_are_not_those_of_its_beginning(tmp_path):
    spool = Spool(tmp_path)
    text = Text(spool, language_of("xml"))

    def roles():
        while text.advance():
            pass
        rows = text.index.window(0, 9)
        return [{role for _, _, role in text.spans(row, text.characters(row))} for row in rows]

    spool.write(b"<!-")
    assert roles() == [{"s_kw"}]
    spool.write(b"- x\n<b>")
    assert roles() == [{"s_com"}, {"s_com"}]


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [("utf-16-le", "мир\nжить"), ("cp1251", "мир\nжить"), ("cp932", "日本\n語"), ("utf-8", "a\nb")],
)
def test_a_follower_turns_and_indexes_a_body_while_it_arrives(tmp_path, encoding, sent):
    source, target = Spool(tmp_path), Spool(tmp_path)
    text = Text(target, language_of("text"))
    follower = Follower(source, Transcoding(source, target, encoding), text)
    follower.start()
    for byte in sent.encode(encoding):
        source.write(bytes([byte]))
    source.finish()
    follower.join()
    assert text.complete
    assert lines_of(text) == sent.split("\n")


def test_what_a_charset_cannot_mean_is_marked(tmp_path):
    source, target = Spool.of("a\ud800b".encode("utf-16-le", "surrogatepass") + b"\x00"), Spool(tmp_path)
    turning = Transcoding(source, target, "utf-16-le")
    while turning.advance():
        pass
    assert target.read(0, 100).decode() == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"


def test_a_follower_ends_when_it_is_told_to(tmp_path):
    source = Spool(tmp_path)
    follower = Follower(source, Text(source, language_of("text")))
    follower.start()
    follower.stop()
    follower.join()
    assert not source.finished


def test_a_body_that_is_given_up_ends_the_work_on_it(tmp_path):
    source, target = Spool(tmp_path), Spool(tmp_path)
    source.write(b"abc")
    follower = Follower(source, Transcoding(source, target, "cp1251"))
    follower.start()
    source.close()
    follower.join()
    assert source.closed
