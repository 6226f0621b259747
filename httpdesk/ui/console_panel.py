"""Console panel: what stands in the console, made when it is first shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from httpdesk.ui.actions import tip
from httpdesk.ui.console_entry import Entry
from httpdesk.ui.console_list import ConsoleList, ConsoleModel
from httpdesk.ui.search_edit import SearchEdit
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, label, line, row

_FILTER_PX = 220


class ConsolePanel(QWidget):
    """List, filter and the wire facts of the selected line."""

    closed = Signal()
    count_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._model = ConsoleModel()
        self._list = ConsoleList(self._model)
        self._list.chosen.connect(self._show_facts)
        self._list.copied.connect(self.copy)
        self._facts = QPlainTextEdit()
        self._facts.setReadOnly(True)
        self._facts.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._facts.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._facts.setAccessibleName(self.tr("Facts of the selected line"))
        self._facts.hide()
        self._levels = Segmented(self._level_words())
        self._levels.setAccessibleName(self.tr("Show"))
        self._levels.changed.connect(self._narrow)
        self._filter = SearchEdit(self.tr("Filter"))
        self._filter.setProperty("size", "sm")
        self._filter.textChanged.connect(self._narrow)
        self._filter.go_down.connect(self._list.setFocus)
        self._lay_out()
        theme.bind(self, self._fit)

    def _lay_out(self) -> None:
        self._copy = icon_button("copy", self.tr("Copy the selected line with its facts"))
        self._copy.clicked.connect(self.copy)
        self._copy.setEnabled(False)
        clear = icon_button("ban", self.tr("Clear"))
        clear.clicked.connect(self.clear)
        close = icon_button("x", tip("toggle_console"))
        close.setAccessibleName(self.tr("Close the console"))
        close.clicked.connect(self.closed)
        head = row(
            label(self.tr("Console"), "strong"), 4, self._levels, None, (self._filter, 1), self._copy, clear, close,
            spacing=4, margins=(16, 0, 8, 0), height=36,
        )  # fmt: skip
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._list)
        self._split.addWidget(self._facts)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(head)
        lay.addWidget(line())
        lay.addWidget(self._split, 1)

    # -- what it holds

    def add(self, entry: Entry) -> None:
        """Add a line."""
        self._model.add(entry)
        self._tell()

    def clear(self) -> None:
        """Forget every line."""
        self._model.clear()
        self._tell()

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._model.entries)

    def copy(self) -> None:
        """Copy the selected line and its facts."""
        if entry := self._selected():
            parts = dict.fromkeys((entry.spoken, "", entry.detail)) if not entry.is_note else (entry.spoken,)
            QApplication.clipboard().setText("\n".join(parts))

    def _tell(self) -> None:
        words = self._level_words()
        if words != self._levels.options:
            self._levels.set_options(words, self._levels.current)
        self.count_changed.emit(self.count)

    def _level_words(self) -> list[str]:
        errors = self._model.errors
        last = self.tr("Errors {count}").format(count=errors) if errors else self.tr("Errors")
        return [self.tr("All"), self.tr("Network"), self.tr("Notes"), last]

    # -- what it shows

    def _narrow(self, *_: object) -> None:
        self._model.narrow(self._levels.current, self._filter.text())

    def _selected(self) -> Entry | None:
        rows = self._list.selectedIndexes()
        return self._model.entry(rows[0]) if rows else None

    def _show_facts(self, entry: Entry | None) -> None:
        self._copy.setEnabled(entry is not None)
        self._facts.setVisible(entry is not None)
        if entry is not None:
            self._facts.setPlainText(entry.detail)

    def _fit(self) -> None:
        self._facts.setFont(theme.font("code_sm"))
        self._facts.document().setDocumentMargin(theme.px(12))
        self._facts.setMinimumWidth(theme.px(200))
        self._list.setMinimumWidth(theme.px(200))
        self._filter.setMaximumWidth(theme.px(_FILTER_PX))
