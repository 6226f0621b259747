"""The rows of the list of cookies, narrowed by a filter."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from httpdesk.core.cookies import StoredCookie

Index = QModelIndex | QPersistentModelIndex
DOMAIN, PATH, NAME, VALUE, EXPIRES, FLAGS = range(6)


def _tr(text: str) -> str:
    return QCoreApplication.translate("cookies", text)


class CookiesModel(QAbstractTableModel):
    """Cookies in the order of domain, path and name."""

    def __init__(self) -> None:
        super().__init__()
        self.heads = (_tr("Domain"), _tr("Path"), _tr("Name"), _tr("Value"), _tr("Expires"), _tr("Flags"))
        self._all: tuple[StoredCookie, ...] = ()
        self._query = ""
        self.rows: tuple[StoredCookie, ...] = ()

    def set_cookies(self, cookies: Sequence[StoredCookie]) -> None:
        """Show other cookies, through the same filter."""
        self._all = tuple(sorted(cookies, key=lambda one: (one.domain, one.path, one.name)))
        self._sift()

    def filter(self, query: str) -> None:
        """Show those where every word of a query stands in domain, path, name or value."""
        self._query = query.lower()
        self._sift()

    @property
    def count(self) -> int:
        """How many cookies there are, whatever the filter."""
        return len(self._all)

    def _sift(self) -> None:
        words = self._query.split()
        rows = tuple(one for one in self._all if all(word in _searched(one) for word in words))
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """Qt's: one row a cookie."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """Qt's: what is known of a cookie."""
        return len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: column titles, at the left."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: a cell."""
        if not 0 <= index.row() < len(self.rows):
            return None
        words = _cells(self.rows[index.row()])[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heads[index.column()]}: {words}"
        return None


def _cells(cookie: StoredCookie) -> tuple[str, ...]:
    expires = cookie.expires or _tr("At the end of httpdesk")
    return (cookie.domain, cookie.path, cookie.name, cookie.value, expires, ", ".join(cookie.flags))


def _searched(cookie: StoredCookie) -> str:
    return f"{cookie.domain} {cookie.path} {cookie.name} {cookie.value}".lower()
