"""Settings: a card over the window with pages, a search over all of them, and every change at once."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core.settings import Settings
from httpdesk.store.places import Places
from httpdesk.ui import tokens
from httpdesk.ui.actions import ACTIONS, Action
from httpdesk.ui.elided_label import ElidedLabel
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.nav_list import NavEntry, NavList
from httpdesk.ui.overlay import Overlay
from httpdesk.ui.scrolled import scrolled
from httpdesk.ui.search_edit import SearchEdit
from httpdesk.ui.settings_about import AboutPage
from httpdesk.ui.settings_data import DataPage
from httpdesk.ui.settings_fields import Page, words
from httpdesk.ui.settings_page import SettingsPage
from httpdesk.ui.settings_table import PAGES
from httpdesk.ui.shortcuts_page import ShortcutsPage
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import button, col, label, line, row

_HEIGHT_PX, _NAV_PX = 656, 208
_BY_ID = {page.id: page for page in PAGES}


class SettingsDialog(Overlay):
    """Made once and opened many times; what is typed holds at once, so there is nothing to save."""

    def __init__(
        self,
        over: QWidget,
        live: LiveSettings,
        tasks: Tasks,
        places: Places,
        actions: Callable[[], Sequence[Action]] = lambda: ACTIONS,
        workspace: Callable[[], Path | None] = lambda: None,
    ) -> None:
        super().__init__(over, self.tr("Settings"), tokens.SIZE["dialog_w"], _HEIGHT_PX)
        self._live, self._tasks = live, tasks
        self._page_id = PAGES[0].id
        self._before_reset: Settings | None = None
        self._after_reset: Settings | None = None
        self.pages: dict[str, SettingsPage] = {}
        self._own: dict[str, QWidget] = {}
        self._make_own: dict[str, Callable[[], QWidget]] = {
            "shortcuts": lambda: ShortcutsPage(actions),
            "data": lambda: scrolled(DataPage(places, workspace)),
            "about": lambda: scrolled(AboutPage()),
        }
        self.search = SearchEdit(self.tr("Search settings"), "search")
        self.nav = NavList(self.tr("Pages"))
        self.nav.set_entries([NavEntry(key=page.id, title=words(page.title), icon=page.icon) for page in PAGES])
        self._lay_out(places)
        self.search.textChanged.connect(self._search)
        self.search.go_down.connect(self._into_page)
        self.search.go.connect(self._into_page)
        self.nav.chosen.connect(self._choose)
        self.nav.clicked.connect(lambda _index: self._choose(self.nav.current))
        live.changed.connect(self._follow)
        self._later = QTimer(self)
        self._later.timeout.connect(self._build_next)

    def _lay_out(self, places: Places) -> None:
        nav = QFrame()
        side = QVBoxLayout(nav)
        side.addWidget(row(label(self.tr("Settings"), "title"), None, margins=(8, 0, 0, 8)))
        side.addWidget(self.search)
        side.addWidget(self.nav, 1)
        where = ElidedLabel("small", "text3")
        where.show_words(_short(places.config))
        where.setToolTip(as_tip(str(places.settings_file)))
        side.addWidget(row((where, 1), margins=(8, 0, 0, 0)))
        self._nothing = label(self.tr("No setting fits."), "body", "text2")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing_row = row((self._nothing, 1), margins=(24, 32, 24, 0))
        self._column = QWidget()
        self._down = QVBoxLayout(self._column)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addWidget(self._nothing_row)
        self._down.addStretch(1)
        self._stack = QStackedWidget()
        self._area = scrolled(self._column)
        self._stack.addWidget(self._area)
        self._note = label("", "small", "text2", wrap=True)
        self.reset_button = button(self.tr("Reset page"), "ghost")
        self.reset_button.clicked.connect(self._reset_page)
        self.done = button(self.tr("Done"), "primary")
        self.done.clicked.connect(self.shut)
        foot = row((self._note, 1), self.reset_button, self.done, spacing=8, margins=(24, 0, 26, 0), height=56)
        inner = col((self._stack, 1), spacing=0, margins=(0, 4, 2, 0))  # keeps scroll bars off the card's corners
        right = col((inner, 1), line(), foot, spacing=0)
        self.body.addWidget(row(nav, line("v"), (right, 1), spacing=0), 1)

        def fit() -> None:
            nav.setFixedWidth(theme.px(_NAV_PX))
            side.setContentsMargins(theme.px(12), theme.px(16), theme.px(12), theme.px(16))
            side.setSpacing(theme.px(8))

        theme.bind(nav, fit)

    # -- opening

    def open_page(self, page_id: str = "") -> None:
        """Open at a page: "appearance", "requests", "connections", "tls", "proxy", "shortcuts", "data" or "about"."""
        self.search.clear()
        for page in self.pages.values():
            page.show_again()
        self._choose(page_id if page_id in _BY_ID else self._page_id)
        own = self._own.get(self._page_id)
        self.open(own.search if isinstance(own, ShortcutsPage) else self.search)
        self._later.start(0)

    @property
    def page_id(self) -> str:
        """The page in view; "" among search results."""
        return "" if self.search.text().strip() else self._page_id

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search before it closes."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            event.accept()
            return
        super().keyPressEvent(event)

    # -- pages

    def _choose(self, page_id: str) -> None:
        self._page_id, self._before_reset = page_id, None
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show()

    def _show(self) -> None:
        query = self.search.text().strip()
        page = _BY_ID[self._page_id]
        self.nav.show_current("" if query else page.id)
        self._stack.setCurrentWidget(self._area if query or page.sections else self._own_page(page.id))
        found = [self._show_page(one, query) for one in PAGES if one.sections]
        self._nothing_row.setVisible(bool(query) and not any(found))
        self._note.setText("" if query else words(page.note))
        self._area.verticalScrollBar().setValue(0)
        self._say_reset()

    def _show_page(self, page: Page, query: str) -> bool:
        wanted = bool(query) or page.id == self._page_id
        if not wanted:
            if page.id in self.pages:
                self.pages[page.id].hide()
            return False
        found = self._built(page).search(query)
        self.pages[page.id].setVisible(found)
        return found

    def _own_page(self, page_id: str) -> QWidget:
        """A page that the table does not draw."""
        if page_id not in self._own:
            self._own[page_id] = self._make_own[page_id]()
            self._stack.addWidget(self._own[page_id])
        return self._own[page_id]

    def _built(self, page: Page) -> SettingsPage:
        if page.id not in self.pages:
            self.pages[page.id] = SettingsPage(page, self._live, self._tasks)
            at = [one.id for one in PAGES if one.id in self.pages].index(page.id)
            self._down.insertWidget(at, self.pages[page.id])
        return self.pages[page.id]

    def _build_next(self) -> None:
        """Build the pages that a search will need, one at a time: together they would hold up the window."""
        page = next((page for page in PAGES if page.sections and page.id not in self.pages), None)
        if page is None:
            self._later.stop()
        else:
            self._built(page).hide()

    def _search(self) -> None:
        self._show()

    def _into_page(self) -> None:
        for page in self.pages.values():
            for setting in page.rows:
                if setting.isVisible():
                    setting.control.setFocus(Qt.FocusReason.TabFocusReason)
                    return

    # -- reset

    def _follow(self, settings: Settings) -> None:
        if self._before_reset is not None and settings != self._after_reset:
            self._before_reset = None
        self._say_reset()

    def _reset_page(self) -> None:
        if self._before_reset is not None:
            before, self._before_reset = self._before_reset, None
            self._live.replace(before)
        elif page := self.pages.get(self._page_id):
            before = self._live.value
            page.reset()
            self._before_reset, self._after_reset = before, self._live.value
        self._say_reset()

    def _say_reset(self) -> None:
        page = self.pages.get(self.page_id)
        undo = self._before_reset is not None
        self.reset_button.setText(self.tr("Undo the reset") if undo else self.tr("Reset page"))
        self.reset_button.setAccessibleName(self.reset_button.text())
        self.reset_button.setVisible(page is not None)
        self.reset_button.setEnabled(undo or (page is not None and not page.is_default()))


def _short(path: Path) -> str:
    """A folder as readers write it, with ~ for the home folder."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)
