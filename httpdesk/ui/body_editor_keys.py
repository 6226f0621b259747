"""Body keys: what keys do in the body beyond typing their character: indent, keep the indent, close brackets."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_INDENT = "  "
_PAIRS = {"{": "}", "[": "]", '"': '"'}
_CLOSERS = frozenset(_PAIRS.values())
_MAY_FOLLOW = frozenset("\u2029\0 \t,:]}")
_QUOTE = re.compile(r'(?<!\\)"')
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BodyKeys:
    """Each method that takes a key says whether it used it up; every change is one step of undo."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        self._edit = edit
        self.pairs = True
        # Where brackets stand that were closed for the user: typing them steps over them.
        self._closed: list[QTextCursor] = []

    def forget(self) -> None:
        """What was closed for the user counts as typed from now on."""
        self._closed.clear()

    def press(self, event: QKeyEvent) -> bool:
        """Take a key press."""
        here = self._edit.textCursor()
        self._closed = [spot for spot in self._closed if spot.block() == here.block()]
        key, control = event.key(), Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Tab and not event.modifiers() & control:
            return self._indent(here)
        if key == Qt.Key.Key_Backtab:
            return self._outdent(here)
        # Qt would take Shift+Enter for a line separator (U+2028) inside of the line.
        if key in _ENTER and not event.modifiers() & control:
            return self._new_line(here)
        if key == Qt.Key.Key_Backspace and not event.modifiers():
            return self._remove_pair(here)
        return self._character(here, event.text())

    def _character(self, here: QTextCursor, typed: str) -> bool:
        if len(typed) != 1:
            return False
        if typed in _CLOSERS and not here.hasSelection() and self._step_over(here, typed):
            return True
        if typed not in _PAIRS:
            return False
        if here.hasSelection():
            return self._wrap(here, typed)
        closing = self._closing(here, typed)
        if not closing:
            return False
        self._insert_pair(here, typed, closing)
        return True

    def _closing(self, here: QTextCursor, typed: str) -> str:
        """What to add behind an opening character; nothing where it may be meant to stand alone."""
        before = here.block().text()[: here.positionInBlock()]
        follows = self._at(here.position())
        if typed == "{" and before.endswith("{") and follows != "}":
            return "}}"
        if not self.pairs or follows not in (_MAY_FOLLOW if typed == '"' else _MAY_FOLLOW | {'"'}):
            return ""
        in_string = len(_QUOTE.findall(before)) % 2 == 1
        if typed == "{" and before.endswith("{"):
            return "}"
        if in_string or (typed == '"' and before[-1:].isalnum()) or before.endswith("\\"):
            return ""
        return _PAIRS[typed]

    def _insert_pair(self, here: QTextCursor, typed: str, closing: str) -> None:
        here.beginEditBlock()
        here.insertText(typed + closing)
        here.endEditBlock()
        here.setPosition(here.position() - len(closing))
        self._edit.setTextCursor(here)
        for number in range(len(closing)):
            spot = QTextCursor(here)
            spot.setPosition(here.position() + number)
            self._closed.append(spot)

    def _step_over(self, here: QTextCursor, typed: str) -> bool:
        spot = next((spot for spot in self._closed if spot.position() == here.position()), None)
        if spot is None or self._at(here.position()) != typed:
            return False
        self._closed.remove(spot)
        here.movePosition(QTextCursor.MoveOperation.Right)
        self._edit.setTextCursor(here)
        return True

    def _wrap(self, here: QTextCursor, typed: str) -> bool:
        if not self.pairs:
            return False
        start, stop = here.selectionStart(), here.selectionEnd()
        here.beginEditBlock()
        here.setPosition(stop)
        here.insertText(_PAIRS[typed])
        here.setPosition(start)
        here.insertText(typed)
        here.endEditBlock()
        here.setPosition(start + 1)
        here.setPosition(stop + 1, QTextCursor.MoveMode.KeepAnchor)
        self._edit.setTextCursor(here)
        return True

    def _remove_pair(self, here: QTextCursor) -> bool:
        spot = next((spot for spot in self._closed if spot.position() == here.position()), None)
        opening = self._at(here.position() - 1) if here.position() else ""
        if here.hasSelection() or spot is None or _PAIRS.get(opening) != self._at(here.position()):
            return False
        self._closed.remove(spot)
        here.beginEditBlock()
        here.deletePreviousChar()
        here.deleteChar()
        here.endEditBlock()
        return True

    def _new_line(self, here: QTextCursor) -> bool:
        line, at = here.block().text(), here.positionInBlock()
        indent = line[: len(line) - len(line.lstrip(" \t"))][:at]
        before, after = line[:at].rstrip(), line[at:].lstrip()
        opens = before[-1:] in ("{", "[") or (before.endswith(":") and not self._in_json(before))
        here.beginEditBlock()
        here.insertText("\n" + indent + (_INDENT if opens else ""))
        place = here.position()
        if opens and after and _PAIRS.get(before[-1:]) == after[0]:
            here.insertText("\n" + indent)
        here.endEditBlock()
        here.setPosition(place)
        self._edit.setTextCursor(here)
        self._edit.ensureCursorVisible()
        return True

    @staticmethod
    def _in_json(before: str) -> bool:
        return before.endswith('":')

    def _indent(self, here: QTextCursor) -> bool:
        first, last = self._rows(here)
        if first == last:
            here.insertText(_INDENT)
            self._edit.setTextCursor(here)
            return True
        here.beginEditBlock()
        for number in range(first, last + 1):
            QTextCursor(here.document().findBlockByNumber(number)).insertText(_INDENT)
        here.endEditBlock()
        return True

    def _outdent(self, here: QTextCursor) -> bool:
        first, last = self._rows(here)
        here.beginEditBlock()
        for number in range(first, last + 1):
            spot = QTextCursor(here.document().findBlockByNumber(number))
            text = spot.block().text()
            count = 1 if text.startswith("\t") else min(len(_INDENT), len(text) - len(text.lstrip(" ")))
            spot.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, count)
            spot.removeSelectedText()
        here.endEditBlock()
        return True

    @staticmethod
    def _rows(here: QTextCursor) -> tuple[int, int]:
        document = here.document()
        first, last = document.findBlock(here.selectionStart()), document.findBlock(here.selectionEnd())
        at_start = here.hasSelection() and last != first and here.selectionEnd() == last.position()
        return first.blockNumber(), last.blockNumber() - int(at_start)

    def _at(self, position: int) -> str:
        return str(self._edit.document().characterAt(position))
