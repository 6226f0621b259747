"""Popovers of the response facts: the waterfall with its connection, and the sizes."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from httpdesk.core.exchange import Hop, Phase
from httpdesk.core.wording import duration
from httpdesk.ui import response_words
from httpdesk.ui.floating import Floating
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.waterfall import Waterfall
from httpdesk.ui.widgets import icon_label, label, line, row

_TIMING_PX, _SIZES_PX, _EDGE_PX = 472, 300, 12
_LABEL_PX, _WIDE_LABEL_PX = 120, 150


class FactsPopover(Floating):
    """A card below a fact; Esc, a click beside it and a resize of the window close it."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setAccessibleName(name)
        self._beside: QWidget | None = None
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def show_below(self, opener: QWidget, width_px: int) -> None:
        """Show right below a widget, at the right end of the bar that holds it, inside the window."""
        window, self._beside = self.parentWidget(), opener
        if window is None:
            return
        width = min(theme.px(width_px), window.width() - 2 * theme.px(_EDGE_PX))
        edge, bar = theme.px(_EDGE_PX), opener.parentWidget() or opener
        right = bar.mapTo(window, QPoint(bar.width(), 0)).x()
        below = bar.mapTo(window, QPoint(0, bar.height())).y()
        x = max(edge, min(right, window.width()) - edge - width)
        shadow = round(self.card().left())
        height = self.lay.heightForWidth(width + 2 * shadow) - 2 * shadow
        self.place(x, below + 1 + theme.px(4), width, height)
        over = self.geometry().bottom() - window.height()
        if over > 0:
            self.move(self.x(), max(0, self.y() - over))
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close; nothing is listened to any more."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        super().dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press beside the card closes it, and does what it does."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            place = self.mapFromGlobal(event.globalPosition())
            # The opener closes what it opened by itself.
            if isinstance(watched, QWidget) and watched is not self._beside and not self.card().contains(place):
                self.dismiss()
        elif event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.dismiss()
        return False

    def add_facts(self, facts: Sequence[tuple[str, str]], name_px: int = _LABEL_PX) -> None:
        """Rows of a name and words."""
        grid = QWidget()
        lay = QGridLayout(grid)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setVerticalSpacing(theme.px(4))
        lay.setHorizontalSpacing(0)
        for at, (name, words) in enumerate(facts):
            left = label(name, "small", "text2")
            left.setFixedWidth(theme.px(name_px))
            lay.addWidget(left, at, 0, Qt.AlignmentFlag.AlignTop)
            right = label(words[:300], "small", wrap=True, selectable=True)
            right.setToolTip(as_tip(words))
            lay.addWidget(right, at, 1)
        lay.setColumnStretch(1, 1)
        self.lay.addWidget(row((grid, 1), margins=(16, 12, 16, 12)))


class TimingPopover(FactsPopover):
    """Where the time of one hop went, over which connection."""

    def __init__(self, window: QWidget, hop: Hop, total_ms: float) -> None:
        super().__init__(window, self.tr("Timing"))
        head = row(
            label(self.tr("Timing"), "strong"), None, label(duration(total_ms), "strong"), margins=(16, 12, 16, 8)
        )
        self.lay.addWidget(head)
        self.waterfall = Waterfall(bars(hop), max((time.start_ms + time.length_ms for time in hop.phases), default=0.0))
        self.lay.addWidget(row((self.waterfall, 1), margins=(16, 0, 16, 12)))
        self.lay.addWidget(line(strong=True))
        self.add_facts(response_words.connection(hop))
        if hop.connection.reused:
            self.lay.addWidget(line(strong=True))
            words = label(self.tr("A reused connection skips DNS, TCP and TLS."), "small", "text2")
            self.lay.addWidget(row(icon_label("info", "text3", 14), words, None, margins=(16, 8, 12, 8)))

    def show_below(self, opener: QWidget, width_px: int = _TIMING_PX) -> None:
        """Show right below the time."""
        super().show_below(opener, width_px)


class SizesPopover(FactsPopover):
    """How large everything was, as transferred and unpacked."""

    def __init__(self, window: QWidget, hop: Hop) -> None:
        super().__init__(window, self.tr("Sizes"))
        self.lay.addWidget(row(label(self.tr("Sizes"), "strong"), None, margins=(16, 12, 16, 0)))
        self.add_facts(response_words.sizes(hop), _WIDE_LABEL_PX)

    def show_below(self, opener: QWidget, width_px: int = _SIZES_PX) -> None:
        """Show right below the size."""
        super().show_below(opener, width_px)


def bars(hop: Hop) -> list[tuple[str, float, float, str]]:
    """Every phase as a bar of the waterfall; one that did not happen has no length."""
    times = {time.phase: time for time in hop.phases}
    found = []
    for kind in Phase:
        time = times.get(kind)
        start, length = (time.start_ms, time.length_ms) if time else (0.0, 0.0)
        found.append((response_words.phase(kind), start, length, response_words.phase_role(kind)))
    return found
