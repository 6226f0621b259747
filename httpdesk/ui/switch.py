"""Switch: a check box that acts at once."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from httpdesk.ui.paint import rounded, text
from httpdesk.ui.theme import theme

_WIDTH_PX, _HEIGHT_PX = 28, 16


class Switch(QCheckBox):
    """On or off, with an optional text at its right."""

    def __init__(self, words: str = "", *, on: bool = False) -> None:
        super().__init__(words)
        self.setChecked(on)
        self.setAccessibleName(words)
        theme.bind(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Track and text."""
        width = theme.fm("body").horizontalAdvance(self.text())
        extra = theme.px(8) + int(width) + 1 if self.text() else 0
        return QSize(theme.px(_WIDTH_PX) + extra + 4, theme.px(24))

    def hitButton(self, position: QPoint) -> bool:
        """All of it takes the click."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track, knob, text."""
        painter, on = QPainter(self), self.isChecked()
        width, height = theme.px(_WIDTH_PX), theme.px(_HEIGHT_PX)
        track = QRectF(2, (self.height() - height) / 2, width, height)
        fill = theme.color("accent_fill" if on else "inset")
        rounded(painter, track, height / 2, fill, None if on else theme.color("control"))
        side = theme.px(12 if on else 8)
        center = QPointF(track.right() - height / 2 if on else track.left() + height / 2, track.center().y())
        knob = QRectF(center.x() - side / 2, center.y() - side / 2, side, side)
        rounded(painter, knob, side / 2, theme.color("on_accent" if on else "control"))
        if self.hasFocus():
            rounded(painter, track.adjusted(-2, -2, 2, 2), height / 2 + 2, None, theme.color("focus"), 1.5)
        if self.text():
            left = width + theme.px(8)
            text(painter, QRectF(left, 0, self.width() - left, self.height()), self.text())
