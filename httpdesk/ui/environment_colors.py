"""The colours that an environment can have: readable as dots on every surface, light and dark."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from httpdesk.ui.theme import theme

# Saved in files as #RRGGBB; the words are for tool tips and screen readers.
COLORS: tuple[tuple[str, str], ...] = (
    ("#1E9E63", "Green"),
    ("#3B82F6", "Blue"),
    ("#B9820F", "Yellow"),
    ("#E0484F", "Red"),
    ("#8F63E8", "Violet"),
    ("", "Grey"),
)


def dot_role(color: str) -> str:
    """The colour of an environment's dot as the theme takes it; grey for none or for what is no colour."""
    return color if color.startswith("#") and QColor(color).isValid() else "control"


def paint_dot(painter: QPainter, area: QRectF, color: str) -> None:
    """Fill a circle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(dot_role(color)))
    painter.drawEllipse(area)
    painter.restore()
