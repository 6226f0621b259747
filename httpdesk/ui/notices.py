"""Notices: short messages over the foot of the window, one at a time, some with a button such as Undo."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget

from httpdesk.ui.floating import Floating
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, icon_button, icon_label, label, row

_WIDEST_PX, _ABOVE_FOOT_PX = 560, 48
_SHOWN_MS, _SHOWN_WITH_BUTTON_MS, _SHOWN_WHILE_OTHERS_WAIT_MS = 6_000, 10_000, 3_000
_LOOKS = {
    "info": ("info", "info"),
    "success": ("circle-check", "success"),
    "warning": ("triangle-alert", "warning"),
    "error": ("circle-alert", "danger"),
}


class Notice(NamedTuple):
    """What is said, and what its button does."""

    text: str
    button: str
    run: Callable[[], object] | None
    level: str


class Notices(QObject):
    """Shows notices over the foot of a widget; they leave by themselves, but not under the mouse or the focus."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._waiting: deque[Notice] = deque()
        self._card: _Card | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_is_up)
        over.installEventFilter(self)

    def show(
        self, text: str, action_label: str | None = None, run: Callable[[], object] | None = None, level: str = "info"
    ) -> None:
        """Say something ("info", "success", "warning" or "error"), now or after what is being said."""
        notice = Notice(text, action_label or "", run, level)
        if self._card and self._card.notice[:2] == notice[:2]:
            self._drop_card()
        self._waiting.append(notice)
        if self._card is None:
            self._show_next()
        elif self._timer.isActive():
            self._timer.start(min(self._timer.remainingTime(), _SHOWN_WHILE_OTHERS_WAIT_MS))

    @property
    def current(self) -> str:
        """What is being said, "" for nothing."""
        return self._card.notice.text if self._card else ""

    def dismiss(self) -> None:
        """Take the notice away; the next one follows."""
        self._drop_card()
        self._show_next()

    def _show_next(self) -> None:
        if not self._waiting:
            return
        notice = self._waiting.popleft()
        self._card = _Card(self._over.window(), notice)  # not the widget's own child: overlays would cover it
        self._card.close_button.clicked.connect(self.dismiss)
        self._card.closed.connect(self.dismiss)
        if self._card.action_button is not None:
            self._card.action_button.clicked.connect(self._act)
        theme.bind(self._card, self._place)
        self._announce(notice)
        if self._waiting:
            self._timer.start(_SHOWN_WHILE_OTHERS_WAIT_MS)
        else:
            self._timer.start(_SHOWN_WITH_BUTTON_MS if notice.button else _SHOWN_MS)

    def _act(self) -> None:
        run = self._card.notice.run if self._card else None
        self.dismiss()
        if run is not None:
            run()

    def _time_is_up(self) -> None:
        if self._card and self._card.is_attended():
            self._timer.start(_SHOWN_WHILE_OTHERS_WAIT_MS)
        else:
            self.dismiss()

    def _drop_card(self) -> None:
        self._timer.stop()
        card, self._card = self._card, None
        if card is not None:
            card.hide()
            card.deleteLater()

    def _place(self) -> None:
        if self._card is None:
            return
        room = self._over.rect()
        size = self._card.lay.sizeHint()
        margins = self._card.lay.contentsMargins()
        width = min(size.width() - margins.left() - margins.right(), theme.px(_WIDEST_PX), room.width() - theme.px(32))
        height = self._card.height_for(width)
        corner = QPoint((room.width() - width) // 2, room.height() - height - theme.px(_ABOVE_FOOT_PX))
        corner = self._over.mapTo(self._over.window(), corner)
        self._card.place(corner.x(), corner.y(), width, height)

    def _announce(self, notice: Notice) -> None:
        event = QAccessibleAnnouncementEvent(self._over, notice.text)
        if notice.level == "error":
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window's size changes."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)


class _Card(Floating):
    """One notice: icon, text, its button, and one to close it."""

    def __init__(self, over: QWidget, notice: Notice) -> None:
        super().__init__(over)
        self.notice = notice
        self.setAccessibleName(notice.text)
        icon, role = _LOOKS[notice.level]
        self._text = label(notice.text, wrap=True)
        self.action_button = button(notice.button, "link") if notice.button else None
        self.close_button = icon_button("x", self.tr("Close"), 24, icon=14)
        parts: list[QWidget | tuple[QWidget, int]] = [icon_label(icon, role), (self._text, 1)]
        if self.action_button is not None:
            parts.append(self.action_button)
        self._row = row(*parts, self.close_button, spacing=12, margins=(16, 8, 8, 8))
        self.lay.addWidget(self._row)
        # As wide as the words on one line, unless they are too many.
        self._text.setMinimumWidth(min(self._text.fontMetrics().horizontalAdvance(notice.text) + 4, theme.px(320)))

    def is_attended(self) -> bool:
        """Whether the mouse or the focus is on it."""
        focus = QApplication.focusWidget()
        return self.underMouse() or (focus is not None and self.isAncestorOf(focus))

    def height_for(self, width: int) -> int:
        """The height of the card for its width."""
        layout = self._row.layout()
        return max(layout.heightForWidth(width) if layout else 0, theme.px(40))
