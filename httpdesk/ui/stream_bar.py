"""Stream bar: below a body that arrives, how fast it comes, how long that takes, and the buttons that stop it."""

from collections import deque

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from httpdesk.core.wording import duration, rate
from httpdesk.ui.pills import Dot
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, label

_HEIGHT_PX = 40
_WINDOW_S = 2.0
# So early the rate says little about the time that is left.
_TELLS_AFTER_S = 0.5


class StreamBar(QWidget):
    """Hidden while nothing arrives."""

    cancel = Signal()
    paused = Signal(bool)
    """The view is to stay as it is, or to go on."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: deque[tuple[float, int]] = deque()
        self._words = label("", "small", "text2")
        self.pause = button(self.tr("Pause view"), "ghost", "sm")
        self.pause.setCheckable(True)
        self.pause.toggled.connect(self._toggled)
        stop = button(self.tr("Cancel"), "secondary", "sm")
        stop.clicked.connect(self.cancel)
        self._lay = QHBoxLayout(self)
        self._lay.addWidget(Dot("success"))
        self._lay.addWidget(self._words)
        self._lay.addStretch(1)
        self._lay.addWidget(self.pause)
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
        self.end()

    def end(self) -> None:
        """Nothing more comes."""
        self.resume()
        self.hide()

    def resume(self) -> None:
        """The view goes on."""
        self.pause.setChecked(False)

    def mark(self, now_s: float, count_bytes: int, *, on_disk: bool, expected_bytes: int = 0) -> None:
        """So many bytes have come by now, of so many (0 when nobody knows)."""
        marks = self._marks
        marks.append((now_s, count_bytes))
        while len(marks) > 2 and now_s - marks[0][0] > _WINDOW_S:
            marks.popleft()
        (since_s, before), (until_s, after) = marks[0], marks[-1]
        bytes_per_s = (after - before) / (until_s - since_s) if until_s > since_s else 0.0
        parts = [rate(bytes_per_s) if until_s > since_s else self.tr("arriving"), self.tr("on disk") if on_disk else ""]
        if expected_bytes > after and bytes_per_s and until_s - since_s >= _TELLS_AFTER_S:
            left_ms = (expected_bytes - after) / bytes_per_s * 1000
            parts.append(self.tr("{time} left").format(time=duration(max(1000.0, left_ms))))
        self._words.setText(", ".join(part for part in parts if part))

    def _toggled(self, on: bool) -> None:
        self.pause.setText(self.tr("Resume view") if on else self.tr("Pause view"))
        self.pause.setAccessibleName(self.pause.text())
        self.paused.emit(on)

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self._lay.setContentsMargins(theme.px(16), 0, theme.px(12), 0)
        self._lay.setSpacing(theme.px(8))
