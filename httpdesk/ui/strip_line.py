"""The part of the tab strip that is not tabs: it keeps the line under them going."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from httpdesk.ui.theme import theme


class StripLine(QWidget):
    """Holds one widget at its left or right end, over a bottom line of 1 px."""

    def __init__(self, inner: QWidget, *, at_right: bool = False) -> None:
        super().__init__()
        lay = QHBoxLayout(self)
        lay.setContentsMargins(theme.px(8), 0, theme.px(12) if at_right else 0, 0)
        if at_right:
            lay.addStretch(1)
        lay.addWidget(inner)
        if not at_right:
            lay.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
