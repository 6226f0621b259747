"""Offset bar: asks for a byte to go to, in the corner of the view of bytes."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from httpdesk.ui.paint import radius, rounded
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, icon_label

_WIDTH_PX, _HEIGHT_PX, _GAP_PX = 300, 36, 8


class OffsetBar(QFrame):
    """Enter goes there, Esc closes."""

    chosen = Signal(object)
    """A byte, from 0."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setProperty("kind", "bare")
        self.field.setPlaceholderText(self.tr("Offset: 8000, 0x1f40, 50 %"))
        self.field.setAccessibleName(self.tr("Go to offset"))
        close = icon_button("x", self.tr("Close  Esc"), 24, icon=14)
        close.clicked.connect(self.closed)
        self._size_bytes = 0
        self._lay = QHBoxLayout(self)
        self._lay.addWidget(icon_label("hash", "text3", 14))
        self._lay.addWidget(self.field, 1)
        self._lay.addWidget(close)
        self.hide()
        theme.bind(self, self._dress)

    def open_in(self, area: QRect, size_bytes: int) -> None:
        """Show in the top right corner of an area."""
        self._size_bytes = size_bytes
        gap = theme.px(_GAP_PX)
        width = min(theme.px(_WIDTH_PX), area.width() - 2 * gap)
        self.setGeometry(area.right() - gap - width, area.top() + gap // 2, width, theme.px(_HEIGHT_PX))
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes, Esc closes; nothing else passes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            offset = offset_of(self.field.text(), self._size_bytes)
            if offset is None:
                self.field.selectAll()
            else:
                self.closed.emit()
                self.chosen.emit(offset)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised card."""
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        rounded(QPainter(self), card, radius("lg"), theme.color("raised"), theme.color("line_strong"))

    def _dress(self) -> None:
        self.field.setFont(theme.font("code_sm"))
        self._lay.setContentsMargins(theme.px(12), 0, theme.px(4), 0)
        self._lay.setSpacing(theme.px(6))


def offset_of(words: str, size_bytes: int) -> int | None:
    """The byte that is meant: a number, a hexadecimal one, or a share of all; None for anything else."""
    words = words.replace(" ", "").replace("\u202f", "").replace(",", "").replace("_", "").lower()[:20]
    try:
        if words.endswith("%"):
            share = float(words[:-1])
            return int(size_bytes * share / 100) if 0 <= share <= 100 else None
        is_hex = words.startswith("0x") or words.endswith("h")
        return int(words.removeprefix("0x").removesuffix("h"), 16) if is_hex else int(words)
    except ValueError:
        return None
