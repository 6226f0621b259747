"""References: which variable stands at a place of a text, or at the caret of whatever has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTableView, QTextEdit, QWidget

from httpdesk.core.environment import Scope
from httpdesk.core.redact import MASK
from httpdesk.core.template import REFERENCE


def reference_at(words: str, position: int) -> str:
    """The name of the variable whose braces hold a position, both ends included, or an empty string."""
    found = REFERENCE.finditer(words)
    return next((match.group(1) for match in found if match.start() <= position <= match.end()), "")


def reference_at_caret(widget: QWidget | None) -> str:
    """The variable at the caret of a field, or the first one in the current cell of a table; else an empty string."""
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        caret = widget.textCursor()
        return reference_at(caret.block().text(), caret.positionInBlock())
    if isinstance(widget, QLineEdit):
        return reference_at(widget.text(), widget.cursorPosition())
    if isinstance(widget, QTableView) and widget.currentIndex().isValid():
        match = REFERENCE.search(str(widget.currentIndex().data(Qt.ItemDataRole.EditRole) or ""))
        return match.group(1) if match else ""
    return ""


def told(name: str, scope: Scope, unknown: str) -> str:
    """A variable's value and where it comes from, as a tool tip; `unknown` where it has no value."""
    from httpdesk.ui.tips import as_tip  # not needed for the first picture

    found = scope.find(name)
    if found is None:
        return as_tip(f"{name}: {unknown}")
    return as_tip(f"{name}: {MASK if found.secret else found.value} ({found.source})")
