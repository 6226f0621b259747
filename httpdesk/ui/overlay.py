"""Overlay: a card over the dimmed window that keeps the keyboard until it goes; never modal for the program."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from httpdesk.ui.actions import BY_ID
from httpdesk.ui.floating import Floating
from httpdesk.ui.focus import go_on, stops_in
from httpdesk.ui.theme import theme

_EDGE_PX = 24
_DIM = {"dark": 0.5, "light": 0.28}
# Shortcuts of the window that work under an overlay as well.
_PASSED = tuple(
    QKeySequence(keys)
    for action_id in ("zoom_in", "zoom_out", "zoom_reset", "quit", "settings", "shortcuts")
    for keys in BY_ID[action_id].keys
)


class _Card(Floating):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # Esc is the overlay's


class Overlay(QWidget):
    """Covers a window; its card holds `body`. Esc and a press beside the card close it.

    The width and height of the card and its distance from the top are in px at 100 %; without a height the card is as
    high as its contents, without a distance it stands in the middle.
    """

    closed = Signal()

    def __init__(
        self, over: QWidget, name: str, width_px: int, height_px: int = 0, top_px: int = 0, surface: str = "canvas"
    ) -> None:
        super().__init__(over.window())
        self._sizes_px = (width_px, height_px, top_px)
        self._before: QWidget | None = None
        self.card = _Card(self, "xl", surface)
        self.card.setAccessibleName(name)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.card.lay.addLayout(self.body)
        self.setAccessibleName(name)
        self.hide()
        over.window().installEventFilter(self)
        theme.bind(self, self.place)

    def open(self, focus: QWidget | None = None) -> None:
        """Show the card and put the focus on a widget in it."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self.raise_()  # only now: what came to lie on an open card, such as a notice, stays there
        self.place()
        self.show()
        (focus or self.card).setFocus(Qt.FocusReason.PopupFocusReason)

    def shut(self) -> None:
        """Hide, and give the focus back to who had it."""
        if self.isHidden():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Cover the window and put the card where it belongs, as large as fits."""
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        width_px, height_px, top_px = (theme.px(length) for length in self._sizes_px)
        edge = theme.px(_EDGE_PX)
        width = min(width_px, self.width() - 2 * edge)
        wanted = height_px or self._contents_height(width)
        height = min(wanted, self.height() - max(top_px, edge) - edge)
        top = min(top_px or (self.height() - height) // 2, self.height() - height - edge)
        self.card.place((self.width() - width) // 2, max(top, 0), width, height)

    def _contents_height(self, width: int) -> int:
        layout = self.body
        return layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()

    # -- events

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the keys of the whole program, but only while the card is there."""
        if application := QCoreApplication.instance():
            application.installEventFilter(self)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the keys alone."""
        if application := QCoreApplication.instance():
            application.removeEventFilter(self)
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what lies below."""
        QPainter(self).fillRect(self.rect(), theme.color("backdrop", _DIM[theme.mode]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the card closes."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; no other key reaches the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def dismiss(self) -> None:
        """Close because the user turned away."""
        self.shut()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks around inside the card."""
        go_on(stops_in(self), forward=forward)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; keep its shortcuts from acting on what lies below."""
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.place()
        inside = isinstance(watched, QWidget) and self.isAncestorOf(watched)
        if inside and event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if pressed not in _PASSED:
                event.accept()
                return True
        return super().eventFilter(watched, event)
