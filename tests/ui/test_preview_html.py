"""HTML pages as text in the response pane: nothing is loaded, nothing runs, links ask."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QMenu

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Finished
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from tests.ui.answers import exchange, hop, show

LINK, PICTURE = b"<a href='/next'>the next</a>", b"<img src='logo.png' alt='Logo'>"
PAGE = b"<!doctype html><title>Orders</title><p>See " + LINK + b" <b>page</b>." + PICTURE


@pytest.fixture
def pane(qtbot):
    async def ask(_suggested):
        return None

    pane = ResponsePane(ask, Tasks(lambda _problem: None))
    qtbot.addWidget(pane)
    pane.resize(900, 500)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.stop()


def preview(pane, qtbot, body, content_type="text/html"):
    show(pane, hop(body, content_type))
    pane.pages.body.select_form("preview")
    page = pane.pages.body.views.preview.page
    qtbot.waitUntil(lambda: page.complete)
    return page


def test_a_page_is_pretty_at_first_and_can_be_read_as_text(pane, qtbot):
    show(pane, hop(PAGE, "text/html"))
    assert pane.pages.body.forms.options == ["Pretty", "Raw", "Hex", "Preview"]
    assert pane.pages.body.form == "pretty"
    page = preview(pane, qtbot, PAGE)
    assert page.view.toPlainText() == "Orders\nSee the next page.[Logo]"
    assert page.note.text() == "Text only: nothing is loaded and nothing runs."


def test_nothing_is_loaded_whatever_is_asked_for(pane, qtbot, tmp_path):
    (tmp_path / "a.png").write_bytes(b"secret")
    page = preview(pane, qtbot, b"<html>a")
    for kind in QTextDocument.ResourceType:
        assert page.view.loadResource(kind.value, QUrl.fromLocalFile(str(tmp_path / "a.png"))) is None
    assert "<img" not in preview(pane, qtbot, PAGE).view.toHtml()


def test_a_link_is_copied_or_opened_only_when_the_user_says_so(pane, qtbot):
    page = preview(pane, qtbot, PAGE)
    cursor = page.view.document().find("next", 0)
    address = cursor.charFormat().anchorHref()
    assert address == "http://test.example/next"
    page.view.anchorClicked.emit(QUrl(address))
    popup = page.findChild(QMenu)
    actions = [action for action in popup.actions() if not action.isSeparator()]
    assert [action.text().strip() for action in actions] == [address, "Copy the address", "Open in the browser"]
    actions[1].trigger()
    assert QApplication.clipboard().text() == address
    popup.close()


def test_an_address_that_is_no_page_of_the_web_cannot_be_opened(pane, qtbot):
    page = preview(pane, qtbot, b"<html><a href='javascript:alert(1)'>x</a>")
    page.view.anchorClicked.emit(QUrl("javascript:alert(1)"))
    popup = page.findChild(QMenu)
    assert not popup.actions()[-1].isEnabled()
    popup.close()


def test_signs_stand_for_what_would_reorder_the_text(pane, qtbot):
    page = preview(pane, qtbot, "<html><p>a\u202eb".encode())
    assert "\u202e" not in page.view.toPlainText()


def test_a_huge_page_is_shown_in_part_and_says_so(pane, qtbot):
    page = preview(pane, qtbot, b"<html><p>" + b"<p>some words and more</p>" * 90_000)
    assert page.note.text().endswith("Only the first part is shown.")
    assert 1000 < page.view.document().blockCount() <= 4000


def test_a_page_without_text_says_so(pane, qtbot):
    assert preview(pane, qtbot, b"<html><script>x</script>").note.text().endswith("This page has no text.")


def test_the_page_is_there_once_it_has_come(pane, qtbot, tmp_path):
    spool = Spool(tmp_path)
    growing = hop(spool, "text/html")
    pane.begin()
    spool.write(b"<html><p>half")
    pane.feed(Answered(growing))
    pane.pages.body.select_form("preview")
    page = pane.pages.body.views.preview.page
    assert page.note.text() == "Reading the page"
    spool.write(b" and whole")
    spool.finish()
    growing.complete = True
    pane.feed(Finished(exchange(growing)))
    qtbot.waitUntil(lambda: page.view.toPlainText() == "half and whole")


def test_another_theme_paints_the_page_anew(pane, qtbot):
    page = preview(pane, qtbot, PAGE)
    before = theme.mode
    theme.use("light" if before == "dark" else "dark")
    try:
        qtbot.waitUntil(lambda: page.complete and page.view.toPlainText().startswith("Orders"))
        cursor = QTextCursor(page.view.document())
        cursor.movePosition(QTextCursor.MoveOperation.Right)
        assert cursor.charFormat().foreground().color() == theme.color("text")
    finally:
        theme.use(before)
