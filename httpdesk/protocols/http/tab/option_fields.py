"""Option fields: rows of the request's settings page; each knows its value, or None for "as in the settings"."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from httpdesk.core.options import NO_LIMIT
from httpdesk.protocols.http.tab.page import spaced
from httpdesk.ui.combo import Combo
from httpdesk.ui.dialogs import ask_open_file
from httpdesk.ui.eye import Eye
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, label

_NONE_WORDS = ("none", "0", "no limit", "∞")
_WIDTH_PX, _BESIDE_FROM_PX, _LEAST_PX, _NO_LIMIT_PX = 200, 420, 160, 16_777_215


def _tr(text: str) -> str:
    return QCoreApplication.translate("OptionField", text)


class OptionField(QWidget):
    """Title and hint at the left, an input at the right, an error below."""

    edited = Signal()

    def __init__(self, title: str, hint: str, control: QWidget) -> None:
        super().__init__()
        control.setAccessibleName(title)
        control.setAccessibleDescription(hint)
        self._fault = label("", "small", "danger", wrap=True)
        self._fault.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, wrap=True))
        words.addWidget(label(hint, "small", "text2", wrap=True))
        self._control = control
        self._line = QHBoxLayout()
        self._line.addLayout(words, 1)
        self._line.addWidget(control)
        lay = QVBoxLayout(self)
        spaced(self, lay, (0, 0, 0, 0), 4)
        lay.addLayout(self._line)
        lay.addWidget(self._fault)
        theme.bind(self, self._fit)

    def minimumSizeHint(self) -> QSize:
        """A page may make it narrower than both beside each other need."""
        return QSize(theme.px(_LEAST_PX), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The input goes below its words where both do not fit beside each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.px(_BESIDE_FROM_PX)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._line.setSpacing(theme.px(4 if narrow else 24))
        if narrow:
            self._control.setMinimumWidth(0)
            self._control.setMaximumWidth(_NO_LIMIT_PX)
        else:
            self._control.setFixedWidth(theme.px(_WIDTH_PX))

    def value(self) -> object:
        """The value, None for "as in the settings"."""
        raise NotImplementedError

    def show_value(self, value: object) -> None:
        """Show a value, without a signal."""
        raise NotImplementedError

    def show_default(self, value: object) -> None:
        """Say what counts while the field is empty."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Whether what is typed is a value."""
        return True

    def _say_fault(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))


class _Line(OptionField):
    def __init__(self, title: str, hint: str) -> None:
        self.line = QLineEdit()
        super().__init__(title, hint, self.line)
        self.line.textEdited.connect(self._typed)

    def show_value(self, value: object) -> None:
        if not self.line.hasFocus() or not self.is_valid() or self.value() != value:
            self.line.setText(self._words(value))
            self._mark()

    def _words(self, value: object) -> str:
        return "" if value is None else str(value)

    def _typed(self) -> None:
        self._mark()
        if self.is_valid():
            self.edited.emit()

    def _mark(self) -> None:
        fault = "" if self.is_valid() else self._fault_words()
        self._say_fault(fault)
        if self.line.property("invalid") != bool(fault):
            self.line.setProperty("invalid", bool(fault))
            self.line.style().polish(self.line)

    def _fault_words(self) -> str:
        return ""


class Limit(_Line):
    """Seconds; "none" means no limit."""

    def value(self) -> float | None:
        """Seconds, 0 for no limit, None for the settings'."""
        words = self.line.text().strip().lower()
        if not words:
            return None
        words = words.removesuffix("s").strip()
        return NO_LIMIT if words in _NONE_WORDS else float(words.replace(",", "."))

    def is_valid(self) -> bool:
        """Whether it is a number of seconds that is not below 0."""
        try:
            value = self.value()
        except ValueError:
            return False
        return value is None or 0 <= value < 1e9

    def show_default(self, value: object) -> None:
        """The settings' limit."""
        words = self.tr("none") if value == NO_LIMIT else self.tr("{seconds} s").format(seconds=f"{value:g}")
        self.line.setPlaceholderText(self.tr("As in settings: {value}").format(value=words))

    def _words(self, value: object) -> str:
        return "" if value is None else "none" if value == NO_LIMIT else f"{value:g}"

    def _fault_words(self) -> str:
        return self.tr("Use a number of seconds, like 30, or none for no limit.")


class Whole(_Line):
    """A whole number."""

    def value(self) -> int | None:
        """The number, None for the settings'."""
        words = self.line.text().strip()
        return int(words) if words else None

    def is_valid(self) -> bool:
        """Whether it is a whole number that is not below 0."""
        try:
            value = self.value()
        except ValueError:
            return False
        return value is None or 0 <= value <= 1000

    def show_default(self, value: object) -> None:
        """The settings' number."""
        self.line.setPlaceholderText(self.tr("As in settings: {value}").format(value=value))

    def _fault_words(self) -> str:
        return self.tr("Use a whole number, like 10.")


class Text(OptionField):
    """A line of text, a path with a button that looks for it, or a secret."""

    def __init__(self, title: str, hint: str, tasks: Tasks, *, is_file: bool = False, secret: bool = False) -> None:
        self.line = QLineEdit()
        self._tasks, self._title = tasks, title
        box = QWidget()
        row = QHBoxLayout(box)
        spaced(box, row, (0, 0, 0, 0), 4)
        row.addWidget(self.line, 1)
        super().__init__(title, hint, box)
        self.line.setAccessibleName(title)
        self.line.setAccessibleDescription(hint)
        self.line.textEdited.connect(self.edited)
        if secret:
            Eye(self.line)
        if is_file:
            choose = icon_button("folder-open", self.tr("Choose a file"))
            choose.clicked.connect(lambda: tasks.start(f"choose {title}", self._choose()))
            row.addWidget(choose)

    def value(self) -> str | None:
        """The text, None when it is empty."""
        return self.line.text() or None

    def show_value(self, value: object) -> None:
        """Show a text."""
        if self.line.text() != (value or ""):
            self.line.setText(str(value or ""))

    def show_default(self, value: object) -> None:
        """The settings' text."""
        self.line.setPlaceholderText(self.tr("As in settings: {value}").format(value=value) if value else "")

    async def _choose(self) -> None:
        path = await ask_open_file(self, self._title)
        if path is not None:
            self.line.setText(str(path))
            self.edited.emit()


class Choice(OptionField):
    """One of a few words."""

    def __init__(self, title: str, hint: str, values: Sequence[object], words: Sequence[str] = ()) -> None:
        self.combo = Combo()
        super().__init__(title, hint, self.combo)
        self._values = tuple(values)
        self._all_words = tuple(words) or tuple(str(value) for value in values)
        self.combo.addItems([self.tr("As in settings"), *self._all_words])
        self.combo.activated.connect(self.edited)

    def value(self) -> object:
        """The chosen value, None for the settings'."""
        index = self.combo.currentIndex()
        return None if index <= 0 else self._values[index - 1]

    def show_value(self, value: object) -> None:
        """Show a value, also one that only a file knows: sending says what is wrong with it."""
        if value is not None and value not in self._values:
            self._values, self._all_words = (*self._values, value), (*self._all_words, str(value))
            self.combo.addItem(str(value))
        self.combo.setCurrentIndex(0 if value is None else self._values.index(value) + 1)

    def show_default(self, value: object) -> None:
        """The settings' value."""
        words = self._all_words[self._values.index(value)] if value in self._values else str(value)
        self.combo.setItemText(0, self.tr("As in settings: {value}").format(value=words))


class Switchable(Choice):
    """On, off, or as in the settings."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__(title, hint, (True, False), (_tr("On"), _tr("Off")))
