"""Elided label: one line of plain text that ends with an ellipsis where there is no room; the tool tip has all."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from httpdesk.ui.paint import text
from httpdesk.ui.plain_table import shown
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip


class ElidedLabel(QWidget):
    """Takes the width that is left, however long the words are."""

    def __init__(self, style: str = "body", role: str = "text", height_px: int = 20) -> None:
        super().__init__()
        self._style, self._role, self._words = style, role, ""
        self._height_px = height_px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.bind(self, self.updateGeometry)

    @property
    def words(self) -> str:
        """All of the words."""
        return self._words

    def show_words(self, words: str) -> None:
        """Show something else."""
        self._words = words
        self.setToolTip(as_tip(words))
        self.setAccessibleName(words[:1000])
        self.update()

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(theme.px(40), theme.px(self._height_px))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words."""
        text(QPainter(self), QRectF(self.rect()), shown(self._words), self._style, self._role)
