"""History list: entries in rows of two lines under their days, with keys and a menu of their own."""

from PySide6.QtCore import QItemSelectionModel, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from httpdesk.core.history import Line
from httpdesk.ui import history_words, tokens
from httpdesk.ui.history_model import DAY, LINE, HistoryModel, Index
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.theme import theme

_ROW_PX, _MARGIN_PX, _BOX_PX, _ICON_PX = 44, 16, 8, 14
_GAP = " · "


class _Delegate(QStyledItemDelegate):
    """Method and name, below it status, time, duration and size."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is as high as the others."""
        return QSize(theme.px(100), theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A day, an entry, or nothing while its line is being read."""
        rect = QRectF(option.rect)
        if words := index.data(DAY):
            foot = rect.adjusted(theme.px(_MARGIN_PX), theme.px(18), -theme.px(_MARGIN_PX), -theme.px(4))
            text(painter, foot, str(words), "micro", "text2")
            return
        line: Line | None = index.data(LINE)
        if line is None:
            return
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if selected:
            painter.fillRect(rect, theme.color("sidebar"))  # over the ground that Qt has painted
        if selected or hot or focused:
            box = rect.adjusted(theme.px(_BOX_PX), 0, -theme.px(_BOX_PX), 0)
            ground = theme.color("selected" if selected else "hover") if selected or hot else None
            rounded(painter, box, radius("md"), ground, theme.color("focus") if focused else None, 1.5)
        inner = rect.adjusted(theme.px(_MARGIN_PX), theme.px(4), -theme.px(_MARGIN_PX), -theme.px(4))
        self._paint_line(painter, inner, line, "text2" if selected else "text3")
        painter.restore()

    @staticmethod
    def _paint_line(painter: QPainter, inner: QRectF, line: Line, quiet: str) -> None:
        column, half = theme.size("method_col"), inner.height() / 2
        top = QRectF(inner.left() + column, inner.top(), inner.width() - column, half)
        below = top.translated(0, half)
        for wanted, icon, role in ((line.pinned, "pin", "accent"), (line.unverified, "shield-alert", "danger")):
            if wanted:
                side = theme.px(_ICON_PX)
                spot = QRectF(top.right() - side, top.center().y() - side / 2, side, side)
                theme.draw_icon(painter, icon, spot, role)
                top.setRight(top.right() - side - theme.px(4))
        method = tokens.METHOD_SHORT.get(line.method, line.method)
        label = QRectF(inner.left(), inner.top(), column - theme.px(4), half)
        text(painter, label, method, "method", theme.method_role(line.method))
        text(painter, top, history_words.title(line), "body", "text")
        words, role = history_words.status(line)
        text(painter, below, words, "small", role)
        below.setLeft(below.left() + theme.fm("small").horizontalAdvance(words))
        text(painter, below, _GAP + _GAP.join(history_words.amounts(line)), "small", quiet)


class HistoryList(QTableView):
    """A click shows an entry in a preview tab, Enter and a double click in one that stays."""

    opened = Signal(int, bool)
    """Entry, and whether its tab stays."""
    sent = Signal(int)
    delete_wanted = Signal(list)
    menu_wanted = Signal(list, QPoint)
    """The selected entries, and where on the screen."""
    current = Signal(int)
    """The entry the keyboard is at, 0 for none."""

    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(self.tr("History"))
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentChanged.connect(lambda now, _: self.current.emit(model.id_at(now.row())))
        model.modelReset.connect(lambda: self.current.emit(0))

        def fit() -> None:
            rows.setMinimumSectionSize(theme.px(_ROW_PX))
            rows.setDefaultSectionSize(theme.px(_ROW_PX))

        theme.bind(self, fit)

    # -- what is selected

    def selected(self) -> list[int]:
        """The entries that are selected, newest first."""
        found: set[int] = set()
        # By its ranges: every row may be selected, and there may be 100,000.
        ranges = self.selectionModel().selection()
        for place in range(ranges.count()):
            found.update(self._model.ids_in(ranges.at(place).top(), ranges.at(place).bottom()))
        return sorted(found, reverse=True)

    def select(self, entry_id: int) -> None:
        """Make an entry the current one."""
        row = self._model.row_of(entry_id)
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._model.index(row, 0), flags)

    def select_row_near(self, row: int) -> None:
        """Go on where something was taken away."""
        for near in (row, row + 1, row - 1):
            if entry_id := self._model.id_at(near):
                self.select(entry_id)
                return

    # -- what the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del deletes."""
        row = self.currentIndex().row()
        entry_id = self._model.id_at(row)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and entry_id:
            self.opened.emit(entry_id, True)
        elif event.matches(QKeySequence.StandardKey.Delete) and self.selected():
            self.delete_wanted.emit(self.selected())
        elif event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the entry under the mouse, unless more of them are being selected."""
        super().mouseReleaseEvent(event)
        entry_id = self._model.id_at(self.indexAt(event.position().toPoint()).row())
        alone = event.modifiers() == Qt.KeyboardModifier.NoModifier and len(self.selected()) == 1
        if entry_id and alone and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(entry_id, False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The tab stays."""
        if entry_id := self._model.id_at(self.indexAt(event.position().toPoint()).row()):
            self.opened.emit(entry_id, True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what is selected, at the mouse or below the current row."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        if found := self.selected():
            self.menu_wanted.emit(found, at)
