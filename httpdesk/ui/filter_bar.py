"""FilterBar: the line over a body with an expression, its language, and what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from httpdesk.filters import FilterLanguage
from httpdesk.ui.elided_label import ElidedLabel
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import icon_button, label

_HEIGHT_PX, _FAULT_PX = 36, 20


class FilterBar(QWidget):
    """Says what is wanted; whoever filters says what was found with say()."""

    edited = Signal()
    """Expression or language is another one."""
    entered = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._languages: Sequence[FilterLanguage] = ()
        self.setAccessibleName(self.tr("Filter"))
        self.languages = Segmented([""])
        self.languages.setAccessibleName(self.tr("Filter language"))
        self.languages.changed.connect(self._language_chosen)
        self.field = _Field()
        self.field.setProperty("size", "sm")
        self.field.setAccessibleName(self.tr("Filter expression"))
        self.field.textEdited.connect(lambda _: self.edited.emit())
        self.count = label("", "small", "text2")
        close = icon_button("x", self.tr("Close  Esc"), 24, icon=14)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.closed)
        # Under the expression: it may be long, and the place that it names is above it.
        self.said = ElidedLabel("small", "danger", _FAULT_PX)
        self.said.hide()
        self._lay = QGridLayout(self)
        self._lay.setColumnStretch(1, 1)
        for column, part in enumerate((self.languages, self.field, self.count, close)):
            self._lay.addWidget(part, 0, column)
        self._lay.addWidget(self.said, 1, 1, 1, 3)
        theme.bind(self, self._dress)

    def offer(self, languages: Sequence[FilterLanguage], language: str, text: str) -> None:
        """Offer the languages that fit the body, with this one chosen and this expression."""
        self._languages = languages
        at = next((at for at, each in enumerate(languages) if each.id == language), 0)
        self.languages.set_options([each.name for each in languages], at)
        self.field.setText(text)
        self._show_example()

    @property
    def language(self) -> str:
        """The id of the language that is chosen."""
        return self._languages[self.languages.current].id if self._languages else ""

    @property
    def text(self) -> str:
        """The expression."""
        return self.field.text()

    def begin(self) -> None:
        """Take the focus."""
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def say(self, words: str, *, fault: str = "", note: str = "") -> None:
        """Say how many matches there are, or what is wrong, and what else to know."""
        self.said.show_words(fault)
        self.said.setVisible(bool(fault))
        self.count.setText(", ".join(part for part in (words, note) if part))
        self.count.setToolTip(as_tip(note))
        self.field.setAccessibleDescription(fault or self.count.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter filters at once, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _language_chosen(self) -> None:
        self._show_example()
        self.edited.emit()

    def _show_example(self) -> None:
        example = self._languages[self.languages.current].example if self._languages else ""
        self.field.setPlaceholderText(example)

    def _dress(self) -> None:
        self.field.setFont(theme.font("code_sm"))
        self._lay.setContentsMargins(theme.px(12), 0, theme.px(8), theme.px(2))
        self._lay.setHorizontalSpacing(theme.px(8))
        self._lay.setVerticalSpacing(0)
        self._lay.setRowMinimumHeight(0, theme.px(_HEIGHT_PX))


class _Field(QLineEdit):
    """Leaves to the bar what is not for the text."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc are the bar's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)
