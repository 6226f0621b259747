"""URL bar: one field with method and URL, and the Send button beside it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpacerItem, QWidget

from httpdesk.core.environment import Scope
from httpdesk.ui.method_button import MethodButton
from httpdesk.ui.paint import radius, rounded
from httpdesk.ui.send_button import SendButton
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.url_edit import UrlEdit
from httpdesk.ui.widgets import line


class UrlBar(QFrame):
    """[METHOD v | url ..........]  [Send v]; `scope` resolves the chips."""

    url_edited = Signal(str)
    method_changed = Signal(str)
    send = Signal()
    cancel = Signal()
    menu_wanted = Signal()

    def __init__(self, scope: Callable[[], Scope]) -> None:
        super().__init__()
        self.method = MethodButton()
        self.method.chosen.connect(self.method_changed)
        self.edit = UrlEdit(scope)
        self.edit.edited.connect(self.url_edited)
        self.edit.submitted.connect(self.send)
        self.send_button = SendButton()
        self.send_button.send.connect(self.send)
        self.send_button.cancel.connect(self.cancel)
        self.send_button.menu_wanted.connect(self.menu_wanted)
        self.field = _Field(self.method, self.edit)
        self._lay = QHBoxLayout(self)
        self._lay.addWidget(self.field, 1)
        self._lay.addWidget(self.send_button)
        self.setFocusProxy(self.edit)
        theme.bind(self, self._fit)

    def show_fault(self, fault: str) -> None:
        """Give the field a red border and say why; "" takes it away."""
        self.field.fault = fault
        self.field.setToolTip(as_tip(fault))
        self.edit.setAccessibleDescription(fault)
        self.field.update()

    def _fit(self) -> None:
        self.setFixedHeight(theme.size("url_row") - 1)
        self._lay.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self._lay.setSpacing(theme.px(8))


class _Field(QWidget):
    """The frame around method and URL."""

    def __init__(self, method: MethodButton, edit: UrlEdit) -> None:
        super().__init__()
        self.fault = ""
        self._edit = edit
        edit.installEventFilter(self)
        self._line = line("v")
        self._lay = QHBoxLayout(self)
        self._lay.setSpacing(0)
        self._lay.addWidget(method)
        self._lay.addWidget(self._line)
        self._gap = QSpacerItem(0, 0)
        self._lay.addSpacerItem(self._gap)
        self._lay.addWidget(edit, 1)
        theme.bind(self, self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The border shows the focus of the URL."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and border."""
        role = "danger" if self.fault else "focus" if self._edit.hasFocus() else "line_strong"
        rounded(QPainter(self), QRectF(self.rect()), radius("md"), theme.color("inset"), theme.color(role))

    def _fit(self) -> None:
        self.setFixedHeight(theme.size("control_lg"))
        self._line.setFixedHeight(theme.px(16))
        self._gap.changeSize(theme.px(11), 0)
        self._lay.setContentsMargins(1, 1, theme.px(8), 1)
        self._lay.invalidate()
