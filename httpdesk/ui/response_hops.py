"""Hop bar: the redirect chain as "302 → 302 → 200"; any hop can be looked at."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from httpdesk.core.exchange import Hop
from httpdesk.ui import response_words, tokens
from httpdesk.ui.elided_label import ElidedLabel
from httpdesk.ui.menus import menu
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_label, label

# How many hops at the start and the end of the chain are always there.
_WIDE, _NARROW, _WIDE_FROM_PX = (2, 4), (1, 2), 560
_HEIGHT_PX = 36


class HopBar(QWidget):
    """Hidden while there is one hop only; `chosen` tells the place of the hop that the user wants to see."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._hops: list[Hop] = []
        self._current = 0
        self._ends = _WIDE
        self._group = QButtonGroup(self)
        self._url = ElidedLabel("code_sm", "text2")
        self._chain = QWidget()
        self._lay = QHBoxLayout(self)
        self._lay.addWidget(label(self.tr("Redirects"), "small", "text2"))
        self._lay.addWidget(self._chain)
        self._lay.addWidget(self._url, 1)
        theme.bind(self, self._fit)
        self.hide()

    @property
    def words(self) -> str:
        """The chain in words: "302 → 302 → 200"."""
        return " → ".join(_code(hop) for hop in self._hops)

    def show_hops(self, hops: list[Hop], current: int) -> None:
        """Show the chain of a send, and which of its hops is looked at."""
        self._hops = list(hops)
        self.setVisible(len(hops) > 1)
        if len(hops) > 1:
            self._build(current)
            self._show_url(current)

    def select(self, place: int) -> None:
        """Look at a hop, as a click on it does."""
        self._build(place)
        self._show_url(place)
        self.chosen.emit(place)

    def minimumSizeHint(self) -> QSize:
        """The chain gets shorter before it makes the pane wider."""
        return QSize(theme.px(200), theme.px(_HEIGHT_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many hops as fit."""
        super().resizeEvent(event)
        ends = _WIDE if self.width() >= theme.px(_WIDE_FROM_PX) else _NARROW
        if ends != self._ends:
            self._ends = ends
            if len(self._hops) > 1:
                self._build(self._current)

    def _build(self, current: int) -> None:
        self._current = current
        old, self._chain = self._chain, QWidget()
        self._group = QButtonGroup(self._chain)
        lay = QHBoxLayout(self._chain)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(theme.px(4))
        shown = {at for at in range(len(self._hops)) if self._is_shown(at) or at == current}
        # A number in the place of one hop alone would save nothing.
        shown |= {at for at in range(len(self._hops)) if at - 1 in shown and at + 1 in shown}
        before = -1
        for at in sorted(shown):
            if at:
                lay.addWidget(icon_label("arrow-right", "text3", 12))
            if at > before + 1:
                lay.addWidget(self._rest(before + 1, at))
                lay.addWidget(icon_label("arrow-right", "text3", 12))
            lay.addWidget(self._button(at, on=at == current))
            before = at
        self._lay.replaceWidget(old, self._chain)
        self._chain.show()
        old.hide()
        old.deleteLater()

    def _is_shown(self, at: int) -> bool:
        first, last = self._ends
        return at < first or at >= len(self._hops) - last

    def _button(self, at: int, *, on: bool) -> QToolButton:
        hop = self._hops[at]
        role = tokens.status_role(hop.head.status) if hop.head is not None else "danger"
        words = response_words.status(hop.head) if hop.head is not None else self.tr("no answer")
        button = _HopButton(_code(hop), role)
        button.setChecked(on)
        name = self.tr("Hop {number} of {count}: {words}, {url}")
        name = name.format(number=at + 1, count=len(self._hops), words=words, url=hop.url[:200])
        button.setAccessibleName(name)
        self._group.addButton(button)
        button.clicked.connect(lambda: self._choose(at))
        return button

    def _choose(self, at: int) -> None:
        self._current = at
        self._show_url(at)
        self.chosen.emit(at)

    def _rest(self, start: int, stop: int) -> QToolButton:
        button = _HopButton(f"+{stop - start}", "text2")
        button.setCheckable(False)
        button.setAccessibleName(self.tr("%n more hops", "", stop - start))
        button.clicked.connect(lambda: self._offer(button, start, stop))
        return button

    def _offer(self, button: QToolButton, start: int, stop: int) -> None:
        popup = menu(
            [("", f"{_code(self._hops[at])}  {self._hops[at].url[:80]}", "") for at in range(start, stop)], self
        )
        for at, action in enumerate(popup.actions(), start):
            action.triggered.connect(lambda _=False, at=at: self.select(at))
        popup.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _show_url(self, place: int) -> None:
        hop = self._hops[place]
        self._url.show_words(f"{hop.method} {hop.url}")

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self._lay.setContentsMargins(theme.px(16), 0, theme.px(12), 0)
        self._lay.setSpacing(theme.px(8))


class _HopButton(QToolButton):
    def __init__(self, words: str, role: str) -> None:
        super().__init__()
        self._role = role
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.bind(self, self._dress)

    def sizeHint(self) -> QSize:
        """Three digits and the frame."""
        return QSize(int(theme.fm("num").horizontalAdvance(self.text())) + theme.px(16), theme.px(24))

    def _dress(self) -> None:
        self.setFont(theme.font("num"))
        self.setStyleSheet(f"color: {theme.hex(self._role)}; font-weight: 600;")
        self.updateGeometry()


def _code(hop: Hop) -> str:
    return f"{hop.head.status:03d}" if hop.head is not None else "-"
