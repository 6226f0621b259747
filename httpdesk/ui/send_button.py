"""Send button: Send with a menu part; Cancel, of the same width, while a request is under way."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from httpdesk.ui.actions import shown_keys
from httpdesk.ui.paint import CENTER, radius, rounded
from httpdesk.ui.theme import theme

_MENU_PX = 28


class SendButton(QAbstractButton):
    """One button, so that nothing jumps under the mouse."""

    send = Signal()
    cancel = Signal()
    menu_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._has_menu = True
        self.clicked.connect(self._press)
        self._say()
        theme.bind(self, self._resize)

    @property
    def busy(self) -> bool:
        """Whether it says Cancel."""
        return self._busy

    def set_busy(self, *, busy: bool) -> None:
        """Say Cancel or Send."""
        if busy != self._busy:
            self._busy = busy
            self._say()
            self.update()

    def show_menu(self, *, shown: bool) -> None:
        """Have the menu part or not."""
        self._has_menu = shown
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right end opens the menu."""
        if self._offers_menu and event.position().x() > self.width() - theme.px(_MENU_PX):
            self.menu_wanted.emit()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the menu, Enter presses."""
        if event.key() == Qt.Key.Key_Down and self._offers_menu:
            self.menu_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, word, menu part."""
        painter, rect = QPainter(self), QRectF(self.rect())
        front = "text" if self._busy else "on_accent"
        hovered = "accent_fill_hover" if self.underMouse() else "accent_fill"
        ground = theme.color("raised" if self._busy else hovered)
        rounded(painter, rect, radius("md"), ground, theme.color("line_strong") if self._busy else None)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color(front))
        part = theme.px(_MENU_PX) if self._offers_menu else 0
        painter.drawText(rect.adjusted(0, 0, -part, 0), CENTER, self.text())
        if part:
            divider = QRectF(rect.right() - part, rect.top() + 8, 1, rect.height() - 16)
            painter.fillRect(divider, theme.color(front, 0.3))
            side = theme.px(14)
            arrow = QRectF(rect.right() - theme.px(21), rect.center().y() - side / 2, side, side)
            theme.draw_icon(painter, "chevron-down", arrow, front)
        if self.hasFocus():
            rounded(painter, rect.adjusted(2, 2, -2, -2), radius("sm"), None, theme.color(front), 1.5)

    @property
    def _offers_menu(self) -> bool:
        return self._has_menu and not self._busy

    def _press(self) -> None:
        if self._busy:
            self.cancel.emit()
        else:
            self.send.emit()

    def _say(self) -> None:
        self.setText(self.tr("Cancel") if self._busy else self.tr("Send"))
        self.setAccessibleName(self.text())
        self.setToolTip(self.tr("Cancel  Esc") if self._busy else f"{self.tr('Send')}  {shown_keys('send')}")

    def _resize(self) -> None:
        widest = max(theme.fm("strong").horizontalAdvance(words) for words in (self.tr("Send"), self.tr("Cancel")))
        width = max(theme.px(104), int(widest) + theme.px(60))
        self.setFixedSize(width, theme.size("control_lg"))
