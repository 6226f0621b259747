"""Method button: the method in its colour; a menu changes it, and takes any custom verb."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QWidgetAction

from httpdesk.core.request import METHODS
from httpdesk.ui.actions import tip
from httpdesk.ui.menus import menu
from httpdesk.ui.paint import LEFT, radius, rounded
from httpdesk.ui.theme import theme


class MethodButton(QAbstractButton):
    """Shows and changes a method (RFC 9110, section 9)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(tip("choose_method"))
        self.clicked.connect(self.open_menu)
        self.show_method("GET")
        theme.bind(self, self._resize)

    def show_method(self, method: str) -> None:
        """Show a method, without a signal."""
        self.setText(method)
        self.setAccessibleName(self.tr("Method: {method}").format(method=method))
        self._resize()

    def open_menu(self) -> QMenu:
        """Offer the standard methods and a field for any other."""
        popup = menu([("dot", method, "", theme.method_role(method)) for method in METHODS], self)
        for action, method in zip(popup.actions(), METHODS, strict=True):
            action.triggered.connect(lambda _=False, method=method: self._choose(method))
            if method == self.text():
                popup.setActiveAction(action)
        popup.addSeparator()
        custom = QLineEdit()
        custom.setPlaceholderText(self.tr("Other method"))
        custom.setAccessibleName(self.tr("Other method"))
        custom.setProperty("size", "sm")
        holder = QWidgetAction(popup)
        holder.setDefaultWidget(custom)
        popup.addAction(holder)

        def take() -> None:
            if words := custom.text().strip():
                popup.close()
                self._choose(words)

        custom.returnPressed.connect(take)
        popup.popup(self.mapToGlobal(self.rect().bottomLeft()))
        return popup

    def sizeHint(self) -> QSize:
        """Word and arrow."""
        width = theme.fm("verb").horizontalAdvance(self.text())
        return QSize(int(width) + theme.px(44), theme.px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter open the menu too."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Word and arrow."""
        painter, rect = QPainter(self), QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            ring = theme.color("focus") if self.hasFocus() else None
            rounded(painter, rect.adjusted(2, 2, -2, -2), radius("sm"), theme.color("hover"), ring, 1.5)
        painter.setFont(theme.font("verb"))
        painter.setPen(theme.color(theme.method_role(self.text())))
        painter.drawText(rect.adjusted(theme.px(12), 0, 0, 0), LEFT, self.text())
        side = theme.px(14)
        arrow = QRectF(rect.right() - theme.px(23), rect.center().y() - side / 2, side, side)
        theme.draw_icon(painter, "chevron-down", arrow, "text3")

    def _choose(self, method: str) -> None:
        if method != self.text():
            self.show_method(method)
            self.chosen.emit(method)

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
