"""Combo box: one of several, from a list that opens below it in the look of the menus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate


class Combo(QComboBox):
    """Dresses its list when it is first opened: a list costs some milliseconds, and most are never opened."""

    def __init__(self) -> None:
        super().__init__()
        self._dressed = self._told = False
        self.activated.connect(self._note)

    def showPopup(self) -> None:
        """Open the list, wide enough for its longest line."""
        view = self.view()
        if not self._dressed:
            self._dressed = True
            # The style sheet reaches lines that this delegate paints, and no others.
            self.setItemDelegate(QStyledItemDelegate(self))
            window = view.window()
            flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
            window.setWindowFlags(window.windowFlags() | flags)
            window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        margins = view.contentsMargins()
        view.setMinimumWidth(view.sizeHintForColumn(0) + margins.left() + margins.right())
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A typed letter chooses, as arrow keys do; Qt tells only of those."""
        before, self._told = self.currentIndex(), False
        super().keyPressEvent(event)
        if self.currentIndex() != before and not self._told:
            self.activated.emit(self.currentIndex())
            self.textActivated.emit(self.currentText())

    def _note(self) -> None:
        self._told = True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel changes a box that has the focus; else it scrolls the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
