"""Facts: status, time and size of an answer at the right of the response tabs; what does not fit is left out."""

from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from httpdesk.ui.actions import tip
from httpdesk.ui.pane_tabs import PaneTabs
from httpdesk.ui.pills import Pill
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import icon_button, label

_SPACING_PX, _LEFT_PX, _RIGHT_PX = 4, 8, 12


class Fact(QToolButton):
    """A number that is a button: a click tells more."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.bind(self, self._dress)

    def say(self, words: str) -> None:
        """Show other words; none hides the fact."""
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(f"{self._name}: {words}" if words else self._name)
            self._fit()

    def _dress(self) -> None:
        self.setFont(theme.font("num"))
        self.setStyleSheet(f"padding: 0 {theme.px(4)}px; color: {theme.hex('text')};")
        self._fit()

    def _fit(self) -> None:
        width = theme.fm("num").horizontalAdvance(self.text()) + 2 * theme.px(4) + theme.px(4)
        self.setFixedSize(ceil(width), theme.px(24))


class PaneHead(QWidget):
    """Tabs at the left, facts at the right: step in words, status pill, certificate pill, time, size."""

    time_clicked = Signal()
    size_clicked = Signal()

    def __init__(self, tabs: PaneTabs) -> None:
        super().__init__()
        self.tabs = tabs
        self.step = label("", "small", "text2")
        self.status = Pill("")
        self.unverified = Pill("", "danger", "shield-alert")
        self.time_fact = Fact(self.tr("Time"))
        self.size_fact = Fact(self.tr("Size"))
        self.time_fact.clicked.connect(self.time_clicked)
        self.size_fact.clicked.connect(self.size_clicked)
        self.earlier = icon_button("history", tip("earlier_answers"), 24)
        self._wanted: dict[QWidget, bool] = {}
        self._widths: dict[QWidget, int] = {}
        self._unverified_words = ""
        lay = QHBoxLayout(self)
        lay.addWidget(tabs, 1)
        for part in (self.step, self.unverified, self.status, self.time_fact, self.size_fact, self.earlier):
            part.setVisible(False)
            self._wanted[part] = False
            lay.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._lay = lay
        theme.bind(self, self._resize)

    def show_step(self, words: str) -> None:
        """What goes on now; none while nothing does."""
        self.step.setText(words)
        self._want(self.step, wanted=bool(words))

    def show_status(self, words: str, role: str = "text2") -> None:
        """The status pill; none hides it."""
        self.status.show_words(words, role)
        self._want(self.status, wanted=bool(words))

    def show_unverified(self, *, unverified: bool) -> None:
        """Whether the certificate of this answer was accepted without a check."""
        self._unverified_words = self.tr("Certificate not verified") if unverified else ""
        self.unverified.setToolTip(self._unverified_words)
        self._want(self.unverified, wanted=unverified)

    def show_time(self, words: str) -> None:
        """The time; it ticks without moving what is beside it more than needed."""
        self.time_fact.say(words)
        self._want(self.time_fact, wanted=bool(words))

    def show_size(self, words: str, tip: str = "") -> None:
        """The size of the body."""
        self.size_fact.say(words)
        self.size_fact.setToolTip(as_tip(tip))
        self._want(self.size_fact, wanted=bool(words))

    def minimumSizeHint(self) -> QSize:
        """Room for one tab and the status: what does not fit is left out."""
        least = self.tabs.minimumSizeHint().width() + self.status.sizeHint().width()
        return QSize(least + theme.px(_LEFT_PX + _RIGHT_PX + _SPACING_PX), self.height())

    def offer_earlier(self, *, offered: bool) -> None:
        """Whether there is a button for earlier answers."""
        self._want(self.earlier, wanted=offered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose what fits."""
        super().resizeEvent(event)
        self._fit()

    def _want(self, part: QWidget, *, wanted: bool) -> None:
        width = (part.width() if isinstance(part, QToolButton) else part.sizeHint().width()) if wanted else 0
        if (self._wanted[part], self._widths.get(part, 0)) != (wanted, width):
            self._wanted[part], self._widths[part] = wanted, width
            self._fit()

    def _fit(self) -> None:
        """First the certificate pill gets shorter, then tabs go behind "+2", then what matters less goes."""
        words = (self._unverified_words, self.tr("Not verified") if self._unverified_words else "", "")
        nothing: tuple[QWidget, ...] = ()
        choices = [(self.tabs.sizeHint().width(), short, nothing) for short in words]
        least = self.tabs.minimumSizeHint().width()
        choices += [(least, short, nothing) for short in words]
        choices += [
            (least, "", (self.earlier,)),
            (least, "", (self.earlier, self.size_fact)),
            (least, "", (self.earlier, self.size_fact, self.step)),
            (least, "", (self.earlier, self.size_fact, self.time_fact)),
        ]
        for tabs_px, short, without in choices:
            needed = tabs_px + self._facts_px(short, without)
            if needed <= self.width() - theme.px(_LEFT_PX + _RIGHT_PX):
                break
        if self._unverified_words and self.unverified.words != short:
            self.unverified.show_words(short, "danger", "shield-alert")
            self.unverified.setAccessibleName(self._unverified_words)
        for part, wanted in self._wanted.items():
            # Not through isVisible: the head may be hidden as a whole.
            if part.isHidden() == (wanted and part not in without):
                part.setVisible(wanted and part not in without)

    def _facts_px(self, unverified: str, without: tuple[QWidget, ...]) -> int:
        whole = 0
        for part, wanted in self._wanted.items():
            if not wanted or part in without:
                continue
            width = part.sizeHint().width() if part is not self.unverified else self._pill_px(unverified)
            whole += (part.width() if isinstance(part, QToolButton) else width) + theme.px(_SPACING_PX)
        return whole

    def _pill_px(self, words: str) -> int:
        extra = theme.px(34 if words else 26)
        return int(theme.fm("strong").horizontalAdvance(words) + extra)

    def _resize(self) -> None:
        self.setFixedHeight(theme.size("pane_tabs") - 1)
        self._lay.setContentsMargins(theme.px(_LEFT_PX), 0, theme.px(_RIGHT_PX), 0)
        self._lay.setSpacing(theme.px(_SPACING_PX))
        self.step.setContentsMargins(0, 0, 0, 2)  # on the line of the words beside it
        self._fit()
