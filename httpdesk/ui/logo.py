"""The logo: request lines becoming an answer."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from httpdesk.ui.paint import rounded
from httpdesk.ui.theme import theme

_GRID = 24
_LINES = ((7, 12), (11, 7), (15, 10))


class Logo(QWidget):
    """The mark of httpdesk in a square of so many pixels (at 100 %)."""

    def __init__(self, size_px: int = 24) -> None:
        super().__init__()
        self._size_px = size_px
        self.setAccessibleName("httpdesk")
        theme.bind(self, self._fit)

    def _fit(self) -> None:
        side = theme.px(self._size_px)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        painter, side = QPainter(self), float(self.width())
        rounded(painter, QRectF(0, 0, side, side), side * 0.26, theme.color("accent_fill"))
        unit = side / _GRID
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("on_accent"))
        for top, length in _LINES:
            painter.drawRoundedRect(QRectF(6 * unit, top * unit, length * unit, 2 * unit), unit, unit)
