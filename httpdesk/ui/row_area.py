"""RowArea: a scrolling area of rows of one height, as many as there are; only those that are seen cost anything."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from httpdesk.ui.theme import theme

_WHEEL_ROWS, _WHEEL_STEP = 3, 120
_STEPS_MAX = 1 << 30  # scroll bars count in 32 bits


class RowArea(QAbstractScrollArea):
    """Whoever inherits says how many rows there are, how wide they are, and paints the rows from one to another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._depth_px, self._unit = 0, 0, 1
        self._row_px = 20
        self._setting_bars = False
        self._wheel_px = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # -- what is shown

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def seen(self) -> range:
        """The rows that are in view."""
        first = self._depth_px // self._row_px
        last = -(-(self._depth_px + self.viewport().height()) // self._row_px)
        return range(min(first, self._count), min(last, self._count))

    @property
    def page(self) -> int:
        """How many rows fit."""
        return max(1, self.viewport().height() // self._row_px)

    def set_count(self, count: int) -> None:
        """There are so many rows now; the view stays where it is."""
        if count != self._count:
            self._count = count
            self._fit_bars()
            self.viewport().update()

    def content_px(self) -> int:
        """How wide the rows are."""
        return 0

    def paint_rows(self, painter: QPainter, rows: range, top_px: int) -> None:
        """Paint some rows, the first one at `top_px`; the ground is painted already."""

    # -- scrolling

    def scroll_to_top(self) -> None:
        """Show the first row."""
        self._depth_px = 0
        self.horizontalScrollBar().setValue(0)
        self._fit_bars()
        self.viewport().update()

    def reveal(self, row: int) -> None:
        """Scroll so that a row is seen: not at all when it is, to the middle when it is far away."""
        top_px, height_px = row * self._row_px, self.viewport().height()
        above, below = self._depth_px - top_px, top_px + self._row_px - self._depth_px - height_px
        if above <= 0 >= below:
            return
        near_px = 2 * self._row_px
        if 0 < above <= near_px:
            self._depth_px = top_px
        elif 0 < below <= near_px:
            self._depth_px += below
        else:
            self._depth_px = top_px - height_px // 2
        self._fit_bars()
        self.viewport().update()

    def _scroll_by(self, right_px: int, down_px: int) -> None:
        if down_px:
            self._depth_px += down_px
            self._fit_bars()
            self.viewport().update()
        if right_px:
            across = self.horizontalScrollBar()
            across.setValue(across.value() + right_px)

    def _fit_bars(self) -> None:
        height_px, self._setting_bars = self.viewport().height(), True
        length_px = max(0, self._count * self._row_px - height_px)
        self._depth_px = max(0, min(self._depth_px, length_px))
        self._unit = 1 + length_px // _STEPS_MAX
        bar = self.verticalScrollBar()
        bar.setRange(0, -(-length_px // self._unit))
        bar.setPageStep(max(1, height_px // self._unit))
        bar.setSingleStep(max(1, self._row_px // self._unit))
        bar.setValue(self._depth_px // self._unit)
        across, room_px = self.horizontalScrollBar(), self.viewport().width()
        across.setRange(0, max(0, self.content_px() - room_px))
        across.setPageStep(max(1, room_px))
        across.setSingleStep(theme.px(32))
        self._setting_bars = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Go where the scroll bars are, if it was not this view that moved them."""
        bar = self.verticalScrollBar()
        if dy and not self._setting_bars:
            length_px = max(0, self._count * self._row_px - self.viewport().height())
            self._depth_px = length_px if bar.value() == bar.maximum() else bar.value() * self._unit
        if dx or not self._setting_bars:
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Three rows a notch; with Shift sideways; with Ctrl it is the window's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        pixels, angle = event.pixelDelta(), event.angleDelta()
        notch_px = _WHEEL_ROWS * self._row_px / _WHEEL_STEP
        right_px = float(pixels.x() or angle.x() * notch_px)
        down_px = float(pixels.y() or angle.y() * notch_px)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not right_px:
            right_px, down_px = down_px, 0.0
        # Fine wheels turn by less than a pixel.
        self._wheel_px += down_px
        whole_px = round(self._wheel_px)
        self._wheel_px -= whole_px
        self._scroll_by(-round(right_px), -whole_px)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less."""
        super().resizeEvent(event)
        self._fit_bars()

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, then the rows that are seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("canvas"))
        rows = self.seen
        if rows:
            self.paint_rows(painter, rows, rows.start * self._row_px - self._depth_px)
        painter.end()
