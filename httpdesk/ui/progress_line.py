"""Progress line: 2 px that say that something goes on, and how far it is where that is known."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from httpdesk.ui.theme import theme

_FRAME_MS, _ROUND_MS = 33, 1400
_PART = 0.25
_HEIGHT_PX = 2


class ProgressLine(QWidget):
    """Lies over the upper edge of what is below the head of a pane; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self._moved_ms = 0
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._move)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Progress"))
        self.hide()

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None while that is not known."""
        return self._share

    def start(self) -> None:
        """Show that something goes on."""
        self._share, self._moved_ms = None, 0
        self._timer.start()
        self.show()
        self.raise_()

    def show_share(self, share: float | None) -> None:
        """Show how far it is."""
        self._share = None if share is None else max(0.0, min(1.0, share))
        if share is not None:
            self._timer.stop()
        self.update()

    def stop(self) -> None:
        """Nothing goes on any more."""
        self._timer.stop()
        self.hide()

    def place(self, y_px: int, width_px: int) -> None:
        """Lie at a height of the parent."""
        self.setGeometry(0, y_px, width_px, theme.px(_HEIGHT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A part of the line that grows, or one that goes along it."""
        start, stop = 0.0, self._share
        if stop is None:
            middle = (self._moved_ms % _ROUND_MS) / _ROUND_MS * (1 + _PART)
            start, stop = max(0.0, middle - _PART), min(1.0, middle)
        bar = QRectF(self.width() * start, 0, self.width() * (stop - start), self.height())
        QPainter(self).fillRect(bar, theme.color("accent"))

    def _move(self) -> None:
        style = QApplication.style()
        if not style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
            self._moved_ms = _ROUND_MS // 2  # the system wants nothing to move
        else:
            self._moved_ms += _FRAME_MS
        self.update()
