"""Body text: the text field of a body with line numbers, current line, indent guides, colours and completion."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

from httpdesk.core.environment import Found
from httpdesk.ui.body_editor_colors import BodyColors
from httpdesk.ui.body_editor_exact import PARAGRAPH, SOFT, document_text, exact_text, line_end_of, units
from httpdesk.ui.body_editor_fill import BodyFill
from httpdesk.ui.body_editor_folds import BodyFolds
from httpdesk.ui.body_editor_gutter import LEFT_PX, RIGHT_PX, TOP_PX, Gutter
from httpdesk.ui.body_editor_kept import KeptText
from httpdesk.ui.body_editor_keys import BodyKeys
from httpdesk.ui.body_editor_lint import LIMIT_CHARACTERS
from httpdesk.ui.completer import Completer, open_reference
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.theme import theme

_FOLD_KEYS = (Qt.Key.Key_BracketLeft, Qt.Key.Key_BraceLeft)
_UNFOLD_KEYS = (Qt.Key.Key_BracketRight, Qt.Key.Key_BraceRight)
_DIGITS = 2
_GUIDED = 40


class Seen(NamedTuple):
    """A row that is on the screen, and its area in the viewport."""

    block: QTextBlock
    rect: QRectF


class BodyText(QPlainTextEdit):
    """Text in, the same text out; `typed` tells of changes by the user."""

    typed = Signal()

    def __init__(self, known: Callable[[str], bool], offers: Callable[[], Iterable[Found]]) -> None:
        super().__init__()
        self._line_end = "\n"
        self._kept = KeptText()
        self._may_be_cut = False
        self._continued: list[int] | None = []
        self._quiet = self._changed = False
        self._keys = BodyKeys(self)
        self._fill = BodyFill(self)
        self._colors = BodyColors(self.document, known)
        self.folds = BodyFolds(self, LIMIT_CHARACTERS)
        self._gutter = Gutter(self)
        self._completer = Completer(self, offers)
        self._completer.chosen.connect(self._complete)
        self._wrong: QTextCursor | None = None
        self._marks: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.updateRequest.connect(lambda *_: self._gutter.update())
        self.cursorPositionChanged.connect(self._caret_moved)
        self.blockCountChanged.connect(lambda _: self._place_gutter())
        self.document().contentsChange.connect(self._contents_changed)
        self.textChanged.connect(self._text_changed)
        theme.bind(self, self._fit)
        # To Qt, the margin was an edit.
        self.document().clearUndoRedoStacks()

    # -- the text

    def exact(self) -> str:
        """The text as it was given and typed."""
        return self._kept.exact(self.document(), self._line_end)

    def put(self, words: str) -> None:
        """Hold another text, without a signal; undo starts anew."""
        self._line_end = line_end_of(words)
        self._keys.forget()
        self._quiet = True
        self._may_be_cut = False
        self.folds.forget()
        held = self._held(words, self._line_end)
        self._fill.fill(held)
        self._quiet = False
        self._kept.put(words, held)

    def fill_up(self) -> None:
        """A large text comes in steps; from here on all of it is in the document."""
        self._fill.finish()

    def replace_all(self, words: str) -> None:
        """Hold another text as one edit that can be undone; the caret stays in its line."""
        self.fill_up()
        line, column = self.textCursor().blockNumber(), self.textCursor().positionInBlock()
        self._keys.forget()
        everything = QTextCursor(self.document())
        everything.select(QTextCursor.SelectionType.Document)
        everything.insertText(self._held(words))
        block = self.document().findBlockByNumber(min(line, self.blockCount() - 1))
        here = self.textCursor()
        here.setPosition(block.position() + min(column, block.length() - 1))
        self.setTextCursor(here)

    def _held(self, words: str, line_end: str = "\n") -> str:
        held = document_text(words, line_end)
        self._may_be_cut = self._may_be_cut or SOFT in held
        return held

    @property
    def plain(self) -> str:
        """The text with every line end as LF, whatever is sent."""
        exact = self.exact()
        return exact if self._line_end == "\n" else exact.replace(self._line_end, "\n")

    def set_language(self, name: str) -> None:
        """Colour another language."""
        self._keys.pairs = name != "text"
        self._colors.set_language(name)
        self.viewport().update()

    def refresh(self) -> None:
        """Theme or variables changed: colour anew."""
        self._colors.refresh()
        self.viewport().update()

    @property
    def completer(self) -> Completer:
        """The list of variables."""
        return self._completer

    # -- a place in the text

    def spot(self, line: int, column: int) -> QTextCursor:
        """The place of a line and column of the text, both from 1."""
        block = self.document().findBlockByNumber(line - 1 + self._cuts_before_line(line))
        left = column - 1
        while block.text().endswith(SOFT) and left > len(block.text()) - 1:
            left -= len(block.text()) - 1
            block = block.next()
        cursor = QTextCursor(block)
        place = min(units(block.text(), min(left, len(block.text()))), max(0, block.length() - 1))
        cursor.setPosition(block.position() + place)
        return cursor

    @staticmethod
    def marked(cursor: QTextCursor, style: QTextCharFormat) -> QTextEdit.ExtraSelection:
        """A selection of the document in a format of its own."""
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, style
        return mark

    def show_marks(self, group: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Show marks of one group in the place of those it had before."""
        if marks or self._marks.get(group):
            self._marks[group] = marks
            self.setExtraSelections([mark for each in self._marks.values() for mark in each])

    def mark_wrong(self, cursor: QTextCursor | None) -> None:
        """Underline the character at a place as wrong, or nothing."""
        self._wrong = cursor
        if cursor is None:
            self.show_marks("wrong", [])
            return
        character = QTextCursor(cursor)
        character.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(theme.color("danger"))
        self.show_marks("wrong", [self.marked(character, style)])

    def line_of(self, block: QTextBlock) -> int:
        """The number of a row's line from 1; 0 when the row goes on with the line above."""
        number, continued = block.blockNumber(), self._continued_rows()
        at = bisect_left(continued, number)
        return 0 if at < len(continued) and continued[at] == number else number + 1 - at

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return self.blockCount() - len(self._continued_rows())

    def _continued_rows(self) -> list[int]:
        if self._continued is None:
            rows = self.document().toRawText().split(PARAGRAPH) if self._may_be_cut else []
            self._continued = [number + 1 for number, row in enumerate(rows) if row.endswith(SOFT)]
        return self._continued

    def _cuts_before_line(self, line: int) -> int:
        continued, cuts = self._continued_rows(), 0
        while cuts < len(continued) and continued[cuts] <= line - 1 + cuts:
            cuts += 1
        return cuts

    # -- typing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Completion first, then what keys do here."""
        self.fill_up()
        if self._completer.handle_key(event.key()):
            return
        self._changed = False
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._start_reference()
        elif self._folds(event):
            event.accept()
        elif self.isReadOnly() or not self._keys.press(event):
            super().keyPressEvent(event)
        # Only now the caret is where it stays.
        if self._changed:
            self._offer()

    def _folds(self, event: QKeyEvent) -> bool:
        """Fold or unfold by Ctrl+Shift+[ and Ctrl+Shift+]."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() != both or event.key() not in (*_FOLD_KEYS, *_UNFOLD_KEYS):
            return False
        block = self.textCursor().block()
        if event.key() in _FOLD_KEYS:
            self.folds.fold_around(block)
        elif self.folds.is_folded(block):
            self.folds.unfold(block)
        self._gutter.update()
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composed text is no key: nothing is closed for it."""
        self.fill_up()
        self._keys.forget()
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text only; its line ends become those of the body."""
        self.fill_up()
        words = source.text()
        self.insertPlainText(self._held(words.replace("\r\n", "\n")))
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the text that is meant, not how the document holds it."""
        copied = QMimeData()
        copied.setText(exact_text(self.textCursor().selectedText(), self._line_end))
        return copied

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Only text."""
        return source.hasText()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the completion list."""
        super().focusOutEvent(event)
        self._completer.hide()

    def _contents_changed(self, position: int, removed: int, added: int) -> None:
        if not self._fill.active:
            self._kept.follow(self.document(), position, removed, added)

    def _text_changed(self) -> None:
        self._continued = None
        self.folds.check()
        self._changed = True
        if not self._quiet and not self._fill.active:
            self.typed.emit()

    def _offer(self) -> None:
        here = self.textCursor()
        prefix = open_reference(here.block().text()[: here.positionInBlock()])
        if prefix is None or not self.hasFocus():
            self._completer.hide()
            return
        self._completer.offer(prefix, self.viewport().mapToGlobal(self.cursorRect().bottomLeft() + QPoint(0, 4)))

    def _start_reference(self) -> None:
        here = self.textCursor()
        if open_reference(here.block().text()[: here.positionInBlock()]) is None:
            here.insertText("{{}}")
            here.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, 2)
            self.setTextCursor(here)
        self._offer()

    def _complete(self, name: str) -> None:
        here = self.textCursor()
        line, at = here.block().text(), here.positionInBlock()
        start = line.rfind("{{", 0, at)
        if start < 0:
            return
        self._keys.forget()
        stop = at + 2 if line[at : at + 2] == "}}" else at
        here.setPosition(here.block().position() + start)
        here.setPosition(here.block().position() + stop, QTextCursor.MoveMode.KeepAnchor)
        here.insertText("{{" + name + "}}")
        self.setTextCursor(here)

    def _caret_moved(self) -> None:
        self.folds.reveal(self.textCursor().block())
        self.viewport().update()
        self._gutter.update()

    # -- painting

    def seen(self) -> Iterator[Seen]:
        """The rows on the screen."""
        block, offset, bottom = self.firstVisibleBlock(), self.contentOffset(), self.viewport().height()
        while block.isValid():
            if not block.isVisible():
                block = self.folds.next_shown(block)
                if not block.isVisible():
                    return
            rect = self.blockBoundingGeometry(block).translated(offset)
            if rect.top() > bottom:
                return
            yield Seen(block, rect)
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Current line and guides first, then the text in its colours."""
        rows = list(self.seen())
        for block, last in _runs(rows):
            self._colors.dress(block, last)
        painter = QPainter(self.viewport())
        cell = QFontMetricsF(self.font()).horizontalAdvance(" ")
        current = self.textCursor().block()
        for block, rect in rows:
            if block == current and self.hasFocus():
                painter.fillRect(QRectF(0, rect.top(), self.viewport().width(), rect.height()), theme.color("curline"))
            line = block.text()
            for column in range(0, min(len(line) - len(line.lstrip(" ")), _GUIDED), 2):
                painter.fillRect(
                    QRectF(rect.left() + column * cell, rect.top(), 1, rect.height()), theme.color("guide")
                )
        painter.end()
        super().paintEvent(event)
        self._paint_folded([row for row in rows if self.folds.is_folded(row.block)])

    def _paint_folded(self, rows: list[Seen]) -> None:
        """Say behind a row how many are hidden."""
        painter, metrics = QPainter(self.viewport()), theme.fm("code_sm")
        for block, rect in rows:
            line = block.layout().lineAt(block.layout().lineCount() - 1)
            count = self.folds.hidden_below(block)
            words = self.tr("… 1 line") if count == 1 else self.tr("… %n lines", "", count)
            left = rect.left() + line.naturalTextWidth() + theme.px(8)
            wide = metrics.horizontalAdvance(words) + theme.px(12)
            box = QRectF(left, rect.bottom() - line.height() + 1, wide, line.height() - 2)
            rounded(painter, box, radius("sm"), theme.color("active"))
            text(painter, box.adjusted(theme.px(6), 0, 0, 0), words, "code_sm", "text2", elide=False)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the field."""
        super().resizeEvent(event)
        self._place_gutter()

    def changeEvent(self, event: QEvent) -> None:
        """Another font changes the gutter."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place_gutter()

    def _fit(self) -> None:
        self.setFont(theme.font("code"))
        self.setTabStopDistance(2 * theme.fm("code").horizontalAdvance(" "))
        self.setCursorWidth(max(1, theme.px(1)))
        self.mark_wrong(self._wrong)
        self.refresh()
        self._place_gutter()

    def _place_gutter(self) -> None:
        digits = max(_DIGITS, len(str(self.blockCount())))
        width = theme.px(LEFT_PX + RIGHT_PX) + int(digits * theme.fm("code_sm").horizontalAdvance("0"))
        self.setViewportMargins(width, theme.px(TOP_PX), 0, 0)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), width, inside.height()))


def _runs(rows: list[Seen]) -> Iterator[tuple[QTextBlock, int]]:
    """Rows without hidden ones between them: the first row and the number of the last."""
    first = 0
    for at, (block, _) in enumerate(rows):
        number = block.blockNumber()
        if at + 1 == len(rows) or rows[at + 1].block.blockNumber() != number + 1:
            yield rows[first].block, number
            first = at + 1
