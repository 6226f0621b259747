"""Pills, dots, key caps and method labels: small painted words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from httpdesk.ui.paint import CENTER, LEFT, radius, rounded, text
from httpdesk.ui.theme import theme


class _Small(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.bind(self, self._refit)

    def _refit(self) -> None:
        self.updateGeometry()
        self.update()


class Pill(_Small):
    """Words and number on a tint of their colour, such as a status."""

    def __init__(self, words: str, role: str = "success", icon: str = "") -> None:
        self._words, self._role, self._icon = words, role, icon
        super().__init__(words)

    def show_words(self, words: str, role: str, icon: str = "") -> None:
        """Show something else."""
        self._words, self._role, self._icon = words, role, icon
        self.setAccessibleName(words)
        self._refit()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    @property
    def role(self) -> str:
        """The colour role it says it in."""
        return self._role

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        width = theme.fm("pill").horizontalAdvance(self._words)
        return QSize(int(width + theme.px(16) + (theme.px(18) if self._icon else 0) + 0.99), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, icon, words."""
        painter, rect = QPainter(self), QRectF(self.rect())
        rounded(painter, rect, radius("sm"), theme.tint(self._role))
        left = theme.px(8)
        if self._icon:
            side = theme.px(14)
            theme.draw_icon(
                painter, self._icon, QRectF(theme.px(6), rect.center().y() - side / 2, side, side), self._role
            )
            left = theme.px(24)
        painter.setFont(theme.font("pill"))
        painter.setPen(theme.color(self._role))
        painter.drawText(rect.adjusted(left, 0, 0, 0), LEFT, self._words)


class KeyCap(_Small):
    """A shortcut as key caps, written as this system writes it."""

    def __init__(self, keys: str) -> None:
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
        self._caps = [cap.replace("Return", "Enter") for cap in shown.split("+")] if shown != "+" else ["+"]
        super().__init__(keys)

    def sizeHint(self) -> QSize:
        """As wide as the caps."""
        return QSize(sum(self._widths()) + 2 * (len(self._caps) - 1), theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One frame a key."""
        painter, x = QPainter(self), 0
        for cap, width in zip(self._caps, self._widths(), strict=True):
            rect = QRectF(x, 0, width, theme.px(18))
            rounded(painter, rect, radius("sm"), theme.color("inset"), theme.color("line_strong"))
            text(painter, rect, cap, "micro", "text2", CENTER, elide=False)
            x += width + 2

    def _widths(self) -> list[int]:
        metrics = theme.fm("micro")
        return [max(theme.px(18), int(metrics.horizontalAdvance(cap) + theme.px(10))) for cap in self._caps]


class Dot(_Small):
    """A dot in the colour of a role; never the only sign of something."""

    def __init__(self, role: str = "success", size: int = 8) -> None:
        self._role, self._size = role, size
        super().__init__("")

    def set_role(self, role: str) -> None:
        """Take another colour."""
        self._role = role
        self.update()

    def sizeHint(self) -> QSize:
        """Its side."""
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dot."""
        rounded(QPainter(self), QRectF(self.rect()), self.width() / 2, theme.dot(self._role))
