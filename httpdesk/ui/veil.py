"""Veil: what shows while an answer is awaited: the old one dimmed, or grey bars where text will be."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from httpdesk.ui.paint import rounded
from httpdesk.ui.theme import theme

_ALPHA = 0.6
_BARS = (0.18, 0.42, 0.55, 0.36, 0.61, 0.47, 0.52, 0.3, 0.12)


class Veil(QWidget):
    """Dims a widget as long as it shows; the mouse goes through it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Dim."""
        over = self.parentWidget()
        if over is not None:
            self.setGeometry(over.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is dimmed."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The colour of the ground over everything."""
        QPainter(self).fillRect(self.rect(), theme.color("canvas", _ALPHA))


class Skeleton(QWidget):
    """Grey bars; the first answer will be here."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Waiting for an answer"))
        theme.bind(self, self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines of something like a body."""
        painter = QPainter(self)
        for number, share in enumerate(_BARS):
            indent = 16 if 0 < number < len(_BARS) - 1 else 0
            bar = QRectF(theme.px(60 + indent), theme.px(16 + number * 20), share * self.width(), theme.px(8))
            rounded(painter, bar, theme.px(4), theme.color("hover"))
