"""Completer: the list under a field that offers variables after "{{", with value and source."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from httpdesk.core.environment import Found
from httpdesk.ui.paint import RIGHT, radius, rounded, text
from httpdesk.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_WIDTH_PX, _EDGE_PX, _ROWS = 480, 8, 8


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Found] = []

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name and default
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {_value(row)}, {row.source}"
        return row if role == Qt.ItemDataRole.UserRole else None


def _value(row: Found) -> str:
    if row.about:
        return QCoreApplication.translate("dynamic", row.about)
    return "••••••••" if row.secret else row.value.replace("\n", " ")


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, theme.size("row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Found = index.data(Qt.ItemDataRole.UserRole)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, rect, radius("sm"), theme.color("selected"))
        side = theme.px(14)
        icon = "zap" if row.name.startswith("$") else "variable"
        theme.draw_icon(painter, icon, QRectF(theme.px(8), rect.center().y() - side / 2, side, side), "var")
        name = QRectF(theme.px(30), rect.top(), theme.px(152), rect.height())
        text(painter, name, row.name, "code_sm")
        value = QRectF(theme.px(186), rect.top(), theme.px(168), rect.height())
        text(painter, value, _value(row), "small" if row.about else "code_sm", "text2")
        text(painter, rect.adjusted(theme.px(360), 0, -theme.px(8), 0), row.source, "small", "text3", RIGHT)


class Completer(QFrame):
    """Shown by a field; the field forwards keys to `handle_key` while it is open."""

    chosen = Signal(str)

    def __init__(self, owner: QWidget, offers: Callable[[], Iterable[Found]]) -> None:
        super().__init__(owner, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._offers = offers
        self._model = _Model()
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Delegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(self.tr("Variables"))
        self._list.setMinimumHeight(1)  # else Qt keeps room for three rows
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # or the corners of the card are dark
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(4, 4, 4, 4)
        lay.addWidget(self._list)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card."""
        edge, ground = theme.color("line_strong"), theme.color("raised")
        rounded(QPainter(self), QRectF(self.rect()), radius("lg"), ground, edge)

    def offer(self, prefix: str, at: QPoint) -> None:
        """Show the variables that go with what is typed so far, below a global point; close if there are none."""
        lower = prefix.lower()
        rows = [row for row in self._offers() if lower in row.name.lower()]
        rows.sort(key=lambda row: not row.name.lower().startswith(lower))
        if not rows or [row.name for row in rows] == [prefix]:
            self.hide()
            return
        self._model.beginResetModel()
        self._model.rows = rows
        self._model.endResetModel()
        self._list.setCurrentIndex(self._model.index(0))
        height = theme.size("row") * min(_ROWS, len(rows)) + theme.px(12)
        width, window = theme.px(_WIDTH_PX), self._window_below()
        x = max(window.left(), min(at.x(), window.right() - width - theme.px(_EDGE_PX)))
        self.setGeometry(x, at.y() + theme.px(4), width, height)
        self.show()

    def _window_below(self) -> QRect:
        owner = self.parentWidget()
        return owner.window().geometry() if owner else self.screen().availableGeometry()

    @property
    def names(self) -> list[str]:
        """What is offered now."""
        return [row.name for row in self._model.rows] if self.isVisible() else []

    def handle_key(self, key: int) -> bool:
        """Take Up, Down, Tab, Enter and Esc while open; True if the key is used up."""
        if not self.isVisible():
            return False
        row = self._list.currentIndex().row()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentIndex(self._model.index((row + step) % len(self._model.rows)))
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(row)
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _choose(self, row: int) -> None:
        name = self._model.rows[row].name
        self.hide()
        self.chosen.emit(name)


def open_reference(before_caret: str) -> str | None:
    """The part of a name typed after the last open "{{", or None when there is none."""
    start = before_caret.rfind("{{")
    if start < 0 or "}}" in before_caret[start:] or "\n" in before_caret[start:]:
        return None
    return before_caret[start + 2 :].lstrip()
