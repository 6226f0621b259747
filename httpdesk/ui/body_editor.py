"""Body editor: the text of a request's body, with a find bar over it and what is wrong with it below."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from httpdesk.body.pretty import format_text
from httpdesk.core.environment import Found
from httpdesk.core.plain_json import with_blanks
from httpdesk.ui.body_editor_find import BodyFind
from httpdesk.ui.body_editor_lint import LIMIT_CHARACTERS, Fault, json_fault
from httpdesk.ui.body_editor_text import BodyText
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import button, icon_label, label, line

_LINT_DELAY_MS = 300
# What takes longer to lay out anew than the window may wait is done beside it.
_AT_ONCE_CHARACTERS = 20_000


class BodyEditor(QWidget):
    """`known` tells whether a variable has a value, `offers` gives the variables to complete."""

    edited = Signal()

    def __init__(
        self,
        known: Callable[[str], bool],
        offers: Callable[[], Iterable[Found]] | None = None,
        tasks: Tasks | None = None,
    ) -> None:
        super().__init__()
        self._language = "text"
        self._tasks = tasks
        self._text = BodyText(known, offers or (lambda: ()))
        self._text.typed.connect(self.edited)
        self._text.textChanged.connect(self._look_soon)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LINT_DELAY_MS)
        self._looking.timeout.connect(self._look)
        self._find = BodyFind(self._text, self)
        self._strip = _Strip()
        self._strip.go.connect(self._go_to_fault)
        self._fault: Fault | None = None
        self._plain_json = False
        self.setFocusProxy(self._text)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(self._text, 1)
        lay.addWidget(self._strip)
        theme.bind(self, self._place_find)

    def setAccessibleName(self, name: str) -> None:
        """The name of the text."""
        super().setAccessibleName(name)
        self._text.setAccessibleName(name)

    @property
    def field(self) -> BodyText:
        """The text field itself."""
        return self._text

    @property
    def fault(self) -> str:
        """What the strip below the text says, or nothing."""
        return self._strip.words

    def text(self) -> str:
        """The text exactly as it was typed, pasted and given."""
        return self._text.exact()

    def set_text(self, text: str) -> None:
        """Show another text, without a signal."""
        self._text.put(text)
        if len(text) < _AT_ONCE_CHARACTERS:
            self._look()

    def set_language(self, name: str) -> None:
        """Colour and check the text as "json", "xml", "html", "yaml" or "text"."""
        if name != self._language:
            self._language = name
            self._text.set_language(name)
            self._look()

    def set_wrap(self, wrap: bool) -> None:
        """Wrap long lines, or scroll."""
        modes = QPlainTextEdit.LineWrapMode
        self._text.setLineWrapMode(modes.WidgetWidth if wrap else modes.NoWrap)

    def set_plain_json(self, *, plain: bool) -> None:
        """Whether comments and trailing commas are left out when the text is sent: then they are no fault."""
        if plain != self._plain_json:
            self._plain_json = plain
            self._look()

    def refresh_variables(self) -> None:
        """The values of variables changed: colour the references anew."""
        self._text.refresh()

    def format_text(self) -> None:
        """Lay the text out anew without touching its tokens; what is not valid stays as it is."""
        before = self._text.plain
        if self._tasks is None or len(before) < _AT_ONCE_CHARACTERS:
            self._take_formatted(before, format_text(before, self._language))
        else:
            self._tasks.start("format-body", self._format_beside(before))

    def open_find(self) -> None:
        """Show the find bar with what is selected."""
        self._find.open()
        self._place_find()

    async def _format_beside(self, before: str) -> None:
        language = self._language
        after = await asyncio.to_thread(format_text, before, language)
        # Who typed on meanwhile keeps what was typed; an editor that is gone needs nothing.
        with suppress(RuntimeError):
            if self._text.plain == before and self._language == language:
                self._take_formatted(before, after)

    def _take_formatted(self, before: str, after: str) -> None:
        if after != before:
            self._text.replace_all(after)

    # -- what is wrong

    def _look_soon(self) -> None:
        self._looking.start()

    def _look(self) -> None:
        self._looking.stop()
        checked = self._language == "json" and self._text.document().characterCount() <= LIMIT_CHARACTERS
        text = self._text.plain if checked else ""
        bare = with_blanks(text) if self._plain_json else text
        fault = json_fault(bare)
        self._fault = fault
        self._text.mark_wrong(self._text.spot(fault.line, fault.column) if fault else None)
        words = ""
        if fault:
            words = self.tr("Line {line}, column {column}: {fault}.").format(
                line=fault.line, column=fault.column, fault=fault.words
            )
        elif bare != text:
            words = self.tr("Comments and trailing commas are left out when this is sent.")
        self._strip.say(words, wrong=fault is not None)
        self._text.setAccessibleDescription(words)

    def _go_to_fault(self) -> None:
        if self._fault:
            self._text.setTextCursor(self._text.spot(self._fault.line, self._fault.column))
            self._text.centerCursor()
            self._text.setFocus()

    # -- layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The find bar stays at the top right."""
        super().resizeEvent(event)
        self._place_find()

    def _place_find(self) -> None:
        self._find.place(self.rect())


class _Strip(QFrame):
    """One quiet line below the text; hidden while there is nothing to say."""

    go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "small", "text2")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._show = button(self.tr("Go there"), "link", "sm")
        self._show.clicked.connect(self.go)
        self._icons = icon_label("circle-alert", "danger", 14), icon_label("info", "info", 14)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        self._line = QHBoxLayout()
        for icon in self._icons:
            self._line.addWidget(icon)
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self._show)
        lay.addWidget(line())
        lay.addLayout(self._line)
        theme.bind(self, self._fit)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, words: str, *, wrong: bool) -> None:
        """Say what is wrong or good to know, or hide."""
        for icon, is_meant in zip(self._icons, (wrong, not wrong), strict=True):
            icon.setVisible(is_meant)
        self._show.setVisible(wrong)
        self._words.setText(words)
        self._words.setToolTip(as_tip(words))
        self.setVisible(bool(words))

    def _fit(self) -> None:
        self._line.setContentsMargins(theme.px(16), theme.px(2), theme.px(12), theme.px(2))
        self._line.setSpacing(theme.px(8))
