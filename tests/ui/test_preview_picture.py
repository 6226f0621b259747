"""Pictures in the response pane."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Finished
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from tests.body.test_picture import SVG, png
from tests.ui.answers import exchange, hop, show, words_of


@pytest.fixture
def pane(qtbot):
    async def ask(_suggested):
        return None

    pane = ResponsePane(ask, Tasks(lambda _problem: None))
    qtbot.addWidget(pane)
    pane.resize(900, 600)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.stop()


def page(pane):
    return pane.pages.body.views.preview.picture


def drawn(qtbot, pane):
    qtbot.waitUntil(lambda: page(pane).canvas.image is not None, timeout=9000)
    return page(pane)


def test_a_picture_is_seen_at_once_with_its_size(pane, qtbot):
    show(pane, hop(png(30, 20), "image/png"))
    assert pane.pages.body.forms.options == ["Raw", "Hex", "Preview"]
    picture = drawn(qtbot, pane)
    assert picture.facts.text().replace("\u202f", " ").startswith("30 × 20 px, ")  # noqa: RUF001
    shot = picture.canvas.viewport().grab().toImage()
    color = shot.pixelColor(picture.canvas.drawn.center())
    assert (color.red(), color.green(), color.blue()) == (0x10, 0x80, 0xF0)


def test_a_large_picture_fits_and_can_be_seen_in_its_own_size(pane, qtbot):
    show(pane, hop(png(2000, 1500), "image/png"))
    picture = drawn(qtbot, pane)
    assert picture.canvas.viewport().rect().contains(picture.canvas.drawn)
    QTest.keyClick(picture.zoom, Qt.Key.Key_Right)
    assert picture.canvas.drawn.width() == 2000
    before = picture.canvas.drawn.left()
    picture.canvas.horizontalScrollBar().setValue(50)
    assert picture.canvas.drawn.left() == before - 50


def test_a_picture_is_drawn_when_all_of_it_is_here(pane, qtbot, tmp_path):
    data, spool = png(30, 20), Spool(tmp_path)
    growing = hop(spool, "image/png")
    pane.begin()
    spool.write(data[:600])
    pane.feed(Answered(growing))
    assert "Drawing the picture" in words_of(pane)
    spool.write(data[600:])
    spool.finish()
    growing.complete = True
    pane.feed(Finished(exchange(growing)))
    drawn(qtbot, pane)


def test_a_picture_that_cannot_be_drawn_says_why(pane, qtbot):
    show(pane, hop(png(60_000, 60_000, whole=False), "image/png"))
    qtbot.waitUntil(lambda: "This picture is too large to draw" in words_of(pane), timeout=9000)
    assert "It has 60000 by 60000 pixels. Save it to look at it elsewhere." in words_of(pane)
    show(pane, hop(b"\x89PNG\r\n\x1a\n" + b"junk" * 50, "image/png"))
    qtbot.waitUntil(lambda: "This picture can't be drawn" in words_of(pane), timeout=9000)


def test_a_drawing_is_text_at_first_and_tells_what_was_left_out(pane, qtbot):
    reference = SVG.format('<image href="http://x.example/a.png"/><rect width="9" height="9"/>')
    show(pane, hop(reference.encode(), "image/svg+xml"))
    assert pane.pages.body.forms.options == ["Pretty", "Raw", "Tree", "Hex", "Preview"]
    assert pane.pages.body.form == "pretty"
    pane.pages.body.select_form("preview")
    assert "left out: 1 outside reference" in drawn(qtbot, pane).facts.text()


def test_a_hostile_drawing_is_not_shown(pane, qtbot):
    laughs = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    show(pane, hop(laughs, "image/svg+xml"))
    pane.pages.body.select_form("preview")
    qtbot.waitUntil(lambda: "This drawing is not shown" in words_of(pane))


def test_another_answer_ends_the_drawing(pane, qtbot):
    show(pane, hop(png(30, 20), "image/png"))
    show(pane, hop(b"plain"))
    assert page(pane).canvas.image is None
    assert pane.pages.body.code.isVisible()
