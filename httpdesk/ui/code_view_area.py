"""CodeArea: the scrolling and painting half of a code view, with its caret; it takes no keys and no clicks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from httpdesk.body.text import Text
from httpdesk.ui.code_view_caret import Caret
from httpdesk.ui.code_view_fold import Folding
from httpdesk.ui.code_view_mouse import Hit
from httpdesk.ui.code_view_paint import Mark, Scene, gutter_width, paint
from httpdesk.ui.code_view_row import Look
from httpdesk.ui.code_view_screen import Placed, Screen
from httpdesk.ui.theme import theme

_TOP_PX = 4
_WHEEL_ROWS, _WHEEL_STEP = 3, 120
# How long rows that are new on the screen may take in one go: a row of binary data takes 1 ms.
_PAINT_S = 0.004
_STEPS_MAX = 1 << 30  # scroll bars count in 32 bits


class CodeArea(QAbstractScrollArea):
    """Shows a text from some row on; all that depends on its size happens for what is seen only."""

    def __init__(self, text: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self._wraps = self._caret_on = self._setting_bars = False
        self._widest_px, self._wheel_px = 0.0, 0.0
        self._gutter_px = self._unit = self._painted_stop = 1
        self._look = Look()
        self._folding = Folding(Screen(text, self._look), self)
        self._put_text(text)
        self._blink = self._repeat(self._blink_caret)
        self._fit_soon = self._repeat(self._fit_bars)
        self._fit_soon.setSingleShot(True)
        self._paint_on = self._repeat(self.viewport().update)
        self._paint_on.setSingleShot(True)
        theme.bind(self, self._dress)

    @property
    def text(self) -> Text:
        """The text that is shown."""
        return self._screen.text

    @property
    def shown_rows(self) -> list[tuple[int, str]]:
        """The rows that are seen, each with its line number (0 where a long line goes on)."""
        rows = [placed.layout for placed in self._screen.placed()]
        return [(row.row.line if row.row.starts_line else 0, row.shown) for row in rows]

    def marks(self, _start: int, _stop: int) -> Sequence[Mark]:
        """What is to be marked between two bytes of the body."""
        return ()

    def _put_text(self, text: Text) -> None:
        self._screen = Screen(text, self._look)
        self._caret = Caret(self._screen)
        self._folding.use(self._screen, "")
        self._widest_px, self._painted_stop = 0.0, 0

    def _repeat(self, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.timeout.connect(run)
        return timer

    # -- fitting

    def _dress(self) -> None:
        """Take the fonts and colours of the theme as it is now."""
        self._look = Look()
        self._screen.dress(self._look)
        self._widest_px = 0.0
        self.setViewportMargins(0, theme.px(_TOP_PX), 0, 0)
        self._fit()

    def _fit(self) -> None:
        """Take the size of the viewport, and the gutter that the number of lines needs."""
        self._gutter_px = gutter_width(self.text.index.lines)
        # As if the bar was always there: it comes and goes with the height, which depends on the width.
        room_px = self.width() - self.verticalScrollBar().sizeHint().width() - self._gutter_px
        wrap_px = max(20 * self._look.cell_px, room_px - self._look.cell_px) if self._wraps else None
        self._screen.resize(self.viewport().height(), wrap_px)
        self._screen.keep_inside()
        self._fit_bars()
        self.viewport().update()

    def _fit_bars(self) -> None:
        """Show in the scroll bars where the view is."""
        screen, self._setting_bars = self._screen, True
        length_px = screen.length_px()
        self._unit = 1 + length_px // _STEPS_MAX
        bar = self.verticalScrollBar()
        bar.setRange(0, -(-length_px // self._unit))
        bar.setPageStep(max(1, screen.height_px // self._unit))
        bar.setSingleStep(max(1, self._look.row_px // self._unit))
        bar.setValue(screen.depth_px() // self._unit)
        room_px = self.viewport().width() - self._gutter_px
        across = self.horizontalScrollBar()
        across.setRange(0, 0 if self._wraps else max(0, round(self._widest_px + 2 * self._look.cell_px - room_px)))
        across.setPageStep(max(1, room_px))
        across.setSingleStep(round(4 * self._look.cell_px))
        self._setting_bars = False

    # -- scrolling

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Go where the scroll bars are, if it was not this view that moved them."""
        bar = self.verticalScrollBar()
        if dy and not self._setting_bars:
            if bar.value() == bar.maximum():
                self._screen.top, self._screen.shift_px = self._screen.bottom()
            else:
                self._screen.go_to(bar.value() * self._unit)
        if dx or not self._setting_bars:
            self.viewport().update()

    def _scroll_by(self, right_px: int, down_px: int) -> None:
        if down_px:
            self._screen.scroll(down_px)
            self._fit_bars()
            self.viewport().update()
        if right_px:
            across = self.horizontalScrollBar()
            across.setValue(across.value() + right_px)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Three rows a notch; with Shift sideways; with Ctrl it is the window's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        pixels, angle = event.pixelDelta(), event.angleDelta()
        notch_px = _WHEEL_ROWS * self._look.row_px / _WHEEL_STEP
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
        self._fit()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are in the area to be painted."""
        area, room, across = event.rect(), self.viewport().rect(), self.horizontalScrollBar().value()
        placed, whole = self._screen.ready(across, across + room.width() - self._gutter_px, _PAINT_S)
        if not whole:
            self._paint_on.start()  # the rest follows, and the window gets its turn in between
        rows = [p for p in placed if p.y_px <= area.bottom() and p.y_px + p.layout.height_px > area.top()]
        scene = Scene(
            placed=rows,
            marks=self._marks_of(rows),
            caret=self._caret,
            folding=self._folding,
            caret_is_on=self._caret_on and self.hasFocus(),
            gutter_px=self._gutter_px,
            scrolled_px=across,
            width_px=room.width(),
            height_px=room.height(),
        )
        painter = QPainter(self.viewport())
        paint(painter, scene, self._look)
        painter.end()
        self._painted_stop = placed[-1].layout.row.stop if placed else 0
        if not self._wraps:
            self._measure(scene)

    def _marks_of(self, placed: Sequence[Placed]) -> Sequence[Mark]:
        """What is to be marked in some rows: not in what is folded between them, which may be most of the body."""
        found: list[Mark] = []
        first = 0
        for i, (layout, _) in enumerate(placed):
            if i + 1 == len(placed) or placed[i + 1].layout.row.start != layout.row.stop:
                marks = self.marks(placed[first].layout.row.start, layout.row.stop)
                found += marks[1:] if found and marks and marks[0] == found[-1] else marks
                first = i + 1
        return found

    def _measure(self, scene: Scene) -> None:
        """Let it scroll as far to the right as the rows that were seen are wide."""
        upto_px = scene.scrolled_px + 2 * scene.width_px
        widest_px = max((placed.layout.width_px(upto_px) for placed in scene.placed), default=0.0)
        if widest_px > self._widest_px:
            self._widest_px = widest_px
            self._fit_soon.start()  # not now: bars that appear would paint again

    # -- caret

    def _reveal_caret(self) -> None:
        """Scroll to where the caret is, and let it shine; what is folded over it opens."""
        if (row := self._caret.row) is not None:
            self._folding.open(row.number)
            limit = self._screen.rows_limit
            if limit is not None and row.number >= limit:
                # Someone goes on purpose to what came while the view was paused.
                self._screen.rows_limit = self.text.index.rows
                self._fit()
        there = self._caret.place()
        if there is not None:
            layout, character = there
            x_px, line = layout.place(character)
            self._screen.reveal(layout.row.number, line)
            self._fit_bars()
            self._reveal_x(x_px)
        self._restart_blink()
        self.viewport().update()

    def _reveal_x(self, x_px: float) -> None:
        across, room_px, cell_px = (
            self.horizontalScrollBar(),
            self.viewport().width() - self._gutter_px,
            self._look.cell_px,
        )
        if self._wraps or across.value() <= x_px <= across.value() + room_px - 2 * cell_px:
            return
        self._widest_px = max(self._widest_px, x_px)
        self._fit_bars()
        left = x_px < across.value()
        across.setValue(max(0, round(x_px - room_px / 4 if left else x_px - room_px * 3 / 4)))

    def _restart_blink(self) -> None:
        self._caret_on = True
        flash_ms = QApplication.cursorFlashTime()
        if flash_ms > 0 and self.hasFocus():
            self._blink.start(flash_ms // 2)

    def _blink_caret(self) -> None:
        self._caret_on = not self._caret_on
        row = self._caret.row
        for layout, y_px in self._screen.placed():
            if row is not None and layout.row.number == row.number:
                self.viewport().update(QRect(0, y_px, self.viewport().width(), layout.height_px))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The caret shines; who comes by keyboard sees it at the first row that is shown."""
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key:
            self._caret_to_screen()
        self._restart_blink()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The caret goes out."""
        super().focusOutEvent(event)
        self._blink.stop()
        self._caret_on = False
        self.viewport().update()

    def _caret_to_screen(self) -> None:
        """A caret that was nowhere begins at the first row that is shown."""
        if not self._caret.seen and (rows := self._screen.window(self._screen.top, 1)):
            self._caret.put(rows[0].start)

    # -- places

    def _hit(self, point: QPoint) -> Hit | None:
        """What is at a point of the viewport, or nearest to it; None when there is nothing at all."""
        placed = self._screen.placed()
        if not placed:
            return None
        layout, y_px = next((p for p in placed if point.y() < p.y_px + p.layout.height_px), placed[-1])
        line = max(0, min(layout.lines - 1, (point.y() - y_px) // self._look.row_px))
        x_px = point.x() - self._gutter_px + self.horizontalScrollBar().value()
        return Hit(layout, layout.character_at(max(0.0, x_px), line), point.x() < self._gutter_px)
