"""Cookies page: what the answers of a send asked to keep, decoded."""

from collections.abc import Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import overload

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core import cookies
from httpdesk.core.exchange import Hop
from httpdesk.ui.plain_table import Cells, PlainModel, PlainTable
from httpdesk.ui.response_words import host_of
from httpdesk.ui.states import center_state
from httpdesk.ui.widgets import icon_button, label, row

_KNOWN = frozenset({"domain", "path", "expires", "max-age"})
_LONGEST_S = 1e11
_WIDTHS_PX = (110, 130, 120, 70, 90)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CookiesPage", words)


class CookiesPage(QWidget):
    """One row for each Set-Cookie header of every hop."""

    def __init__(self) -> None:
        super().__init__()
        heads = (_tr("Name"), _tr("Value"), _tr("Domain"), _tr("Path"), _tr("Expires"), _tr("Attributes"))
        self.table = PlainTable(PlainModel(heads), _tr("Cookies of the answer"), _WIDTHS_PX)
        self._title = label(_tr("Set by this answer"), "small", "text2")
        copy = icon_button("copy", _tr("Copy all cookies"))
        copy.clicked.connect(self.table.copy_all)
        table = QWidget()
        lay = QVBoxLayout(table)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(row(self._title, None, copy, margins=(16, 0, 8, 0), height=36))
        lay.addWidget(row(self.table, margins=(8, 0, 8, 0)), 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(center_state("cookie", _tr("No cookies"), _tr("The answer set none.")))
        self._stack.addWidget(table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def show_hops(self, hops: list[Hop], started_at: float) -> None:
        """Show the cookies of all hops; `started_at` (Unix time) is when their lifetime began."""
        rows = _Decoded([(hop, header) for hop in hops for header in _headers(hop)], started_at)
        self.table.plain.set_rows(rows)
        self._title.setText(_tr("Set by this answer") if len(hops) < 2 else _tr("Set by the answers on the way"))
        self._stack.setCurrentIndex(1 if rows else 0)


class _Decoded(Sequence[Cells]):
    """The cells of every cookie, decoded when its row is looked at."""

    def __init__(self, found: list[tuple[Hop, str]], started_at: float) -> None:
        self._found, self._started_at = found, started_at
        self._known: dict[int, Cells] = {}

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Cells: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Cells]: ...
    def __getitem__(self, at: int | slice) -> Cells | Sequence[Cells]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at not in self._known:
            self._known[at] = _cells(*self._found[at], self._started_at)
        return self._known[at]


def count_cookies(hops: list[Hop]) -> int:
    """How many cookies were set on the way."""
    return sum(len(_headers(hop)) for hop in hops)


def lifetime(cookie: cookies.SetCookie, started_at: float) -> str:
    """How long a cookie lasts, in words: Max-Age counts before Expires (RFC 6265, section 5.3)."""
    left_s: float | None = None
    age, date = cookie.attribute("max-age"), cookie.attribute("expires")
    if age is not None and age.lstrip("-").isdigit() and age.isascii():
        left_s = min(float(age), _LONGEST_S)
    elif date is not None:
        when = _when(date)
        left_s = when - started_at if when is not None else None
    if left_s is None:
        return _tr("session")
    return _tr("expired: removes it") if left_s <= 0 else _span(left_s)


def _span(left_s: float) -> str:
    units = ((86400 * 365, _tr("in {n} y")), (86400, _tr("in {n} d")), (3600, _tr("in {n} h")), (60, _tr("in {n} min")))
    for unit_s, words in units:
        if left_s >= unit_s:
            return words.format(n=f"{left_s / unit_s:.0f}")
    return _tr("in {n} s").format(n=f"{left_s:.0f}")


def _when(date: str) -> float | None:
    try:
        when = parsedate_to_datetime(date)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _headers(hop: Hop) -> tuple[str, ...]:
    return hop.head.all("set-cookie") if hop.head is not None else ()


def _cells(hop: Hop, header: str, started_at: float) -> Cells:
    cookie = cookies.parse(header)
    rest = [f"{name}={value}" if value else name for name, value in cookie.attributes if name.lower() not in _KNOWN]
    domain = cookie.attribute("domain") or host_of(hop.url)
    expires = lifetime(cookie, started_at)
    return (cookie.name, cookie.value, domain, cookie.attribute("path") or "", expires, ", ".join(rest))
