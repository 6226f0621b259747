"""Body find: finds text in the body editor and marks what was found."""

from PySide6.QtCore import QObject, QRect, QRegularExpression
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from httpdesk.ui.body_editor_exact import PARAGRAPH
from httpdesk.ui.body_editor_text import BodyText
from httpdesk.ui.find_bar import WIDTH_PX, FindBar, Query
from httpdesk.ui.theme import theme

_MARGIN_PX, _LEAST_PX = 8, 120
_LIMIT = 1_000
_DARK = "#14161A"


class BodyFind(QObject):
    """The find bar of one body editor; patterns are those of Perl (PCRE, with its own bound on time)."""

    def __init__(self, text: BodyText, over: QWidget) -> None:
        super().__init__(over)
        self._text = text
        self._found: list[tuple[int, int]] = []
        self._more = False
        self._now = -1
        self.bar = FindBar(over)
        self.bar.hide()
        self.bar.changed.connect(self._search_from_caret)
        self.bar.next_wanted.connect(lambda: self._step(1))
        self.bar.previous_wanted.connect(lambda: self._step(-1))
        self.bar.closed.connect(self.close)
        text.textChanged.connect(self._text_changed)
        theme.bind(self.bar, self._show_marks)

    def open(self) -> None:
        """Show the bar with what is selected, if that is on one line."""
        chosen = self._text.textCursor().selectedText()
        self.bar.show()
        self.bar.raise_()
        self.bar.begin("" if PARAGRAPH in chosen else chosen)
        self._search_from_caret()

    def close(self) -> None:
        """Hide the bar; what was found last is selected."""
        self.bar.hide()
        self._show_marks()
        if self._now >= 0:
            self._text.setTextCursor(self._cursor(*self._found[self._now]))
        self._text.setFocus()

    def place(self, area: QRect) -> None:
        """Stay at the top right of an area."""
        width = max(theme.px(_LEAST_PX), min(theme.px(WIDTH_PX), area.width() - 2 * theme.px(_MARGIN_PX)))
        self.bar.setFixedWidth(width)
        self.bar.move(area.right() - width - theme.px(_MARGIN_PX), area.top() + theme.px(_MARGIN_PX))

    def _text_changed(self) -> None:
        if not self.bar.isHidden():
            self._search()
            self._say()

    def _search_from_caret(self) -> None:
        if not self._search():
            return
        start = self._text.textCursor().selectionStart()
        self._now = next((at for at, (begin, _) in enumerate(self._found) if begin >= start), 0 if self._found else -1)
        self._go()

    def _search(self) -> bool:
        """Find anew; False for what is no pattern."""
        self._found, self._more = [], False
        self._text.fill_up()
        pattern = _pattern(self.bar.query)
        if not pattern.isValid():
            self._now = -1
            self.bar.show_fault(pattern.errorString())
            self._show_marks()
            return False
        if self.bar.query.words:
            matches = pattern.globalMatch(self._text.document().toRawText().replace(PARAGRAPH, "\n"))
            while matches.hasNext():
                match = matches.next()
                if len(self._found) == _LIMIT:
                    self._more = True
                    break
                if match.capturedLength():
                    self._found.append((match.capturedStart(), match.capturedEnd()))
        self._now = min(self._now, len(self._found) - 1)
        return True

    def _step(self, by: int) -> None:
        if self._found:
            self._now = (self._now + by) % len(self._found)
            self._go()

    def _go(self) -> None:
        if self._now >= 0:
            # Not selected: the colour of the match would not be seen.
            start, _ = self._found[self._now]
            self._text.setTextCursor(self._cursor(start, start))
        self._say()

    def _say(self) -> None:
        self.bar.show_count(self._now + 1 if self._now >= 0 else None, len(self._found), more=self._more)
        self._show_marks()

    def _cursor(self, start: int, stop: int) -> QTextCursor:
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(start)
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _show_marks(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        for at, (start, stop) in enumerate(() if self.bar.isHidden() else self._found):
            style = QTextCharFormat()
            style.setBackground(theme.color("match_now" if at == self._now else "match"))
            style.setForeground(QColor(_DARK) if at == self._now else theme.color("text"))
            marks.append(self._text.marked(self._cursor(start, stop), style))
        self._text.show_marks("found", marks)


def _pattern(query: Query) -> QRegularExpression:
    words = query.words if query.regex else QRegularExpression.escape(query.words)
    if query.whole_word:
        words = rf"\b(?:{words})\b"
    options = QRegularExpression.PatternOption.UseUnicodePropertiesOption
    options |= QRegularExpression.PatternOption.MultilineOption
    if not query.match_case:
        options |= QRegularExpression.PatternOption.CaseInsensitiveOption
    return QRegularExpression(words, options)
