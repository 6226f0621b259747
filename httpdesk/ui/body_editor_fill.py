"""BodyFill: puts a large text into a document in steps, so that the window gets its turn in between."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

# A document takes 5 MB a second, so this is some ms.
_STEP_CHARACTERS = 1 << 14
_AT_ONCE_CHARACTERS = 1 << 18


class BodyFill(QObject):
    """Fills one editor; who writes into it calls finish() first."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._rest: Iterator[str] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def active(self) -> bool:
        """Whether a part of the text is still to come."""
        return self._timer.isActive()

    def fill(self, text: str) -> None:
        """Show a text from its start on; undo starts anew."""
        self.stop()
        if len(text) <= _AT_ONCE_CHARACTERS:
            self._editor.setPlainText(text)
            return
        self._rest = _steps(text)
        self._editor.document().setUndoRedoEnabled(False)
        self._timer.start()
        self._editor.setPlainText(next(self._rest, ""))

    def finish(self) -> None:
        """Put the rest in at once: somebody needs all of it."""
        while self.active:
            self._go_on()

    def stop(self) -> None:
        """Leave the rest out: another text comes."""
        if self.active:
            self._end()

    def _go_on(self) -> None:
        step = next(self._rest, None)
        if step is None:
            self._end()
            return
        cursor = QTextCursor(self._editor.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(step)

    def _end(self) -> None:
        self._timer.stop()
        self._rest = iter(())
        self._editor.document().setUndoRedoEnabled(True)


def _steps(text: str) -> Iterator[str]:
    """A text in pieces that end with a line where they can."""
    start = 0
    while start < len(text):
        stop = min(len(text), start + _STEP_CHARACTERS)
        stop = text.rfind("\n", start, stop) + 1 or stop
        yield text[start:stop]
        start = stop
