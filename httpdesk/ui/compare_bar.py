"""Bars of a comparison: which answers it is of, how many differences there are, and what does not count."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from httpdesk.body.comparing import Rules
from httpdesk.body.comparing_json import paths_of
from httpdesk.ui import actions
from httpdesk.ui.compare_source import CompareSource
from httpdesk.ui.elided_label import ElidedLabel
from httpdesk.ui.pills import Pill
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.switch import Switch
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, label, line, row

_TYPING_MS, _FIELD_PX = 500, 260
BODY, HEADERS = range(2)


class SideHead(QWidget):
    """Title, status, time and size of one answer."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.title = ElidedLabel("strong")
        self.status = Pill("")
        self.facts = label("", "num", "text2")
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(row((self.title, 1), self.status, self.facts, spacing=8, margins=(12, 0, 12, 0), height=36))
        self.status.hide()

    def show_source(self, source: CompareSource) -> None:
        """Show what is known of an answer or a file."""
        self.title.show_words(source.title)
        self.status.show_words(*source.status)
        self.status.setVisible(bool(source.status[0]))
        partial = self.tr("partial") if source.is_partial else ""
        self.facts.setText("   ".join(part for part in (source.time_words, source.size_words, partial) if part))
        self.setAccessibleName(
            ", ".join(part for part in (self._name, source.title, source.status[0], self.facts.text()) if part)
        )


class CompareHead(QWidget):
    """Both answers, each over its half."""

    def __init__(self) -> None:
        super().__init__()
        self.sides = (SideHead(self.tr("Left")), SideHead(self.tr("Right")))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(row((self.sides[0], 1), line("v"), (self.sides[1], 1), spacing=0))


class CompareBar(QWidget):
    """Body or headers, the count, and where to go; `swapped` asks for the sides to be changed."""

    page_changed = Signal(int)
    stepped = Signal(int)
    folding = Signal(bool)
    swapped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pages = Segmented([self.tr("Body"), self.tr("Headers")])
        self.pages.setAccessibleName(self.tr("Compare"))
        self.pages.changed.connect(self.page_changed)
        self.count = label("", "small", "text2")
        self.fold = Switch(self.tr("Hide equal"), on=True)
        self.fold.toggled.connect(self.folding)
        up = icon_button("arrow-up", actions.tip("previous_difference"))
        down = icon_button("arrow-down", actions.tip("next_difference"))
        swap = icon_button("arrow-left-right", self.tr("Swap the sides"))
        up.clicked.connect(lambda: self.stepped.emit(-1))
        down.clicked.connect(lambda: self.stepped.emit(1))
        swap.clicked.connect(self.swapped)
        for tool in (up, down, swap):
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        parts = (self.pages, 8, up, down, 4, self.count, None, self.fold, 8, swap)
        lay.addWidget(row(*parts, spacing=4, margins=(12, 0, 8, 0), height=36))


class RulesBar(QWidget):
    """What does not count in JSON."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        usual = Rules()
        self.members = Switch(self.tr("Any order of members"), on=usual.any_member_order)
        self.lists = Switch(self.tr("Any order of lists"), on=usual.any_list_order)
        self.paths = QLineEdit()
        self.paths.setProperty("size", "sm")
        self.paths.setPlaceholderText(self.tr("Ignore: $.updatedAt, id"))
        self.paths.setAccessibleName(self.tr("Paths or names that do not count"))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.paths.textEdited.connect(lambda _: self._typing.start())
        self.paths.returnPressed.connect(self._entered)
        for switch in (self.members, self.lists):
            switch.toggled.connect(lambda _: self.changed.emit())
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(
            row(self.members, self.lists, (self.paths, 1), None, spacing=16, margins=(12, 0, 12, 0), height=36)
        )
        theme.bind(self, self._dress)

    @property
    def rules(self) -> Rules:
        """What was chosen."""
        return Rules(
            any_member_order=self.members.isChecked(),
            any_list_order=self.lists.isChecked(),
            paths=paths_of(self.paths.text()),
        )

    def _entered(self) -> None:
        self._typing.stop()
        self.changed.emit()

    def _dress(self) -> None:
        self.paths.setFont(theme.font("code_sm"))
        self.paths.setMinimumWidth(theme.px(_FIELD_PX // 2))
        self.paths.setMaximumWidth(theme.px(_FIELD_PX))
