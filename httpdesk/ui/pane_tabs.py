"""Pane tabs: quiet underlined tabs with a count or a dot; what does not fit goes into "+2"."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar

from httpdesk.ui.menus import menu
from httpdesk.ui.paint import LEFT, radius, rounded, text
from httpdesk.ui.theme import theme

_PAD_PX, _MORE_PX = 8, 44


class PaneTabs(QTabBar):
    """tabs: (title, note); the note is a count, "dot" for content, "+4/4" or "-3/4" for a coloured result."""

    def __init__(self, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._hidden: list[int] = []
        self._more = QRectF()
        self._fitting = False
        for title, note in tabs:
            self.set_note(self.addTab(title), note)
        self.currentChanged.connect(lambda _: self._fit())
        theme.bind(self, self._resize)

    def set_note(self, index: int, note: str) -> None:
        """Show another count or dot beside a title."""
        if self.tabData(index) != note:
            self.setTabData(index, note)
            title = self.tabText(index)
            self.setAccessibleTabName(index, f"{title} {note.lstrip('+-')}" if note and note != "dot" else title)
            self.updateGeometry()
            self._fit()
            # Qt lays the tabs out anew only when a text changes.
            self.setTabText(index, title)

    def sizeHint(self) -> QSize:
        """All tabs."""
        return QSize(sum(self._width(index) for index in range(self.count())), theme.size("pane_tabs") - 1)

    def minimumSizeHint(self) -> QSize:
        """The current tab and "+2"."""
        return QSize(self._width(max(0, self.currentIndex())) + theme.px(_MORE_PX), theme.size("pane_tabs") - 1)

    def tabSizeHint(self, index: int) -> QSize:
        """Title and note."""
        return QSize(self._width(index), theme.size("pane_tabs") - 1)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Tabs do not shrink."""
        return self.tabSizeHint(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose what fits."""
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on "+2" opens the menu of what does not fit."""
        if self._hidden and self._more.contains(event.position()):
            popup = menu([("", self.tabText(index), "") for index in self._hidden], self)
            for action, index in zip(popup.actions(), tuple(self._hidden), strict=True):
                action.triggered.connect(lambda _=False, index=index: self.setCurrentIndex(index))
            popup.popup(self.mapToGlobal(self._more.bottomLeft().toPoint()))
            return
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Titles, notes, the line under the current one."""
        painter = QPainter(self)
        hover = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        end = 0.0
        for index in range(self.count()):
            if self.isTabVisible(index):
                rect = QRectF(self.tabRect(index))
                end = rect.right()
                self._paint_tab(painter, index, rect, hovered=index == hover)
        if self._hidden:
            self._more = QRectF(end + 4, self.height() / 2 - theme.px(10), theme.px(40), theme.px(20))
            text(painter, self._more.adjusted(4, 0, 0, 0), f"+{len(self._hidden)}", "small", "text2", elide=False)
            arrow = QRectF(self._more.left() + theme.px(22), self._more.center().y() - 6, 12, 12)
            theme.draw_icon(painter, "chevron-down", arrow, "text3")

    def _paint_tab(self, painter: QPainter, index: int, rect: QRectF, *, hovered: bool) -> None:
        current, note, pad = index == self.currentIndex(), self.tabData(index) or "", theme.px(_PAD_PX)
        painter.setFont(theme.font("tab"))
        painter.setPen(theme.color("text" if current or hovered else "text2"))
        painter.drawText(rect.adjusted(pad, 0, 0, 0), LEFT, self.tabText(index))
        x = rect.left() + pad + theme.fm("tab").horizontalAdvance(self.tabText(index)) + theme.px(5)
        if note == "dot":
            side = theme.px(5)
            rounded(painter, QRectF(x, rect.center().y() - side / 2, side, side), side / 2, theme.color("accent"))
        elif note:
            role = {"+": "success", "-": "danger"}.get(note[0], "text3")
            text(painter, QRectF(x, rect.top(), 80, rect.height()), note.lstrip("+-"), "micro", role, elide=False)
        if current:
            under = QRectF(rect.left() + pad, rect.bottom() - 2, rect.width() - 2 * pad, 2)
            rounded(painter, under, 1, theme.color("accent"))
            if self.hasFocus():
                rounded(painter, rect.adjusted(2, 6, -2, -6), radius("sm"), None, theme.color("focus"), 1.5)

    def _fit(self) -> None:
        """Tabs that do not fit go behind "+2"; the current one always stays."""
        if self._fitting:
            return
        self._fitting = True
        every = range(self.count())
        keep = set(every)
        if sum(self._width(index) for index in every) > self.width() > 0:
            budget = self.width() - theme.px(_MORE_PX) - self._width(max(0, self.currentIndex()))
            keep = {self.currentIndex()}
            for index in every:
                if index in keep:
                    continue
                if budget < self._width(index):
                    break
                keep.add(index)
                budget -= self._width(index)
        self._hidden = [index for index in every if index not in keep]
        for index in every:
            if self.isTabVisible(index) != (index in keep):
                self.setTabVisible(index, index in keep)
        self._fitting = False
        self.update()

    def _resize(self) -> None:
        self.setFixedHeight(theme.size("pane_tabs") - 1)
        self.updateGeometry()
        self._fit()

    def _width(self, index: int) -> int:
        note = self.tabData(index) or ""
        extra = 0.0
        if note:
            extra = (
                theme.px(10) if note == "dot" else theme.fm("micro").horizontalAdvance(note.lstrip("+-")) + theme.px(5)
            )
        return int(theme.fm("tab").horizontalAdvance(self.tabText(index)) + extra + 2 * theme.px(_PAD_PX) + 0.99)
