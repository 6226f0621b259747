"""Key-value table: as high as its rows, edited without a mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QSizePolicy, QTableView, QWidget

from httpdesk.core.rows import Row
from httpdesk.ui.bulk import parse_lines
from httpdesk.ui.chips import Lookup
from httpdesk.ui.kv_delegate import KvDelegate
from httpdesk.ui.kv_model import NAME, KvModel
from httpdesk.ui.theme import theme

_WEIGHTS = (3, 4, 3)
_BOX_PX = 32


class KvTable(QTableView):
    """Tab walks cells, Enter goes down, Ctrl+/ switches a row, Alt+Up and Alt+Down move it, pasted lines add rows."""

    edited = Signal()

    def __init__(self, model: KvModel, known: Lookup, name: str) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.cells = KvDelegate(self, model, known)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setTabKeyNavigation(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setStretchLastSection(True)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._fit)
        model.edited.connect(self.edited)
        theme.bind(self, self._fit)

    def edit_cell(self, row: int, column: int) -> None:
        """Put the caret into a cell."""
        index = self._rows.index(row, column)
        self.setCurrentIndex(index)
        self.edit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """One click into a text cell edits it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        # Where nothing can be selected, Qt leaves the current cell where it was.
        self.setCurrentIndex(index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            cell = self.visualRect(index)
            last = index.column() == self._rows.columnCount() - 1
            on_bin = last and event.position().x() > cell.right() - theme.px(28)
            if not on_bin or index.row() >= len(self._rows.rows):
                self.edit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The bin shows on the row under the mouse."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:
        """No row is under the mouse."""
        self._hover(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table."""
        at, alt = self.currentIndex().row(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Slash:
            self._rows.toggle(at)
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = self._rows.move(at, -1 if event.key() == Qt.Key.Key_Up else 1)
            self.setCurrentIndex(self._rows.index(to, self.currentIndex().column()))
        elif event.key() == Qt.Key.Key_Delete:
            self._rows.remove(at)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._edit_current()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().column() == 0:
            self._rows.toggle(at)
        else:
            super().keyPressEvent(event)

    def _edit_current(self) -> None:
        """A key that an open editor passes on comes here too, and the box has no editor."""
        index = self.currentIndex()
        if self.state() != QAbstractItemView.State.EditingState and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the table at its last cell, Shift+Tab at its first."""
        if not self._is_at_end(forward=forward):
            return super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(False)
        left = super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)
        return left

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes in at the first cell, Shift+Tab at the last."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.setCurrentIndex(self._rows.index(0, 0))
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.setCurrentIndex(self._rows.index(self._rows.rowCount() - 1, self._rows.columnCount() - 1))

    def _is_at_end(self, *, forward: bool) -> bool:
        at = self.currentIndex()
        if forward:
            return at.row() == self._rows.rowCount() - 1 and at.column() == self._rows.columnCount() - 1
        return at.row() <= 0 and at.column() <= 0

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes to the cell below; in the blank row only a name makes sense first. Tab in the last cell leaves."""
        if hint == QAbstractItemDelegate.EndEditHint.EditNextItem and self._is_at_end(forward=True):
            super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.focusNextPrevChild(True)
            return
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            index = self.currentIndex()
            is_last = index.row() + 1 == len(self._rows.rows)
            below = self._rows.index(index.row() + 1, NAME if is_last else index.column())
            if below.isValid():
                self.setCurrentIndex(below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width 3 : 4 : 3."""
        super().resizeEvent(event)
        heads, box = self.horizontalHeader(), theme.px(_BOX_PX)
        heads.resizeSection(0, box)
        for column, weight in enumerate(_WEIGHTS[:-1], 1):
            heads.resizeSection(column, int((self.viewport().width() - box) * weight / sum(_WEIGHTS) / 4) * 4)

    def _paste(self) -> None:
        rows: Sequence[Row] = parse_lines(QApplication.clipboard().text())
        if rows and self._rows.has_blank:
            at, count = self.currentIndex().row(), len(self._rows.rows)
            self._rows.insert_rows(at if 0 <= at < count else count, rows)

    def _hover(self, row: int) -> None:
        if row != self.cells.hover_row:
            self.cells.hover_row = row
            self.viewport().update()

    def _fit(self, *_: QModelIndex | int) -> None:
        row, head = theme.size("row"), theme.size("table_header")
        self.verticalHeader().setMinimumSectionSize(row)
        self.verticalHeader().setDefaultSectionSize(row)
        heads = self.horizontalHeader()
        heads.setMinimumSectionSize(theme.px(24))
        heads.setFixedHeight(head)
        self.setFixedHeight((0 if heads.isHidden() else head) + row * self._rows.rowCount())
