"""One setting on its page: title and hint at the left, reset and control at the right, below what is wrong."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from httpdesk.core.settings import Settings
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.settings_controls import control_for
from httpdesk.ui.settings_fields import TYPED, Field, File, Themes, Wrong, read, words, written
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import col, icon_button, icon_label, label, row

_EDGE_PX = 24


class SettingRow(QWidget):
    """Follows the live settings and changes them at once; a text that is no value is kept and explained."""

    def __init__(self, field: Field, live: LiveSettings, tasks: Tasks, around: str) -> None:
        super().__init__()
        self.field, self._live, self._tasks = field, live, tasks
        self._searched = " ".join((around, words(field.title), words(field.hint))).lower()
        self._shown: object = None
        self._typed = False
        self.control = control_for(field, tasks)
        self.control.chosen.connect(self._take)
        self.control.typed.connect(self._type)
        self.reset_button = icon_button(
            "rotate-ccw", self.tr("Reset to default: {title}").format(title=words(field.title)), 24, "text3", icon=14
        )
        self.reset_button.clicked.connect(self.reset)
        self._wrong = label("", "small", "danger", wrap=True)
        self._wrong_row = row(icon_label("circle-alert", "danger", 14), (self._wrong, 1), margins=(0, 4, 0, 4))
        self._wrong_row.hide()
        self._lay_out()
        self.follow(live.value)

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        as_pictures = isinstance(self.field.input, Themes)
        if as_pictures:
            across.addWidget(self.control)
        else:
            hint = label(words(self.field.hint), "small", "text2", wrap=True)
            across.addWidget(col(label(words(self.field.title)), hint, spacing=0), 1)
            across.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignVCenter)
            across.addWidget(self.control, 0, Qt.AlignmentFlag.AlignVCenter)
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        if as_pictures:
            self.reset_button.setParent(self)
        down = QVBoxLayout(self)
        down.setSpacing(0)
        down.addLayout(across)
        down.addWidget(self._wrong_row)

        def fit() -> None:
            down.setContentsMargins(theme.px(_EDGE_PX), theme.px(7), theme.px(_EDGE_PX), theme.px(7))
            across.setSpacing(theme.px(12))

        theme.bind(self, fit)

    @property
    def wrong(self) -> str:
        """What is wrong with the typed text, "" for nothing."""
        return "" if self._wrong_row.isHidden() else self._wrong.text()

    def applies(self) -> bool:
        """Whether the setting means anything while the others are as they are."""
        needs = self.field.needs
        return needs is None or read(self._live.value, needs[0]) == needs[1]

    def fits(self, query: str) -> bool:
        """Whether every word of a query stands in its page, section, title or hint."""
        return all(word in self._searched for word in query.lower().split())

    def reset(self) -> None:
        """Go back to what the program comes with."""
        self._live.replace(written(self._live.value, self.field.at, read(Settings(), self.field.at)))
        self.show_again()

    def show_again(self) -> None:
        """Show the value that holds, whatever was typed."""
        self._tasks.cancel(self._task)
        self._shown = read(self._live.value, self.field.at)
        self.control.show_value(self._shown)
        self._say("")

    def follow(self, settings: Settings) -> None:
        """Show the value of these settings, unless it is what was just typed here."""
        value = read(settings, self.field.at)
        if value != self._shown or self._shown is None:
            self._shown = value
            if not self._typed:
                self.control.show_value(value)
                self._say("")
        is_default = value == read(Settings(), self.field.at)
        self.reset_button.setVisible(not is_default and not isinstance(self.field.input, Themes))

    @property
    def _task(self) -> str:
        return f"setting {self.field.at}"

    def _take(self, value: object) -> None:
        self._live.replace(written(self._live.value, self.field.at, value))

    def _type(self, text: str) -> None:
        kind = self.field.input
        if isinstance(kind, File):  # asks the disk, which may be slow
            self._tasks.start(self._task, self._check(kind.parse, text))
        elif isinstance(kind, TYPED):
            self._parse(lambda: kind.parse(text))

    async def _check(self, parse: Callable[[str], str], text: str) -> None:
        try:
            value, fault = await asyncio.to_thread(parse, text), ""
        except Wrong as error:
            value, fault = "", str(error)
        self._finish(value, fault)

    def _parse(self, parse: Callable[[], object]) -> None:
        try:
            value, fault = parse(), ""
        except Wrong as error:
            value, fault = None, str(error)
        self._finish(value, fault)

    def _finish(self, value: object, fault: str) -> None:
        self._say(words(fault))
        if not fault:
            self._typed = True
            self._take(value)
            self._typed = False

    def _say(self, fault: str) -> None:
        self._wrong.setText(fault)
        self._wrong_row.setVisible(bool(fault))
        self.control.show_wrong(bool(fault))
