"""The environments side by side: a table of all their variables, edited in place, with its gaps marked."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from httpdesk.core.environment_edits import Cell
from httpdesk.ui.chips import Lookup, draw_chips
from httpdesk.ui.environment_colors import paint_dot
from httpdesk.ui.environments_grid_model import GridModel, words_of
from httpdesk.ui.eye import Eye
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.switch import Switch
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_label, label, row

Index = QModelIndex | QPersistentModelIndex
_NAME_PX, _COLUMN_PX, _DOT_PX = 152, 136, 8


class EnvironmentsGrid(QWidget):
    """A page of the environments dialog; `edited` has the place of an environment and how it stands now."""

    edited = Signal(int, object)
    renamed = Signal(str, str)

    def __init__(self, known: Lookup) -> None:
        super().__init__()
        self.model = GridModel()
        self.table = GridTable(self.model, known, self.tr("Variables of all environments"))
        self.model.edited.connect(self.edited)
        self.model.renamed.connect(self.renamed)
        self.model.dataChanged.connect(self._say)
        self.model.modelReset.connect(self._say)
        self._words = label("", "small", "text2")
        self._icon = icon_label("triangle-alert", "warning", 14)
        self.only_gaps = Switch(self.tr("Only what is missing somewhere"))
        self.only_gaps.toggled.connect(lambda on: self.model.show_only_gaps(only=on))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        title = label(self.tr("Side by side"), "title")
        lay.addWidget(row(title, None, self._icon, self._words, self.only_gaps, spacing=8, margins=(24, 16, 24, 12)))
        lay.addWidget(row((self.table, 1), margins=(16, 0, 20, 0)), 1)

    def _say(self) -> None:
        cells, names = self.model.gaps()
        many = self.tr("%n values are missing", "", cells)
        words = self.tr("1 value is missing") if cells == 1 else many
        self._words.setText(words if names else self.tr("Nothing is missing"))
        self._icon.setVisible(bool(names))


class GridTable(QTableView):
    """Arrow keys walk, typing, Enter or F2 edits, Delete takes a variable out of one environment."""

    def __init__(self, model: GridModel, known: Lookup, name: str) -> None:
        super().__init__()
        self._grid = model
        self.setModel(model)
        self.setItemDelegate(_GridDelegate(self, model, known))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setHorizontalHeader(_Heads(self, model))
        model.modelReset.connect(self._share)
        theme.bind(self, self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table."""
        index = self.currentIndex()
        idle = self.state() != QAbstractItemView.State.EditingState
        if event.key() == Qt.Key.Key_Delete and idle:
            self._grid.clear(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and idle and not event.modifiers():
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is a current cell as soon as keys come here."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._grid.index(0, 0))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the table at its last cell, Shift+Tab at its first."""
        at, last = self.currentIndex(), self._grid.index(self._grid.rowCount() - 1, self._grid.columnCount() - 1)
        ends = not at.isValid() or (at == last if forward else at == self._grid.index(0, 0))
        self.setTabKeyNavigation(not ends)
        moved = super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)
        return moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The environments share the width."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        heads, count = self.horizontalHeader(), max(1, self._grid.columnCount() - 1)
        heads.resizeSection(0, theme.px(_NAME_PX))
        room = (self.viewport().width() - theme.px(_NAME_PX)) // count
        for column in range(1, count + 1):
            heads.resizeSection(column, max(theme.px(_COLUMN_PX), room))

    def _fit(self) -> None:
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(theme.size("row"))
        rows.setDefaultSectionSize(theme.size("row"))
        heads.setFixedHeight(theme.size("table_header"))
        self._share()


class _Heads(QHeaderView):
    """The names of the environments with their colours."""

    def __init__(self, parent: QWidget, model: GridModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Dot, name, lock."""
        area = QRectF(rect)
        painter.save()
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        words = area.adjusted(theme.px(8), 0, -theme.px(6), 0)
        if section:
            environment, side = self._grid.environments[section - 1], theme.px(_DOT_PX)
            paint_dot(painter, QRectF(words.left(), area.center().y() - side / 2, side, side), environment.color)
            words.setLeft(words.left() + theme.px(14))
        text(painter, words, str(self._grid.headerData(section, Qt.Orientation.Horizontal)), "micro", "text2")
        painter.restore()


class _GridDelegate(QStyledItemDelegate):
    """Paints values, dots for secrets, and a mark with a word where something is missing."""

    def __init__(self, parent: QWidget, model: GridModel, known: Lookup) -> None:
        super().__init__(parent)
        self._grid, self._known = model, known

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line over the cell; a secret value is typed behind dots."""
        line = QLineEdit(parent)
        line.setFont(theme.font("code_sm"))
        head = str(self._grid.headerData(index.column(), Qt.Orientation.Horizontal))
        name = str(self._grid.index(index.row(), 0).data() or "")
        line.setAccessibleName(f"{name}, {head}" if index.column() else head)
        if index.column():
            # What is typed counts at once, so that Send and the end of the program never miss the last key.
            cell = QPersistentModelIndex(index)
            line.textEdited.connect(lambda words: self._grid.setData(cell, words))
        if self._grid.is_secret(index):
            Eye(line)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The cell's text, unless it is what was just typed."""
        words = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QLineEdit) and editor.text() != words and not editor.isModified():
            editor.setText(words)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the text; a gap that was only looked into stays one."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Cover the cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, lines, then the cell."""
        cell, state = QRectF(option.rect), self._grid.cell(index)
        painter.save()
        if state in (Cell.GAP, Cell.UNSET):
            painter.fillRect(cell, theme.tint("warning"))
        painter.fillRect(QRectF(cell.left(), cell.bottom() - 1, cell.width(), 1), theme.color("line"))
        if index.column():
            painter.fillRect(QRectF(cell.left(), cell.top(), 1, cell.height()), theme.color("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            rounded(painter, cell.adjusted(1, 0, 0, -1), radius("sm"), None, theme.color("focus"), 1.5)
        self._paint_words(painter, cell.adjusted(theme.px(8), 0, -theme.px(6), -1), index, state)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRectF, index: Index, state: Cell | None) -> None:
        words = str(index.data() or "")
        if index.column() == 0:
            ghost = index.row() >= len(self._grid.names)
            text(painter, area, self.tr("Add variable") if ghost else words, "code_sm", "text3" if ghost else "text")
        elif state in (Cell.GAP, Cell.UNSET):
            side = theme.px(12)
            mark = QRectF(area.left(), area.center().y() - side / 2, side, side)
            theme.draw_icon(painter, "triangle-alert" if state is Cell.GAP else "lock", mark, "warning")
            text(painter, area.adjusted(theme.px(18), 0, 0, 0), words_of(state), "small", "warning")
        elif state is Cell.OFF:
            text(painter, area, f"{words} ({words_of(state)})" if words else words_of(state), "code_sm", "text3")
        elif "{{" in words:
            draw_chips(painter, area, words, self._known, "code_sm", "text")
        else:
            text(painter, area, words, "code_sm")
