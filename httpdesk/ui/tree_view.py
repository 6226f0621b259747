"""TreeView: JSON or XML as a tree that opens where it is asked to, of any size, while it arrives."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QWidget

from httpdesk.body.spool import Spool
from httpdesk.body.tree import Node, Tree
from httpdesk.body.tree_rows import ALL_LEVELS, TreeRows
from httpdesk.ui.announce import announce
from httpdesk.ui.row_area import RowArea
from httpdesk.ui.theme import theme
from httpdesk.ui.tree_copy import SubtreeCopy, value_text
from httpdesk.ui.tree_menu import tree_menu
from httpdesk.ui.tree_paint import ROW_PX, RowPainter, chevron_hit, words_of

_SOON_MS, _REFRESH_MS, _SOON_TIMES = 8, 50, 12
# How long one turn of work on many rows may take.
_TURN_S, _WAIT_MS = 0.003, 20
_TYPING_S = 1.0
_NOTHING = Spool.of(b"")
_Key = Qt.Key


class TreeView(RowArea):
    """Arrows walk, open and close; Enter copies the key path; typing goes to the next key that begins so."""

    noticed = Signal(str)
    """Something the user should know, as a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows = TreeRows(Tree(_NOTHING, "json"))
        super().__init__(parent)
        self.current: Node | None = None
        self._typed, self._typed_s = "", 0.0
        self._ticks = 0
        self._work: Iterator[bool] | None = None
        self._copying: SubtreeCopy | None = None
        self.setAccessibleName(self.tr("Body as a tree"))
        self._timer = QTimer(self, interval=_SOON_MS)
        self._timer.timeout.connect(self._refresh)
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._turn)
        theme.bind(self, self._dress)

    # -- what is shown

    @property
    def tree(self) -> Tree:
        """The tree that is shown."""
        return self.rows.tree

    def show_body(self, spool: Spool, language: str) -> None:
        """Show a formatted body, which may still grow; the first value is opened."""
        self.tree.close()
        self._end_work()
        self.rows, self.current, self._copying = TreeRows(Tree(spool, language)), None, None
        self.scroll_to_top()
        self._open_first()
        self._changed()
        self._watch()

    def clear(self) -> None:
        """Show nothing and let go of the body."""
        self.show_body(_NOTHING, "json")
        self.stop()

    def stop(self) -> None:
        """End all work."""
        self.tree.close()
        self._end_work()
        self._timer.stop()

    @property
    def shown_rows(self) -> list[str]:
        """The rows in view, each as a phrase after two spaces a level."""
        rows = [self.rows.rows[at] for at in self.seen]
        return ["  " * node.depth + words_of(self.tree, node, self.locale()).spoken for node in rows]

    def _watch(self) -> None:
        self._ticks = 0
        self._timer.start(_SOON_MS)

    def _refresh(self) -> None:
        """Show what was found in the meantime."""
        self._ticks += 1
        if self._ticks == _SOON_TIMES:
            self._timer.setInterval(_REFRESH_MS)
        grew = self.rows.refresh()
        if self.current is None:
            grew = self._open_first() or grew
        if grew:
            self._changed()
        if self._copying is not None and self._copying.text is not None:
            self._copied(self._copying.text)
            self._copying = None
        spool = self.tree.spool
        if not self.rows.busy and self._copying is None and (spool.finished or spool.closed):
            self._timer.stop()
            self.viewport().update()  # counts are known now
        elif not spool.finished or self._ticks % 10 == 0:
            self.viewport().update()

    def _open_first(self) -> bool:
        """What the body is comes first: it is opened and the current row."""
        first = next((node for node in self.rows.rows if self.tree.opens(node)), None)
        if first is None:
            return False
        self.rows.expand(first)
        self.current = first
        return True

    def _changed(self) -> None:
        self.set_count(len(self.rows.rows))
        self.viewport().update()

    def _dress(self) -> None:
        self._row_px = theme.px(ROW_PX)
        self._fit_bars()
        self.viewport().update()

    # -- open and close

    def open_node(self, node: Node) -> None:
        """Show what is below a node."""
        if self.rows.expand(node):
            self._changed()
            self._watch()

    def close_node(self, node: Node) -> None:
        """Hide what is below a node."""
        if self.rows.collapse(node):
            if self.current is not None:
                self.current = self.rows.shown_above(self.current)
            self._changed()

    def open_below(self, node: Node, levels: int = ALL_LEVELS) -> None:
        """Open a node and what is in it, so many levels deep, up to a bound; in turns, so that nothing waits."""
        self._work = self._opening(node, levels)
        self._turns.start(0)

    def open_to(self, level: int) -> None:
        """Have so many levels open below the whole."""
        self.close_all()
        top = next((node for node in self.rows.rows if self.tree.opens(node)), None)
        if top is not None:
            self.open_below(top, level)

    def close_all(self) -> None:
        """Close everything."""
        self._end_work()
        if self.current is not None:
            node = self.current
            while node.parent is not None and node.parent is not self.tree.root:
                node = node.parent
            self.current = node
        self.rows.collapse_all()
        self._changed()

    def _opening(self, node: Node, levels: int) -> Iterator[bool]:
        yield from self.rows.expand_below(node, levels)
        if self.rows.is_full:
            count = self.locale().toString(len(self.rows.rows))
            self.noticed.emit(self.tr("Opened up to {0} rows. Open the rest where it is needed.").format(count))

    def _turn(self) -> None:
        """Go on with the work on many rows, for a moment."""
        until_s = time.perf_counter() + _TURN_S
        goes_on = True
        while goes_on and time.perf_counter() < until_s:
            step = next(self._work, None) if self._work is not None else None
            if step is None:
                self._end_work()
                self._watch()
            self._turns.setInterval(_WAIT_MS if step is False else 0)
            goes_on = step is True
        self._changed()

    def _end_work(self) -> None:
        self._work = None
        self._turns.stop()

    # -- the current row

    def go_to(self, at: int) -> None:
        """Make a row the current one and bring it into view."""
        rows = self.rows.rows
        if not rows:
            return
        at = max(0, min(at, len(rows) - 1))
        self.current = rows[at]
        self.reveal(at)
        self.viewport().update()
        words = words_of(self.tree, self.current, self.locale()).spoken
        level = self.tr("level {0}").format(self.current.depth + 1)
        state = ""
        if self.tree.opens(self.current):
            state = self.tr("open") if self.current.is_open else self.tr("closed")
        self.setAccessibleDescription(", ".join(part for part in (words, level, state) if part))
        announce(self, self.accessibleDescription())

    @property
    def place(self) -> int:
        """The row of the current node, -1 for none."""
        return self.rows.place(self.current) if self.current is not None else -1

    # -- copies

    def copy_value(self) -> None:
        """Copy the value as received; of what has no value of its own, all that is in it."""
        if self.current is None or self.current.page:
            return
        if self.tree.head(self.current).opens and not self.current.part:
            self.copy_subtree()
            return
        self._copied(value_text(self.tree, self.current), self.tr("Copied the value."))

    def copy_path(self) -> None:
        """Copy the key path."""
        if self.current is not None and not self.current.page:
            path = self.tree.path(self.current)
            self._copied(path, self.tr("Copied {0}").format(path if len(path) <= 60 else path[:60] + "…"))

    def copy_subtree(self) -> None:
        """Copy the value with all that is in it, as formatted."""
        if self.current is not None and not self.current.page and not self.current.part:
            self._copying = SubtreeCopy(self.tree, self.current)
            self._watch()

    def _copied(self, words: str, notice: str = "") -> None:
        if not words and not notice:
            self.noticed.emit(self.tr("This is larger than 8 MB. Save the body to a file instead."))
            return
        QGuiApplication.clipboard().setText(words)
        self.noticed.emit(notice or self.tr("Copied the subtree."))

    # -- events

    def paint_rows(self, painter: QPainter, rows: range, top_px: int) -> None:
        """The rows that are seen."""
        brush = RowPainter(painter, self.viewport().width(), focused=self.hasFocus())
        for node in self.rows.rows[rows.start : rows.stop]:
            path = self.tree.path(node) if node is self.current and not node.page else None
            path = "" if node is self.current and path is None else path
            brush.paint(node, words_of(self.tree, node, self.locale()), top_px, self.tree.opens(node), path)
            top_px += self._row_px

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, close, copy; letters look for a key."""
        key, words = _Key(event.key()), event.text()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_value()
        elif not self._walk(key) and not self._act(key):
            if words and words.isprintable() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                self._type(words)
            else:
                super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> bool:
        at, last = self.place, len(self.rows.rows) - 1
        places = {
            _Key.Key_Down: at + 1,
            _Key.Key_Up: max(0, at - 1),
            _Key.Key_Home: 0,
            _Key.Key_End: last,
            _Key.Key_PageDown: at + self.page,
            _Key.Key_PageUp: max(0, at - self.page),
        }
        if key in places:
            self.go_to(places[key])
        return key in places

    def _act(self, key: Qt.Key) -> bool:
        node = self.current
        if node is None:
            return False
        if key == _Key.Key_Right:
            self.go_to(self.place + 1) if node.is_open else self.open_node(node)
        elif key == _Key.Key_Left:
            if node.is_open:
                self.close_node(node)
            elif node.parent is not None and node.parent is not self.tree.root:
                self.go_to(self.rows.place(node.parent))
        elif key in (_Key.Key_Return, _Key.Key_Enter):
            self.copy_path()
        elif key == _Key.Key_Space and not self._typed_now():
            self.close_node(node) if node.is_open else self.open_node(node)
        elif key == _Key.Key_Asterisk and not self._typed_now():
            self.open_below(node)
        else:
            return False
        return True

    def _typed_now(self) -> bool:
        return bool(self._typed) and time.perf_counter() - self._typed_s < _TYPING_S

    def _type(self, words: str) -> None:
        """Look on from the current row for a key that begins with what was typed."""
        again = self._typed_now()
        self._typed = (self._typed if again else "") + words.lower()
        self._typed_s = time.perf_counter()
        self._work = self._finding(self._typed, self.place + (0 if again else 1))
        self._turns.start(0)

    def _finding(self, words: str, start: int) -> Iterator[bool]:
        rows = self.rows.rows
        for step in range(len(rows)):
            at = (start + step) % len(rows)
            if at < len(rows) and not rows[at].page and self.tree.key(rows[at]).lower().startswith(words):
                self.go_to(at)
                return
            yield True

    def _row_at(self, point: QPoint) -> int:
        at = (self._depth_px + point.y()) // self._row_px
        return at if 0 <= at < len(self.rows.rows) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make a row the current one; its chevron opens and closes."""
        at = self._row_at(event.position().toPoint())
        if at < 0:
            return
        self.go_to(at)
        node = self.rows.rows[at]
        if event.button() == Qt.MouseButton.LeftButton and chevron_hit(node, event.position().x()):
            self.close_node(node) if node.is_open else self.open_node(node)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open and close."""
        at = self._row_at(event.position().toPoint())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            node = self.rows.rows[at]
            self.close_node(node) if node.is_open else self.open_node(node)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What belongs to a press is this widget's."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the current row."""
        if self.current is None:
            return
        point = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            top_px = self.place * self._row_px - self._depth_px + self._row_px
            point = self.viewport().mapToGlobal(QPoint(theme.px(40), top_px))
        tree_menu(self).popup(point)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current row shows that keys go to it."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()
