"""FoldArea: a code area whose regions fold by keys, by clicks on what is painted for that, and by level."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from httpdesk.body.folds import Folds
from httpdesk.body.text import Text
from httpdesk.ui.code_view_area import CodeArea
from httpdesk.ui.code_view_fold_paint import chevron_rect, tail_rect
from httpdesk.ui.code_view_row import RowLayout

_FOLD_KEYS = {
    # With Shift some keyboards send the one, some the other.
    Qt.Key.Key_BracketLeft: "fold",
    Qt.Key.Key_BraceLeft: "fold",
    Qt.Key.Key_BracketRight: "unfold",
    Qt.Key.Key_BraceRight: "unfold",
}
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class FoldArea(CodeArea):
    """What can be folded is said by whoever puts the text; where nothing can, keys and clicks do nothing here."""

    def __init__(self, text: Text, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._folding.changed.connect(self._refolded)
        self._folding.shortened.connect(self._shortened)

    @property
    def folded_rows(self) -> list[tuple[int, str]]:
        """The rows that are seen and folded, each with its line number, the words of its badge and what is behind."""
        found = []
        for layout, _ in self._screen.placed():
            if (tail := self._folding.tail(layout.row, self._look)) is not None:
                found.append((layout.row.line, f"{tail.words} {tail.closing.shown if tail.closing else ''}".strip()))
        return found

    @property
    def folds(self) -> bool:
        """Whether this body can be folded."""
        return self._folding.is_possible

    @property
    def kept_folds(self) -> Folds:
        """What is folded, for fold_as() when this text is shown again."""
        return self._folding.folds

    def fold_as(self, folds: Folds) -> None:
        """Fold as it was when the same text was shown before."""
        self._folding.fold_as(folds)

    def fold(self) -> None:
        """Fold the region that begins at the caret, or the one around it."""
        self._caret_to_screen()
        if (there := self._caret.place()) is not None:
            self._folding.fold_around(there[0])

    def unfold(self) -> None:
        """Unfold the region that begins at the caret."""
        if (row := self._caret.row) is not None:
            self._folding.unfold(row)

    def fold_to(self, level: int) -> None:
        """Fold each region that is this many levels deep; 0 folds everything."""
        self._folding.fold_to(level)

    def unfold_all(self) -> None:
        """Show every line."""
        self._folding.unfold_all()

    def _fold_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() == _CTRL_SHIFT and (how := _FOLD_KEYS.get(Qt.Key(event.key()))) is not None:
            (self.fold if how == "fold" else self.unfold)()
            return True
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_0:
            self.unfold_all()
            return True
        return False

    def _refolded(self) -> None:
        self._free_caret()
        self._fit()

    def _shortened(self) -> None:
        self._free_caret()
        self._fit_bars()

    def _free_caret(self) -> None:
        """A caret in a row that is hidden now goes to the row that stands for it."""
        row, (start, stop) = self._caret.row, self._caret.selection
        fold = self._screen.folds.at(row.number) if row is not None else None
        if fold is not None and start == stop:
            seen, layout = self._caret.seen, self._screen.layout(self.text.index.window(fold.start - 1, 1)[0])
            self._caret.put(layout.offset(len(layout.characters)))
            self._caret.seen = seen

    def _fold_hit(self, point: QPoint) -> RowLayout | None:
        """The row whose chevron or badge is at a point of the viewport."""
        there = next((p for p in self._screen.placed() if 0 <= point.y() - p.y_px < p.layout.height_px), None)
        if there is None or not self._folding.is_possible:
            return None
        layout, y_px = there
        tail = self._folding.tail(layout.row, self._look)
        if chevron_rect(self._gutter_px, y_px, layout).contains(point):
            return layout if tail is not None or self._folding.can_fold(layout) else None
        left_px = self._gutter_px - self.horizontalScrollBar().value()
        on_badge = tail is not None and tail_rect(layout, tail, left_px, y_px, self._look).contains(point)
        return layout if on_badge and point.x() >= self._gutter_px else None
