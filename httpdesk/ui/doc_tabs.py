"""Document tabs: method, title, and a cross or a dot for unsaved work."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar

from httpdesk.ui import tokens
from httpdesk.ui.paint import LEFT, radius, rounded, text
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip

_WIDEST_PX, _USUAL_PX, _LEAST_PX = 216, 112, 88


class DocTabs(QTabBar):
    """Each tab's data: method, title, dirty, preview (italics), busy; a middle click or the cross closes."""

    close_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setMouseTracking(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("Open tabs"))
        theme.bind(self, self._resize)

    def insert_document(self, index: int, data: dict[str, Any]) -> None:
        """Add a tab."""
        self.blockSignals(True)
        self.insertTab(index, data["title"])
        self.blockSignals(False)
        self.set_document(index, data)

    def set_document(self, index: int, data: dict[str, Any]) -> None:
        """Show something else on a tab."""
        if self.tabData(index) == data:
            return
        self.setTabData(index, data)
        self.setTabText(index, data["title"])
        words = f"{data['method']} {data['title']}".strip()
        self.setAccessibleTabName(index, self.tr("{name}, unsaved").format(name=words) if data["dirty"] else words)
        self.setTabToolTip(index, as_tip(words))
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """Method, title and the place of the cross."""
        data = self.tabData(index) or {"method": "", "title": ""}
        method = tokens.METHOD_SHORT.get(data["method"], data["method"])
        width = theme.px(12) + (theme.fm("method").horizontalAdvance(method) + theme.px(8) if method else 0)
        width += theme.fm("body").horizontalAdvance(data["title"]) + theme.px(32)
        return QSize(int(max(theme.px(_USUAL_PX), min(theme.px(_WIDEST_PX), width))), theme.size("tabstrip"))

    def minimumTabSizeHint(self, _index: int) -> QSize:
        """What a tab shrinks to before the strip scrolls."""
        return QSize(theme.px(_LEAST_PX), theme.size("tabstrip"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The cross and the middle button close; else the tab comes to the front."""
        index = self.tabAt(event.position().toPoint())
        middle = event.button() == Qt.MouseButton.MiddleButton
        if index >= 0 and (middle or self._cross(index).contains(event.position())):
            self.close_requested.emit(index)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cross follows the mouse."""
        super().mouseMoveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line below, then each tab."""
        painter, height = QPainter(self), self.height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, height - 1, self.width(), 1), theme.color("line"))
        mouse = self.mapFromGlobal(self.cursor().pos())
        hover = self.tabAt(mouse) if self.underMouse() else -1
        for index in range(self.count()):
            self._paint_ground(painter, index)
            self._paint_words(painter, index, hovered=index == hover)

    def _paint_ground(self, painter: QPainter, index: int) -> None:
        rect, height, current = QRectF(self.tabRect(index)), self.height(), self.currentIndex()
        if index != current:
            if index + 1 != current:
                line = QRectF(rect.right() - 1, height / 2 - 6, 1, 16)
                painter.fillRect(line, theme.color("line_strong", 0.6))
            return
        path, corner, top = QPainterPath(), radius("lg"), 5.5
        left, right = rect.left() + 0.5, rect.right() - 0.5
        path.moveTo(left, height + 1)
        path.lineTo(left, top + corner)
        path.quadTo(left, top, left + corner, top)
        path.lineTo(right - corner, top)
        path.quadTo(right, top, right, top + corner)
        path.lineTo(right, height + 1)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("canvas"))
        painter.drawPath(path)
        painter.fillRect(QRectF(rect.left() + 1, height - 1, rect.width() - 2, 1), theme.color("canvas"))

    def _paint_words(self, painter: QPainter, index: int, *, hovered: bool) -> None:
        data, current = self.tabData(index), index == self.currentIndex()
        if not data:
            return
        rect = QRectF(self.tabRect(index)).adjusted(0, 5, 0, 0)
        method = tokens.METHOD_SHORT.get(data["method"], data["method"])
        left = theme.px(12)
        if method:
            role = theme.method_role(data["method"])
            text(painter, rect.adjusted(left, 0, 0, 0), method, "method", role, elide=False)
            left += int(theme.fm("method").horizontalAdvance(method)) + theme.px(8)
        font = theme.font("body")
        font.setItalic(bool(data["preview"]))
        words = rect.adjusted(left, 0, -theme.px(28), 0)
        painter.setFont(font)
        painter.setPen(theme.color("text" if current else "text2"))
        title = QFontMetricsF(font).elidedText(data["title"], Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, LEFT, title)
        cross = self._cross(index)
        if hovered or (current and not data["dirty"]):
            theme.draw_icon(painter, "x", cross.adjusted(5, 5, -5, -5), "text" if hovered else "text3")
        elif data["dirty"]:
            side = theme.px(7)
            dot = QRectF(cross.center().x() - side / 2, cross.center().y() - side / 2, side, side)
            rounded(painter, dot, side / 2, theme.dot("warning"))
        if current and self.hasFocus():
            rounded(painter, rect.adjusted(4, 4, -4, -4), radius("sm"), None, theme.color("focus"), 1.5)

    def _cross(self, index: int) -> QRectF:
        rect, side = QRectF(self.tabRect(index)), theme.px(24)
        return QRectF(rect.right() - theme.px(28), rect.center().y() + 2.5 - side / 2, side, side)

    def _resize(self) -> None:
        self.setFixedHeight(theme.size("tabstrip"))
        self.updateGeometry()
