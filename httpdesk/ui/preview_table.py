"""Table page: rows and columns of a body of any size, read from it as they are seen."""

from functools import partial

from PySide6.QtCore import QAbstractTableModel, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from httpdesk.body.spool import Spool
from httpdesk.body.table import Cell
from httpdesk.body.table_shape import Shape
from httpdesk.ui.announce import announce
from httpdesk.ui.menus import menu
from httpdesk.ui.paint import LEFT, RIGHT, text
from httpdesk.ui.plain_table import ROOT, Index, shown
from httpdesk.ui.row_area import RowArea
from httpdesk.ui.table_reading import TableReading
from httpdesk.ui.theme import theme

_REFRESH_MS = 50
# What is quick is seen at once: the first looks come sooner.
_SOON_MS, _SOON_TIMES = 8, 6
_NARROWEST_PX, _WIDEST_PX, _GUTTER_PX, _PAD_PX = 48, 320, 60, 8
_MEASURED_ROWS = 20
_Key = QKeySequence.StandardKey


class TablePage(RowArea):
    """One cell is the current one; keys and clicks move it, Ctrl+C copies it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._gutter_px, self._cell_px = 0, 8.0
        self._heads = _Heads()
        super().__init__(parent)
        self.setAccessibleName(self.tr("Body as a table"))
        self._reading: TableReading | None = None
        self._work: list[TableReading] = []
        self._known: tuple[str, ...] = ()
        self._measured = self._looks = 0
        self.current: tuple[int, int] | None = None
        self._header = QHeaderView(Qt.Orientation.Horizontal, self)
        self._header.setModel(self._heads)
        self._header.setSectionsClickable(False)
        self._header.setHighlightSections(False)
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._header.sectionResized.connect(self._resized)
        self.horizontalScrollBar().valueChanged.connect(self._header.setOffset)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self.destroyed.connect(partial(_end, self._work))
        theme.bind(self, self._dress)

    # -- what is shown

    def show_body(self, spool: Spool, shape: Shape, encoding: str) -> None:
        """Show the rows of a body, which may still grow."""
        self.clear()
        self._reading = TableReading(spool, shape, encoding)
        self._work.append(self._reading)
        self._looks = 0
        self._timer.start(_SOON_MS)

    def clear(self) -> None:
        """Show nothing, end the work."""
        self._timer.stop()
        _end(self._work)
        self._reading, self._known, self._measured, self.current = None, (), 0, None
        self._heads.set_names(())
        self.set_count(0)
        self.scroll_to_top()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._known

    @property
    def shown_rows(self) -> list[list[str]]:
        """The cells of the rows in view, as they are painted."""
        return [[shown(cell.text) for cell in self._cells(row)] for row in self.seen]

    def _cells(self, row: int) -> list[Cell]:
        return self._reading.table.row(row) if self._reading is not None else []

    def _refresh(self) -> None:
        reading = self._reading
        if reading is None:
            return
        self._looks += 1
        if self._looks == _SOON_TIMES:
            self._timer.setInterval(_REFRESH_MS)
        ended = reading.complete  # first: what comes in between is not the end
        table = reading.table
        if table.columns != self._known:
            self._known = table.columns
            self._heads.set_names(self._known)
            self._measured = 0
        count = table.count
        if self._measured < min(count, _MEASURED_ROWS):
            self._measure(min(count, _MEASURED_ROWS))
        self.set_count(count)
        self.setAccessibleDescription(
            self.tr("{0} rows, {1} columns").format(self.locale().toString(count), len(self._known))
        )
        if ended:
            self._timer.stop()

    def _measure(self, rows: int) -> None:
        """Make the columns as wide as their first cells need, within limits."""
        metrics = theme.fm("code_sm")
        cells = [self._cells(row) for row in range(rows)]
        self._header.blockSignals(True)
        for column, name in enumerate(self._known):
            words = [shown(name), *(shown(row[column].text[:80]) for row in cells if column < len(row))]
            widest_px = metrics.horizontalAdvance(max(words, key=len)) + theme.px(3 * _PAD_PX)
            self._header.resizeSection(
                column, round(max(theme.px(_NARROWEST_PX), min(widest_px, theme.px(_WIDEST_PX))))
            )
        self._header.blockSignals(False)
        self._measured = rows
        self._fit_bars()
        self.viewport().update()

    # -- the current cell

    def select(self, row: int, column: int) -> None:
        """Make a cell the current one and show it."""
        if not self.count or not self._known:
            return
        row, column = max(0, min(row, self.count - 1)), max(0, min(column, len(self._known) - 1))
        self.current = row, column
        self.reveal(row)
        self._reveal_column(column)
        self.viewport().update()
        announce(self, f"{self._known[column]}: {shown(self._cells(row)[column].text[:200])}")

    def copy_cell(self) -> None:
        """Copy the text of the current cell, all of it."""
        if self.current is not None and self._reading is not None:
            QApplication.clipboard().setText(self._reading.table.whole_cell(*self.current))

    def copy_row(self) -> None:
        """Copy the current row as it was received."""
        if self.current is not None and self._reading is not None:
            QApplication.clipboard().setText(self._reading.table.record(self.current[0]))

    def copy_name(self) -> None:
        """Copy the name of the current column."""
        if self.current is not None:
            QApplication.clipboard().setText(self._known[self.current[1]])

    def toggle_header(self) -> None:
        """Take the first line of CSV for names, or for a row."""
        if self._reading is not None:
            self._reading.set_header(has_header=not self._reading.table.has_header)
            self._refresh()
            self.viewport().update()

    def _reveal_column(self, column: int) -> None:
        across, left_px = self.horizontalScrollBar(), self._header.sectionPosition(column)
        right_px = left_px + self._header.sectionSize(column) + self._gutter_px
        if left_px < across.value():
            across.setValue(left_px)
        elif right_px > across.value() + self.viewport().width():
            across.setValue(min(left_px, right_px - self.viewport().width()))

    # -- painting

    def content_px(self) -> int:
        """All columns."""
        return self._header.length() + self._gutter_px if self._known else 0

    def paint_rows(self, painter: QPainter, rows: range, top_px: int) -> None:
        """The cells that are seen, and the numbers of the rows before them."""
        offset, width = self.horizontalScrollBar().value(), self.viewport().width()
        first = max(0, self._header.logicalIndexAt(0))
        painter.setFont(theme.font("code_sm"))
        for at, row in enumerate(rows):
            area = QRectF(0, top_px + at * self._row_px, width, self._row_px)
            painter.fillRect(QRectF(0, area.bottom() - 1, width, 1), theme.color("line"))
            cells = self._cells(row)
            for column in range(first, len(cells)):
                left_px = self._gutter_px + self._header.sectionPosition(column) - offset
                if left_px > width:
                    break
                cell = QRectF(left_px, area.top(), self._header.sectionSize(column), area.height() - 1)
                self._paint_cell(painter, cell, cells[column], is_current=self.current == (row, column))
            gutter = QRectF(0, area.top(), self._gutter_px, area.height() - 1)
            painter.fillRect(gutter, theme.color("canvas"))
            inside = gutter.adjusted(0, 0, -theme.px(12), 0)
            text(painter, inside, str(row + 1), "code_sm", "gutter", RIGHT, elide=False)

    def _paint_cell(self, painter: QPainter, area: QRectF, cell: Cell, *, is_current: bool) -> None:
        if is_current:
            painter.fillRect(area, theme.color("selected"))
        if not cell.text:
            return
        room = area.adjusted(theme.px(_PAD_PX), 0, -theme.px(_PAD_PX), 0)
        # No more is laid out than fits: a cell may hold thousands of characters, in a font of one width.
        fits = max(1, int(room.width() / self._cell_px))
        words = shown(cell.text[: fits + 1].replace("\n", " ").replace("\t", " "))
        if words.isascii() and len(words) <= fits:
            painter.setPen(theme.color(cell.role))
            painter.drawText(room, LEFT, words)
        else:
            text(painter, room, words, "code_sm", cell.role)

    # -- fitting

    def _dress(self) -> None:
        self._row_px = theme.size("row")
        height_px = theme.size("table_header")
        self._gutter_px = theme.px(_GUTTER_PX)
        self._cell_px = theme.fm("code_sm").horizontalAdvance("0")
        self.setViewportMargins(0, height_px, 0, 0)
        self._header.setMinimumSectionSize(theme.px(24))
        self._place_header()
        if self._known:
            self._measure(self._measured)
        self._fit_bars()

    def _place_header(self) -> None:
        area, height_px = self.viewport().geometry(), theme.size("table_header")
        self._header.setGeometry(
            area.left() + self._gutter_px, area.top() - height_px, max(0, area.width() - self._gutter_px), height_px
        )

    def _resized(self) -> None:
        self._fit_bars()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The header stays above the rows."""
        super().resizeEvent(event)
        self._place_header()

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, pages and ends move the current cell; Ctrl+C copies it."""
        row, column = self.current or (self.seen.start, 0)
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_PageUp: (-self.page, 0),
            Qt.Key.Key_PageDown: (self.page, 0),
        }
        step = steps.get(Qt.Key(event.key()))
        far = self.count if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 0
        if event.matches(_Key.Copy):
            self.copy_cell()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            at_end = event.key() == Qt.Key.Key_End
            self.select((far if at_end else 0) if far else row, len(self._known) if at_end and not far else 0)
        elif step is not None:
            self.select(row + step[0], column + step[1]) if self.current else self.select(row, column)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the cell under the mouse the current one."""
        self._select_at(event.position().toPoint())

    def _select_at(self, point: QPoint) -> None:
        row = (point.y() + self._depth_px) // self._row_px
        column = self._header.logicalIndexAt(max(0, point.x() - self._gutter_px))
        if 0 <= row < self.count and column >= 0:
            self.select(row, column)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be copied, and what the first line is."""
        if self._reading is None:
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._select_at(self.viewport().mapFromGlobal(event.globalPos()))
        rows = [
            ("copy", self.tr("Copy the value"), "Ctrl+C"),
            ("", self.tr("Copy the row"), ""),
            ("", self.tr("Copy the name of the column"), ""),
        ]
        runs = [self.copy_cell, self.copy_row, self.copy_name]
        if self._reading.table.shape.kind == "csv":
            has_header = self._reading.table.has_header
            rows.append(("", self.tr("First line is a row") if has_header else self.tr("First line has the names"), ""))
            runs.append(self.toggle_header)
        popup = menu(rows, self)
        for action, run in zip(popup.actions(), runs, strict=True):
            action.triggered.connect(lambda _checked=False, run=run: run())
            action.setEnabled(self.current is not None or run == self.toggle_header)
        popup.popup(event.globalPos())


class _Heads(QAbstractTableModel):
    """The names of the columns, for the header."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()

    def set_names(self, names: tuple[str, ...]) -> None:
        """Show other names."""
        self.beginResetModel()
        self._names = names
        self.endResetModel()

    def rowCount(self, _parent: Index = ROOT) -> int:
        """No rows: they are painted by the page."""
        return 0

    def columnCount(self, parent: Index = ROOT) -> int:
        """One for each name."""
        return 0 if parent.isValid() else len(self._names)

    def data(self, _index: Index, _role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Nothing."""
        return None

    def headerData(self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A name, with signs for what would not be seen."""
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self._names[section]) or "\u2009"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _end(work: list[TableReading]) -> None:
    for reading in work:
        reading.close()
    work.clear()
