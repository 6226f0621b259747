"""Welcome page: a request that is ready to send, what was used lately, and where to begin."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from httpdesk.core.environment import Scope
from httpdesk.ui.actions import BY_ID, shown_keys
from httpdesk.ui.document import Document
from httpdesk.ui.logo import Logo
from httpdesk.ui.pills import Dot, KeyCap
from httpdesk.ui.scrolled import scrolled
from httpdesk.ui.theme import theme
from httpdesk.ui.url_bar import UrlBar
from httpdesk.ui.variables import Variables
from httpdesk.ui.welcome_parts import RecentLine, Tile
from httpdesk.ui.widgets import col, label, line, row

FIRST_URL = "{{echo}}/anything?hello=world"
_WIDTH_PX, _TWO_COLUMNS_PX, _HINTS_PX = 720, 520, 640
_RECENT_LIMIT = 6
_BAR_PX = 64


class Welcome(Document):
    """The first page; the URL field has the focus, and Send makes a tab of what is in it."""

    send_wanted = Signal(str, str)
    """Method and URL."""
    run_action = Signal(str)
    """An id of ui/actions.py."""
    open_request = Signal(str)
    """The path of a saved request."""

    def __init__(self, variables: Variables) -> None:
        super().__init__()
        self._greeted = False
        self._variables = variables
        self.title = self.tr("Welcome")
        self.setAccessibleName(self.title)
        self.bar = UrlBar(self._scope)
        self.bar.send_button.show_menu(shown=False)
        self.bar.edit.show_url(FIRST_URL)
        self.bar.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.bar.send.connect(self._send)
        self._dot = Dot("success")
        self._echo = label("", "small", "text2", wrap=True)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._recent_box = col(label(self.tr("Recent"), "small", "text2"), self._recent, spacing=4)
        self._recent_box.hide()
        self._tiles = self._make_tiles()
        self._grid = QGridLayout()
        self._place_tiles(2)
        self._hints = self._make_hints()
        self._lay_out()
        variables.changed.connect(self._refresh)
        self._refresh()
        theme.bind(self, self._fit)

    # -- what it does

    def run(self, action_id: str) -> bool:
        """Send, go to the URL and choose the method work as in a request."""
        actions = {"send": self._send, "focus_url": self._focus_url, "choose_method": self.bar.method.open_menu}
        if action := actions.get(action_id):
            action()
            return True
        return False

    def show_recent(self, requests: Sequence[tuple[str, str, str]]) -> None:
        """Offer requests that were used lately: (path, method, name), the latest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for path, method, name in requests[:_RECENT_LIMIT]:
            entry = RecentLine(path, method, name)
            entry.wanted.connect(self.open_request)
            self._recent.addWidget(entry)
        self._recent_box.setVisible(bool(requests))

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The request field, then the rest."""
        return (self.bar, self._page)

    async def shut(self) -> None:
        """Listen to the variables no more."""
        self._variables.changed.disconnect(self._refresh)

    def _send(self) -> None:
        if url := self.bar.edit.toPlainText().strip():
            self.send_wanted.emit(self.bar.method.text(), url)

    def _focus_url(self) -> None:
        self.bar.edit.setFocus()
        self.bar.edit.selectAll()

    def _scope(self) -> Scope:
        return self._variables.scope()

    def _refresh(self) -> None:
        echo = self._scope().find("echo")
        if echo:
            address = echo.value.removeprefix("http://").rstrip("/")
            words = self.tr("The echo server runs on {address}, so this works offline.").format(address=address)
        else:
            words = self.tr("The echo server on this computer does not run.")
        self._dot.set_role("success" if echo else "warning")
        self._echo.setText(words)
        self.bar.edit.refresh_variables()

    # -- parts

    def _make_tiles(self) -> list[Tile]:
        rows = (
            ("new_tab", "plus", self.tr("New request"), self.tr("An empty one in a tab of its own")),
            ("open_folder", "folder-open", self.tr("Open a folder"), self.tr("A collection in your git repository")),
            (
                "new_collection",
                "folder-plus",
                self.tr("New collection"),
                self.tr("A folder of requests as plain files"),
            ),
            ("palette", "search", self.tr("Find anything"), self.tr("Requests, commands, environments")),
        )
        tiles = []
        for id_, icon, title, words in rows:
            keys = BY_ID[id_].keys
            tile = Tile(icon, title, words, keys[0] if keys else "")
            tile.clicked.connect(lambda _=False, id_=id_: self.run_action.emit(id_))
            tiles.append(tile)
        return tiles

    def _make_hints(self) -> QWidget:
        hints = (
            ("palette", self.tr("find anything")),
            ("focus_url", self.tr("address")),
            ("new_tab", self.tr("new tab")),
            ("switch_environment", self.tr("environment")),
            ("shortcuts", self.tr("all shortcuts")),
        )
        items: list[QWidget | int | None] = []
        for id_, words in hints:
            items += [KeyCap(BY_ID[id_].keys[0]), label(words, "small", "text2"), 12]
        return row(*items, None, spacing=6)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", "true")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.bar)
        inside.addWidget(line())
        press = row(label(self.tr("Press"), "small", "text2"), KeyCap(shown_keys("send")), spacing=8)
        inside.addWidget(row(self._dot, (self._echo, 1), press, margins=(16, 8, 16, 8)))
        hero = col(
            row(Logo(48), None),
            12,
            label(self.tr("Send your first request"), "display"),
            label(self.tr("No account. No cloud. Your collections are plain files on this computer."), wrap=True),
            spacing=4,
        )
        self._body = col(hero, 16, card, 20, self._grid, 20, self._recent_box, 16, self._hints, spacing=0)
        self._page = QWidget()
        across = QHBoxLayout(self._page)
        across.addStretch(1)
        across.addWidget(self._body, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        self._margins = across
        self._area = scrolled(self._page)
        self._area.viewport().installEventFilter(self)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self._area)

    def _place_tiles(self, columns: int) -> None:
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // columns, at % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)

    # -- layout

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The column is as wide as the page allows."""
        if event.type() == QEvent.Type.Resize:
            self._fit_width()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column of tiles when it is narrow."""
        super().resizeEvent(event)
        self._fit_width()

    def showEvent(self, event: QShowEvent) -> None:
        """At first the caret stands in the URL; later the page comes back to the front without taking the focus."""
        super().showEvent(event)
        if not self._greeted:
            self._greeted = True
            # The tab that brings the page takes the focus after this.
            QTimer.singleShot(0, self.bar.edit, self.bar.edit.setFocus)

    def _fit(self) -> None:
        self._margins.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        self._grid.setSpacing(theme.px(12))
        self.bar.setFixedHeight(theme.px(_BAR_PX))
        self._fit_width()

    def _fit_width(self) -> None:
        width = max(theme.px(280), min(theme.px(_WIDTH_PX), self._area.viewport().width() - 2 * theme.px(24)))
        self._body.setFixedWidth(width)
        self._place_tiles(2 if width >= theme.px(_TWO_COLUMNS_PX) else 1)
        self._hints.setVisible(width >= theme.px(_HINTS_PX))
