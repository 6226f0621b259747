"""Multipart row: one part of a multipart form (RFC 7578)."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from httpdesk.core.rows import Part
from httpdesk.protocols.http.tab.page import spaced
from httpdesk.ui.combo import Combo
from httpdesk.ui.dialogs import ask_open_file
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button

_BETWEEN = "; "
_TWO_LINES_FROM_PX, _ONE_LINE_FROM_PX, _LEAST_PX = 420, 720, 240
# Line, column and columns spanned of each widget: box, name, kind, value, choose, type, file name, bin.
_PLACES = (
    ((0, 0, 1), (0, 1, 2), (0, 3, 1), (1, 1, 2), (1, 3, 1), (2, 1, 1), (2, 2, 1), (0, 4, 1)),
    ((0, 0, 1), (0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 1), (1, 1, 2), (1, 3, 1), (0, 5, 1)),
    tuple((0, column, 1) for column in range(8)),
)
_STRETCHES = ((0, 1, 1, 0, 0, 0, 0, 0), (0, 3, 0, 4, 0, 0, 0, 0), (0, 3, 0, 4, 0, 2, 2, 0))


class MultipartRow(QWidget):
    """Enable box, name, text or file, value, content type, file name."""

    edited = Signal()
    removed = Signal()

    def __init__(self, part: Part, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._description = part.description
        self._on = QCheckBox()
        self._on.setChecked(part.enabled)
        theme.bind(self._on, lambda: self._on.setMinimumWidth(theme.size("hit_min")))
        self._on.setAccessibleName(self.tr("Send this field"))
        self._name = _line(part.name, self.tr("Add field"), self.tr("Name of the field"))
        self._kind = Combo()
        self._kind.addItems([self.tr("Text"), self.tr("File")])
        self._kind.setCurrentIndex(int(part.is_file))
        self._kind.setAccessibleName(self.tr("Text or file"))
        self._kind.setProperty("size", "sm")
        value = _BETWEEN.join(part.files) if part.is_file else part.value
        self._value = _line(value, "", self.tr("Value, or paths of files"))
        self._choose = icon_button("folder-open", self.tr("Choose a file"), 24)
        self._choose.clicked.connect(lambda: self._tasks.start("choose-part", self._choose_file()))
        self._type = _line(part.content_type, self.tr("Content-Type"), self.tr("Content-Type of this part"))
        self._file_name = _line(part.file_name, self.tr("File name"), self.tr("File name that is sent"))
        self._trash = icon_button("trash-2", self.tr("Remove this field"), 24)
        self._trash.clicked.connect(self.removed)
        for widget in (self._on, self._choose, self._trash):
            keep = widget.sizePolicy()
            keep.setRetainSizeWhenHidden(True)  # the lines of all rows stay below each other
            widget.setSizePolicy(keep)
        self._grid = QGridLayout(self)
        self._placed = -1
        spaced(self, self._grid, (0, 0, 0, 0), 4)
        theme.bind(self, self._place)
        for line in (self._name, self._value, self._type, self._file_name):
            line.textEdited.connect(self.edited)
        self._on.toggled.connect(self.edited)
        self._kind.currentIndexChanged.connect(self._kind_changed)
        self.edited.connect(self._show_use)
        self._show_kind()
        self._show_use()

    def minimumSizeHint(self) -> QSize:
        """A page may make it narrower than one line needs."""
        return QSize(theme.px(_LEAST_PX), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two or three lines where one is too narrow."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        wanted = sum(self.width() >= theme.px(least) for least in (_TWO_LINES_FROM_PX, _ONE_LINE_FROM_PX))
        if wanted == self._placed:
            return
        self._placed = wanted
        for column, stretch in enumerate(_STRETCHES[wanted]):
            self._grid.setColumnStretch(column, stretch)
        widgets = (
            self._on, self._name, self._kind, self._value, self._choose, self._type, self._file_name, self._trash,
        )  # fmt: skip
        for widget, (line, column, span) in zip(widgets, _PLACES[wanted], strict=True):
            self._grid.addWidget(widget, line, column, 1, span)

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not (self._name.text() or self._value.text())

    def part(self) -> Part:
        """The part as filled in; several files stand behind each other with "; " between them."""
        is_file = self._kind.currentIndex() == 1
        words = self._value.text()
        return Part(
            name=self._name.text(),
            value="" if is_file else words,
            # A semicolon alone may be a part of a file's name.
            files=tuple(file.strip() for file in words.split(_BETWEEN) if file.strip(" ;")) if is_file else (),
            is_file=is_file,
            content_type=self._type.text().strip(),
            file_name=self._file_name.text(),
            description=self._description,
            enabled=self._on.isChecked(),
        )

    def _kind_changed(self) -> None:
        self._show_kind()
        self.edited.emit()

    def _show_use(self) -> None:
        """The blank row can be neither switched off nor removed."""
        for widget in (self._on, self._trash):
            widget.setVisible(not self.is_blank())

    def _show_kind(self) -> None:
        is_file = self._kind.currentIndex() == 1
        self._choose.setVisible(is_file)
        self._value.setPlaceholderText(self.tr("Paths of files") if is_file else self.tr("Value"))

    async def _choose_file(self) -> None:
        path = await ask_open_file(self, self.tr("Choose a file to send"))
        if path is not None:
            self._value.setText(_BETWEEN.join(filter(None, (self._value.text(), str(path)))))
            self.edited.emit()


def _line(text: str, placeholder: str, name: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setCursorPosition(0)
    line.setPlaceholderText(placeholder)
    line.setAccessibleName(name)
    line.setProperty("mono", True)
    line.setProperty("size", "sm")
    return line
