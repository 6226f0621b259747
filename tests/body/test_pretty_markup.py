"""XML and HTML with line breaks: tags and texts stay as received."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.body.pretty import format_text
from tests.body.formatting import formatted

XML = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a><!-- c --><b x="1>2" y='"'>text</b><c/><d>mixed
<e>z</e> tail </d>

<f> </f><g>
</g><h><![CDATA[a<b]]></h><i>1 < 2</i><j
 k="l"
/></a>"""
XML_SHOWN = """\
<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY x "y">]>
<a>
  <!-- c -->
  <b x="1>2" y='"'>text</b>
  <c/>
  <d>mixed
    <e>z</e>
    tail
  </d>
  <f> </f>
  <g></g>
  <h><![CDATA[a<b]]></h>
  <i>1 < 2</i>
  <j
 k="l"
/>
</a>"""
HTML = """<!doctype html><html><head><title>T</title><meta charset=utf-8><script>if (1 < 2) {
  b("</p>")}</script></head><body><h1>Hello</h1>
<p> Hello <b>x</b>,
      world <a href="x>y">l</a>! </p><ul><li>one<li>two <i>x</i></ul><PRE>  a
 <b>b</b>
</PRE><img src=x><br>text<div><div>a</div></div></p></body></html>"""
HTML_SHOWN = """\
<!doctype html>
<html>
  <head>
    <title>T</title>
    <meta charset=utf-8>
    <script>if (1 < 2) {
  b("</p>")}</script>
  </head>
  <body>
    <h1>Hello</h1>
    <p>Hello <b>x</b>,
      world <a href="x>y">l</a>!</p>
    <ul>
      <li>one
      <li>two <i>x</i>
    </ul>
    <PRE>  a
 <b>b</b>
</PRE>
    <img src=x><br>text
    <div>
      <div>a</div>
    </div>
    </p>
  </body>
</html>"""


@pytest.mark.parametrize(("language", "text", "shown"), [("xml", XML, XML_SHOWN), ("html", HTML, HTML_SHOWN)])
def test_the_layout(language, text, shown):
    assert format_text(text, language) == shown
    assert format_text(shown, language) == shown


@pytest.mark.parametrize(("language", "text", "shown"), [("xml", XML, XML_SHOWN), ("html", HTML, HTML_SHOWN)])
@pytest.mark.parametrize("step", [1, 2, 7, 50])
def test_where_the_pieces_are_cut_does_not_matter(language, text, shown, step):
    data = text.encode()
    assert formatted(data, language, range(step, len(data), step)) == (shown.encode(), "")


PARTS = st.sampled_from(
    [
        "<a>",
        "<b c='d>'>",
        "</a>",
        "</b>",
        "<p>",
        "</p>",
        "<i>",
        "</i>",
        "<br>",
        "<li>",
        "<c/>",
        "text",
        " ",
        "\n  ",
        "<",
        ">",
        "<!-- x -->",
        "<!--",
        "-->",
        "<![CDATA[ <a> ]]>",
        "<?pi?>",
        "<!D [",
        "]>",
        '"',
        "'",
        "<script>",
        "</script>",
        "é",
        "</",
    ]
)


@given(st.lists(PARTS, max_size=20).map("".join), st.booleans(), st.lists(st.integers(1, 80), max_size=5))
def test_anything_at_all_is_passed_on_without_a_loss(text, html, cuts):
    language, data = "html" if html else "xml", text.encode()
    shown, fault = formatted(data, language)
    assert b"".join(shown.split()) == b"".join(data.split())
    assert formatted(data, language, cuts) == (shown, fault)


@given(st.lists(PARTS, max_size=20).map("".join), st.booleans())
def test_once_is_enough_for_what_is_well_formed(text, html):
    language = "html" if html else "xml"
    once = format_text(text, language)
    assert format_text(once, language).split() == once.split()


def test_parts_longer_than_a_piece_stay_whole():
    long = "x y\n" * 50_000
    for text in (
        f'<a><b c="{long}">1</b></a>',
        f"<a><!--{long}--></a>",
        f"<a><b>{long}z</b></a>",
        f"<a><![CDATA[{long}]]></a>",
    ):
        shown, fault = formatted(text.encode(), "xml")
        assert fault == ""
        assert long in shown.decode()
        assert b"".join(shown.split()) == b"".join(text.encode().split())


def test_xml_that_is_cut_says_so():
    assert formatted(b"<a><b>1</b>", "xml") == (b"<a>\n  <b>1</b>", "The XML ends early, at byte 11")


@pytest.mark.parametrize("language", ["xml", "html"])
@pytest.mark.parametrize(
    "part",
    [
        "<",
        "<a>",
        "<div>",
        '<a "',
        "<!--",
        "<!-->",
        "</a",
        "</p>",
        " ",
        "<script>",
        "<!DOCTYPE a [",
        "<![CDATA[",
        "<?",
        "<a ",
    ],
)
def test_hostile_bodies_take_time_in_proportion_to_their_size(language, part):
    data = ("<div>" * 1000 + part * (300_000 // len(part))).encode()
    started = time.process_time()
    formatted(data, language)
    assert time.process_time() - started < 5
