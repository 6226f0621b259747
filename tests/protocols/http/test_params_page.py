"""Query and path parameters stay in step with the URL."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QToolButton

from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.core.rows import Row
from httpdesk.ui.theme import theme


def test_a_typed_url_fills_both_tables(user):
    user.open()
    page = user.page("params")
    user.type_url("https://a.example/:id/x?status=paid&flag&limit=25")
    assert page.query.rows() == (Row(name="status", value="paid"), Row(name="flag"), Row(name="limit", value="25"))
    assert page.path.rows() == (Row(name="id"),)
    assert page.path.isVisible()
    user.type_url("https://a.example")
    assert not page.path.isVisible()


def test_the_query_table_writes_the_url(user):
    user.open(HttpRequest(url="https://a.example/#part"))
    page = user.page("params")
    user.write(page.query, 0, 1, "q")
    user.write(page.query, 0, 2, "two words")
    assert user.shown_url == "https://a.example/?q=two words#part"
    user.tick(page.query, 0)
    assert user.shown_url == "https://a.example/#part"
    assert user.request.query == (Row(name="q", value="two words", enabled=False),)


def test_a_row_that_is_off_and_a_description_outlive_an_edit_of_the_url(user):
    rows = (Row(name="a", value="1", description="first"), Row(name="b", value="2", enabled=False))
    user.open(HttpRequest(url="https://a.example/?a=1", query=rows))
    user.page("params")
    user.tab.run("focus_url")
    for key in (Qt.Key.Key_End, Qt.Key.Key_Backspace):
        QTest.keyClick(user.tab.url_row.bar.edit, key)
    QTest.keyClicks(user.tab.url_row.bar.edit, "2")
    assert user.request.query == (Row(name="a", value="2", description="first"), rows[1])


def test_bulk_edit_writes_the_url(user):
    user.open(HttpRequest(url="https://a.example/"))
    page = user.page("params")
    user.field(page.query, QPushButton, "Bulk edit").click()
    user.field(page.query, QPlainTextEdit, "Query parameters as text, one a line").setPlainText(
        "a: 1\n# b: 2\nc: {{token}}"
    )
    assert user.shown_url == "https://a.example/?a=1&c={{token}}"
    assert len(user.request.query) == 3


def test_the_values_of_path_parameters_are_kept_with_the_request(user):
    user.open(HttpRequest(url="{{base}}/:id", path=(Row(name="id"),)))
    page = user.page("params")
    user.write(page.path, 0, 2, "a/b")
    assert user.request.path == (Row(name="id", value="a/b"),)
    user.settle(lambda: page.preview.url == "https://shop.example/a%2Fb")


def test_will_send_shows_and_copies_the_url_that_goes_out(user):
    user.open()
    page = user.page("params")
    user.type_url("{{base}}/a b?x={{nope}}")
    user.settle(lambda: page.preview.url == "https://shop.example/a b?x={{nope}}")
    user.type_url("{{base}}/a b")
    user.settle(lambda: page.preview.url == "https://shop.example/a%20b")
    user.field(page.preview, QToolButton, "Copy the URL").click()
    assert QApplication.clipboard().text() == "https://shop.example/a%20b"


def test_the_tab_counts_what_is_sent(user):
    user.open(HttpRequest(url="https://a.example/?a=1&b=2"))
    user.type_url("https://a.example/:id?a=1")
    assert user.pane.tabs.tabData(0) == "2"


def test_another_zoom_is_no_edit(user):
    tab = user.open(HttpRequest(url="https://a.example/", body=RawBody(text="{}"), docs="notes"))
    tab.preview = True  # until something is edited
    for name in ("params", "headers", "auth", "body", "settings", "docs"):
        user.page(name)
    theme.set_zoom(1.25)
    theme.set_zoom(1.0)
    assert tab.preview
    user.type_url("https://a.example/x")
    assert not tab.preview


def test_an_edit_makes_the_tab_dirty_and_undoing_it_clean(user):
    tab = user.open(HttpRequest(url="https://a.example/", method="GET"))
    assert not tab.dirty
    user.type_url("https://a.example/x")
    assert tab.dirty
    user.type_url("https://a.example/")
    assert not tab.dirty
