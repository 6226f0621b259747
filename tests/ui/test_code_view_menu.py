"""The context menu of a code view: what is selected is copied as it is, or formatted."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from httpdesk.body.spool import Spool
from httpdesk.ui.code_view import CodeView


@pytest.fixture
def view(qtbot):
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.clear()


def entries(view):
    """The entries of the menu, which is open."""
    at = QPoint(100, 20)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    popup = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    return popup, {action.text().strip(): action for action in popup.actions()}


def test_selected_json_is_copied_formatted(view):
    view.show_body(Spool.of(b'{"a":[1.10,2]}'), "json")
    view.select_all()
    popup, found = entries(view)
    found["Copy formatted"].trigger()
    popup.close()
    assert QApplication.clipboard().text() == '{\n  "a": [\n    1.10,\n    2\n  ]\n}'


def test_a_part_of_a_value_is_copied_as_it_is(view):
    view.show_body(Spool.of(b'{"a":[1,2]}'), "json")
    view._caret.select(1, 7)
    popup, found = entries(view)
    found["Copy formatted"].trigger()
    popup.close()
    assert QApplication.clipboard().text() == '"a":[1'


def test_nothing_selected_is_not_copied_and_what_is_formatted_is_not_formatted_again(view):
    view.show_body(Spool.of(b"[1]"), "json")
    popup, found = entries(view)
    assert not found["Copy formatted"].isEnabled()
    assert not found["Copy"].isEnabled()
    popup.close()
    for language, folds in (("json", True), ("text", False)):
        view.show_body(Spool.of(b"[1]"), language, folds=folds)
        popup, found = entries(view)
        assert "Copy formatted" not in found
        popup.close()
