"""HexView: the bytes of a body of any size, 16 in a row or 8 where it is narrow, read from it as they are seen."""

from functools import partial

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from httpdesk.body.byte_search import ByteText, search_bytes
from httpdesk.body.hexdump import characters, hexdump
from httpdesk.body.languages import language_of
from httpdesk.body.spool import Spool
from httpdesk.ui.announce import announce
from httpdesk.ui.code_view_find import Finding
from httpdesk.ui.hex_keys import moved
from httpdesk.ui.hex_offset import OffsetBar
from httpdesk.ui.hex_paint import HexLook, HexScene, paint_row
from httpdesk.ui.menus import menu
from httpdesk.ui.row_area import RowArea
from httpdesk.ui.theme import theme

_REFRESH_MS = 50
_COPY_BYTES = 1 << 20
_NOTHING = Spool.of(b"")
_Key = QKeySequence.StandardKey


class HexView(RowArea):
    """Row n shows the bytes from 16 n (or 8 n) on; it follows a growing body until that is finished."""

    noticed = Signal(str)
    """Something the user should know, as a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._look = HexLook(0, 0)
        self._finding: Finding | None = None
        super().__init__(parent)
        self._spool = _NOTHING
        self._end = 0  # what came behind it is not shown while the view is paused
        self._anchor = self._caret = 0
        self._selects_from: int | None = None
        self._in_text = self._paused = False
        self.setAccessibleName(self.tr("Body as bytes"))
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._finding = finding = Finding(self, self._text(), search_bytes)
        for field in finding.bar.findChildren(QLineEdit):
            field.setPlaceholderText(self.tr("Text, or bytes: 89 50 4e"))
        finding.found.connect(self._show_match)
        finding.marked.connect(self.viewport().update)
        finding.began.connect(self._timer.start)
        finding.closed.connect(self.close_find)
        self._offset_bar = OffsetBar(self)
        self._offset_bar.chosen.connect(self.go_to)
        self._offset_bar.closed.connect(self._close_offset)
        self.destroyed.connect(partial(Finding.end, finding))
        theme.bind(self, self._dress)

    # -- what is shown

    def show_body(self, spool: Spool) -> None:
        """Show a body, which may still grow."""
        self._spool, self._paused = spool, False
        self._anchor = self._caret = 0
        self._selects_from = None
        if self._finding:
            self._finding.set_text(self._text())
        self.scroll_to_top()
        self._refresh()
        self._timer.start()

    def clear(self) -> None:
        """Show nothing and let go of the body."""
        if self._finding and self._finding.is_open:
            self._finding.close()
        self._offset_bar.hide()
        self.show_body(_NOTHING)

    def set_paused(self, paused: bool) -> None:
        """Show none of what arrives from now on, or all of it again."""
        self._paused = paused
        self._refresh()
        self._timer.start()

    def stop(self) -> None:
        """End all work."""
        self._timer.stop()
        if self._finding:
            self._finding.stop()

    @property
    def shown_rows(self) -> list[str]:
        """The rows that are in view, as text."""
        rows = self.seen
        data = self._spool.read(rows.start * self._row_bytes, min(rows.stop * self._row_bytes, self._end))
        return hexdump(data, rows.start * self._row_bytes, self._row_bytes).splitlines()

    def _text(self) -> ByteText:
        return ByteText(self._spool, language_of("text"))

    def _refresh(self) -> None:
        ended = self._spool.finished or self._spool.closed  # first: what comes in between is not missed
        if not self._paused:
            self._show_size()
        if self._finding:
            self._finding.refresh()
        if ended and not (self._finding and self._finding.busy):
            self._timer.stop()

    def _show_size(self) -> None:
        self._end = size_bytes = self._spool.size_bytes
        look = self._fitting_look()
        if (look.digits, look.row_bytes) != (self._look.digits, self._look.row_bytes):
            self._take(look)
        self.set_count(-(-size_bytes // self._row_bytes))
        self.setAccessibleDescription(self.tr("{0} bytes").format(self.locale().toString(size_bytes)))

    def _reveal(self, offset: int) -> None:
        """Scroll to a byte; what came while the view was paused is shown to who goes there on purpose."""
        if offset >= self._end:
            self._show_size()
        self.reveal(offset // self._row_bytes)

    # -- selection

    @property
    def selection(self) -> tuple[int, int]:
        """The first byte that is selected, and the one behind the last."""
        return min(self._anchor, self._caret), max(self._anchor, self._caret)

    def select(self, start: int, stop: int) -> None:
        """Select some bytes and show where they begin."""
        self._anchor, self._caret = stop, start
        self._reveal(start)
        self.viewport().update()

    def select_all(self) -> None:
        """Select every byte."""
        self._anchor, self._caret = 0, self._end
        self.viewport().update()

    def go_to(self, offset: int) -> None:
        """Put the caret at a byte, or at the last one."""
        self._anchor = self._caret = max(0, min(offset, self._spool.size_bytes - 1))
        self._reveal(self._caret)
        self._say_byte()
        self.viewport().update()

    def copy(self) -> None:
        """Put the selected bytes on the clipboard: as text where that was selected, else as numbers."""
        self.copy_text() if self._in_text else self.copy_numbers()

    def copy_numbers(self) -> None:
        """Copy the selected bytes as hexadecimal numbers."""
        self._put(self._selected().hex(" "))

    def copy_text(self) -> None:
        """Copy the selected bytes as text; what is not UTF-8 in it becomes U+FFFD."""
        self._put(self._selected().decode("utf-8", "replace"))

    def copy_rows(self) -> None:
        """Copy the rows of the selected bytes as they are shown."""
        start = self.selection[0] // self._row_bytes * self._row_bytes
        stop = min(-(-self.selection[1] // self._row_bytes) * self._row_bytes, start + _COPY_BYTES)
        self._put(hexdump(self._spool.read(start, stop), start, self._row_bytes))

    def _selected(self) -> bytes:
        start, stop = self.selection
        return self._spool.read(start, min(stop, start + _COPY_BYTES))

    def _put(self, words: str) -> None:
        start, stop = self.selection
        if start == stop:
            return
        QGuiApplication.clipboard().setText(words)
        if stop - start > _COPY_BYTES:
            self.noticed.emit(self.tr("Only the first 1 MB was copied. Save the body to a file to have all of it."))

    def _say_byte(self) -> None:
        at = self._caret
        byte = self._spool.read(at, at + 1)
        if byte:
            announce(self, f"{at:x}: {byte.hex()} {characters(byte)}")

    # -- find and go to

    def open_find(self) -> None:
        """Show the find bar."""
        self._offset_bar.hide()
        if self._finding:
            self._finding.open("", self.selection[0])

    def close_find(self) -> None:
        """Hide the find bar; the focus comes back here."""
        if self._finding and self._finding.is_open:
            self._finding.close()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def find_count(self) -> str:
        """What the find bar says about the matches; "" when it is not open."""
        return self._finding.bar.count if self._finding and self._finding.is_open else ""

    def open_offset(self) -> None:
        """Ask for a place to go to."""
        self.close_find()
        self._offset_bar.open_in(self.viewport().geometry(), self._spool.size_bytes)

    def _close_offset(self) -> None:
        self._offset_bar.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_match(self, start: int, stop: int) -> None:
        self._anchor, self._caret = stop, start
        self._reveal(start)
        self.viewport().update()

    # -- painting

    def content_px(self) -> int:
        """All columns and some room."""
        return round(self._look.width_px)

    def paint_rows(self, painter: QPainter, rows: range, top_px: int) -> None:
        """Offset, numbers, characters; below them selection and matches."""
        first = rows.start * self._row_bytes
        data = self._spool.read(first, min(rows.stop * self._row_bytes, self._end))
        marks = self._finding.marks(first, first + len(data)) if self._finding else []
        scene = HexScene(
            left_px=-self.horizontalScrollBar().value(),
            selection=self.selection,
            caret=self._caret if self.hasFocus() else -1,
            marks=marks,
        )
        for at, row in enumerate(rows):
            piece = data[at * self._row_bytes : (at + 1) * self._row_bytes]
            area = QRectF(0, top_px + at * self._row_px, self.viewport().width(), self._row_px)
            paint_row(painter, self._look, scene, row * self._row_bytes, piece, area)

    def _dress(self) -> None:
        self._take(self._fitting_look())
        self._row_px = self._look.row_px
        self.setViewportMargins(0, theme.px(4), 0, 0)
        self._fit_bars()
        self.viewport().update()

    @property
    def _row_bytes(self) -> int:
        return self._look.row_bytes

    def _fitting_look(self) -> HexLook:
        return HexLook(self._spool.size_bytes, self.width() - self.verticalScrollBar().sizeHint().width())

    def _take(self, look: HexLook) -> None:
        """Take another look; the byte at the top stays there."""
        old, self._look = self._look, look
        if look.row_bytes != old.row_bytes:
            known = min(self.count * old.row_bytes, self._end)
            top = self._depth_px // self._row_px * old.row_bytes
            self.set_count(-(-known // look.row_bytes))
            self._depth_px = top // look.row_bytes * self._row_px
        self._fit_bars()
        self.viewport().update()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as long as there is room."""
        if self._fitting_look().row_bytes != self._row_bytes:
            self._take(self._fitting_look())
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the caret, of the clipboard, of find and of go to."""
        go_to = event.key() == Qt.Key.Key_G and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(_Key.Copy):
            self.copy()
        elif event.matches(_Key.SelectAll):
            self.select_all()
        elif event.matches(_Key.Find):
            self.open_find()
        elif go_to:
            self.open_offset()
        elif event.key() == Qt.Key.Key_F3 and self._finding and self._finding.is_open:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._finding.previous() if back else self._finding.next()
        elif event.key() == Qt.Key.Key_Escape and self._finding and self._finding.is_open:
            self.close_find()
        elif not self._move(event):
            super().keyPressEvent(event)

    def _move(self, event: QKeyEvent) -> bool:
        there = moved(event, self._caret, self._end, self._row_bytes, self.page)
        if there is None:
            return False
        self._caret, extends = there
        if not extends:
            self._anchor = self._caret
        self._reveal(min(self._caret, max(0, self._end - 1)))
        self._say_byte()
        self.viewport().update()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, or with Shift let it reach to here."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at, self._in_text = self._hit(event.position().toPoint())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._selects_from = self._anchor
            self._reach(at)
        else:
            self._anchor = self._caret = self._selects_from = at
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the selection reach to here."""
        if self._selects_from is not None:
            self._reach(self._hit(event.position().toPoint())[0])

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The selection is made."""
        self._selects_from = None

    def _reach(self, at: int) -> None:
        """Bytes are taken whole: the one under the mouse too."""
        start = self._selects_from or 0
        end = self._end
        self._anchor, self._caret = (start, min(at + 1, end)) if at >= start else (min(start + 1, end), at)
        self.reveal(at // self._row_bytes)
        self.viewport().update()

    def _hit(self, point: QPoint) -> tuple[int, bool]:
        """The byte nearest to a point, and whether it was among the characters."""
        row = max(0, min((point.y() + self._depth_px) // self._row_px, self._count - 1))
        column, in_text = self._look.column(point.x() + self.horizontalScrollBar().value())
        return max(0, min(row * self._row_bytes + column, self._end - 1)), in_text

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done here."""
        rows = (
            ("copy", self.tr("Copy as hexadecimal numbers"), ""),
            ("", self.tr("Copy as text"), ""),
            ("", self.tr("Copy the rows"), ""),
            ("", self.tr("Select all"), "Ctrl+A"),
            None,
            ("search", self.tr("Find"), "Ctrl+F"),
            ("hash", self.tr("Go to offset"), "Ctrl+G"),
        )
        runs = (
            *(self.copy_numbers, self.copy_text, self.copy_rows),
            *(self.select_all, self.open_find, self.open_offset),
        )
        popup = menu(rows, self)
        actions = [action for action in popup.actions() if not action.isSeparator()]
        for action, run in zip(actions, runs, strict=True):
            action.triggered.connect(lambda _checked=False, run=run: run())
        for action in actions[:3]:
            action.setEnabled(self.selection[0] != self.selection[1])
        popup.popup(event.globalPos())
