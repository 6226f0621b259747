"""Body: each format with its own editor, and a switch that loses nothing."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from httpdesk.core.request import FileBody, FormBody, HttpRequest, MultipartBody, NoBody, RawBody
from httpdesk.core.rows import Part, Row
from httpdesk.protocols.http.tab.multipart_row import MultipartRow
from httpdesk.ui.find_bar import FindBar

NONE, TEXT, FORM, MULTIPART, FILE = range(5)


def rows(page):
    """The multipart rows from top to bottom."""
    return sorted((row for row in page.findChildren(MultipartRow) if row.isVisible()), key=lambda row: row.y())


def choose(combo, words):
    combo.setCurrentText(words)
    combo.activated.emit(combo.currentIndex())


def test_text_is_sent_as_typed(user):
    user.open()
    page = user.page("body")
    page.kinds.select(TEXT)
    QTest.keyClicks(page.editor.field, 'a "b"')
    assert user.request.body == RawBody(text='a "b"', language="json")
    choose(page.language, "XML")
    assert user.request.body == RawBody(text='a "b"', language="xml")


def test_a_switch_of_format_loses_nothing(user):
    bodies = (
        RawBody(text="<a>\r\n</a>", language="xml"),
        FormBody(rows=(Row(name="a", value="1", description="d"), Row(name="b", enabled=False))),
        MultipartBody(parts=(Part(name="t", value="x"), Part(name="f", is_file=True, files=("a.png", "b.png")))),
        FileBody(path="x.bin", content_type="application/x"),
    )
    user.open(HttpRequest(body=bodies[0], other_bodies=bodies[1:]))
    page = user.page("body")
    for kind, body in (
        (FORM, bodies[1]),
        (FILE, bodies[3]),
        (NONE, NoBody()),
        (MULTIPART, bodies[2]),
        (TEXT, bodies[0]),
    ):
        page.kinds.select(kind)
        assert user.request.body == body


def test_bodies_that_were_left_aside_come_back_after_saving(user):
    user.open(HttpRequest(body=RawBody(text="one")))
    page = user.page("body")
    page.kinds.select(FORM)
    user.write(page.form, 0, 1, "a")
    kept = user.request
    user.open(kept)
    page = user.page("body")
    page.kinds.select(TEXT)
    assert user.request.body == RawBody(text="one")


def test_a_variable_without_a_value_is_named_and_can_be_given_one(user):
    user.open(HttpRequest(body=RawBody(text='{"a": "{{nope}}", "b": "{{token}}"}')))
    page = user.page("body")
    user.settle(lambda: any(label.text() == "1 variable has no value:" for label in page.findChildren(QLabel)))
    user.field(page, QPushButton, "Set value").click()
    assert user.asked_for == ["nope"]


def test_format_lays_json_out_without_touching_its_tokens(user):
    user.open(HttpRequest(body=RawBody(text='{"n":1.10,"v":{{token}}}')))
    page = user.page("body")
    user.tab.run("format_body")
    text = user.request.body.text
    assert text.splitlines()[0] == "{"
    assert "1.10" in text
    assert "{{token}}" in text
    assert page.editor.text() == text


async def test_a_large_body_is_formatted_beside_the_window(user):
    text = "[" + ",".join(f'{{"id":{number},"s":"x"}}' for number in range(3000)) + "]"
    tab = user.open(HttpRequest(body=RawBody(text=text)))
    page = user.page("body")
    page.format_text()
    assert page.editor.text() == text
    async with asyncio.timeout(20):
        while page.editor.text() == text:  # noqa: ASYNC110 - a person looks again and again
            await asyncio.sleep(0.005)
    assert "".join(page.editor.text().split()) == text
    await tab.shut()


def test_find_opens_over_the_body_when_one_types_there(user):
    user.open(HttpRequest(body=RawBody(text="needle")))
    page = user.page("body")
    page.editor.setFocus()
    user.settle(user.pane.has_body_focus)
    user.tab.run("find")
    assert user.field(page, FindBar, "Find").isVisible()


def test_form_fields_are_typed_into_a_table(user):
    user.open()
    page = user.page("body")
    page.kinds.select(FORM)
    user.write(page.form, 0, 1, "a")
    user.write(page.form, 0, 2, "x y&z")
    assert user.request.body == FormBody(rows=(Row(name="a", value="x y&z"),))
    assert user.pane.tabs.tabData(3) == "1"


def test_multipart_rows_hold_text_and_files(user, tmp_path):
    user.open()
    page = user.page("body")
    page.kinds.select(MULTIPART)
    (blank,) = rows(page)
    user.fill(user.field(blank, QLineEdit, "Name of the field"), "title")
    user.fill(user.field(blank, QLineEdit, "Value, or paths of files"), "hello")
    user.settle(lambda: len(rows(page)) == 2)
    first, second = rows(page)
    assert first is blank
    user.fill(user.field(second, QLineEdit, "Name of the field"), "pictures")
    choose(user.field(second, QComboBox, "Text or file"), "File")
    files = (str(tmp_path / "a b.png"), "c.png")
    user.fill(user.field(second, QLineEdit, "Value, or paths of files"), "; ".join(files))
    user.fill(user.field(second, QLineEdit, "Content-Type of this part"), "image/png")
    user.fill(user.field(second, QLineEdit, "File name that is sent"), "p.png")
    assert user.request.body == MultipartBody(
        parts=(
            Part(name="title", value="hello"),
            Part(name="pictures", is_file=True, files=files, content_type="image/png", file_name="p.png"),
        )
    )


def test_a_multipart_row_can_be_switched_off_and_removed(user):
    user.open(HttpRequest(body=MultipartBody(parts=(Part(name="a", value="1"), Part(name="b", value="2")))))
    page = user.page("body")
    user.settle(lambda: len(rows(page)) == 3)
    first, second, blank = rows(page)
    QTest.keyClick(user.field(first, QCheckBox, "Send this field"), Qt.Key.Key_Space)
    assert user.request.body.parts[0].enabled is False
    user.field(second, QToolButton, "Remove this field").click()
    assert [part.name for part in user.request.body.parts] == ["a"]
    assert not [each for each in blank.findChildren(QToolButton) if each.isVisible()]


def test_a_file_is_named_with_its_type(user):
    user.open()
    page = user.page("body")
    page.kinds.select(FILE)
    user.fill(user.field(page, QLineEdit, "File to send"), "pictures/a.png")
    user.fill(user.field(page, QLineEdit, "Content-Type of the file"), " image/png ")
    assert user.request.body == FileBody(path="pictures/a.png", content_type="image/png")


@pytest.mark.parametrize("width", [360, 1300])
def test_the_formats_are_reachable_at_every_width(user, width):
    user.open(width=width)
    page = user.page("body")
    narrow = width < 500
    assert page.kinds.isVisible() is not narrow
    assert page.kind_menu.isVisible() is narrow
    if narrow:
        choose(page.kind_menu, "Form")
    else:
        page.kinds.select(FORM)
    assert user.request.body == FormBody()
    assert page.kinds.current == page.kind_menu.currentIndex() == FORM


@pytest.mark.parametrize("width", [360, 700, 1300, 1900])
def test_every_part_of_a_multipart_row_is_inside_the_pane(user, width):
    user.open(HttpRequest(body=MultipartBody(parts=(Part(name="a", files=("x",), is_file=True),))), width=width)
    page = user.page("body")

    def fits(child):
        return child.mapTo(page, child.rect().topRight()).x() < page.width() and child.width() >= 24

    def parts():
        return [each for each in rows(page)[0].children() if isinstance(each, QWidget) and each.isVisible()]

    user.settle(lambda: len(rows(page)) == 2 and len(parts()) == 8 and all(fits(each) for each in parts()))


def test_the_name_of_a_file_may_hold_a_semicolon(user):
    part = Part(name="up", files=("a;b.txt", "c.txt"), is_file=True)
    user.open(HttpRequest(body=MultipartBody(parts=(part,))))
    page = user.page("body")
    assert page.parts.parts() == (part,)
