"""Console list: the lines of the console as a list that filters, follows and paints itself in columns."""

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from httpdesk.ui import tokens
from httpdesk.ui.console_entry import LIMIT, Entry
from httpdesk.ui.paint import LEFT, RIGHT, rounded, text
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip

Index = QModelIndex | QPersistentModelIndex
ALL, NETWORK, NOTES, ERRORS = range(4)
_ROW_PX, _MARGIN_PX, _GAP_PX = 24, 16, 8
_TIME_PX, _ID_PX, _METHOD_PX, _STATUS_PX, _NUMBER_PX = 96, 56, 44, 120, 68
_WIDE_STATUS_PX, _WIDE_FROM_PX = 184, 800
_LEAST_URL_PX = 160


class ConsoleModel(QAbstractListModel):
    """The last lines, and which of them are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._shown: list[Entry] = []
        self._level, self._words = ALL, ""

    def add(self, entry: Entry) -> None:
        """Add a line at the end; the oldest goes when there are too many."""
        self.entries.append(entry)
        if self._fits(entry):
            at = len(self._shown)
            self.beginInsertRows(QModelIndex(), at, at)
            self._shown.append(entry)
            self.endInsertRows()
        if len(self.entries) > LIMIT:
            oldest = self.entries.pop(0)
            if self._shown and self._shown[0] is oldest:
                self.beginRemoveRows(QModelIndex(), 0, 0)
                del self._shown[0]
                self.endRemoveRows()

    def clear(self) -> None:
        """Forget every line."""
        self.beginResetModel()
        self.entries.clear()
        self._shown.clear()
        self.endResetModel()

    def narrow(self, level: int, words: str) -> None:
        """Show only lines of a level (ALL, NETWORK, NOTES, ERRORS) that hold some words."""
        if (level, words.lower()) != (self._level, self._words):
            self.beginResetModel()
            self._level, self._words = level, words.lower()
            self._shown = [entry for entry in self.entries if self._fits(entry)]
            self.endResetModel()

    @property
    def errors(self) -> int:
        """How many lines tell of an error."""
        return sum(entry.level == "error" for entry in self.entries)

    def entry(self, index: Index) -> Entry | None:
        """The line at an index."""
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """How many lines are shown."""
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line as a sentence; UserRole gives the entry."""
        entry = self.entry(index)
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if entry is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.spoken
        if entry is not None and role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(entry.url if len(entry.url) < 300 else entry.url[:300] + "…")
        return None

    def _fits(self, entry: Entry) -> bool:
        fits = {
            ALL: True,
            NETWORK: not entry.is_note,
            NOTES: entry.is_note,
            ERRORS: entry.level == "error",
        }
        return fits[self._level] and (not self._words or self._words in f"{entry.spoken}\n{entry.detail}".lower())


class _Delegate(QStyledItemDelegate):
    """Time, id, method, URL, status, time taken, size; a narrow list leaves some of them to the facts beside it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One row of the design."""
        return QSize(theme.px(200), theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then the columns."""
        entry: Entry | None = index.data(Qt.ItemDataRole.UserRole)
        if entry is None:
            return
        painter.save()
        rect = QRectF(option.rect)
        quiet = "text3"
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
            quiet = "text2"
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            rounded(painter, rect.adjusted(1, 1, -1, -1), theme.px(4), None, theme.color("focus"), 1.5)
        line = _Line(painter, rect.adjusted(theme.px(_MARGIN_PX), 0, -theme.px(_MARGIN_PX), 0))
        if entry.is_note:
            line.left(entry.at, theme.px(_TIME_PX), "code_sm", quiet)
            line.rest(entry.url, "code_sm", "text2" if entry.level == "info" else entry.role)
        else:
            self._paint_request(line, entry, quiet)
        painter.restore()

    @staticmethod
    def _paint_request(line: "_Line", entry: Entry, quiet: str) -> None:
        number, gap = theme.px(_NUMBER_PX), theme.px(_GAP_PX)
        id_px = max(theme.px(_ID_PX), int(theme.fm("code_sm").horizontalAdvance(entry.request_id)) + gap)
        # The longest phrases need the wide one ("505 HTTP Version Not Supported").
        status = theme.px(_WIDE_STATUS_PX if line.room >= theme.px(_WIDE_FROM_PX) else _STATUS_PX)
        room = line.room - status - theme.px(_METHOD_PX + _LEAST_URL_PX) - 2 * gap
        fits = []
        for width in (theme.px(_TIME_PX), number, number, id_px):
            fits.append(room >= width)
            room -= width
        with_time, with_duration, with_size, with_id = fits
        if with_time:
            line.left(entry.at, theme.px(_TIME_PX), "code_sm", quiet)
        if with_id:
            line.left(entry.request_id, id_px, "code_sm", quiet)
        method = tokens.METHOD_SHORT.get(entry.method, entry.method)
        line.left(method, theme.px(_METHOD_PX), "method", theme.method_role(entry.method))
        if with_size:
            line.right(entry.size, number, "num", "text2", RIGHT)
        if with_duration:
            line.right(entry.duration, number, "num", "text2", RIGHT)
        line.right("", gap, "small", "text2", LEFT)
        line.right(entry.status, status, "small", entry.role, LEFT)
        line.right("", gap, "small", "text2", LEFT)
        line.rest(entry.url, "code_sm", "text")


class _Line:
    """A row that is filled from both ends."""

    def __init__(self, painter: QPainter, rect: QRectF) -> None:
        self._painter, self._rect = painter, rect

    @property
    def room(self) -> float:
        """What is still free."""
        return self._rect.width()

    def left(self, words: str, width: float, style: str, role: str) -> None:
        """Take a column at the left."""
        cell = QRectF(self._rect.left(), self._rect.top(), width - theme.px(4), self._rect.height())
        text(self._painter, cell, words, style, role)
        self._rect.setLeft(self._rect.left() + width)

    def right(self, words: str, width: float, style: str, role: str, align: Qt.AlignmentFlag) -> None:
        """Take a column at the right."""
        self._rect.setRight(self._rect.right() - width)
        cell = QRectF(self._rect.right(), self._rect.top(), width, self._rect.height())
        text(self._painter, cell, words, style, role, align)

    def rest(self, words: str, style: str, role: str) -> None:
        """Take what is left."""
        text(self._painter, self._rect, words, style, role)


class ConsoleList(QListView):
    """Stays at the last line while that is seen; Ctrl+C copies the line, Enter and a double click show its facts."""

    copied = Signal()
    chosen = Signal(object)
    """The entry that is now selected, or None."""

    def __init__(self, model: ConsoleModel) -> None:
        super().__init__()
        self._model = model
        self._follows = True
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Console lines"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.rowsAboutToBeInserted.connect(self._note_place)
        model.rowsInserted.connect(self._follow)
        model.modelReset.connect(lambda: self.chosen.emit(None))
        theme.bind(self, self.scheduleDelayedItemsLayout)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which line is selected."""
        super().selectionChanged(selected, deselected)
        rows = self.selectedIndexes()
        self.chosen.emit(self._model.entry(rows[0]) if rows else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy; Esc selects nothing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() == Qt.Key.Key_Escape and self.selectedIndexes():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def _note_place(self) -> None:
        bar = self.verticalScrollBar()
        self._follows = bar.value() >= bar.maximum() - theme.px(_ROW_PX)

    def _follow(self) -> None:
        if self._follows:
            self.scrollToBottom()
