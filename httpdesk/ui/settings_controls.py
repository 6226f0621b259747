"""The controls of the settings page: one for each kind of field, all with the same three seams."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from httpdesk.ui import dialogs
from httpdesk.ui.combo import Combo
from httpdesk.ui.eye import Eye
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.settings_fields import TYPED, Choice, Field, File, Line, Names, Number, Themes, words
from httpdesk.ui.settings_themes import ThemeCards
from httpdesk.ui.switch import Switch
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, label

_NARROW_PX, _WIDE_PX = 144, 240
_UNIT_PX = 24


class Control(QWidget):
    """Shows one value; `chosen` has a new value, `typed` a text that must become one."""

    chosen = Signal(object)
    typed = Signal(str)

    def __init__(self, field: Field, inner: QWidget) -> None:
        super().__init__()
        self.inner = inner
        inner.setAccessibleName(words(field.title))
        inner.setAccessibleDescription(words(field.hint))
        self.setFocusProxy(inner)
        self._lay = QHBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.addWidget(inner)
        theme.bind(self, lambda: self._lay.setSpacing(theme.px(4)))

    def show_value(self, value: object) -> None:
        """Show a value, without a signal."""
        raise NotImplementedError

    def show_wrong(self, wrong: bool) -> None:
        """Show whether what is typed is no value."""


class _OnOff(Control):
    def __init__(self, field: Field) -> None:
        self._switch = Switch()
        super().__init__(field, self._switch)
        self._switch.clicked.connect(lambda: self.chosen.emit(self._switch.isChecked()))

    def show_value(self, value: object) -> None:
        self._switch.setChecked(bool(value))


class _OneOfFew(Control):
    def __init__(self, field: Field, kind: Choice) -> None:
        self._values = [value for value, _ in kind.values]
        self._segments = Segmented([words(shown) for _, shown in kind.values])
        super().__init__(field, self._segments)
        self._segments.changed.connect(lambda at: self.chosen.emit(self._values[at]))

    def show_value(self, value: object) -> None:
        self._segments.set_current(self._values.index(value) if value in self._values else 0)


class _OneOfMany(Control):
    def __init__(self, field: Field, kind: Choice) -> None:
        self._list = Combo()
        super().__init__(field, self._list)
        for value, shown in kind.values:
            self._list.addItem(words(shown), value)
        self._own = self._list.count()
        self._list.activated.connect(lambda at: self.chosen.emit(self._list.itemData(at)))
        theme.bind(self._list, lambda: self._list.setFixedWidth(theme.px(_NARROW_PX)))

    def show_value(self, value: object) -> None:
        """A value from the file that the list does not have stands at its end while it holds."""
        while self._list.count() > self._own:
            self._list.removeItem(self._own)
        at = self._list.findData(value)
        if at < 0:
            self._list.addItem(str(value), value)
            at = self._own
        self._list.setCurrentIndex(at)


class _Themes(Control):
    def __init__(self, field: Field) -> None:
        self._cards = ThemeCards()
        super().__init__(field, self._cards)
        self._cards.chosen.connect(self.chosen.emit)
        self._lay.addStretch(1)

    def show_value(self, value: object) -> None:
        self._cards.show_choice(str(value))


class _Typed(Control):
    """A line of text; the unit stands inside it, so that the right edges line up."""

    def __init__(self, field: Field, kind: Number | Line | File | Names) -> None:
        self._edit, self._kind = QLineEdit(), kind
        super().__init__(field, self._edit)
        self._edit.setPlaceholderText(words(kind.placeholder))
        self._edit.textEdited.connect(self.typed)
        self._unit: QLabel | None = None
        if isinstance(kind, Number) and kind.unit:
            self._unit = label(kind.unit, "small", "text3")
            self._unit.setParent(self._edit)
        if isinstance(kind, Line) and kind.secret:
            Eye(self._edit)
        self._edit.installEventFilter(self)
        theme.bind(self._edit, self._fit)

    def show_value(self, value: object) -> None:
        self._edit.setText(self._kind.text(value))  # type: ignore[arg-type]  # the field's own kind of value
        self.show_wrong(wrong=False)

    def text(self) -> str:
        """What stands in the field."""
        return self._edit.text()

    def show_wrong(self, wrong: bool) -> None:
        if bool(self._edit.property("invalid")) != wrong:
            self._edit.setProperty("invalid", wrong)
            self._edit.style().unpolish(self._edit)
            self._edit.style().polish(self._edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the unit at the right edge."""
        if watched is self._edit and isinstance(event, QResizeEvent):
            self._place_unit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self._edit.setFixedWidth(theme.px(_NARROW_PX if isinstance(self._kind, Number) else _WIDE_PX))
        if self._unit is not None:
            self._edit.setTextMargins(0, 0, theme.px(_UNIT_PX - 4), 0)
            self._place_unit()

    def _place_unit(self) -> None:
        if self._unit is not None:
            self._unit.setGeometry(self._edit.width() - theme.px(_UNIT_PX), 0, theme.px(_UNIT_PX), self._edit.height())


class _Path(_Typed):
    """A path, and the button that looks for the file."""

    def __init__(self, field: Field, kind: File, tasks: Tasks) -> None:
        super().__init__(field, kind)
        self._title, self._kinds, self._tasks, self._at = words(field.title), kind.kinds, tasks, field.at
        find = icon_button("folder-open", self.tr("Choose a file for: {title}").format(title=self._title))
        find.clicked.connect(self._look_for_file)
        self._lay.insertWidget(1, find)

    def _look_for_file(self) -> None:
        now = Path(self.text()).expanduser()
        self._tasks.start(f"file of {self._at}", self._ask(now if now.is_absolute() else None))

    async def _ask(self, start: Path | None) -> None:
        if path := await dialogs.ask_open_file(self, self._title, self._kinds, start):
            self._edit.setText(str(path))
            self.typed.emit(str(path))


def control_for(field: Field, tasks: Tasks) -> Control:
    """The control of a field."""
    kind = field.input
    if isinstance(kind, File):
        return _Path(field, kind, tasks)
    if isinstance(kind, TYPED):
        return _Typed(field, kind)
    if isinstance(kind, Choice):
        return _OneOfFew(field, kind) if kind.in_a_row else _OneOfMany(field, kind)
    return _Themes(field) if isinstance(kind, Themes) else _OnOff(field)
