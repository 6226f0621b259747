"""Missing bar: the line below the body that names variables without a value."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from httpdesk.protocols.http.tab.page import spaced
from httpdesk.ui.pills import Pill
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, icon_label, label

_SHOWN = 3


class MissingBar(QFrame):
    """Hidden while every variable has a value."""

    set_value = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._words = label("", "small", "text2")
        self._pills = [Pill("", "var_missing") for _ in range(_SHOWN)]
        self._set = button(self.tr("Set value"), "link", "sm")
        self._set.clicked.connect(self._want_value)
        lay = QHBoxLayout(self)
        spaced(self, lay, (16, 4, 12, 4), 8)
        lay.addWidget(icon_label("triangle-alert", "warning", 14))
        lay.addWidget(self._words)
        for pill in self._pills:
            lay.addWidget(pill)
        lay.addStretch(1)
        lay.addWidget(self._set)
        self.hide()

    def show_names(self, names: Sequence[str]) -> None:
        """Name what is missing."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        one, many = self.tr("1 variable has no value:"), self.tr("%n variables have no value:", "", len(names))
        self._words.setText(one if len(names) == 1 else many)
        for at, pill in enumerate(self._pills):
            name = self._names[at] if at < len(self._names) else ""
            pill.show_words(name, "var_missing")
            pill.setVisible(bool(name))
        self.setVisible(bool(names))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line sets it off from the text above."""
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.color("line"))

    def _want_value(self) -> None:
        if self._names:
            self.set_value.emit(self._names[0])
