"""Folds of the body editor: rows that are indented below another one hide behind it; the text stays what it is."""

from collections.abc import Iterator
from itertools import islice

from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit

_BLANKS = 20
"""So many blank rows may stand between a row and what is below it."""


class BodyFolds:
    """Hides and shows rows; indentation tells what belongs together, as in any body that is laid out."""

    def __init__(self, edit: QPlainTextEdit, limit_characters: int) -> None:
        self._edit, self._limit_characters = edit, limit_characters
        # Each fold as its row and the first one that it hides.
        self._made: list[tuple[QTextCursor, QTextCursor]] = []

    def can_fold(self, block: QTextBlock) -> bool:
        """Whether rows below this one hang on it."""
        if not block.text().strip() or self._edit.document().characterCount() > self._limit_characters:
            return False
        below = next((one for one in islice(_after(block), _BLANKS) if one.text().strip()), None)
        return below is not None and _indent(below) > _indent(block)

    @staticmethod
    def is_folded(block: QTextBlock) -> bool:
        """Whether the rows below this one are hidden."""
        return block.isVisible() and block.next().isValid() and not block.next().isVisible()

    def next_shown(self, block: QTextBlock) -> QTextBlock:
        """The first row from a hidden one on that is shown."""
        return self._edit.document().findBlockByLineNumber(block.firstLineNumber())

    def hidden_below(self, block: QTextBlock) -> int:
        """How many rows are hidden behind this one."""
        following = self.next_shown(block.next())
        last = following.blockNumber() if following.isVisible() else self._edit.blockCount()
        return max(last, block.blockNumber() + 1) - block.blockNumber() - 1

    def toggle(self, block: QTextBlock) -> None:
        """Fold, or unfold."""
        if self.is_folded(block):
            self.unfold(block)
        elif self.can_fold(block):
            self.fold(block)

    def fold_around(self, block: QTextBlock) -> None:
        """Fold the row, or what it stands in."""
        while block.isValid() and (self.is_folded(block) or not self.can_fold(block)):
            block = _above(block)
        if block.isValid():
            self.fold(block)

    def fold(self, block: QTextBlock) -> None:
        """Hide what is below a row, up to the next one that is not deeper; a caret in there goes to its end."""
        rows: list[QTextBlock] = []
        kept = 0
        for row in _after(block):
            if row.text().strip():
                if _indent(row) <= _indent(block):
                    break
                kept = len(rows) + 1
            rows.append(row)
        rows = rows[:kept]
        if not rows:
            return
        caret = self._edit.textCursor()
        if rows[0].position() <= caret.position() < rows[-1].position() + rows[-1].length():
            caret.setPosition(block.position() + block.length() - 1)
            self._edit.setTextCursor(caret)
        self._made.append((QTextCursor(block), QTextCursor(rows[0])))
        self._show(rows, shown=False)

    def unfold(self, block: QTextBlock) -> None:
        """Show all that is hidden behind a row."""
        rows = []
        for row in _after(block):
            if row.isVisible():
                break
            rows.append(row)
        self._made = [fold for fold in self._made if fold[0].block() != block]
        self._show(rows, shown=True)

    def reveal(self, block: QTextBlock) -> None:
        """Show a row that the caret came to."""
        while block.isValid() and not block.isVisible():
            head = block
            while head.isValid() and not head.isVisible():
                head = head.previous()
            self.unfold(head)

    def check(self) -> None:
        """The text changed: unfold where a row does not hold what is hidden behind it any more."""
        for fold in list(self._made):
            block, hidden = (place.block() for place in fold)
            if not self.is_folded(block):
                self._made.remove(fold)
                self.reveal(hidden)
            elif not self.can_fold(block) or self._holds_too_much(block):
                self.unfold(block)

    def forget(self) -> None:
        """Another text came: its rows are all shown."""
        self._made = []

    def _holds_too_much(self, block: QTextBlock) -> bool:
        depth, hidden = _indent(block), islice(_after(block), self.hidden_below(block))
        return any(row.text().strip() and _indent(row) <= depth for row in hidden)

    def _show(self, rows: list[QTextBlock], *, shown: bool) -> None:
        for row in rows:
            row.setVisible(shown)
            row.setLineCount(max(1, row.layout().lineCount()) if shown else 0)
        layout = self._edit.document().documentLayout()
        if rows and isinstance(layout, QPlainTextDocumentLayout):
            layout.requestUpdate()
            layout.documentSizeChanged.emit(layout.documentSize())
            self._edit.viewport().update()


def _after(block: QTextBlock) -> Iterator[QTextBlock]:
    while (block := block.next()).isValid():
        yield block


def _above(block: QTextBlock) -> QTextBlock:
    """The nearest row above that is less deep."""
    depth = _indent(block) if block.text().strip() else 1 << 30
    while (block := block.previous()).isValid():
        if block.text().strip() and _indent(block) < depth:
            break
    return block


def _indent(block: QTextBlock) -> int:
    text = block.text()
    return len(text) - len(text.lstrip(" \t"))
