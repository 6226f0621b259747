"""Gutter of the body editor: the numbers of the lines, and what folds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from httpdesk.ui.paint import RIGHT, text
from httpdesk.ui.theme import theme

if TYPE_CHECKING:
    from httpdesk.ui.body_editor_text import BodyText

LEFT_PX, RIGHT_PX, TOP_PX = 16, 18, 4
_SIGN_PX = 12


class Gutter(QWidget):
    """A chevron beside a number folds the rows below it; open ones show while the mouse is here."""

    def __init__(self, edit: BodyText) -> None:
        super().__init__(edit)
        self._edit = edit

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Numbers at the right, chevrons behind them."""
        painter = QPainter(self)
        painter.setClipRect(0, theme.px(TOP_PX), self.width(), self.height())
        edit, side = self._edit, theme.px(_SIGN_PX)
        current, height = edit.textCursor().block(), QFontMetricsF(edit.font()).lineSpacing()
        for block, rect in edit.seen():
            top = rect.top() + theme.px(TOP_PX)
            if number := edit.line_of(block):
                area = QRectF(0, top, self.width() - theme.px(RIGHT_PX), height)
                role = "text2" if block == current else "gutter"
                text(painter, area, str(number), "code_sm", role, RIGHT, elide=False)
            folded = edit.folds.is_folded(block)
            if folded or (self.underMouse() and edit.folds.can_fold(block)):
                place = QRectF(self.width() - theme.px(15), top + (height - side) / 2, side, side)
                theme.draw_icon(painter, "chevron-right" if folded else "chevron-down", place, "text3")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold the row."""
        y = event.position().y() - theme.px(TOP_PX)
        for block, rect in self._edit.seen():
            if rect.top() <= y < rect.bottom():
                self._edit.folds.toggle(block)
                break
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show what can be folded."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show only what is folded."""
        super().leaveEvent(event)
        self.update()
