"""The choice of an environment's colour as a row of dots."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from httpdesk.ui.environment_colors import COLORS, paint_dot
from httpdesk.ui.paint import rounded
from httpdesk.ui.theme import theme

_SIDE_PX, _DOT_PX = 24, 16


class Swatches(QWidget):
    """Arrow keys and clicks choose; a colour from the file that is none of these marks none."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        self._dots = [_Swatch(color, QCoreApplication.translate("environments", name)) for color, name in COLORS]
        for dot in self._dots:
            self._group.addButton(dot)
            lay.addWidget(dot)
            dot.clicked.connect(lambda _=False, color=dot.color: self.chosen.emit(color))
        theme.bind(self, lambda: lay.setSpacing(theme.px(4)))

    def show_color(self, color: str) -> None:
        """Mark a colour, without a signal."""
        self._group.setExclusive(False)
        for dot in self._dots:
            dot.setChecked(dot.color.lower() == color.lower())
        self._group.setExclusive(True)


class _Swatch(QAbstractButton):
    """One dot, with a ring when it is the one."""

    def __init__(self, color: str, name: str) -> None:
        super().__init__()
        self.color = color
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(name)
        self.setAccessibleName(name)
        theme.bind(self, lambda: self.setFixedSize(theme.px(_SIDE_PX), theme.px(_SIDE_PX)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw dot and ring."""
        painter, area = QPainter(self), QRectF(self.rect())
        inset = (self.width() - theme.px(_DOT_PX)) / 2
        paint_dot(painter, area.adjusted(inset, inset, -inset, -inset), self.color)
        if self.isChecked() or self.hasFocus():
            ring = theme.color("focus" if self.hasFocus() else "text2")
            rounded(painter, area, self.width() / 2, None, ring, 1.5)
