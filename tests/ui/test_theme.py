"""The theme: zoom and contrast reach everything that is drawn."""

import re

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from httpdesk.ui import tokens
from httpdesk.ui.combo import Combo
from httpdesk.ui.eye import Eye
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import label, row


@pytest.fixture(autouse=True)
def started(qapp):
    """The theme in its usual state, before and after."""
    theme.set_zoom(1.0)
    theme.start(qapp, "dark")
    yield
    theme.set_contrast(more=False)
    theme.set_zoom(1.0)
    theme.use("dark")


def qapp_of():
    """The application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def height_of(selector):
    """What the style sheet in force says of the height of something."""
    rule = re.search(re.escape(selector) + r" \{[^}]*?height: (\d+)px", qapp_of().styleSheet())
    assert rule
    return int(rule[1])


def test_marks_of_check_boxes_grow_with_the_zoom():
    before = height_of("QCheckBox::indicator")
    theme.set_zoom(2.0)
    assert height_of("QCheckBox::indicator") == 2 * before


def test_gaps_of_a_row_grow_with_the_zoom(qtbot):
    box = row(label("a"), 40, label("b"))
    qtbot.addWidget(box)
    before = box.sizeHint().width()
    theme.set_zoom(2.0)
    assert box.sizeHint().width() >= before + 40


def test_more_contrast_steps_every_role_up_and_back():
    seen = theme.hex("line_strong")
    theme.set_contrast(more=True)
    assert theme.hex("line_strong") == tokens.COLOR["dark"]["control"]
    assert tokens.COLOR["dark"]["control"] in qapp_of().styleSheet()
    theme.set_contrast(more=False)
    assert theme.hex("line_strong") == seen


def test_selected_text_has_the_colour_of_text(qtbot):
    theme.use("light")
    for rule in re.findall(r"selection-background-color[^}]*", qapp_of().styleSheet()):
        assert f"selection-color: {theme.hex('text')}" in rule


def test_the_wheel_does_not_change_a_box_on_the_way(qtbot):
    combo = Combo()
    qtbot.addWidget(combo)
    combo.addItems(["one", "two", "three"])
    combo.show()
    combo.clearFocus()
    down = QWheelEvent(
        QPointF(5, 5),
        combo.mapToGlobal(QPointF(5, 5)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, down)
    assert combo.currentText() == "one"


def test_the_list_of_a_box_opens_below_it_with_rows_of_the_design(qtbot):
    combo = Combo()
    qtbot.addWidget(combo)
    combo.addItems(["one", "two", "a rather long third line"])
    combo.move(100, 100)
    combo.show()
    combo.showPopup()
    view = combo.view()
    try:
        assert view.mapToGlobal(QPoint(0, 0)).y() >= combo.mapToGlobal(QPoint(0, combo.height())).y() - 1
        assert view.visualRect(view.model().index(1, 0)).height() == theme.size("row")
        assert view.width() >= view.sizeHintForColumn(0)
    finally:
        combo.hidePopup()


def test_the_eye_shows_and_masks_and_stays_at_the_edge(qtbot):
    line = QLineEdit("s3cret")
    qtbot.addWidget(line)
    eye = Eye(line)
    line.resize(200, 28)
    line.show()
    assert line.echoMode() == QLineEdit.EchoMode.Password
    eye.click()
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    assert eye.accessibleName() == "Hide"
    line.resize(300, 28)
    qtbot.waitUntil(lambda: eye.geometry().right() > 270)
    assert line.rect().contains(eye.geometry())
