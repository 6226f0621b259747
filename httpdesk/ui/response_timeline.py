"""Timeline page: the story of a send, line by line, with what was sent and what came."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from httpdesk.core.exchange import Exchange
from httpdesk.ui.paint import RIGHT, text
from httpdesk.ui.plain_table import Index, PlainModel, PlainTable, paint_ground, shown
from httpdesk.ui.response_story import Line, first_line_of, story
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, label, row

_TIME_PX, _ICON_PX, _TITLE_PX, _WORDS_PX, _NARROW_PX = 72, 88, 112, 262, 640

_LOUD = frozenset({"triangle-alert", "shield-alert", "circle-x", "circle-stop"})


class TimelinePage(QWidget):
    """Every hop with its connection, request, answer and faults; lines or all of them can be copied."""

    def __init__(self) -> None:
        super().__init__()
        self.table = _StoryTable(self.tr("Timeline"))
        self._title = label("", "small", "text2")
        copy = icon_button("copy", self.tr("Copy the timeline"))
        copy.clicked.connect(self.table.copy_all)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(row(self._title, None, copy, margins=(16, 0, 8, 0), height=36))
        lay.addWidget(self.table, 1)

    def show_exchange(self, exchange: Exchange | None) -> None:
        """Tell another story, or none."""
        self.table.show_lines(story(exchange) if exchange is not None else [])
        count = len(exchange.hops) if exchange is not None else 0
        one = self.tr("1 request on the wire")
        self._title.setText(one if count == 1 else self.tr("%n requests on the wire", "", count))

    def show_hop(self, number: int) -> None:
        """Bring the block of a hop to the top."""
        if self.table.lines:
            self.table.doItemsLayout()  # else it scrolls by the geometry of the story before
            index = self.table.plain.index(first_line_of(self.table.lines, number), 0)
            self.table.scrollTo(index, PlainTable.ScrollHint.PositionAtTop)


class _StoryTable(PlainTable):
    def __init__(self, name: str) -> None:
        super().__init__(PlainModel((name,)), name, ())
        self.lines: list[Line] = []
        self.horizontalHeader().hide()
        self.setItemDelegate(_StoryDelegate(self))

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.lines = lines
        self.plain.set_rows([(str(line),) for line in lines])

    def row_px(self) -> int:
        """Denser than a table of values."""
        return theme.size("row_compact")

    def value_of(self, row: int) -> str:
        """A line without its sign."""
        return self.lines[row].words


class _StoryDelegate(QStyledItemDelegate):
    def __init__(self, table: _StoryTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Time, icon, title and words; a line of the wire begins where the title does."""
        line, cell = self._table.lines[index.row()], QRectF(option.rect)
        paint_ground(painter, option, cell)
        left = cell.adjusted(0, 0, -theme.px(12), 0)
        if line.sign == "*":
            self._paint_event(painter, left, line)
        elif line.sign:
            left.setLeft(cell.left() + theme.px(_TITLE_PX))
            text(painter, left, line.sign, "code_sm", "warning" if line.sign == ">" else "success")
            left.setLeft(left.left() + theme.px(16))
            text(painter, left, shown(line.words), "code_sm", "text2")
        else:
            self._paint_heading(painter, cell, left, line)

    def _paint_event(self, painter: QPainter, cell: QRectF, line: Line) -> None:
        if line.at_ms is not None:
            time = QRectF(cell.left(), cell.top(), theme.px(_TIME_PX), cell.height())
            unit = " ms" if line.at_ms < 0.05 else ""
            text(painter, time, f"{line.at_ms:.1f}{unit}", "code_sm", "text3", RIGHT, elide=False)
        side = theme.px(14)
        if line.icon:
            place = QRectF(cell.left() + theme.px(_ICON_PX), cell.center().y() - side / 2, side, side)
            theme.draw_icon(painter, line.icon, place, line.role)
        title_px = theme.px(_WORDS_PX - _TITLE_PX - 8 if cell.width() > theme.px(_NARROW_PX) else 110)
        title = QRectF(cell.left() + theme.px(_TITLE_PX), cell.top(), title_px, cell.height())
        text(painter, title, shown(line.title), "small", line.role if line.icon in _LOUD else "text")
        cell.setLeft(title.right() + theme.px(8))
        text(painter, cell, shown(line.words), "code_sm", "text2")

    def _paint_heading(self, painter: QPainter, cell: QRectF, left: QRectF, line: Line) -> None:
        painter.fillRect(cell.adjusted(0, 0, 0, -1), theme.color("inset"))
        left.setLeft(cell.left() + theme.px(16))
        text(painter, left, line.title, "small", "text3")
        left.setLeft(left.left() + theme.fm("small").horizontalAdvance(line.title) + theme.px(12))
        text(painter, left, shown(line.words), "code_sm", "text", Qt.AlignmentFlag.AlignVCenter)
