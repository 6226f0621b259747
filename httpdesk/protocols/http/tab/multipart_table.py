"""Multipart table: the parts of a multipart form, each with its text or files, content type and file name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from httpdesk.core.rows import Part
from httpdesk.protocols.http.tab.multipart_row import MultipartRow
from httpdesk.protocols.http.tab.page import spaced
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import label


class MultipartTable(QWidget):
    """Always one blank row at the end; typing into it makes it a part."""

    edited = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._rows: list[MultipartRow] = []
        self._column = QVBoxLayout()
        hint = label(
            self.tr("Several files in one field are sent under the same name. An empty Content-Type follows the file."),
            "small",
            "text2",
            wrap=True,
        )
        lay = QVBoxLayout(self)
        spaced(self, lay, (16, 8, 16, 8), 8)
        theme.bind(self, lambda: self._column.setSpacing(theme.px(8)))
        lay.addLayout(self._column)
        lay.addWidget(hint)
        lay.addStretch(1)
        self._add(Part())

    def parts(self) -> tuple[Part, ...]:
        """The parts as they now stand."""
        return tuple(row.part() for row in self._rows if not row.is_blank())

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show other parts, without a signal."""
        if tuple(parts) == self.parts():
            return
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = []
        for part in (*parts, Part()):
            self._add(part)

    def _add(self, part: Part) -> None:
        row = MultipartRow(part, self._tasks)
        row.edited.connect(self._edited)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.addWidget(row)

    def _edited(self) -> None:
        if not self._rows[-1].is_blank():
            self._add(Part())
        self.edited.emit()

    def _remove(self, row: MultipartRow) -> None:
        if row is self._rows[-1]:
            return
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.deleteLater()
        self.edited.emit()
