"""GoToLine: the small bar over the top right corner of a body that asks for a line."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QLineEdit

from httpdesk.ui.paint import radius, rounded
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, icon_label, label

_WIDTH_PX, _HEIGHT_PX, _GAP_PX = 280, 36, 8
_DIGITS = 12


class GoToLine(QFrame):
    """Takes the number of a line; one that is too high becomes the last one there is."""

    chosen = Signal(int)
    """A line, from 1."""
    closed = Signal()

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view, self._lines = view, 0
        self.setAccessibleName(self.tr("Go to line"))
        self.field = _Field(self)
        self.field.setProperty("kind", "bare")
        self.field.setAccessibleName(self.tr("Line"))
        self.field.setPlaceholderText(self.tr("Line"))
        self.field.setMaxLength(_DIGITS)
        self.field.setValidator(QRegularExpressionValidator(r"\d*", self.field))
        self.field.textEdited.connect(self._clamp)
        self._range = label("", "small", "text3")
        close = icon_button("x", self.tr("Close  Esc"), 24, icon=14)
        close.clicked.connect(self.closed)
        self._lay = QHBoxLayout(self)
        self._lay.addWidget(icon_label("arrow-right", "text3", 14))
        self._lay.addSpacing(6)
        self._lay.addWidget(self.field, 1)
        self._lay.addWidget(self._range)
        self._lay.addWidget(close)
        self.hide()
        theme.bind(self, self._dress)

    @property
    def is_open(self) -> bool:
        """Whether the bar is there."""
        return not self.isHidden()

    @property
    def words(self) -> str:
        """What it says about the lines there are."""
        return self._range.text()

    def open(self, line: int, lines: int) -> None:
        """Ask for a line; `line` is where the caret is."""
        self.show_lines(lines)
        self.field.setText(str(min(line, max(1, lines))))
        self.show()
        self.place()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_lines(self, lines: int) -> None:
        """Say how many lines there are by now."""
        self._lines = lines
        words = self.tr("Line 1 to {0}").format(self.locale().toString(max(1, lines)))
        self._range.setText(words)
        self.field.setAccessibleDescription(words)

    def place(self) -> None:
        """Stay in the top right corner."""
        area, gap = self._view.viewport().geometry(), theme.px(_GAP_PX)
        width = min(theme.px(_WIDTH_PX), area.width() - 2 * gap)
        self.setGeometry(area.right() - gap - width, area.top() + gap // 2, width, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, Esc closes; nothing else passes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.text():
            self.chosen.emit(max(1, min(int(self.field.text()), self._lines)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised card."""
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        rounded(QPainter(self), card, radius("lg"), theme.color("raised"), theme.color("line_strong"))

    def _clamp(self, digits: str) -> None:
        if digits and int(digits) > max(1, self._lines):
            self.field.setText(str(max(1, self._lines)))

    def _dress(self) -> None:
        self.field.setFont(theme.font("code_sm"))
        self._lay.setContentsMargins(theme.px(12), 0, theme.px(4), 0)
        self._lay.setSpacing(theme.px(2))
        self.setFixedHeight(theme.px(_HEIGHT_PX))


class _Field(QLineEdit):
    """Leaves Enter and Esc to the bar."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is not for the digits is the bar's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)
