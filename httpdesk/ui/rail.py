"""Rail: the column at the left edge that says what the sidebar shows, with theme and settings at its foot."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from httpdesk.ui.actions import tip
from httpdesk.ui.logo import Logo
from httpdesk.ui.menus import menu
from httpdesk.ui.paint import radius, rounded
from httpdesk.ui.theme import theme

COLLECTIONS, HISTORY, ENVIRONMENTS = "collections", "history", "environments"
_THEME_ICONS = {"light": "sun", "dark": "moon", "system": "monitor"}


class Rail(QFrame):
    """One button for each thing that can stand in the sidebar."""

    chosen = Signal(str)
    """COLLECTIONS, HISTORY or ENVIRONMENTS."""
    theme_chosen = Signal(str)
    """"light", "dark" or "system", from the menu of the theme button."""
    settings_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "chrome")
        self.setAccessibleName(self.tr("Main areas"))
        self._places = {
            COLLECTIONS: RailButton("layers", self.tr("Collections"), checkable=True),
            HISTORY: RailButton("history", tip("show_history"), checkable=True),
            ENVIRONMENTS: RailButton("variable", tip("edit_environments"), checkable=True),
        }
        self._theme = RailButton("monitor", "")
        self._theme.clicked.connect(self._offer_themes)
        self._settings = RailButton("settings", tip("settings"))
        self._settings.clicked.connect(self.settings_clicked)
        self._lay_out()
        self.show_current(COLLECTIONS)
        self.show_theme("system")

    def show_current(self, name: str) -> None:
        """Mark the area that is in view."""
        self._places[name].setChecked(True)

    def show_theme(self, mode: str) -> None:
        """Show which theme is set: "light", "dark" or "system"."""
        words = {
            "light": self.tr("Theme: light"),
            "dark": self.tr("Theme: dark"),
            "system": self.tr("Theme: as the system"),
        }
        self._theme.set_look(_THEME_ICONS[mode], words[mode])

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(Logo())
        self._column.addLayout(head)
        group = QButtonGroup(self)
        for name, button in self._places.items():
            group.addButton(button)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._column.addWidget(button)
        self._column.addStretch(1)
        self._column.addWidget(self._theme)
        self._column.addWidget(self._settings)
        self._head = head
        theme.bind(self, self._fit)

    def _fit(self) -> None:
        self.setFixedWidth(theme.size("rail") - 1)
        self._head.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        self._column.setContentsMargins(0, 0, 0, theme.px(4))
        self._column.setSpacing(theme.px(4))

    def _offer_themes(self) -> None:
        choices = (
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("system", self.tr("As the system")),
        )
        popup = menu([(_THEME_ICONS[mode], words, "") for mode, words in choices], self)
        for action, (mode, _words) in zip(popup.actions(), choices, strict=True):
            action.triggered.connect(lambda _=False, mode=mode: self.theme_chosen.emit(mode))
        popup.popup(self._theme.mapToGlobal(QPoint(self._theme.width(), 0)))


class RailButton(QToolButton):
    """A square button of the rail; a checked one has the accent at its edge."""

    def __init__(self, icon: str, tool_tip: str, *, checkable: bool = False) -> None:
        super().__init__()
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_look(icon, tool_tip)
        theme.bind(self, lambda: self.setFixedSize(theme.size("rail") - 1, theme.px(40)))

    def set_look(self, icon: str, tool_tip: str) -> None:
        """Change icon and words."""
        self._icon = icon
        self.setToolTip(tool_tip)
        self.setAccessibleName(tool_tip.split("  ")[0])
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button."""
        painter, area = QPainter(self), QRectF(self.rect())
        on, hot, px = self.isChecked(), self.underMouse(), theme.px
        box = area.adjusted(px(6), px(2), -px(6), -px(2))
        if on or hot:
            rounded(painter, box, radius("lg"), theme.color("active" if on else "hover"))
        if on:
            rounded(painter, QRectF(0, px(12), px(2), px(16)), 1, theme.color("accent"))
        if self.hasFocus():
            rounded(painter, box, radius("lg"), None, theme.color("focus"), 1.5)
        center = area.center()
        spot = QRectF(center.x() - px(10) + 0.5, center.y() - px(10), px(20), px(20))
        theme.draw_icon(painter, self._icon, spot, "text" if on or hot else "text3")
