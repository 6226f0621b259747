"""Plain table: rows of text from a server in a real item view, as many as there are, to read and copy."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.menus import menu
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip

Index = QModelIndex | QPersistentModelIndex
Cells = tuple[str, ...]
# A cell shows no more of a value; copying takes all of it.
_SHOWN_CHARACTERS = 1000
ROOT = QModelIndex()


class PlainModel(QAbstractTableModel):
    """Rows of strings under heads."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self.heads = tuple(heads)
        self.rows: Sequence[Cells] = ()

    def set_rows(self, rows: Sequence[Cells]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """One for each."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """One for each head."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heads."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, with a sign in the place of each character that is not seen."""
        cell = self.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown(cell)
        if role == Qt.ItemDataRole.ToolTipRole and len(cell) > 30:
            return as_tip(cell)
        return None


class PlainDelegate(QStyledItemDelegate):
    """Paints the cells; `quiet` columns are in the second text colour."""

    def __init__(self, parent: QWidget, quiet: frozenset[int] = frozenset({0})) -> None:
        super().__init__(parent)
        self._quiet = quiet

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line, text."""
        cell = QRectF(option.rect)
        paint_ground(painter, option, cell)
        painter.fillRect(QRectF(cell.left(), cell.bottom() - 1, cell.width(), 1), theme.color("line"))
        role = "text2" if index.column() in self._quiet else "text"
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        text(painter, cell.adjusted(theme.px(8), 0, -theme.px(6), -1), words, "code_sm", role)


class PlainTable(QTableView):
    """Rows are selected whole; Ctrl+C copies them, and so does the menu. `widths_px`: of all columns but the last."""

    def __init__(self, model: PlainModel, name: str, widths_px: Sequence[int]) -> None:
        super().__init__()
        self.plain = model
        self._widths_px = tuple(widths_px)
        self.setModel(model)
        self.setItemDelegate(PlainDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setStretchLastSection(True)
        theme.bind(self, self._fit)

    def chosen(self) -> list[int]:
        """The selected rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def line_of(self, row: int) -> str:
        """A row as text for the clipboard."""
        return "\t".join(self.plain.rows[row])

    def value_of(self, row: int) -> str:
        """The part of a row that is most wanted alone."""
        return self.plain.rows[row][min(1, len(self.plain.heads) - 1)]

    def text(self) -> str:
        """All rows as text for the clipboard."""
        return "\n".join(map(self.line_of, range(len(self.plain.rows))))

    def copy(self) -> None:
        """Copy the selected rows, or all of them where none is."""
        rows = self.chosen()
        QApplication.clipboard().setText("\n".join(map(self.line_of, rows)) if rows else self.text())

    def copy_value(self) -> None:
        """Copy only the values of the selected rows."""
        QApplication.clipboard().setText("\n".join(map(self.value_of, self.chosen())))

    def copy_all(self) -> None:
        """Copy every row."""
        QApplication.clipboard().setText(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first columns give way where the table is narrow."""
        super().resizeEvent(event)
        self._share()

    def _offer(self, place: QPoint) -> None:
        if self.indexAt(place).isValid():
            rows = (
                ("copy", self.tr("Copy"), "Ctrl+C"),
                ("", self.tr("Copy the value"), ""),
                None,
                ("", self.tr("Copy all"), ""),
            )
            popup = menu(rows, self)
            acts = [action for action in popup.actions() if not action.isSeparator()]
            for action, act in zip(acts, (self.copy, self.copy_value, self.copy_all), strict=True):
                action.triggered.connect(lambda _=False, act=act: act())
            popup.popup(self.viewport().mapToGlobal(place))

    def _share(self) -> None:
        wanted = sum(self._widths_px)
        ratio = min(1.0, self.viewport().width() * 0.75 / max(1, theme.px(wanted)))
        for column, width_px in enumerate(self._widths_px):
            self.horizontalHeader().resizeSection(column, int(theme.px(width_px) * ratio))

    def _fit(self) -> None:
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(self.row_px())
        rows.setDefaultSectionSize(self.row_px())
        heads.setMinimumSectionSize(theme.px(24))
        heads.setFixedHeight(theme.size("table_header"))
        self._share()

    def row_px(self) -> int:
        """How high a row is."""
        return theme.size("row")


def shown(cell: str) -> str:
    """What a cell shows of a text: not all of a huge one, with signs for what would not be seen."""
    return make_visible(cell[:_SHOWN_CHARACTERS])[0]


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, cell: QRectF) -> None:
    """The ground of a selected cell and of the row under the mouse, and the ring of the focus."""
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(cell, theme.color("selected"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(cell, theme.color("hover", 0.7))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.save()
        rounded(painter, cell.adjusted(1, 0, 0, -1), radius("sm"), None, theme.color("focus"), 1.5)
        painter.restore()
