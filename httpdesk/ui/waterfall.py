"""Waterfall: the phases of a send as bars on one time axis."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from httpdesk.core.wording import duration
from httpdesk.ui.paint import RIGHT, rounded, text
from httpdesk.ui.theme import theme

_LABEL_PX, _VALUE_PX, _ROW_PX = 120, 64, 24
Bar = tuple[str, float, float, str]


class Waterfall(QWidget):
    """Bars: label, start (ms), length (ms), colour role."""

    def __init__(self, bars: Sequence[Bar], total_ms: float) -> None:
        super().__init__()
        self._bars, self._total_ms = list(bars), max(total_ms, 0.001)
        words = ", ".join(f"{name} {duration(length)}" for name, _, length, _ in bars)
        self.setAccessibleName(self.tr("Timing: {phases}").format(phases=words))
        theme.bind(self, lambda: self.setFixedHeight(theme.px(_ROW_PX) * len(self._bars)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Grid, then a line each."""
        painter, row = QPainter(self), theme.px(_ROW_PX)
        left, right = theme.px(_LABEL_PX), theme.px(_VALUE_PX)
        width = self.width() - left - right - theme.px(8)
        for quarter in range(5):
            line = QRectF(int(left + width * quarter / 4), 0, 1, self.height())
            painter.fillRect(line, theme.color("line_strong", 0.6))
        for number, (name, start, length, role) in enumerate(self._bars):
            y = number * row
            text(painter, QRectF(0, y, left - theme.px(8), row), name, "small", "text2")
            bar_width = max(3.0, width * length / self._total_ms)
            x = min(left + width * start / self._total_ms, left + width - bar_width)
            if length:
                rounded(painter, QRectF(x, y + theme.px(7), bar_width, row - theme.px(14)), 2, theme.color(role))
            value = QRectF(self.width() - right, y, right, row)
            text(painter, value, duration(length) if length else "-", "num", "text" if length else "text3", RIGHT)
