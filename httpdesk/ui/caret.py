"""Caret: where the user stands in a widget's texts and tables, kept while other contents come into them."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTableView, QWidget


@contextmanager
def kept_carets(within: QWidget) -> Iterator[None]:
    """Put carets, selections, scroll bars and current cells back where they were, or as near as there is room."""
    texts = [(text, text.textCursor(), _scrolled(text)) for text in within.findChildren(QPlainTextEdit)]
    places = [(text, cursor.anchor(), cursor.position(), bars) for text, cursor, bars in texts]
    tables = [(table, table.currentIndex()) for table in within.findChildren(QTableView)]
    cells = [(table, index.row(), index.column()) for table, index in tables if index.isValid()]
    yield
    for text, anchor, position, (across, down) in places:
        last = text.document().characterCount() - 1
        cursor = QTextCursor(text.document())
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        text.setTextCursor(cursor)
        text.horizontalScrollBar().setValue(across)
        text.verticalScrollBar().setValue(down)
    for table, row, column in cells:
        model = table.model()
        if not table.currentIndex().isValid() and model.rowCount():
            table.setCurrentIndex(model.index(min(row, model.rowCount() - 1), column))


def _scrolled(text: QPlainTextEdit) -> tuple[int, int]:
    return text.horizontalScrollBar().value(), text.verticalScrollBar().value()
