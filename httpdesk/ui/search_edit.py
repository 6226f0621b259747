"""A search field with its icon inside: Esc empties it, Down and Enter go on to the results."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from httpdesk.ui.theme import theme


class SearchEdit(QLineEdit):
    """Narrows a list while typing; `textChanged` fires at every letter."""

    go_down = Signal()
    go = Signal()
    """Enter was pressed."""

    def __init__(self, placeholder: str, icon: str = "list-filter") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self._icon = icon
        theme.bind(self, self._dress)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field first, and goes on to whoever wants it when there is nothing left to empty."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.go_down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the icon in it: an action of Qt's own would stay at 16 px in every zoom."""
        super().paintEvent(event)
        side = theme.px(14)
        theme.draw_icon(
            QPainter(self), self._icon, QRectF(theme.px(9), (self.height() - side) / 2, side, side), "text3"
        )

    def _dress(self) -> None:
        self.setTextMargins(theme.px(20), 0, 0, 0)
        self.setFont(theme.font("small"))
