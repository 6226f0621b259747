"""Pictures of strangers, drawn by another process within limits."""

import base64
import struct
import threading
import time
import zlib

import pytest

from httpdesk.body.picture import LIMIT_BYTES, PictureJob
from httpdesk.body.preview_kind import preview_kind
from httpdesk.body.spool import Spool
from httpdesk.body.svg_clean import LIMIT_BYTES as SVG_LIMIT_BYTES
from httpdesk.body.svg_clean import SvgFault, clean
from httpdesk.ui.picture_child import command

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="60">{}</svg>'
)


def png(width, height, *, whole=True, pixel=b"\x10\x80\xf0\xff"):
    """A picture of one colour; without its pixels it only says how large it would be."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = zlib.compress((b"\0" + pixel * width) * height) if whole else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bmp(width, height):
    rows = b"\x00\x00\xff" * width + b"\0" * (-3 * width % 4)
    head = struct.pack("<2sIHHI", b"BM", 54 + len(rows) * height, 0, 0, 54)
    return head + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0) + rows * height


def ico(*sides):
    pictures = [png(side, side) for side in sides]
    place, entries = 6 + 16 * len(sides), b""
    for side, picture in zip(sides, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return struct.pack("<HHH", 0, 1, len(sides)) + entries + b"".join(pictures)


GIF = base64.b64decode("R0lGODlhAgADAIAAAP8AAAAAACH5BAAAAAAALAAAAAACAAMAAAIChF8AOw==")


def draw(data, *, svg=False, limit_s=8.0):
    return PictureJob(command(), Spool.of(data), is_svg=svg, limit_s=limit_s).run()


@pytest.mark.parametrize(
    ("data", "size"), [(png(30, 20), (30, 20)), (bmp(5, 7), (5, 7)), (ico(16, 48, 32), (48, 48)), (GIF, (2, 3))]
)
def test_a_picture_comes_back_as_pixels_with_its_size(data, size):
    picture = draw(data)
    assert picture.fault == ""
    assert (picture.facts.width, picture.facts.height) == size
    assert len(picture.pixels) == size[0] * size[1] * 4


def test_colours_are_those_of_the_file():
    assert bytes(draw(png(3, 3)).pixels[:4]) == b"\xf0\x80\x10\xff"


def test_a_large_picture_is_made_smaller_and_keeps_its_size_in_words():
    picture = draw(png(6000, 4000))
    assert (picture.facts.width, picture.facts.height) == (6000, 4000)
    assert len(picture.pixels) <= 64_000_000
    assert picture.facts.shown_width / picture.facts.shown_height == pytest.approx(1.5, abs=0.01)


def test_a_picture_that_only_claims_to_be_huge_is_not_drawn():
    picture = draw(png(60_000, 60_000, whole=False))
    assert (picture.fault, picture.facts.width) == ("too-large", 60_000)
    assert draw(png(2**31 - 1, 2**31 - 1, whole=False)).fault == "unreadable"


def test_what_is_no_picture_is_said_to_be_unreadable():
    assert draw(b"\x89PNG\r\n\x1a\n" + b"junk" * 100).fault == "unreadable"
    assert draw(b"").fault == "unreadable"
    assert draw(SVG.format("").encode()).fault == "unreadable"  # a drawing is drawn only when it was cleaned


def test_more_bytes_than_a_picture_needs_are_not_even_read(tmp_path):
    spool = Spool(tmp_path)
    spool._size_bytes, spool._finished = LIMIT_BYTES + 1, True
    assert PictureJob(["never-started"], spool, is_svg=False).run().fault == "too-big"


def test_a_program_that_is_not_there_is_no_crash():
    assert PictureJob(["./not-there"], Spool.of(png(1, 1)), is_svg=False).run().fault == "unreadable"


def test_a_drawing_that_takes_for_ever_is_ended():
    uses = '<g id="a0"><rect width="1" height="1"/></g>'
    for level in range(1, 12):
        uses += f'<g id="a{level}">' + f'<use xlink:href="#a{level - 1}"/>' * 10 + "</g>"
    begun_s = time.perf_counter()
    assert draw(SVG.format(uses).encode(), svg=True, limit_s=1.5).fault == "too-slow"
    assert time.perf_counter() - begun_s < 4


def test_a_job_can_be_stopped():
    uses = '<g id="a0"><rect width="1" height="1"/></g>'
    for level in range(1, 12):
        uses += f'<g id="a{level}">' + f'<use xlink:href="#a{level - 1}"/>' * 10 + "</g>"
    job = PictureJob(command(), Spool.of(SVG.format(uses).encode()), is_svg=True)
    thread = threading.Thread(target=job.run)
    thread.start()
    job.stop()
    thread.join(4)
    assert not thread.is_alive()


def test_a_drawing_is_drawn_sharp_and_keeps_its_size_in_words():
    picture = draw(SVG.format('<rect width="90" height="60" fill="#f00"/><text y="20">A</text>').encode(), svg=True)
    assert (picture.facts.width, picture.facts.height) == (90, 60)
    assert picture.facts.shown_width == 1600
    assert bytes(picture.pixels[-4:]) == b"\x00\x00\xff\xff"


def test_a_drawing_never_shows_a_file_of_this_machine(tmp_path):
    (tmp_path / "secret.png").write_bytes(png(90, 60))
    address = (tmp_path / "secret.png").as_uri()
    for reference in (
        f'<image width="90" height="60" xlink:href="{address}"/>',
        f'<image width="90" height="60" href="{tmp_path}/secret.png"/>',
        f'<image width="90" height="60" href="&#102;ile://{tmp_path}/secret.png"/>',
        f'<image width="90" height="60"><set attributeName="href" to="{address}"/></image>',
    ):
        picture = draw(SVG.format(reference).encode(), svg=True)
        assert picture.fault == ""
        assert not any(picture.pixels)


LEADING_OUT = (
    '<image href="http://x.example/a.png"/>',
    '<use xlink:href="other.svg#a"/>',
    '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    '<image href="data:image/png;base64,PHN2ZyB4bWxucz0i"/>',
    "<style>@import url(http://x.example/a.css);</style>",
    "<style>@font-face { src: url('file:///a') }</style>",
    "<style>rect { fill: u\\72l(http://x.example/) }</style>",
    '<rect fill="url(http://x.example/a.svg#b)"/>',
    '<rect style="filter:url( &quot;//x.example/f#a&quot; )"/>',
)


@pytest.mark.parametrize("part", LEADING_OUT)
def test_references_to_the_outside_are_left_out_and_counted(part):
    cleaned = clean(SVG.format(part).encode())
    assert cleaned.removed == 1
    for word in (b"x.example", b"other.svg", b"data:", b"import", b"file:", b"72l"):
        assert word not in cleaned.data


def test_what_leads_nowhere_else_stays():
    picture = base64.b64encode(png(1, 1)).decode()
    inside = (
        f'<image href="data:image/png;base64,{picture}"/><use xlink:href="#a"/><rect fill="url(#b)"/>'
        "<style>.a { fill: url('#b') }</style><text>a &lt; b &amp; c</text>"
    )
    cleaned = clean(SVG.format(inside).encode())
    assert cleaned.removed == 0
    for kept in (b"data:image/png", b"#a", b'"url(#b)"', b"'#b'", b"a &lt; b &amp; c"):
        assert kept in cleaned.data


def test_scripts_and_handlers_are_left_out():
    cleaned = clean(
        SVG.format('<script>alert(1)</script><g onclick="x()"><foreignObject><p/></foreignObject></g>').encode()
    )
    assert b"alert" not in cleaned.data
    assert b"onclick" not in cleaned.data
    assert b"<p" not in cleaned.data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>', "declares entities"),
        (b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><svg/>', "declares entities"),
        (b"<g>" * 1001, "nested"),
        (b"<svg><g></svg>", "not well formed: line 1"),
        (b"\xff\xfe\x00", "not well formed"),
        (b"<svg>" + b" " * SVG_LIMIT_BYTES, "larger than 4 MB"),
    ],
)
def test_a_hostile_drawing_is_refused_in_words(data, why):
    with pytest.raises(SvgFault, match=why):
        clean(data)


@pytest.mark.parametrize(
    ("shown_as", "media_type", "head", "kind"),
    [
        ("image", "image/png", b"\x89PNG", "picture"),
        ("text", "image/svg+xml", b"<?xml version='1.0'?><svg>", "drawing"),
        ("text", "text/xml", b"\xef\xbb\xbf<!-- a --><!DOCTYPE svg PUBLIC 'x'>\n<svg width='1'>", "drawing"),
        ("text", "text/xml", b"<a><svg>", ""),
        ("bytes", "application/pdf", b"%PDF", ""),
    ],
)
def test_the_first_bytes_tell_how_a_body_can_be_looked_at(shown_as, media_type, head, kind):
    assert preview_kind(shown_as, "xml", media_type, head) == kind
