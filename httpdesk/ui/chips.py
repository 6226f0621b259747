"""Chips: {{name}} and :name shown as tinted words, in fields and in painted cells."""

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from httpdesk.core.template import REFERENCE
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.theme import theme

Lookup = Callable[[str], bool]
PATH_NAME = re.compile(r"(?<=/):[A-Za-z_]\w*")
_DIM = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://|[?&=]")


def role_of(name: str, known: Lookup) -> str:
    """The colour role of a variable: resolved or not."""
    return "var" if known(name) else "var_missing"


def spans(words: str, known: Lookup) -> Iterator[tuple[str, str]]:
    """Cut a text into (part, role); the role is empty for plain text, and a chip's part has no braces."""
    at = 0
    for match in REFERENCE.finditer(words):
        if match.start() > at:
            yield words[at : match.start()], ""
        yield match.group(1), role_of(match.group(1), known)
        at = match.end()
    if at < len(words):
        yield words[at:], ""


def draw_chips(painter: QPainter, rect: QRectF, words: str, known: Lookup, style: str, role: str) -> None:
    """Paint one line of text with its chips."""
    metrics, x, height = QFontMetricsF(theme.font(style)), rect.left(), theme.px(18)
    painter.save()
    painter.setClipRect(rect)
    for part, chip in spans(words, known):
        width = metrics.horizontalAdvance(part)
        if chip:
            pad = theme.px(5)
            box = QRectF(x, rect.center().y() - height / 2, width + 2 * pad, height)
            rounded(painter, box, radius("sm"), theme.tint(chip))
            text(painter, box.adjusted(pad, 0, 0, 0), part, style, chip, elide=False)
            x += width + 2 * pad + 2
        else:
            text(painter, QRectF(x, rect.top(), width + 4, rect.height()), part, style, role, elide=False)
            x += width
    painter.restore()


class ChipHighlighter(QSyntaxHighlighter):
    """Colours a URL; the braces of a chip shrink to its padding, and show in full while caret or selection is in it."""

    def __init__(self, document: QTextDocument, known: Lookup) -> None:
        super().__init__(document)
        self.selected = (-1, -1)
        self._known = known

    def highlightBlock(self, words: str) -> None:
        """Colour one line."""
        for match in _DIM.finditer(words):
            self._color(match.start(), match.end(), "text3")
        for match in REFERENCE.finditer(words):
            role = role_of(match.group(1), self._known)
            if self.is_open(match.start(), match.end()):
                self._color(match.start(), match.end(), role)
                continue
            self._color(match.start() + 2, match.end() - 2, role)
            for at in (match.start(), match.end() - 2):
                self.setFormat(at, 2, _brace())
        for match in PATH_NAME.finditer(words):
            self._color(match.start(), match.end(), "path")

    def is_open(self, start: int, end: int) -> bool:
        """Whether caret or selection is inside a chip between these places."""
        first, last = self.selected
        return start < last and first < end

    def _color(self, start: int, end: int, role: str) -> None:
        style = QTextCharFormat()
        style.setForeground(theme.color(role))
        self.setFormat(start, end - start, style)


def _brace() -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QColor(Qt.GlobalColor.transparent))
    style.setProperty(QTextFormat.Property.FontPixelSize, theme.px(5))
    return style
