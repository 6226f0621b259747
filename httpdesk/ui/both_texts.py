"""Both texts: two texts side by side in a card, with the lines that differ marked; nothing in it can be edited."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTextEdit, QWidget

from httpdesk.core.standing import Choice
from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.overlay import Overlay
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, col, label, line, row

_WIDTH_PX, _HEIGHT_PX = 1120, 680
_SLOW_LINES = 4000
_SIGNS = {"equal": "  ", "mine": "- ", "theirs": "+ ", "gap": "  "}


class Line(NamedTuple):
    """A line of one side; kind is "equal", "mine", "theirs" or "gap" (only the other side has one here)."""

    text: str
    kind: str


def side_by_side(mine: str, theirs: str) -> tuple[list[Line], list[Line]]:
    """The lines of two texts, with gaps so that what is the same stands at the same height."""
    left: list[Line] = []
    right: list[Line] = []
    for kind, ours, others in _pieces(mine.splitlines(), theirs.splitlines()):
        same = kind == "equal"
        left += [Line(text, kind if same else "mine") for text in ours]
        right += [Line(text, kind if same else "theirs") for text in others]
        missing = len(left) - len(right)
        left += [Line("", "gap")] * -missing
        right += [Line("", "gap")] * missing
    return left, right


def _pieces(mine: list[str], theirs: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    if len(mine) + len(theirs) > _SLOW_LINES:  # its time grows with the square
        yield ("equal" if mine == theirs else "replace"), mine, theirs
        return
    for kind, start, end, other, other_end in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        yield kind, mine[start:end], theirs[other:other_end]


class BothTexts(Overlay):
    """Mine at the left, theirs at the right, scrolled together; or what was committed, and what the file is now."""

    def __init__(self, over: QWidget, title: str, mine: str, theirs: str, *, committed: bool = False) -> None:
        super().__init__(over, title, _WIDTH_PX, _HEIGHT_PX)
        left, right = side_by_side(mine, theirs)
        names = (self.tr("Yours, as it would be saved"), self.tr("Theirs, as the file is now"))
        if committed:
            names = (self.tr("In the last commit"), self.tr("In the file now"))
        self.mine, self.theirs = _Side(names[0], left), _Side(names[1], right)
        for one, other in ((self.mine, self.theirs), (self.theirs, self.mine)):
            one.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)
            one.horizontalScrollBar().valueChanged.connect(other.horizontalScrollBar().setValue)
        count = sum(one.kind != "equal" for one in left)
        words = self.tr("%n lines differ", "", count) if count != 1 else self.tr("1 line differs")
        head = row((label(title, "title"), 1), label(words, "small", "text2"), margins=(24, 0, 24, 0), height=56)
        sides = row(
            (self._headed(self.mine), 1), line("v"), (self._headed(self.theirs), 1), spacing=0, margins=(0, 0, 0, 0)
        )
        self._foot = row(None, self._button(self.tr("Close"), self.shut), spacing=8, margins=(24, 0, 24, 0), height=56)
        for part in (head, line(), sides, line(), self._foot):
            self.body.addWidget(part, 1 if part is sides else 0)
        self.closed.connect(self.deleteLater)

    def offer(self, choose: Callable[[str], object]) -> None:
        """Let the user decide here as well."""
        layout = self._foot.layout()
        assert layout is not None  # noqa: S101 - for the type checker
        for choice, words in ((Choice.THEIRS, self.tr("Take theirs")), (Choice.MINE, self.tr("Keep mine"))):
            offer = self._button(words, self.shut)
            offer.clicked.connect(partial(choose, choice))
            layout.addWidget(offer)

    def _headed(self, side: "_Side") -> QWidget:
        head = row((label(side.accessibleName(), "small", "text2"), 1), margins=(16, 0, 16, 0), height=32)
        return col(head, line(), (side, 1), spacing=0)

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        widget = button(words)
        widget.clicked.connect(lambda _=False: act())
        return widget


class _Side(QPlainTextEdit):
    def __init__(self, name: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # A sign before each line: colour alone would say nothing to some.
        self.setPlainText("\n".join(_SIGNS[one.kind] + make_visible(one.text)[0] for one in lines))
        theme.bind(self, self._fit)

    def _fit(self) -> None:
        self.setFont(theme.font("code_sm"))
        self.document().setDocumentMargin(theme.px(12))
        marks = []
        roles = {"mine": ("danger", 0.14), "theirs": ("success", 0.14), "gap": ("line", 0.5)}
        for number, one in enumerate(self._lines):
            if one.kind in roles:
                mark = QTextEdit.ExtraSelection()
                mark.format.setBackground(theme.color(*roles[one.kind]))
                mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                mark.cursor = QTextCursor(self.document().findBlockByNumber(number))
                marks.append(mark)
        self.setExtraSelections(marks)
