"""URL field: one line in which variables and path parameters are chips."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from httpdesk.core.environment import Scope
from httpdesk.core.template import REFERENCE
from httpdesk.ui.chips import PATH_NAME, ChipHighlighter, role_of
from httpdesk.ui.completer import Completer, open_reference
from httpdesk.ui.paint import radius, rounded
from httpdesk.ui.references import reference_at, told
from httpdesk.ui.theme import theme

_HEIGHT_PX = 30


class UrlEdit(QTextEdit):
    """Enter submits; what is pasted becomes one line; `scope` tells which variables are known."""

    submitted = Signal()
    edited = Signal(str)

    def __init__(self, scope: Callable[[], Scope], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self.setAcceptRichText(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Request URL"))
        self.setPlaceholderText(self.tr("https://example.com/things"))
        self._chips = ChipHighlighter(self.document(), self._known)
        self._completer = Completer(self, lambda: scope().all())
        self._completer.chosen.connect(self._complete)
        self._quiet = False
        self._text = ""
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.selectionChanged.connect(self._caret_moved)
        theme.bind(self, self._fit)

    def show_url(self, url: str) -> None:
        """Show another URL, without a signal; the caret stays where it can."""
        if url == self.toPlainText():
            return
        self._quiet = True
        at = self.textCursor().position()
        self.setPlainText(url)
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(url)))
        self.setTextCursor(cursor)
        self._text = url
        self._quiet = False

    def refresh_variables(self) -> None:
        """The values of variables changed: colour anew."""
        self._quiet = True
        self._chips.rehighlight()
        self._quiet = False
        self.viewport().update()

    @property
    def completer(self) -> Completer:
        """The list of variables."""
        return self._completer

    def event(self, event: QEvent) -> bool:
        """Tab takes what is offered, before Qt moves the focus with it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            used = self._completer.handle_key(event.key())
            return used or super().event(event)
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The mouse over a chip tells its value and where that comes from."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            name = reference_at(self.toPlainText(), self.cursorForPosition(event.pos()).position())
            if name:
                words = told(name, self._scope(), self.tr("no value"))
                QToolTip.showText(event.globalPos(), words, self)
                return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter submits, Ctrl+Space offers the variables."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._start_reference()
        else:
            super().keyPressEvent(event)

    def _start_reference(self) -> None:
        here = self.textCursor()
        if open_reference(self.toPlainText()[: here.position()]) is None:
            here.insertText("{{}}")
            here.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, 2)
            self.setTextCursor(here)
        self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold the braces; a selection stays only while the window or a menu has the focus in passing."""
        super().focusOutEvent(event)
        self._completer.hide()
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
        self._caret_moved()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as one line."""
        self.insertPlainText("".join(source.text().splitlines()).strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Chips first, then the text over them."""
        painter = QPainter(self.viewport())
        words = self.toPlainText()
        for pattern, pad in ((REFERENCE, 0), (PATH_NAME, 1)):
            for match in pattern.finditer(words):
                role = "path" if pattern is PATH_NAME else role_of(match.group(1), self._known)
                box = self._box(match.start(), match.end()).adjusted(-pad, 0, pad, 0)
                rounded(painter, box, radius("sm"), theme.tint(role, "inset"))
        painter.end()
        super().paintEvent(event)

    def _box(self, start: int, end: int) -> QRectF:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        left = self.cursorRect(cursor)
        cursor.setPosition(end)
        right = self.cursorRect(cursor)
        bottom = max(left.bottom(), right.bottom()) + 1
        height = QFontMetricsF(self.font()).lineSpacing()
        return QRectF(left.left(), bottom - height - 0.5, right.left() - left.left(), height + 1)

    def _known(self, name: str) -> bool:
        return self._scope().find(name) is not None

    def _text_changed(self) -> None:
        words = self.toPlainText()
        # A change of colours counts as a change for Qt, too; it may even come before the news of the text that made it.
        if self._quiet or words == self._text:
            return
        self._text = words
        self.edited.emit(words)
        self._offer()

    def _offer(self) -> None:
        prefix = open_reference(self.toPlainText()[: self.textCursor().position()])
        if prefix is None or not self.hasFocus():
            self._completer.hide()
            return
        self._completer.offer(prefix, self.viewport().mapToGlobal(self.cursorRect().bottomLeft() + QPoint(0, 4)))

    def _complete(self, name: str) -> None:
        cursor = self.textCursor()
        words = self.toPlainText()
        start = words.rfind("{{", 0, cursor.position())
        end = cursor.position()
        cursor.setPosition(start)
        cursor.setPosition(end + 2 if words[end : end + 2] == "}}" else end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("{{" + name + "}}")

    def _caret_moved(self) -> None:
        cursor, before = self.textCursor(), self._open_chips()
        self._chips.selected = (cursor.selectionStart(), cursor.selectionEnd()) if self.hasFocus() else (-1, -1)
        if self._open_chips() != before:
            self.refresh_variables()

    def _open_chips(self) -> list[int]:
        found = REFERENCE.finditer(self.toPlainText())
        return [match.start() for match in found if self._chips.is_open(match.start(), match.end())]

    def _fit(self) -> None:
        self.setFont(theme.font("code"))
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        top = int((theme.px(_HEIGHT_PX) - QFontMetricsF(self.font()).lineSpacing()) / 2 + 0.5)
        self.setViewportMargins(0, top, 0, 0)
        self._chips.rehighlight()
