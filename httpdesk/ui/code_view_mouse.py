"""Mouse: presses and drags on a code view turned into a selection, by characters, words or lines."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from httpdesk.ui.code_view_caret import Caret
from httpdesk.ui.code_view_row import RowLayout

_SCROLL_MS = 30


class Hit(NamedTuple):
    """What is at a point: the row, the nearest place in it, and whether that is beside the text."""

    layout: RowLayout
    character: int
    in_gutter: bool

    @property
    def offset(self) -> int:
        """The place as a byte of the body."""
        return self.layout.offset(self.character)


class Mouse(QObject):
    """Selects with the left button; beyond the edges the view scrolls as long as the button is held."""

    def __init__(
        self,
        view: QAbstractScrollArea,
        hit: Callable[[QPoint], Hit | None],
        scroll: Callable[[int, int], None],
        selected: Callable[[], None],
    ) -> None:
        super().__init__(view)
        self._view, self._hit, self._scroll, self._selected = view, hit, scroll, selected
        self.caret: Caret | None = None
        self._pivot: tuple[int, int] | None = None  # the selection that a drag keeps
        self._unit = 0  # characters, words, lines
        self._last_double: tuple[float, QPoint] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_SCROLL_MS)
        self._timer.timeout.connect(self._scroll_on)
        self._point = QPoint()

    @property
    def dragging(self) -> bool:
        """Whether the button is held."""
        return self._pivot is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection; with Shift the old one reaches to here, a third click takes the line."""
        point = event.position().toPoint()
        hit = self._hit(point)
        if hit is None or self.caret is None:
            return
        self._unit = 2 if hit.in_gutter or self._is_third(event, point) else 0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._pivot = self.caret.anchor, self.caret.anchor
            self._reach(hit)
            return
        self._take(hit)
        self._pivot = self.caret.selection
        self._selected()

    def double(self, event: QMouseEvent) -> None:
        """Take the word."""
        point = event.position().toPoint()
        hit = self._hit(point)
        if hit is None or self.caret is None:
            return
        self._last_double = event.timestamp(), point
        self._unit = 2 if hit.in_gutter else 1
        self._take(hit)
        self._pivot = self.caret.selection
        self._selected()

    def move(self, event: QMouseEvent) -> None:
        """Let the selection reach to here, and go on scrolling beyond the edges."""
        if self._pivot is None:
            return
        self._point = event.position().toPoint()
        self._reach(self._hit(self._point))
        if any(self._beyond()):
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    def release(self) -> None:
        """The selection is made."""
        self._pivot = None
        self._timer.stop()

    def _is_third(self, event: QMouseEvent, point: QPoint) -> bool:
        if self._last_double is None:
            return False
        when, where = self._last_double
        near = (point - where).manhattanLength() < QApplication.startDragDistance()
        return near and event.timestamp() - when < QApplication.doubleClickInterval()

    def _take(self, hit: Hit) -> None:
        if self.caret is None:
            return
        if self._unit == 0:
            self.caret.put(hit.offset)
        elif self._unit == 1:
            self.caret.word_at(hit.layout, hit.character)
        else:
            self.caret.line_at(hit.layout.row)

    def _reach(self, hit: Hit | None) -> None:
        if hit is None or self.caret is None or self._pivot is None:
            return
        first, last = self._pivot
        self._take(hit)
        start, stop = self.caret.selection
        if start < first:
            self.caret.select(last, start)
        else:
            self.caret.select(first, max(stop, last))
        self._selected()

    def _beyond(self) -> tuple[int, int]:
        """How far the mouse is beyond the edges, in pixels."""
        area, point = self._view.viewport().rect(), self._point
        right, down = max(0, point.x() - area.right()), max(0, point.y() - area.bottom())
        return right + min(0, point.x()), down + min(0, point.y())

    def _scroll_on(self) -> None:
        across, along = self._beyond()
        self._scroll(across, along)
        self._reach(self._hit(self._point))
