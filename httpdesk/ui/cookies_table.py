"""The table of cookies: whole rows are chosen, Del takes them out, copying gives names and values."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Signal
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

from httpdesk.core.cookies import StoredCookie
from httpdesk.ui.cookies_model import DOMAIN, EXPIRES, FLAGS, NAME, PATH, VALUE, CookiesModel
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.theme import theme

_WEIGHTS = {DOMAIN: 4, PATH: 2, NAME: 4, VALUE: 6, EXPIRES: 5, FLAGS: 5}
_CODE = (NAME, VALUE)


class CookiesTable(QTableView):
    """Rows of a CookiesModel."""

    delete_pressed = Signal()

    def __init__(self, model: CookiesModel) -> None:
        super().__init__()
        self._cookies = model
        self.setModel(model)
        self.setItemDelegate(_CookieDelegate(self, model))
        self.setAccessibleName(self.tr("Cookies"))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setStretchLastSection(True)
        theme.bind(self, self._fit)

    def chosen(self) -> list[StoredCookie]:
        """The cookies of the selected rows."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self._cookies.rows[at] for at in rows if at < len(self._cookies.rows)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del deletes, Ctrl+C copies as in a Cookie header."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText("; ".join(f"{one.name}={one.value}" for one in self.chosen()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width."""
        super().resizeEvent(event)
        heads, room = self.horizontalHeader(), self.viewport().width()
        for column, weight in _WEIGHTS.items():
            heads.resizeSection(column, int(room * weight / sum(_WEIGHTS.values())))

    def _fit(self) -> None:
        row = theme.size("row")
        self.verticalHeader().setMinimumSectionSize(row)
        self.verticalHeader().setDefaultSectionSize(row)
        self.horizontalHeader().setMinimumSectionSize(theme.px(24))
        self.horizontalHeader().setFixedHeight(theme.size("table_header"))


class _CookieDelegate(QStyledItemDelegate):
    """Paints a cell as the key-value tables do."""

    def __init__(self, view: QWidget, model: CookiesModel) -> None:
        super().__init__(view)
        self._model = model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, line and words."""
        painter.save()
        cell = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, theme.color("selected"))
        painter.fillRect(QRectF(cell.left(), cell.bottom() - 1, cell.width(), 1), theme.color("line"))
        if index.column() > 0:
            painter.fillRect(QRectF(cell.left(), cell.top(), 1, cell.height()), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            rounded(painter, cell.adjusted(1, 0, 0, -1), radius("sm"), None, theme.color("focus"), 1.5)
        style = "code_sm" if index.column() in _CODE else "small"
        role = "text" if index.column() in (DOMAIN, *_CODE) else "text2"
        text(painter, cell.adjusted(theme.px(8), 0, -theme.px(6), -1), str(index.data() or ""), style, role)
        painter.restore()
