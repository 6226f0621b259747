"""Window: where everything stands, and the actions that move only the furniture."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from httpdesk.ui.actions import Actions
from httpdesk.ui.console import Console
from httpdesk.ui.desk import Desk
from httpdesk.ui.focus import focus_first, go_on, stops_in
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.notices import Notices
from httpdesk.ui.rail import Rail
from httpdesk.ui.sidebar import Sidebar
from httpdesk.ui.status_bar import StatusBar
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import line

ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
_MINIMUM_PX = (800, 560)
_FIRST_PX = (1440, 900)
# What title bar and borders take of a screen, at most.
_FRAME_PX = (16, 48)
_SIDEBAR_PX = (200, 272, 480)
# With the zoom the sidebar grows, too, to this part of the window.
_SIDEBAR_SHARE = 0.3
_CONSOLE_PX = 200
# While it is held, Ctrl+Tab goes further back.
_WALK_KEY = Qt.Key.Key_Control


class Window(QMainWindow):
    """Rail, sidebar, desk, console and status bar."""

    close_wanted = Signal()
    """The user asks to quit; the window stays until the program has shut down in order."""
    moved = Signal()
    """Size, place or a splitter changed; the session should be written."""

    def __init__(
        self, settings: LiveSettings, sidebar: Sidebar, desk: Desk, console: Console, status: StatusBar
    ) -> None:
        super().__init__()
        self.settings, self.sidebar, self.desk, self.console, self.status = settings, sidebar, desk, console, status
        self.rail = Rail()
        # What the rail chose: the collections or the history.
        self.side = QStackedWidget()
        self.side.addWidget(sidebar)
        self.actions_book = Actions(self)
        self.setWindowTitle("httpdesk")
        self.setMinimumSize(*_MINIMUM_PX)
        self.resize(*_FIRST_PX)
        self.notices = Notices(self._lay_out())
        self._bind()
        self._ready_to_close = False
        self.installEventFilter(self)  # keys come here while nothing has the focus
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._watch_keys)

    def _lay_out(self) -> QWidget:
        root = QWidget()
        root.setProperty("surface", "canvas")
        self._below = QSplitter(Qt.Orientation.Vertical)
        self._below.setHandleWidth(1)
        self._below.setChildrenCollapsible(False)
        self._below.addWidget(self.desk)
        self._below.addWidget(self.console)
        self._below.setStretchFactor(0, 1)
        self.console.setMinimumHeight(theme.px(120))
        self.console.hide()
        self._beside = QSplitter(Qt.Orientation.Horizontal)
        self._beside.setHandleWidth(1)
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(self.side)
        self._beside.addWidget(self._below)
        self._beside.setStretchFactor(1, 1)
        # The line between them is inside the sidebar's width.
        self._beside.setSizes([theme.px(_SIDEBAR_PX[1]) - 1, theme.px(1120)])
        self._sidebar_zoom = theme.zoom
        theme.bind(self.side, self._limit_sidebar)
        for splitter in (self._below, self._beside):
            splitter.splitterMoved.connect(self.moved)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(line("v"))
        across.addWidget(self._beside, 1)
        down = QVBoxLayout(root)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(middle, 1)
        down.addWidget(line())
        down.addWidget(self.status)
        self.setCentralWidget(root)
        return root

    def _limit_sidebar(self) -> None:
        self.side.setMinimumWidth(theme.px(_SIDEBAR_PX[0]))
        self.side.setMaximumWidth(theme.px(_SIDEBAR_PX[2]))
        if theme.zoom != self._sidebar_zoom:
            now, rest = self._beside.sizes()
            most = round((now + rest) * _SIDEBAR_SHARE)
            wanted = max(theme.px(_SIDEBAR_PX[0]), min(most, round(now * theme.zoom / self._sidebar_zoom)))
            self._sidebar_zoom = theme.zoom
            self._beside.setSizes([wanted, now + rest - wanted])

    # -- the furniture's own actions

    def _bind(self) -> None:
        bind = self.actions_book.bind
        bind("toggle_sidebar", self.toggle_sidebar)
        bind("toggle_console", self.toggle_console)
        bind("toggle_layout", self._toggle_layout)
        bind("zoom_in", lambda: self._zoom(1))
        bind("zoom_out", lambda: self._zoom(-1))
        bind("zoom_reset", lambda: self.settings.change(zoom_percent=100))
        for mode in ("light", "dark", "system"):
            bind(f"theme_{mode}", partial(self.settings.change, theme=mode))
        bind("next_region", lambda: self._go_region(1))
        bind("previous_region", lambda: self._go_region(-1))
        bind("recent_tab", lambda: self.desk.go_recent(1))
        bind("recent_tab_back", lambda: self.desk.go_recent(-1))
        bind("next_tab", lambda: self.desk.go(1))
        bind("previous_tab", lambda: self.desk.go(-1))
        for number in range(1, 10):
            bind(f"tab_{number}", partial(self.desk.go_to, number))
        self.console.closed.connect(self.toggle_console)

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        self.side.setVisible(not self.side.isVisible())
        self.moved.emit()

    def show_side(self, panel: QWidget, area: str) -> None:
        """Show a panel in the sidebar, and mark its area in the rail."""
        if self.side.indexOf(panel) < 0:
            self.side.addWidget(panel)
        self.side.setCurrentWidget(panel)
        self.rail.show_current(area)
        if not self.side.isVisible():
            self.toggle_sidebar()

    def toggle_console(self) -> None:
        """Show or hide the console."""
        self.console.setVisible(not self.console.isVisible())
        if self.console.isVisible() and self._below.sizes()[1] < theme.px(120):
            total = sum(self._below.sizes())
            self._below.setSizes([total - theme.px(_CONSOLE_PX), theme.px(_CONSOLE_PX)])
        self.moved.emit()

    def _toggle_layout(self) -> None:
        document = self.desk.current
        beside = not getattr(document, "is_beside", True)
        # Back where it stands by itself, it moves by itself again when the window gets narrow.
        by_itself = beside == getattr(document, "is_wide", None)
        self.settings.change(layout="auto" if by_itself else "beside" if beside else "below")

    def _zoom(self, step: int) -> None:
        now = self.settings.value.zoom_percent
        nearest = min(range(len(ZOOM_STEPS)), key=lambda index: abs(ZOOM_STEPS[index] - now))
        self.settings.change(zoom_percent=ZOOM_STEPS[max(0, min(len(ZOOM_STEPS) - 1, nearest + step))])

    def _regions(self) -> list[QWidget]:
        """The areas of the window, in the order in which the keyboard visits them."""
        document = self.desk.current
        inside = document.focus_regions() if document else ()
        side = self.side.currentWidget() or self.side
        regions = (self.rail, side, self.desk.strip, *inside, self.console, self.status)
        return [region for region in regions if region.isVisible()]

    def _go_region(self, step: int) -> None:
        regions, focused = self._regions(), QApplication.focusWidget()
        at = next(
            (index for index, region in enumerate(regions) if focused and region.isAncestorOf(focused)),
            -1 if step > 0 else 0,
        )
        focus_first(regions[(at + step) % len(regions)])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab visits the areas in their order, whenever their parts were made."""
        regions, stops = self._regions(), stops_in(self)

        def rank(stop: QWidget) -> int:
            # What belongs to no area, such as a notice, comes before the status bar.
            return next((at for at, area in enumerate(regions) if area.isAncestorOf(stop)), len(regions) - 2)

        go_on(sorted(stops, key=rank), forward=forward)
        return True

    # -- the window's state, for the session

    def state(self) -> dict[str, str]:
        """Geometry and splitters as text, for the session file."""
        return {
            "geometry": _text(self.saveGeometry()),
            "beside": _text(self._beside.saveState()),
            "below": _text(self._below.saveState()),
            "sidebar": "" if self.side.isVisible() else "hidden",
            "console": "shown" if self.console.isVisible() else "",
        }

    def restore(self, state: dict[str, str]) -> None:
        """Go back to a state; what is missing or broken stays as it is."""
        if not state.get("geometry"):
            self.resize(self.size().boundedTo(self.screen().availableSize() - QSize(*_FRAME_PX)))
        for key, restore in (
            ("geometry", self.restoreGeometry),
            ("beside", self._beside.restoreState),
            ("below", self._below.restoreState),
        ):
            if state.get(key):
                _restore(restore, state[key])
        self.side.setVisible(state.get("sidebar") != "hidden")
        self.console.setVisible(state.get("console") == "shown")

    # -- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep our shortcuts from being eaten by text fields (on X11 a line edit takes Ctrl+E as end of line).

        A widget in which a key means something else than in the window says so by a method `claims`.
        """
        if not isinstance(event, QKeyEvent):
            return False
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(watched, QWidget)
            and watched.window() is self
            and self.actions_book.owns(event)
            and not _claims(watched, event)
        ):
            event.ignore()
            return True
        if event.type() == QEvent.Type.KeyRelease and event.key() == _WALK_KEY:
            self.desk.end_walk()
        return False

    def _watch_keys(self, before: QWidget | None, now: QWidget | None) -> None:
        """Keys go to the widget with the focus, so only its events are looked at.

        With a filter on the program each of its events (3,000 for a new tab) would have to wait for the interpreter,
        1 ms each while another thread formats a body.
        """
        if before is not None and before is not self and isValid(before):
            before.removeEventFilter(self)
        if now is not None and now is not self:
            now.installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing else wanted cancels the request in front, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.actions_book.trigger("cancel")
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the program to shut down; it calls `leave` when all is safe."""
        if self._ready_to_close:
            event.accept()
            return
        event.ignore()
        self.close_wanted.emit()

    def leave(self) -> None:
        """Close for good."""
        self._ready_to_close = True
        self.close()


def _claims(widget: QWidget, event: QKeyEvent) -> bool:
    claims: Callable[[QKeyEvent], bool] | None = getattr(widget, "claims", None)
    return claims is not None and claims(event)


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _restore(restore: Callable[[QByteArray], object], text: str) -> None:
    restore(QByteArray.fromBase64(text.encode("utf-8", "replace")))
