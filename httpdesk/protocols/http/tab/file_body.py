"""File body: one file as the body, streamed from disk, with its Content-Type."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from httpdesk.core.request import FileBody
from httpdesk.protocols.http.tab.page import spaced
from httpdesk.ui.dialogs import ask_open_file
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.widgets import button, label


class FileBodyForm(QWidget):
    """Path and type; a relative path counts from the collection's folder."""

    edited = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("File to send"))
        self.path.setPlaceholderText(self.tr("Path of a file; relative to the collection's folder"))
        self.path.textEdited.connect(self.edited)
        self.content_type = QLineEdit()
        self.content_type.setAccessibleName(self.tr("Content-Type of the file"))
        self.content_type.setPlaceholderText("application/octet-stream")
        self.content_type.textEdited.connect(self.edited)
        choose = button(self.tr("Choose…"), icon="folder-open")
        choose.clicked.connect(lambda: self._tasks.start("choose-file", self._choose()))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.path, 1)
        line.addWidget(choose)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        spaced(self, form, (0, 0, 0, 0), 8)
        form.addRow(label(self.tr("File"), "body", "text2"), line)
        form.addRow(label(self.tr("Content-Type"), "body", "text2"), self.content_type)
        lay = QVBoxLayout(self)
        spaced(self, lay, (16, 12, 16, 12), 8)
        lay.addLayout(form)
        lay.addWidget(label(self.tr("The file is streamed from disk, whatever its size."), "small", "text2", wrap=True))
        lay.addStretch(1)

    def show_body(self, body: FileBody) -> None:
        """Fill the form, without a signal."""
        for line, text in ((self.path, body.path), (self.content_type, body.content_type)):
            if line.text() != text:
                line.setText(text)

    def body(self) -> FileBody:
        """The body as filled in."""
        return FileBody(path=self.path.text(), content_type=self.content_type.text().strip())

    async def _choose(self) -> None:
        path = await ask_open_file(self, self.tr("Choose the file to send"))
        if path is not None:
            self.path.setText(str(path))
            self.edited.emit()
