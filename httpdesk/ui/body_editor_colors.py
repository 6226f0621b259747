"""Body colours: colours the rows that are seen, just before they are painted, so that the size of a body costs nothing.

A QSyntaxHighlighter would colour every row of a new text at once: a second for each MB.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextLayout

from httpdesk.body.languages import language_of
from httpdesk.body.lexing import Language, Span
from httpdesk.core.template import REFERENCE
from httpdesk.ui.body_editor_exact import SOFT, exact_text
from httpdesk.ui.chips import role_of
from httpdesk.ui.theme import theme

# A row's user state is the number of the colouring it belongs to, the state it began in and the state behind it.
_STATE_BITS = 5
_STATE_MASK = (1 << _STATE_BITS) - 1
_ROUNDS = 1 << 20
_MANY_CHARACTERS = 20_000
_ROWS_AT_ONCE = 500


class Formats:
    """The formats of roles under the theme as it now is."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool], QTextCharFormat] = {}

    def of(self, role: str, *, chip: bool = False) -> QTextCharFormat:
        """The format of a role; a chip has a tinted ground."""
        key = (role, chip)
        if key not in self._made:
            style = self._made[key] = QTextCharFormat()
            style.setForeground(theme.color(role))
            if chip:
                style.setBackground(theme.tint(role))
        return self._made[key]

    @cached_property
    def hidden(self) -> QTextCharFormat:
        """The format of the sign at the end of a cut row."""
        style = QTextCharFormat()
        style.setForeground(theme.color("text", 0.0))
        return style


class BodyColors:
    """Colours of a language, with the {{variables}} as tinted chips.

    The document is asked for each time: PySide calls a kept one deleted as soon as the editor gets another parent.
    """

    def __init__(self, document: Callable[[], QTextDocument], known: Callable[[str], bool]) -> None:
        self._document, self._known = document, known
        self._language: Language = language_of("text")
        self._formats = Formats()
        self._round = 0
        # Rows and the states in which they begin; what is before the last one has not changed since.
        self._marks: list[tuple[int, int]] = [(0, 0)]
        document().contentsChange.connect(self._changed)

    def set_language(self, name: str) -> None:
        """Colour another language."""
        self._language = language_of(name)
        del self._marks[1:]
        self._begin_round()

    def refresh(self) -> None:
        """Theme or variables changed: every row is coloured anew when it is next seen."""
        self._formats = Formats()
        self._begin_round()

    def dress(self, block: QTextBlock, last: int) -> None:
        """Colour the rows from a block on to the one numbered `last`, as far as they are not yet."""
        state = self._state_before(block)
        while block.isValid() and block.blockNumber() <= last:
            known = block.userState()
            if known >> _STATE_BITS == self._round << _STATE_BITS | state:
                state = known & _STATE_MASK
            else:
                state = self._color(block, state)
            block = block.next()

    def _begin_round(self) -> None:
        self._round = (self._round + 1) % _ROUNDS

    def _color(self, block: QTextBlock, state: int) -> int:
        text, began = block.text(), state
        ends_line = not text.endswith(SOFT)
        found, state = self._language.spans(text, state, ends_line=ends_line)
        if self._language.fresh_lines and ends_line:
            state = 0
        block.layout().setFormats(self._ranges(text, found))
        block.setUserState((self._round << _STATE_BITS | began) << _STATE_BITS | state)
        self._document().markContentsDirty(block.position(), block.length())
        return state

    def _ranges(self, text: str, found: list[Span]) -> list[QTextLayout.FormatRange]:
        wide = _Wide(text)
        ranges = [wide.range(start, start + length, self._formats.of(role)) for start, length, role in found]
        if "{{" in text:
            for match in REFERENCE.finditer(text):
                role = role_of(match.group(1), self._known)
                ranges.append(wide.range(match.start(), match.end(), self._formats.of(role, chip=True)))
        if text.endswith(SOFT):
            ranges.append(wide.range(len(text) - 1, len(text), self._formats.hidden))
        return ranges

    def _state_before(self, block: QTextBlock) -> int:
        """The state in which a row begins; rows that were never seen are read in one go, without their colours."""
        if self._language.fresh_lines and not block.previous().text().endswith(SOFT):
            return 0
        wanted = block.blockNumber()
        at = bisect_right(self._marks, wanted, key=lambda mark: mark[0])
        number, state = self._marks[at - 1]
        while number < wanted:
            following = min(wanted, number + _ROWS_AT_ONCE)
            state = self._language.track(self._bytes(number, following), state)
            self._marks.insert(at, (following, state))
            number, at = following, at + 1
        return state

    def _bytes(self, first: int, following: int) -> bytes:
        document = self._document()
        cursor = QTextCursor(document.findBlockByNumber(first))
        cursor.setPosition(document.findBlockByNumber(following).position(), QTextCursor.MoveMode.KeepAnchor)
        return exact_text(cursor.selectedText()).encode("utf-8", "surrogatepass")

    def _changed(self, position: int, removed: int, added: int) -> None:
        block = self._document().findBlock(position)
        del self._marks[max(1, bisect_right(self._marks, block.blockNumber(), key=lambda mark: mark[0])) :]
        if max(removed, added) > _MANY_CHARACTERS:
            self._begin_round()
            return
        while block.isValid() and block.position() <= position + added:
            block.setUserState(-1)
            block = block.next()


class _Wide:
    """Places of characters as UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._at = [] if text.isascii() else [place for place, char in enumerate(text) if char > "\uffff"]

    def range(self, start: int, stop: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
        """A range of characters in a format."""
        made = QTextLayout.FormatRange()
        if self._at:
            start, stop = (place + sum(wide < place for wide in self._at) for place in (start, stop))
        made.start, made.length, made.format = start, stop - start, style
        return made
