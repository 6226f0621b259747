"""CodeView: shows a body of any size while it arrives, with colours of what is seen, selection and find."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from httpdesk.body.spool import Spool
from httpdesk.ui.code_view_find import Finding
from httpdesk.ui.code_view_fold import Folding
from httpdesk.ui.code_view_fold_area import FoldArea
from httpdesk.ui.code_view_goto import GoToLine
from httpdesk.ui.code_view_menu import show_menu
from httpdesk.ui.code_view_mouse import Mouse
from httpdesk.ui.code_view_paint import Mark, gutter_width
from httpdesk.ui.code_view_reading import Reading
from httpdesk.ui.code_view_signs import name_of
from httpdesk.ui.code_view_spoken import Spoken

REFRESH_MS = 50
# What is quick is seen at once: the first looks at new work come sooner.
_SOON_MS, _SOON_TIMES = 8, 6
_COPY_BYTES, _PRIMARY_BYTES, _FIND_BYTES = 8 << 20, 1 << 20, 200
_EMPTY = Spool.of(b"")
_NAMES = {"css": "CSS", "html": "HTML", "javascript": "JavaScript", "json": "JSON", "xml": "XML", "yaml": "YAML"}
_Key = QKeySequence.StandardKey


class CodeView(FoldArea):
    """Text of a spool by rows: only what is seen is read, laid out and coloured.

    It follows a growing spool by a timer of its own until the spool is finished.
    """

    wrap_changed = Signal(bool)
    noticed = Signal(str)
    """Something the user should know, as a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._finding: Finding | None = None
        self._go_to: GoToLine | None = None
        self._reading = Reading(_EMPTY, "text")
        super().__init__(self._reading.text, parent)
        self.viewport().installEventFilter(self)
        self.setAccessibleName(self.tr("Body"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.language, self._ticks, self._known, self._colors = "text", 0, (0, False), 0
        self._timer = self._repeat(self._refresh)
        self._mouse = Mouse(self, self._hit, self._scroll_by, self._select_by_mouse)
        self._mouse.caret = self._caret
        self._finding = finding = Finding(self, self.text)
        finding.found.connect(self._show_match)
        finding.marked.connect(self.viewport().update)
        finding.began.connect(self._watch)
        finding.closed.connect(self.close_find)
        self._folding.began.connect(self._watch)
        self._folding.noticed.connect(self.noticed)
        self._spoken = Spoken(self)
        # No methods of this widget: it is gone when the signal comes.
        self._work = [self._reading]
        self.destroyed.connect(partial(_end, self._work, finding, self._folding))

    # -- what is shown

    def show_body(self, spool: Spool, language: str, encoding: str = "utf-8", *, folds: bool = False) -> None:
        """Show a body, which may still grow; with `folds` it can be folded.

        What folds is formatted, so that its indentation says how.
        """
        self._reading.close()
        self.language = language
        self._reading = self._work[0] = Reading(spool, language, encoding)
        self._put_text(self._reading.text)
        self._folding.use(self._screen, language if folds else "")
        self._mouse.release()
        self._mouse.caret = self._caret
        self.horizontalScrollBar().setValue(0)
        self._known = (-1, False)
        if self._finding:
            self._finding.set_text(self.text)
        self._fit()
        self._refresh()
        if not self._reading.complete:
            self._watch()
        if self._reading.fault:
            self.noticed.emit(self.tr("The encoding {0} is not known. The body is shown as UTF-8.").format(encoding))

    def clear(self) -> None:
        """Show nothing, and let go of the body."""
        if self._finding and self._finding.is_open:
            self._finding.close()
        self.show_body(_EMPTY, "text")

    def set_paused(self, paused: bool) -> None:
        """Show none of what arrives from now on, or all of it again."""
        self._screen.rows_limit = self.text.index.rows if paused else None
        if not paused:
            self._known = (-1, False)
            self._refresh()
            self._watch()

    def stop(self) -> None:
        """End all work on the body, without waiting; what is there stays readable."""
        self._reading.stop()
        self._timer.stop()
        if self._finding:
            self._finding.stop()
        self._folding.end()

    @property
    def lines(self) -> int:
        """How many lines are known by now."""
        return self.text.index.lines

    def _watch(self) -> None:
        """Look often for a while, then from time to time, until there is nothing more to come."""
        self._ticks = 0
        self._timer.start(_SOON_MS)

    def _refresh(self) -> None:
        """Show what has come in the meantime."""
        self._ticks += 1
        if self._ticks == _SOON_TIMES:
            self._timer.setInterval(REFRESH_MS)
        index = self.text.index
        if self._reading.colors != self._colors:
            self._colors = self._reading.colors
            self._screen.recolor()
            self.viewport().update()
        known = index.size_bytes, self._reading.complete
        if known != self._known and self._screen.rows_limit is None:
            before, self._known = self._known[0], known
            if self._gutter_px != gutter_width(index.lines) or before <= self._painted_stop:
                self._fit()
            else:
                self._fit_bars()
            name = _NAMES.get(self.language, self.tr("Text"))
            self._spoken.titled(self.tr("{0}, lines: {1}").format(name, self.locale().toString(index.lines)))
            if self._go_to is not None:
                self._go_to.show_lines(index.lines)
        if self._finding:
            self._finding.refresh()
        self._folding.refresh()
        if known[1] and not (self._finding and self._finding.busy) and not self._folding.busy:
            self._timer.stop()

    # -- selection

    @property
    def selection(self) -> tuple[int, int]:
        """The first byte that is selected, and the one behind the last."""
        return self._caret.selection

    def selected_text(self) -> str:
        """The selected text, the first 8 MB of it; what is not UTF-8 in it becomes U+FFFD."""
        return self._read_selection(_COPY_BYTES)

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        start, stop = self.selection
        if start == stop:
            return
        QGuiApplication.clipboard().setText(self.selected_text())
        if stop - start > _COPY_BYTES:
            self.noticed.emit(self.tr("Only the first 8 MB were copied. Save the body to a file to have all of it."))

    def select_all(self) -> None:
        """Select the whole body."""
        self._caret.select(0, self.text.index.size_bytes)
        self.viewport().update()

    def go_to_line(self, line: int) -> None:
        """Put the caret at the start of a line (from 1), or of the last one there is."""
        row = self.text.index.row_of_line(max(1, line))
        if row is not None:
            self._caret.put(row.start)
            self._reveal_caret()

    def _read_selection(self, limit_bytes: int) -> str:
        start, stop = self.selection
        data = self.text.spool.read(start, min(stop, start + limit_bytes))
        if stop - start > limit_bytes:
            # Not half a character at the end.
            data = data.decode("utf-8", "surrogateescape")[:-1].encode("utf-8", "surrogateescape")
        return data.decode("utf-8", "replace")

    def _select_by_mouse(self) -> None:
        self._restart_blink()
        self.viewport().update()

    def ask_line(self) -> None:
        """Ask for a line to go to."""
        if self._go_to is None:
            self._go_to = GoToLine(self)
            self._go_to.closed.connect(self.close_go_to)
            self._go_to.chosen.connect(self._went_to)
        self.close_find()
        placed, row = self._screen.placed(), self._caret.row if self._caret.seen else None
        self._go_to.open(row.line if row else placed[0].layout.row.line if placed else 1, self.lines)

    def close_go_to(self) -> None:
        """Ask for no line any more; the focus comes back here."""
        if self._go_to is not None and self._go_to.is_open:
            self._go_to.hide()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _went_to(self, line: int) -> None:
        self.go_to_line(line)
        self.close_go_to()

    # -- wrapping

    @property
    def wraps(self) -> bool:
        """Whether long lines are broken at the edge."""
        return self._wraps

    def set_wraps(self, wraps: bool) -> None:
        """Break long lines at the edge, or let the view scroll sideways."""
        if wraps == self._wraps:
            return
        self._wraps, self._widest_px = wraps, 0.0
        self._fit()
        self.wrap_changed.emit(wraps)

    # -- find

    @property
    def find_count(self) -> str:
        """What the find bar says about the matches, such as "1 of 2"; "" when it is not open."""
        return self._finding.bar.count if self._finding and self._finding.is_open else ""

    def open_find(self) -> None:
        """Show the find bar, with the selected words if there are few."""
        self.close_go_to()
        start, stop = self.selection
        words = self._read_selection(_FIND_BYTES) if stop - start <= _FIND_BYTES else ""
        placed = self._screen.placed()
        origin = start if self._caret.seen else placed[0].layout.row.start if placed else 0
        if self._finding:
            self._finding.open("" if "\n" in words else words, origin)

    def find_next(self) -> None:
        """Go to the next match, and open the find bar if it is not open."""
        if self._finding and self._finding.is_open:
            self._finding.next()
        else:
            self.open_find()

    def find_previous(self) -> None:
        """Go to the match before, and open the find bar if it is not open."""
        if self._finding and self._finding.is_open:
            self._finding.previous()
        else:
            self.open_find()

    def close_find(self) -> None:
        """Hide the find bar; the focus comes back here."""
        if self._finding and self._finding.is_open:
            self._finding.close()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def marks(self, start: int, stop: int) -> Sequence[Mark]:
        """The matches between two bytes of the body."""
        return self._finding.marks(start, stop) if self._finding else ()

    def _show_match(self, start: int, stop: int) -> None:
        self._caret.select(stop, start)  # the caret at its start: that is what is brought into view
        self._reveal_caret()
        there, finding = self._caret.place(), self._finding
        y_px = next((p.y_px for p in self._screen.placed() if there and p.layout is there[0]), None)
        if there is None or finding is None or y_px is None:
            return
        layout, character = there
        left_px = self._gutter_px - self.horizontalScrollBar().value()
        area = layout.rects(character, layout.character(stop))[0].translated(left_px, y_px + self.viewport().y())
        if area.toAlignedRect().intersects(finding.bar.geometry()):
            self._scroll_by(0, round(area.top()) - finding.bar.geometry().bottom() - self._look.row_px)

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less; the find bar stays in its corner."""
        super().resizeEvent(event)
        if self._finding:
            self._finding.place()
        if self._go_to is not None:
            self._go_to.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the caret, of the clipboard and of find."""
        if event.matches(_Key.Copy):
            self.copy()
        elif event.matches(_Key.SelectAll):
            self.select_all()
        elif event.matches(_Key.Find):
            self.open_find()
        elif event.key() == Qt.Key.Key_F3:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.find_previous() if back else self.find_next()
        elif event.key() == Qt.Key.Key_Escape and self._finding and self._finding.is_open:
            self.close_find()
        elif not self._fold_key(event) and not self._move_caret(event):
            super().keyPressEvent(event)

    def _move_caret(self, event: QKeyEvent) -> bool:
        was_seen = self._caret.seen
        self._caret_to_screen()
        if not self._caret.key(event):
            self._caret.seen = was_seen
            return False
        self._reveal_caret()
        self._spoken.moved()
        return True

    def caret_text(self) -> tuple[int, str, str] | None:
        """The number of the row that the caret is in, its text, and what of it is behind the caret."""
        there = self._caret.place()
        return (there[0].row.number, there[0].shown, there[0].shown[there[1] :]) if there is not None else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button folds, or begins a selection."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if (layout := self._fold_hit(event.position().toPoint())) is not None:
            self._folding.toggle(layout)
        else:
            self._mouse.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the word; a chevron takes each click for one."""
        if self._fold_hit(event.position().toPoint()) is not None:
            self.mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._mouse.double(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select on; over the gutter the mouse is an arrow, over what folds a hand."""
        self._mouse.move(event)
        beside = event.position().x() < self._gutter_px and not self._mouse.dragging
        shape = Qt.CursorShape.ArrowCursor if beside else Qt.CursorShape.IBeamCursor
        if not self._mouse.dragging and self._fold_hit(event.position().toPoint()) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The selection is made; X11 pastes it with the middle button."""
        if event.button() != Qt.MouseButton.LeftButton or not self._mouse.dragging:
            return
        self._mouse.release()
        start, stop = self.selection
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and start < stop <= start + _PRIMARY_BYTES:
            clipboard.setText(self.selected_text(), QClipboard.Mode.Selection)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done here."""
        show_menu(self, event.globalPos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tool tip names a character that is shown by a sign."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and watched is self.viewport():
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self.viewport())
            return True
        return super().eventFilter(watched, event)

    def _tip(self, point: QPoint) -> str:
        hit = self._hit(point)
        if hit is None or hit.in_gutter:
            return ""
        layout, character = hit.layout, hit.character
        x_px = point.x() - self._gutter_px + self.horizontalScrollBar().value()
        # The nearest boundary may be the one behind the character.
        for at in (character - 1, character):
            if 0 <= at < len(layout.characters) and layout.characters[at] != layout.shown[at]:
                (left_px, _), (right_px, _) = layout.place(at), layout.place(at + 1)
                if left_px <= x_px <= right_px:
                    return name_of(layout.characters[at])
        return ""


def _end(work: list[Reading], finding: Finding, folding: Folding) -> None:
    work[0].close()
    folding.end()
    finding.end()
