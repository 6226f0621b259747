"""Paint: the few strokes that every own-painted widget is made of."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from httpdesk.ui import tokens
from httpdesk.ui.theme import theme

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignCenter


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    stroke: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded rectangle, filled, stroked inside its edge, or both."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if stroke is not None:
        painter.setPen(QPen(stroke, width))
        rect = QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect, radius, radius)


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    style: str = "body",
    role: str = "text",
    align: Qt.AlignmentFlag = LEFT,
    *,
    elide: bool = True,
) -> None:
    """One line of text in a style of the design, with an ellipsis where it does not fit."""
    font = theme.font(style)
    painter.setFont(font)
    painter.setPen(theme.color(role))
    if elide:
        words = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align, words)


def radius(name: str) -> int:
    """A corner radius of the design at the current zoom."""
    return theme.px(tokens.RADIUS[name])
