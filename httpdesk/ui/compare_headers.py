"""Header comparison: the headers of two answers in one table, with a sign where they differ."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from httpdesk.core.header_pairs import MINUS, HeaderPair, header_pairs
from httpdesk.ui.plain_table import Index, PlainDelegate, PlainModel, PlainTable
from httpdesk.ui.theme import theme

_SIGN, _NAME, _LEFT, _RIGHT = range(4)
_SIGN_PX, _NAME_PX = 32, 220
_Headers = Sequence[tuple[str, str]]


class HeaderComparison(PlainTable):
    """One row for each header: sign, name, left value, right value."""

    def __init__(self) -> None:
        self._narrowed = True
        model = PlainModel(("", "", "", ""))
        super().__init__(model, "", (_SIGN_PX, _NAME_PX, _NAME_PX))
        model.heads = ("", self.tr("Name"), self.tr("Left"), self.tr("Right"))
        self.setAccessibleName(self.tr("Headers of both answers"))
        self.setItemDelegate(_PairDelegate(self, frozenset({_NAME})))
        self._pairs: list[HeaderPair] = []

    @property
    def count(self) -> int:
        """How many headers differ."""
        return sum(1 for pair in self._pairs if pair.sign)

    def show_headers(self, left: _Headers, right: _Headers) -> None:
        """Show the headers of two answers."""
        self._pairs = header_pairs(left, right)
        self._show()

    def hide_equal(self, *, hidden: bool) -> None:
        """Show only what differs, or everything."""
        self._narrowed = hidden
        self._show()

    def go_to_difference(self, step: int) -> None:
        """Select the next row that differs (1) or the one before (-1), around the end."""
        rows = [number for number, cells in enumerate(self.plain.rows) if cells[_SIGN]]
        if rows:
            at = self.currentIndex().row()
            later = [row for row in rows if (row > at if step > 0 else row < at)]
            self.selectRow((later or rows)[0 if step > 0 else -1])

    def line_of(self, row: int) -> str:
        """Both header lines, as far as there are two."""
        sign, name, left, right = self.plain.rows[row]
        lines = [f"{name}: {left}"] if sign != "+" else []
        return "\n".join(lines + ([f"{name}: {right}"] if sign in ("+", "~") else []))

    def value_of(self, row: int) -> str:
        """The value on the right, or on the left where there is no other."""
        cells = self.plain.rows[row]
        return cells[_LEFT] if cells[_SIGN] == MINUS else cells[_RIGHT]

    def _show(self) -> None:
        shown = [pair for pair in self._pairs if pair.sign or not self._narrowed]
        self.plain.set_rows([(pair.sign, pair.name, pair.left or "", pair.right or "") for pair in shown])

    def _share(self) -> None:
        """Both values have the same room."""
        heads, fixed = self.horizontalHeader(), theme.px(_SIGN_PX)
        name_px = min(theme.px(_NAME_PX), self.viewport().width() // 4)
        half_px = max(0, self.viewport().width() - fixed - name_px) // 2
        for column, width_px in ((_SIGN, fixed), (_NAME, name_px), (_LEFT, half_px)):
            heads.resizeSection(column, width_px)


class _PairDelegate(PlainDelegate):
    """Tints the values that differ."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A tint below the cell where its side has what the other one has not."""
        sign = str(index.sibling(index.row(), _SIGN).data(Qt.ItemDataRole.DisplayRole) or "")
        role = {"~": "warning", MINUS: "danger", "+": "success"}.get(sign, "")
        one_side = {MINUS: _LEFT, "+": _RIGHT}.get(sign, index.column())
        if role and index.column() in (_SIGN, one_side) and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRectF(option.rect), theme.tint(role))
        super().paint(painter, option, index)
