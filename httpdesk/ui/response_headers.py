"""Headers page: the headers of an answer as received, with a filter of their own."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core.exchange import Hop
from httpdesk.ui.plain_table import Cells, PlainModel, PlainTable
from httpdesk.ui.search_edit import SearchEdit
from httpdesk.ui.states import center_state
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, label, row

_FILTER_PX = 220


class HeadersPage(QWidget):
    """Name and value, in order and spelling of the server; rows or all of them can be copied."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Cells] = []
        self._keys: list[str] = []
        self.filter = SearchEdit(self.tr("Filter headers"))
        self.filter.setProperty("size", "sm")
        self.filter.textChanged.connect(self._narrow)
        self._count = label("", "small", "text3")
        self._copy = icon_button("copy", self.tr("Copy all headers"))
        self.table = _HeaderTable(PlainModel((self.tr("Name"), self.tr("Value"))), self.tr("Response headers"), (180,))
        self._copy.clicked.connect(self.table.copy_all)
        self.filter.go_down.connect(self.table.setFocus)
        self._none = center_state("list-filter", self.tr("No header fits"), self.tr("Nothing has that name or value."))
        self._stack = QStackedWidget()
        self._stack.addWidget(row(self.table, margins=(8, 0, 8, 0)))
        self._stack.addWidget(self._none)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(row(self.filter, self._count, None, self._copy, margins=(12, 0, 8, 0), height=36))
        lay.addWidget(self._stack, 1)
        theme.bind(self, lambda: self.filter.setFixedWidth(theme.px(_FILTER_PX)))

    def show_hop(self, hop: Hop | None) -> None:
        """Show the headers of one answer; the filter stays."""
        headers = hop.head.headers if hop is not None and hop.head is not None else ()
        self._rows = list(headers)
        self._keys = [f"{name}: {value}".lower() for name, value in headers]
        self._narrow()

    @property
    def count_words(self) -> str:
        """What is said beside the filter."""
        return self._count.text()

    def focus_filter(self) -> None:
        """Put the focus into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _narrow(self, *_: str) -> None:
        wanted = self.filter.text().strip().lower()
        rows = self._rows
        if wanted:
            rows = [cells for cells, key in zip(self._rows, self._keys, strict=True) if wanted in key]
        self.table.plain.set_rows(rows)
        words = self.tr("{shown} of {all}").format(shown=len(rows), all=len(self._rows)) if wanted else str(len(rows))
        self._count.setText(words)
        self._stack.setCurrentIndex(1 if wanted and self._rows and not rows else 0)


class _HeaderTable(PlainTable):
    def line_of(self, row: int) -> str:
        """A header line."""
        return ": ".join(self.plain.rows[row])
