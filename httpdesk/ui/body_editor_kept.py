"""KeptText: the exact text of a document, kept in step with small changes; to take it anew costs 30 ms at 5 MB."""

from PySide6.QtGui import QTextCursor, QTextDocument

from httpdesk.ui.body_editor_exact import PARAGRAPH, exact_text, is_plain

_SMALL_CHARACTERS = 10_000


class KeptText:
    """Knows the text as long as each change can be followed."""

    def __init__(self) -> None:
        self._text: str | None = ""
        self._is_plain = True  # the document holds this text, character by character

    def put(self, text: str, held: str) -> None:
        """The document holds a text as it was made for it."""
        self._text, self._is_plain = text, held is text and is_plain(text)

    def exact(self, document: QTextDocument, line_end: str) -> str:
        """The text that a document stands for."""
        if self._text is None:
            raw = document.toRawText()
            self._text = exact_text(raw, line_end)
            self._is_plain = line_end == "\n" and len(raw) == len(self._text) and is_plain(raw)
        return self._text

    def follow(self, document: QTextDocument, position: int, removed: int, added: int) -> None:
        """A document has changed, as QTextDocument.contentsChange says it."""
        text, self._text = self._text, None
        if text is None or not self._is_plain or max(removed, added) > _SMALL_CHARACTERS:
            return
        last = document.characterCount() - 1
        # With a change at the end Qt counts the end of the document too.
        stop = min(position + added, last)
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        new = cursor.selectedText()
        behind = position + removed - (position + added - stop)
        text = text[:position] + new.replace(PARAGRAPH, "\n") + text[behind:]
        if is_plain(new) and len(text) == last:
            self._text = text
