"""Stream bar: below a body that arrives, how fast it comes and the button that stops it."""

from collections import deque

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from httpdesk.core.wording import rate
from httpdesk.ui.pills import Dot
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, label

_HEIGHT_PX = 40
_WINDOW_S = 2.0


class StreamBar(QWidget):
    """Hidden while nothing arrives."""

    cancel = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._marks: deque[tuple[float, int]] = deque()
        self._words = label("", "small", "text2")
        stop = button(self.tr("Cancel"), "secondary", "sm")
        stop.clicked.connect(self.cancel)
        self._lay = QHBoxLayout(self)
        self._lay.addWidget(Dot("success"))
        self._lay.addWidget(self._words)
        self._lay.addStretch(1)
        self._lay.addWidget(stop)
        theme.bind(self, self._fit)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def begin(self) -> None:
        """Another body: forget the rate of the one before."""
        self._marks.clear()
        self.hide()

    def mark(self, now_s: float, count_bytes: int, *, on_disk: bool) -> None:
        """So many bytes have come by now."""
        marks = self._marks
        marks.append((now_s, count_bytes))
        while len(marks) > 2 and now_s - marks[0][0] > _WINDOW_S:
            marks.popleft()
        (since_s, before), (until_s, after) = marks[0], marks[-1]
        speed = rate((after - before) / (until_s - since_s)) if until_s > since_s else ""
        parts = [speed or self.tr("arriving"), self.tr("on disk") if on_disk else ""]
        self._words.setText(", ".join(part for part in parts if part))

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self._lay.setContentsMargins(theme.px(16), 0, theme.px(12), 0)
        self._lay.setSpacing(theme.px(8))
