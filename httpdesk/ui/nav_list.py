"""The list at the left of an overlay: pages with an icon, or environments with a dot and a count."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from httpdesk.ui.environment_colors import paint_dot
from httpdesk.ui.paint import RIGHT, radius, rounded, text
from httpdesk.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_ROW_PX = 34
_GAP_PX = 2
_MARK_ROLES = {"check": "success"}


class NavEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One row: an icon or, without one, a dot of a colour; `marks` are icons after the title and what they mean."""

    key: str
    title: str
    icon: str = ""
    color: str = ""
    note: str = ""
    marks: tuple[tuple[str, str], ...] = ()


class NavModel(QAbstractListModel):
    """Entries for a NavList."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[NavEntry, ...] = ()

    def set_entries(self, entries: Sequence[NavEntry]) -> None:
        """Show other entries; where their number stays, so does the current row."""
        if len(entries) == len(self.entries):
            self.entries = tuple(entries)
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """Qt's: one row an entry."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: the title, and what a screen reader says."""
        if not 0 <= index.row() < len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, *(mark[1] for mark in entry.marks), entry.note) if part)
        return None


class NavList(QListView):
    """Arrow keys and clicks choose; `chosen` tells the key when the user did."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = NavModel()
        self._silent = False
        self.setModel(self._model)
        self.setItemDelegate(_NavDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.bind(self, self.scheduleDelayedItemsLayout)

    def set_entries(self, entries: Sequence[NavEntry], current: str = "") -> None:
        """Show these, without a signal; the current one is the one with this key."""
        self._silent = True
        self._model.set_entries(entries)
        self._silent = False
        self.show_current(current)

    def keys(self) -> list[str]:
        """The keys in the order of the list."""
        return [entry.key for entry in self._model.entries]

    @property
    def current(self) -> str:
        """The key of the current row, "" for none."""
        at = self.currentIndex().row()
        return self._model.entries[at].key if 0 <= at < len(self._model.entries) else ""

    def show_current(self, key: str) -> None:
        """Move to a row without a signal; to none if there is no such key."""
        keys = self.keys()
        self._silent = True
        self.setCurrentIndex(self._model.index(keys.index(key)) if key in keys else QModelIndex())
        self._silent = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt's: tell who wants to know."""
        super().currentChanged(current, previous)
        if not self._silent and current.isValid():
            self.chosen.emit(self.current)


class _NavDelegate(QStyledItemDelegate):
    """Paints the rows."""

    def __init__(self, view: NavList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are alike."""
        del option, index
        return QSize(theme.px(100), theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, icon or dot, title, mark, note."""
        model = index.model()
        if not isinstance(model, NavModel) or index.row() >= len(model.entries):
            return
        entry, px = model.entries[index.row()], theme.px
        painter.save()
        area = QRectF(option.rect).adjusted(0, 0, 0, -px(_GAP_PX))
        state: QStyle.StateFlag = option.state
        on, hot = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_MouseOver)
        focused = on and self._view.hasFocus()
        if on or hot:
            ring = theme.color("focus") if focused else None
            rounded(painter, area, radius("md"), theme.color("selected" if on else "hover"), ring)
        middle = area.center().y()
        if entry.icon:
            side = px(16)
            spot = QRectF(area.left() + px(10), middle - side / 2, side, side)
            theme.draw_icon(painter, entry.icon, spot, "accent" if on else "text2")
        else:
            side = px(8)
            paint_dot(painter, QRectF(area.left() + px(12), middle - side / 2, side, side), entry.color)
        words = area.adjusted(px(36 if entry.icon else 32), 0, -px(12), 0)
        if entry.note:
            text(painter, words, entry.note, "micro", "text2" if on else "text3", RIGHT)
            words.setRight(words.right() - theme.fm("micro").horizontalAdvance(entry.note) - px(8))
        words.setRight(words.right() - px(20) * len(entry.marks))
        text(painter, words, entry.title)
        left = words.left() + min(theme.fm("body").horizontalAdvance(entry.title), words.width()) + px(6)
        for icon, _ in entry.marks:
            theme.draw_icon(painter, icon, QRectF(left, middle - px(7), px(14), px(14)), _MARK_ROLES.get(icon, "text2"))
            left += px(20)
        painter.restore()
