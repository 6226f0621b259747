"""FindBar: the small bar over the top right corner of a body, with what to find, how, and how much was found."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from httpdesk.ui.paint import radius, rounded
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import icon_button, icon_label, label

WIDTH_PX, HEIGHT_PX = 380, 36
_TOGGLES = {Qt.Key.Key_C: "match_case", Qt.Key.Key_W: "whole_word", Qt.Key.Key_R: "regex"}
_OURS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_F3)


class Query(NamedTuple):
    """What to find, and how."""

    words: str
    match_case: bool = False
    whole_word: bool = False
    regex: bool = False

    @property
    def ways(self) -> dict[str, bool]:
        """How, by name."""
        return {"match_case": self.match_case, "whole_word": self.whole_word, "regex": self.regex}


class FindBar(QFrame):
    """Says what is wanted; whoever searches says what was found with show_count() or show_fault()."""

    changed = Signal()
    """The query is another one."""
    next_wanted = Signal()
    previous_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Find"))
        self._edit = _Field()
        self._edit.setProperty("kind", "bare")
        self._edit.setPlaceholderText(self.tr("Find"))
        self._edit.setAccessibleName(self.tr("Find in body"))
        self._edit.textChanged.connect(self.changed)
        self._count = label("", "small", "text3")
        self._toggles = {
            name: icon_button(icon, tip, 24, checkable=True, on_role="accent", icon=14)
            for name, icon, tip in (
                ("match_case", "case-sensitive", self.tr("Match case  Alt+C")),
                ("whole_word", "whole-word", self.tr("Whole words  Alt+W")),
                ("regex", "regex", self.tr("Regular expression  Alt+R")),
            )
        }
        for toggle in self._toggles.values():
            toggle.toggled.connect(self.changed)
        self._previous = self._button("arrow-up", self.tr("Previous match  Shift+F3"), self.previous_wanted)
        self._next = self._button("arrow-down", self.tr("Next match  F3"), self.next_wanted)
        close = self._button("x", self.tr("Close  Esc"), self.closed)
        self._lay = QHBoxLayout(self)
        self._lay.addWidget(icon_label("search", "text3", 14))
        self._lay.addSpacing(6)
        self._lay.addWidget(self._edit, 1)
        self._lay.addWidget(self._count)
        self._lay.addSpacing(4)
        for button in (*self._toggles.values(), self._previous, self._next, close):
            self._lay.addWidget(button)
        self.show_count(None, 0)
        theme.bind(self, self._dress)

    @property
    def query(self) -> Query:
        """What to find now."""
        return Query(self._edit.text(), **{name: toggle.isChecked() for name, toggle in self._toggles.items()})

    @property
    def count(self) -> str:
        """What it says about the matches, such as "1 of 2"."""
        return self._count.text()

    def begin(self, words: str) -> None:
        """Take the focus, with words to find; none keep those of the last time."""
        if words:
            self._edit.setText(words)
        self._edit.selectAll()
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_count(self, current: int | None, total: int, *, more: bool = False, searching: bool = False) -> None:
        """Say which match is the current one (from 1) of how many; `more`: there are or may be others."""
        locale = self.locale()
        number = locale.toString(total) + ("+" if more or searching else "")
        if total:
            words = self.tr("{0} of {1}").format(locale.toString(current) if current else "?", number)
        elif searching:
            words = self.tr("Searching")
        else:
            words = self.tr("No matches") if self.query.words else ""
        self._say(words, "danger" if self.query.words and not total and not searching else "text3", "")
        for button in (self._previous, self._next):
            button.setEnabled(total > 0)

    def show_fault(self, fault: str, *, stopped: bool = False) -> None:
        """Say why the query cannot be searched for, or why the search `stopped`; the reason is the tool tip."""
        self._say(self.tr("Search stopped") if stopped else self.tr("Not a pattern"), "danger", fault)
        for button in (self._previous, self._next):
            button.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F3 go on, with Shift back; Esc closes; Alt with a letter switches a toggle. Nothing else passes."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        toggle = _TOGGLES.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.AltModifier else None
        if toggle:
            self._toggles[toggle].toggle()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _OURS:
            (self.previous_wanted if back else self.next_wanted).emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised card."""
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        rounded(QPainter(self), card, radius("lg"), theme.color("raised"), theme.color("line_strong"))

    def _button(self, icon: str, tip: str, signal: SignalInstance) -> QToolButton:
        button = icon_button(icon, tip, 24, icon=14)
        button.clicked.connect(signal)
        return button

    def _say(self, words: str, role: str, tip: str) -> None:
        if self._count.property("role") != role:
            self._count.setProperty("role", role)
            self._count.style().polish(self._count)
        self._count.setText(words)
        self._count.setToolTip(as_tip(tip))
        self._edit.setAccessibleDescription(": ".join(part for part in (words, tip) if part))

    def _dress(self) -> None:
        self._edit.setFont(theme.font("code_sm"))
        self._lay.setContentsMargins(theme.px(12), 0, theme.px(4), 0)
        self._lay.setSpacing(theme.px(2))
        self.setFixedHeight(theme.px(HEIGHT_PX))


class _Field(QLineEdit):
    """Leaves to the bar what is not for the text."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Esc, F3 and the toggles are the bar's."""
        toggles = event.modifiers() == Qt.KeyboardModifier.AltModifier and Qt.Key(event.key()) in _TOGGLES
        if event.key() in _OURS or toggles:
            event.ignore()
        else:
            super().keyPressEvent(event)
