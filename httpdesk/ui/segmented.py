"""Segmented: a choice of few as one control."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from httpdesk.ui.paint import CENTER, radius, rounded
from httpdesk.ui.theme import theme


class Segmented(QWidget):
    """Arrow keys and clicks move the choice; `changed` tells the new place when the user moved it."""

    changed = Signal(int)

    def __init__(self, options: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self.options, self.current = list(options), current
        self._name = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.bind(self, self._refit)

    def set_options(self, options: Sequence[str], current: int = 0) -> None:
        """Offer something else."""
        self.options, self.current = list(options), current
        self._refit()

    def set_current(self, index: int) -> None:
        """Move the choice without a signal."""
        self.current = index
        self._say()
        self.update()

    def setAccessibleName(self, name: str) -> None:
        """The name, to which the choice is added."""
        self._name = name
        self._say()

    def select(self, index: int) -> None:
        """Move the choice as the user does."""
        if index != self.current:
            self.set_current(index)
            self.changed.emit(index)

    def sizeHint(self) -> QSize:
        """All options and the frame."""
        return QSize(sum(self._widths()) + theme.px(4), theme.size("control_sm"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.select((self.current + step) % len(self.options))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the mouse."""
        x = theme.px(2)
        for index, width in enumerate(self._widths()):
            if x <= event.position().x() < x + width:
                self.select(index)
            x += width

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, the chosen one raised, the words."""
        painter, dark = QPainter(self), theme.mode == "dark"
        ring = theme.color("focus") if self.hasFocus() else None
        rounded(painter, QRectF(self.rect()), radius("md"), theme.color("inset" if dark else "hover"), ring)
        x = float(theme.px(2))
        for index, (option, width) in enumerate(zip(self.options, self._widths(), strict=True)):
            rect = QRectF(x, 2, width, self.height() - 4)
            if index == self.current:
                fill = theme.color("active" if dark else "canvas")
                rounded(painter, rect, radius("sm"), fill, theme.color("line_strong"))
            painter.setFont(theme.font("tab"))
            painter.setPen(theme.color("text" if index == self.current else "text2"))
            painter.drawText(rect, CENTER, option)
            x += width

    def _say(self) -> None:
        chosen = self.options[self.current] if self.options else ""
        super().setAccessibleName(f"{self._name}: {chosen}" if self._name else chosen)

    def _refit(self) -> None:
        self._say()
        self.updateGeometry()
        self.update()

    def _widths(self) -> list[int]:
        metrics = theme.fm("tab")
        return [int(metrics.horizontalAdvance(option)) + theme.px(17) for option in self.options]
