"""Eye: the button inside a line of text that shows what is typed there, or dots in its place."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from httpdesk.ui.theme import theme

_SIDE_PX = 24


class Eye(QToolButton):
    """Masks its line until it is pressed; where references are known, a line with {{name}} is never masked."""

    def __init__(self, line: QLineEdit, *, shown: bool = False, references: bool = False) -> None:
        super().__init__(line)
        self._line, self._references = line, references
        self.setCheckable(True)
        self.setChecked(shown)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.toggled.connect(self._dress)
        if references:
            line.textChanged.connect(self._dress)
        line.installEventFilter(self)
        theme.bind(self, self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge."""
        if watched is self._line and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        shown, words = self.isChecked(), self._line.text()
        plain = shown or (self._references and ("{{" in words or not words))
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if plain else QLineEdit.EchoMode.Password)
        self.setVisible(not (self._references and "{{" in words))  # there is nothing to mask
        self.setIcon(theme.icon("eye" if shown else "eye-off", "text2", 16))
        self.setToolTip(self.tr("Hide") if shown else self.tr("Show"))
        self.setAccessibleName(self.toolTip())

    def _fit(self) -> None:
        side = theme.px(_SIDE_PX)
        self.setFixedSize(side, side)
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._line.setTextMargins(0, 0, side, 0)
        self._dress()
        self._place()

    def _place(self) -> None:
        self.move(self._line.width() - self.width() - 2, (self._line.height() - self.height()) // 2)
