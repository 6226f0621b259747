"""CompareArea: two texts side by side that scroll as one, with a row that keys move and a side that is copied from."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from httpdesk.body.comparing import Kind
from httpdesk.core.header_pairs import MINUS
from httpdesk.ui.announce import announce
from httpdesk.ui.code_view_row import Look, RowLayout
from httpdesk.ui.compare_paint import SIGNS, SideRow, columns_for, paint_badge, paint_divider, paint_side
from httpdesk.ui.compare_rows import CompareRows, nothing_to_compare
from httpdesk.ui.menus import menu
from httpdesk.ui.row_area import RowArea
from httpdesk.ui.theme import theme

# A description is made when the view has come to rest.
_REFRESH_MS, _PAUSE_MS, _SPOKEN_CHARACTERS = 50, 400, 300
_COPY_BYTES = 8 << 20
# How long rows that are new on the screen may take in one go, as in a code view.
_PAINT_S = 0.004
_Key, _Standard = Qt.Key, QKeySequence.StandardKey
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class CompareArea(RowArea):
    """Shows a comparison. Up and Down go from row to row, Ctrl+Left and Ctrl+Right from side to side."""

    noticed = Signal(str)
    """Something the user should know, as a sentence."""
    moved = Signal()
    """Another row is the current one, or other rows are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._look = Look()
        self._rows = nothing_to_compare()
        self._current = self._anchor = 0
        self.side = 1
        self._widest_px = 0.0
        super().__init__(parent)
        self.setAccessibleName(self.tr("Comparison"))
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._paint_on = QTimer(self, singleShot=True, interval=0)
        self._paint_on.timeout.connect(self.viewport().update)
        self._telling = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._telling.timeout.connect(self._describe)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._telling.start())
        theme.bind(self, self._dress)

    # -- what is shown

    def show_rows(self, rows: CompareRows, *, folded: bool) -> None:
        """Show a comparison from its first difference on."""
        self._rows = rows
        self._current = self._anchor = 0
        self._widest_px = 0.0
        self.scroll_to_top()
        self.set_folded(folded=folded)
        if rows.count:
            self._go(rows.comparison.next_difference(-1) or 0, extend=False, say=False)
            self._timer.start()

    def set_folded(self, *, folded: bool) -> None:
        """Hide the equal rows that are far from a difference, or show them."""
        self._rows.set_folded(folded=folded)
        self._current = self._anchor = self._seen_row(self._current)
        self.set_count(self._rows.count)
        self._reveal()

    @property
    def current(self) -> int:
        """The current row, among all rows."""
        return self._current

    @property
    def shown_rows(self) -> list[tuple[str, str, str]]:
        """The rows in view: sign, left text, right text; a badge has its words on the left."""
        return [self._spoken(self._rows.folds.row(place)) for place in self.seen]

    def _spoken(self, row: int) -> tuple[str, str, str]:
        rows = self._rows
        if (fold := rows.hidden_at(row)) is not None:
            return "", self._badge(rows.lines_of(fold)), ""
        place, left, right = rows.layouts(row, self._look)
        sign = "".join(dict.fromkeys(SIGNS[place.kind]))
        return sign, left.shown if left else "", right.shown if right else ""

    def _badge(self, lines: int) -> str:
        return self.tr("… {0} equal lines").format(self.locale().toString(lines))

    # -- going about

    def go_to_difference(self, step: int) -> None:
        """Go to the next difference (1) or the one before (-1), around the end."""
        found = self._rows.comparison
        if not found.count:
            return
        row = found.next_difference(self._current) if step > 0 else found.previous_difference(self._current)
        if row is None:
            row = found.starts[0] if step > 0 else found.starts[-1]
        self._go(row, extend=False)
        self._reveal_mark()

    def _reveal_mark(self) -> None:
        """Scroll sideways to what differs in the current row, where it is out of view."""
        place, *layouts = self._rows.layouts(self._current, self._look)
        layout = layouts[self.side]
        marks = self._marks(self.side, layout) if place.kind == Kind.CHANGED and layout else ()
        x_px = layout.place(marks[0][0])[0] if marks and layout else 0.0
        across, room_px = self.horizontalScrollBar(), self._columns.text_px()
        if not across.value() <= x_px <= across.value() + room_px - 4 * self._look.cell_px:
            self._widest_px = max(self._widest_px, x_px)
            self._fit_bars()
            across.setValue(max(0, round(x_px - room_px / 4)))

    def choose_side(self, side: int) -> None:
        """Let copying take the left (0) or right (1) text."""
        if side != self.side:
            self.side = side
            self.viewport().update()
            announce(self, self.tr("Right side") if side else self.tr("Left side"))

    def expand(self) -> bool:
        """Show what the current row stands for; whether it stands for anything."""
        rows = self._rows
        fold = rows.hidden_at(self._current)
        if fold is None:
            return False
        rows.folds.remove(fold)
        self.set_count(rows.count)
        self.viewport().update()
        self.moved.emit()
        return True

    def _go(self, row: int, *, extend: bool, say: bool = True) -> None:
        self._current = self._seen_row(row)
        if not extend:
            self._anchor = self._current
        self._reveal()
        self.moved.emit()
        if say:
            announce(self, self.words_of(self._current))

    def words_of(self, row: int) -> str:
        """A row as it is spoken."""
        sign, left, right = (part.strip()[:_SPOKEN_CHARACTERS] for part in self._spoken(row))
        words = {
            "~": self.tr("Changed: {left}; {right}"),
            MINUS: self.tr("Left only: {left}"),
            "+": self.tr("Right only: {right}"),
            MINUS + "+": self.tr("Left: {left}; right: {right}"),
        }
        return words.get(sign, "{left}").format(left=left, right=right) or self.tr("blank")

    def _seen_row(self, row: int) -> int:
        """The row itself, or the one that stands for it."""
        rows = self._rows
        return rows.folds.row(rows.folds.place(row)) if rows.count else 0

    def _reveal(self) -> None:
        self.reveal(self._rows.folds.place(self._current))
        self.viewport().update()

    # -- copying

    def copy(self) -> None:
        """Copy the selected rows of the side that is chosen."""
        if self._rows.count:
            self._copy(self.side, *sorted((self._anchor, self._current)))

    def copy_side(self, side: int) -> None:
        """Copy the whole text of a side as it is shown."""
        if self._rows.count:
            self._copy(side, 0, self._rows.comparison.rows - 1)

    def select_all(self) -> None:
        """Select every row."""
        if self._rows.count:
            self._anchor, self._current = 0, self._seen_row(self._rows.comparison.rows - 1)
            self.viewport().update()

    def _copy(self, side: int, first: int, last: int) -> None:
        rows = self._rows
        if (fold := rows.hidden_at(last)) is not None:
            last = fold.stop - 1
        text = rows.text(side, first, last, _COPY_BYTES)
        QGuiApplication.clipboard().setText(text)
        if len(text) >= _COPY_BYTES:
            self.noticed.emit(self.tr("Only the first 8 MB were copied."))

    # -- painting

    def content_px(self) -> int:
        """As wide as the viewport, and wider by what the widest row needs."""
        room_px = self._columns.text_px() - round(2 * self._look.cell_px)
        return self.viewport().width() + max(0, round(self._widest_px) - room_px)

    def paint_rows(self, painter: QPainter, rows: range, top_px: int) -> None:
        """Both sides of each row, or its badge."""
        shown, columns = self._rows, self._columns
        first, last = sorted((self._anchor, self._current))
        scrolled_px, width_px = self.horizontalScrollBar().value(), self._widest_px
        until_s = perf_counter() + _PAINT_S
        for place in rows:
            row = shown.folds.row(place)
            if place > rows.start and perf_counter() > until_s and not shown.is_ready(row):
                self._paint_on.start()  # the rest follows, and the window gets its turn in between
                break
            y_px = top_px + (place - rows.start) * self._row_px
            is_current = row == self._current and self.hasFocus()
            if (fold := shown.hidden_at(row)) is not None:
                words = self._badge(shown.lines_of(fold))
                paint_badge(painter, columns.width_px, y_px, words, is_current=is_current, look=self._look)
                continue
            known, *layouts = shown.layouts(row, self._look)
            for side, layout in enumerate(layouts):
                marks = self._marks(side, layout) if known.kind == Kind.CHANGED and layout else ()
                selected = side == self.side and first <= row <= last and first < last
                parts = SideRow(side, layout, known.kind, marks, selected, is_current and side == self.side)
                paint_side(painter, columns, parts, y_px, scrolled_px, self._look)
                width_px = max(width_px, layout.width_px(scrolled_px + 2 * columns.width_px) if layout else 0)
        paint_divider(painter, columns, self.viewport().height())
        self._paint_current(painter)
        if width_px > self._widest_px:
            self._widest_px = width_px
            QTimer.singleShot(0, self, self._fit_bars)  # not now: bars that appear would paint again

    def _paint_current(self, painter: QPainter) -> None:
        """A bar at the edge of the current row and side."""
        if not self.hasFocus():
            return
        y_px = self._rows.folds.place(self._current) * self._row_px - self._depth_px
        painter.fillRect(self._columns.left_px(self.side), y_px, theme.px(3), self._row_px, theme.color("focus"))

    def _marks(self, side: int, layout: RowLayout) -> tuple[tuple[int, int], ...]:
        row = layout.row
        found = self._rows.marks(side, row.start, row.stop)
        return tuple(
            (layout.character(max(start, row.start)), layout.character(min(stop, row.stop))) for start, stop in found
        )

    def _dress(self) -> None:
        self._look = Look()
        self._row_px = self._look.row_px
        self._widest_px = 0.0
        self._rows.forget_layouts()
        self.setViewportMargins(0, theme.px(4), 0, 0)
        self._fit_columns()
        self._fit_bars()
        self.viewport().update()

    def _fit_columns(self) -> None:
        # The whole width: the halves are those of the heads above, whether there is a scroll bar or not.
        self._columns = columns_for(self.width(), self._rows.lines)

    def _refresh(self) -> None:
        """More rows of the texts are known."""
        if self._rows.complete:
            self._timer.stop()
        self._fit_columns()
        self._fit_bars()
        self.viewport().update()
        self._telling.start()

    def _describe(self) -> None:
        """What a screen reader finds here: the rows in view."""
        words = [self.words_of(self._rows.folds.row(place)) for place in self.seen]
        self.setAccessibleDescription("\n".join(words)[:2000])

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Each side has its half."""
        self._fit_columns()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current row shines."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current row goes out."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the current row, of the sides and of the clipboard."""
        key, control = event.key(), bool(event.modifiers() & _CTRL)
        if event.matches(_Standard.Copy):
            self.copy()
        elif event.matches(_Standard.SelectAll):
            self.select_all()
        elif control and key in (_Key.Key_Left, _Key.Key_Right):
            self.choose_side(int(key == _Key.Key_Right))
        elif key in (_Key.Key_Left, _Key.Key_Right):
            self._scroll_by(round(4 * self._look.cell_px) * (1 if key == _Key.Key_Right else -1), 0)
        elif not (key in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space) and self.expand()) and not self._step(event):
            super().keyPressEvent(event)

    def _step(self, event: QKeyEvent) -> bool:
        rows = self._rows
        if not rows.count:
            return False
        place, last = rows.folds.place(self._current), rows.count - 1
        steps = {
            _Key.Key_Up: place - 1,
            _Key.Key_Down: place + 1,
            _Key.Key_PageUp: place - self.page,
            _Key.Key_PageDown: place + self.page,
            _Key.Key_Home: 0,
            _Key.Key_End: last,
        }
        wanted = steps.get(_Key(event.key()))
        if wanted is None:
            return False
        self._go(rows.folds.row(max(0, min(wanted, last))), extend=bool(event.modifiers() & _SHIFT))
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to a row of a side, or open what a badge stands for."""
        row = self._row_at(event.position().toPoint())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.side = self._columns.side_at(event.position().x())
        self._go(row, extend=bool(event.modifiers() & _SHIFT), say=False)
        self.expand()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to here."""
        row = self._row_at(event.position().toPoint())
        if row is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._go(row, extend=True, say=False)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The selection is made."""

    def _row_at(self, point: QPoint) -> int | None:
        rows = self._rows
        if not rows.count:
            return None
        return rows.folds.row(max(0, min((point.y() + self._depth_px) // self._row_px, rows.count - 1)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done here."""
        entries: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("copy", self.tr("Copy"), "Ctrl+C", self.copy),
            ("", self.tr("Copy all of the left side"), "", lambda: self.copy_side(0)),
            ("", self.tr("Copy all of the right side"), "", lambda: self.copy_side(1)),
            ("", self.tr("Select all"), "Ctrl+A", self.select_all),
            ("arrow-down", _tr("Next difference"), "F7", lambda: self.go_to_difference(1)),
            ("arrow-up", _tr("Previous difference"), "Shift+F7", lambda: self.go_to_difference(-1)),
        )
        popup = menu([entry[:3] for entry in entries], self)
        for action, (*_, run) in zip(popup.actions(), entries, strict=True):
            action.triggered.connect(lambda _checked=False, run=run: run())
        popup.popup(event.globalPos())


def _tr(words: str) -> str:
    return QCoreApplication.translate("actions", words)
