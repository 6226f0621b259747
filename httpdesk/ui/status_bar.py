"""Status bar: console and cookies at the left, the state of the network and the layout switches at the right."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton

from httpdesk.ui.actions import tip
from httpdesk.ui.theme import theme


class StatusBar(QFrame):
    """Facts in words, each a button that leads to its place."""

    action = Signal(str)
    """The id of an action of ui/actions.py."""
    settings_page = Signal(str)
    """The id of a settings page: "proxy", "tls" or "connections"."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "chrome")
        self.setAccessibleName(self.tr("Status bar"))
        self._console = self._acting("square-terminal", "toggle_console")
        self._cookies = self._acting("cookie", "show_cookies")
        self._proxy = self._leading("globe", "proxy", self.tr("Proxy"))
        self._tls = self._leading("shield-check", "tls", self.tr("TLS certificates"))
        self._pool = self._leading("plug", "connections", self.tr("Open connections and their limit"))
        switches = (
            self._acting("columns-2", "toggle_layout"),
            self._acting("panel-left", "toggle_sidebar"),
            self._acting("panel-bottom", "toggle_console"),
        )
        lay = QHBoxLayout(self)
        for button in (self._console, self._cookies):
            lay.addWidget(button)
        lay.addStretch(1)
        for button in (self._proxy, self._tls, self._pool, *switches):
            lay.addWidget(button)
        theme.bind(self, lambda: self._fit(lay))
        self.set_console(0)
        self.set_cookies(0)
        self.set_proxy(self.tr("No proxy"))
        self.set_tls(verified=True)
        self.set_pool(0, 100)

    def set_console(self, count: int) -> None:
        """Show how many lines the console has."""
        self._console.say(self.tr("Console {count}").format(count=count))

    def set_cookies(self, count: int) -> None:
        """Show how many cookies are kept."""
        self._cookies.say(self.tr("Cookies {count}").format(count=count))

    def set_proxy(self, words: str) -> None:
        """Show which proxy is used, such as "No proxy" or its host."""
        self._proxy.say(words)

    def set_tls(self, *, verified: bool) -> None:
        """Show whether certificates are checked; red when they are not."""
        if verified:
            self._tls.say(self.tr("TLS verified"), "shield-check", "text2")
        else:
            self._tls.say(self.tr("TLS not verified"), "shield-alert", "danger")

    def set_pool(self, used: int, limit: int) -> None:
        """Show open connections and their limit (0: none)."""
        words = self.tr("Pool {used} / {limit}") if limit else self.tr("Pool {used}")
        self._pool.say(words.format(used=used, limit=limit))

    def _acting(self, icon: str, action_id: str) -> "_StatusButton":
        button = _StatusButton(icon, tip(action_id))
        button.clicked.connect(lambda: self.action.emit(action_id))
        return button

    def _leading(self, icon: str, page: str, tool_tip: str) -> "_StatusButton":
        button = _StatusButton(icon, tool_tip)
        button.clicked.connect(lambda: self.settings_page.emit(page))
        return button

    def _fit(self, lay: QHBoxLayout) -> None:
        self.setFixedHeight(theme.size("status"))
        lay.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        lay.setSpacing(theme.px(4))


class _StatusButton(QToolButton):
    """An icon with words, or an icon alone."""

    def __init__(self, icon: str, tool_tip: str) -> None:
        super().__init__()
        self._icon, self._role, self._words = icon, "text2", ""
        self.setProperty("surface", "status")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tool_tip)
        self.setAccessibleName(tool_tip.split("  ")[0])
        theme.bind(self, self._dress)

    def say(self, words: str, icon: str = "", role: str = "text2") -> None:
        """Change the words, and the icon and its colour if given."""
        self._words, self._icon, self._role = words, icon or self._icon, role
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.toolTip())
        self.setProperty("role", role)
        self._dress()

    def _dress(self) -> None:
        style = Qt.ToolButtonStyle
        self.setText(f" {self._words}" if self._words else "")
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if self._words else style.ToolButtonIconOnly)
        self.setIcon(theme.icon(self._icon, self._role, 14))
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.style().polish(self)  # the colour of the words follows the role
        self.setFont(theme.font("small"))
        self.setFixedHeight(theme.size("status"))
        self.setMinimumWidth(0 if self._words else theme.px(32))
