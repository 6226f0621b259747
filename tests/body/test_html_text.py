"""HTML as text: its paragraphs, lists, tables and links, and nothing that leads out."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from httpdesk.body.html_text import blocks_of, can_be_opened, decoded

HERE = "http://x.example/a/b"


def lines(text):
    return ["".join(run.text for run in block.runs).strip() for block in blocks_of(text, HERE)]


def runs(text):
    return [run for block in blocks_of(text, HERE) for run in block.runs]


def test_blocks_are_paragraphs_with_white_space_as_a_browser_shows_it():
    assert lines("<h1>A\n  b</h1>c<p>d<br>e<div>f</div>") == ["A b", "c", "d", "e", "f"]
    assert lines("a <b> b</b>") == ["a b"]
    assert lines("<pre>a  b\n  c</pre>") == ["a  b", "c"]


def test_headings_and_lists_keep_their_level():
    blocks = list(blocks_of("<h2>T</h2><ul><li>a<ol><li>b<li>c</ol></ul><blockquote>q</blockquote>", HERE))
    shown = [("".join(run.text for run in block.runs), block.heading, block.indent) for block in blocks]
    assert shown == [("T", 2, 0), ("• a", 0, 1), ("1. b", 0, 2), ("2. c", 0, 2), ("q", 0, 1)]


def test_cells_of_a_row_are_on_one_line_and_bold_ends_where_its_end_was_left_out():
    assert lines("<table><tr><th>N<th>T<tr><td>1<td>2</table>after") == ["N\tT", "1\t2", "after"]
    assert [run.text for run in runs("<tr><th>N<tr><td>1</table>after") if run.bold] == ["N"]


def test_a_link_knows_its_whole_address():
    link = next(run for run in runs("see <a class=x href='../c?d=1&amp;e=2'>this</a> now") if run.address)
    assert (link.text, link.address) == ("this", "http://x.example/c?d=1&e=2")


@pytest.mark.parametrize(
    ("address", "may"),
    [
        *(("https://x.example/", True), ("mailto:a@x.example", True), ("javascript:alert(1)", False)),
        *(("file:///etc/passwd", False), ("data:text/html,x", False), ("http://[", False), ("", False)),
    ],
)
def test_only_addresses_of_the_web_can_be_opened(address, may):
    assert can_be_opened(address) is may


def test_scripts_styles_and_frames_are_left_out_and_pictures_are_words():
    page = (
        "<style>p{}</style><script>if (a<b) x('</p>')</script><iframe src=x>old</iframe><img src=x alt='A &lt; B'>end"
    )
    assert lines(page) == ["[A < B]end"]
    assert lines("<svg><text>a</text></svg><p>b<script>never ended") == ["b"]


def test_comments_and_declarations_say_nothing():
    assert lines("<!doctype html><?xml x?>a<!-- <p>no</p> -->b<![CDATA[c]]>d<!-- never ended") == ["abd"]


def test_entities_are_characters_and_stray_signs_stay():
    assert lines("1 &lt; 2 &amp;&amp; 3 > 2 < 4 &euro;&#x41; a<b") == ["1 < 2 && 3 > 2 < 4 €A a<b"]
    assert "".join(lines("x" * 8185 + "&eacute;&eacute;")) == "x" * 8185 + "éé"


def test_quotes_hide_the_end_of_a_tag():
    assert lines("<a title='a > b' href=\"x>y\">c</a>") == ["c"]


@pytest.mark.parametrize(
    "page",
    ['<a "' * 100_000, "<" * 200_000, "<!-- " * 100_000, "<script>" * 100_000, "<div>" * 100_000, "a " * 200_000],
)
def test_a_hostile_page_takes_no_longer_than_its_size_asks(page):
    begun_s = time.perf_counter()
    for _ in blocks_of(page, HERE):
        pass
    assert time.perf_counter() - begun_s < 8


def test_a_long_paragraph_is_cut_and_loses_nothing():
    words = "word " * 5000
    blocks = list(blocks_of(words, HERE))
    assert all(len("".join(run.text for run in block.runs)) <= 1000 for block in blocks)
    assert "".join(run.text for block in blocks for run in block.runs) == words


def test_bytes_in_any_charset_become_text():
    assert decoded("é".encode("cp1252") + b"\xff", "cp1252") == "éÿ"
    assert decoded(b"\xef\xbb\xbfa\xe2\x82", "utf-8") == "a"


@given(st.text(alphabet="<>/a b\"'=&;!-p", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_to_its_end(text):
    for block in blocks_of(text, HERE):
        assert block.runs or block.is_rule
