"""F4 opens the environment at the variable under the caret, wherever that is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from httpdesk.core.auth import BearerAuth
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.core.rows import Row

REQUEST = HttpRequest(
    url="{{base}}/x",
    headers=(Row(name="X-A", value="a {{token}}"),),
    body=RawBody(text='[\n"{{base}}"\n]'),
    auth=BearerAuth(token="{{token}}"),
)


def focus(user, widget):
    widget.setFocus()
    user.settle(widget.hasFocus)


def ask(user):
    user.asked_for.clear()
    user.tab.run("edit_variable")
    return user.asked_for


def test_in_the_url(user):
    user.open(REQUEST)
    edit = user.tab.url_row.bar.edit
    focus(user, edit)
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    assert ask(user) == ["base"]
    edit.moveCursor(QTextCursor.MoveOperation.End)
    assert ask(user) == ["edit_environments"]


def test_in_a_cell_and_in_its_editor(user):
    user.open(REQUEST)
    panel = user.page("headers").own
    table = panel.table
    focus(user, table)
    table.setCurrentIndex(table.model().index(0, 2))
    assert ask(user) == ["token"]
    table.edit_cell(0, 2)
    QTest.keyClick(user.editor(panel), Qt.Key.Key_End)
    assert ask(user) == ["token"]


@pytest.mark.parametrize(("line", "asked"), [(0, "edit_environments"), (1, "base")])
def test_in_the_body(user, line, asked):
    user.open(REQUEST)
    field = user.page("body").editor.field
    focus(user, field)
    cursor = QTextCursor(field.document().findBlockByNumber(line))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.movePosition(QTextCursor.MoveOperation.Left)
    field.setTextCursor(cursor)
    assert ask(user) == [asked]


def test_in_a_field_of_auth(user):
    user.open(REQUEST)
    token = user.field(user.page("auth"), QLineEdit, "Token")
    focus(user, token)
    assert ask(user) == ["token"]
