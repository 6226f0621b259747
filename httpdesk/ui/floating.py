"""Floating: cards over the window with a painted soft shadow."""

import shiboken6
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from httpdesk.ui.paint import radius, rounded
from httpdesk.ui.theme import theme

_SHADOW_PX = 24
_RINGS = 20


class Floating(QWidget):
    """A card inside the window; Esc closes it and gives the focus back to who had it.

    No QGraphicsEffect: those paint the whole tree below anew at each change.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, corner: str = "lg", surface: str = "raised") -> None:
        super().__init__(parent)
        self._corner, self._surface = corner, surface
        self._opener = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.lay = QVBoxLayout(self)
        self.lay.setContentsMargins(_SHADOW_PX, _SHADOW_PX, _SHADOW_PX, _SHADOW_PX)
        self.lay.setSpacing(0)
        self._look: tuple[object, QPixmap] | None = None
        theme.bind(self, self.update)

    def card(self) -> QRectF:
        """The visible card without its shadow, in own coordinates."""
        return QRectF(self.rect()).adjusted(_SHADOW_PX, _SHADOW_PX, -_SHADOW_PX, -_SHADOW_PX)

    def place(self, x: int, y: int, width: int, height: int | None = None) -> None:
        """Show the card at a place of the parent, as high as its content if no height is given."""
        if height is None:
            self.setFixedWidth(width + 2 * _SHADOW_PX)
            self.adjustSize()
            height = self.sizeHint().height() - 2 * _SHADOW_PX
        self.setGeometry(x - _SHADOW_PX, y - _SHADOW_PX, width + 2 * _SHADOW_PX, height + 2 * _SHADOW_PX)
        self.raise_()
        self.show()

    def dismiss(self) -> None:
        """Close the card; the focus goes back."""
        if self.isHidden():
            return
        self.hide()
        if self._opener is not None and shiboken6.isValid(self._opener) and self._opener.isVisible():
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shadow and card, from a picture: what lies below may change at every frame, and the rings cost 3 ms."""
        wanted = (self.size(), self.devicePixelRatioF(), theme.mode, theme.zoom)
        if self._look is None or self._look[0] != wanted:
            picture = QPixmap(self.size() * self.devicePixelRatioF())
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as painter:
                self._paint_look(painter)
            self._look = (wanted, picture)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._look[1])

    def _paint_look(self, painter: QPainter) -> None:
        card, corner = self.card(), radius(self._corner)
        strength = 0.030 if theme.mode == "dark" else 0.0105
        for ring in range(_RINGS):
            part = (ring + 1) / _RINGS
            grow = (1 - part) * _SHADOW_PX
            color = QColor(0, 0, 0, int(strength * part * part * 255 + 0.5))
            rounded(painter, card.adjusted(-grow, -grow + 6 * (1 - part), grow, grow), corner + grow, color)
        rounded(painter, card, corner, theme.color(self._surface), theme.color("line_strong"))
