"""History model: what a search found, newest first, grouped by day; lines are asked for as they come into view."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from httpdesk.core.history import Line
from httpdesk.ui import history_words
from httpdesk.ui.tips import as_tip

Index = QModelIndex | QPersistentModelIndex
LINE, DAY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_KNOWN_LIMIT, _AROUND = 2_000, 40


class HistoryModel(QAbstractTableModel):
    """Rows are entries, with a row before the first one of each day; ids only, until a row is looked at."""

    wanted = Signal(list)
    """Entries whose lines are to be given by `put`."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[int] = []
        self._day_ends: Sequence[tuple[int, int]] = ()
        # Of each day that has entries, the newest first: where they start in `ids`, the row above them, and the day.
        self._starts: list[int] = []
        self._heads: list[int] = []
        self._days: list[int] = []
        self._known: OrderedDict[int, Line] = OrderedDict()
        # What is on its way, and what is to be asked for next.
        self._asked: set[int] = set()
        self._to_ask: list[int] = []
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)

    # -- contents

    def show_found(self, ids: Sequence[int], day_ends: Sequence[tuple[int, int]]) -> None:
        """Show these entries, and no others."""
        self.beginResetModel()
        self.ids, self._day_ends = list(ids), day_ends
        self._group()
        self._known.clear()
        self._asked.clear()
        self._to_ask.clear()
        self.endResetModel()

    def add_newest(self, ids: Sequence[int], day_ends: Sequence[tuple[int, int]]) -> None:
        """Put newer entries before what is shown, which stays in view."""
        self._day_ends = day_ends
        same_day = bool(self.ids) and self._day_of(ids[-1]) == self._day_of(self.ids[0])
        if not same_day or self._day_of(ids[0]) != self._day_of(ids[-1]):
            self.show_found([*ids, *self.ids], day_ends)
            return
        self.beginInsertRows(QModelIndex(), 1, len(ids))
        self.ids[:0] = ids
        self._group()
        self.endInsertRows()

    def put(self, lines: dict[int, Line], asked: Sequence[int]) -> None:
        """Take the lines that were wanted; entries that are gone stay blank until the next search."""
        self._asked.difference_update(asked)
        self._known.update(lines)
        while len(self._known) > _KNOWN_LIMIT:
            self._known.popitem(last=False)
        rows = [row for one in lines if (row := self.row_of(one)) >= 0]
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 0))

    def id_at(self, row: int) -> int:
        """The entry of a row, 0 for a day."""
        place = bisect_left(self._heads, row)
        if not 0 <= row < self.rowCount() or (place < len(self._heads) and self._heads[place] == row):
            return 0
        return self.ids[row - place]

    def ids_in(self, first: int, last: int) -> list[int]:
        """The entries of the rows from one to another."""
        return self.ids[first - bisect_left(self._heads, first) : last + 1 - bisect_left(self._heads, last + 1)]

    def row_of(self, entry_id: int) -> int:
        """Where an entry stands, -1 when it is not shown."""
        at = self._place_of(entry_id)
        if at >= len(self.ids) or self.ids[at] != entry_id:
            return -1
        return at + bisect_right(self._starts, at)

    def known(self, entry_id: int) -> Line | None:
        """The line of an entry, if it was in view."""
        return self._known.get(entry_id)

    def line(self, index: Index) -> Line | None:
        """The line of a row, if it is known; else it is asked for."""
        entry_id = self.id_at(index.row())
        line = self._known.get(entry_id)
        if line is None and entry_id and entry_id not in self._asked:
            unknown = [one for one in self._near(index.row()) if one not in self._known and one not in self._asked]
            self._asked.update(unknown)
            self._to_ask += unknown
            self._asking.start()
        return line

    # -- what Qt asks

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """Entries and days."""
        return len(self.ids) + len(self._heads)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """One."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A day is only read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if self.id_at(index.row()) else Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A sentence; LINE gives the entry, DAY the words of a day."""
        words = self._day_words(index.row())
        if role == DAY:
            return words
        if words:
            return words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        line = self.line(index)
        if role == LINE or line is None:
            return line if role == LINE else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return history_words.spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(f"{line.method} {line.url}")
        return None

    # -- inside

    def _group(self) -> None:
        """Find the first entry of each day: ids and days go down together."""
        self._starts, self._days = [], []
        ends = [end for end, _ in self._day_ends]
        for place in reversed(range(len(ends))):
            start = self._place_of(ends[place]) if place + 1 < len(ends) else 0
            stop = self._place_of(ends[place - 1]) if place else len(self.ids)
            if start < stop:
                self._starts.append(start)
                self._days.append(self._day_ends[place][1])
        self._heads = [start + place for place, start in enumerate(self._starts)]

    def _place_of(self, entry_id: int) -> int:
        """Where an entry is, or would be."""
        return bisect_left(self.ids, -entry_id, key=lambda one: -one)

    def _day_of(self, entry_id: int) -> int:
        at = bisect_left(self._day_ends, entry_id, key=lambda end: end[0])
        return self._day_ends[at][1] if at < len(self._day_ends) else 0

    def _day_words(self, row: int) -> str:
        place = bisect_left(self._heads, row)
        if place < len(self._heads) and self._heads[place] == row:
            return history_words.day(self._days[place], date.today())  # noqa: DTZ011 - the user's calendar
        return ""

    def _near(self, row: int) -> list[int]:
        first = max(0, row - _AROUND // 4)
        return self.ids_in(first, min(self.rowCount() - 1, first + _AROUND))

    def _ask(self) -> None:
        asked, self._to_ask = self._to_ask, []
        if asked:
            self.wanted.emit(asked)
