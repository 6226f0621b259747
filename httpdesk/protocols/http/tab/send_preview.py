"""Will send: the URL that would go out now, at the bottom of Params; a click copies it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy

from httpdesk.core.preview import Preview
from httpdesk.ui.paint import LEFT, text
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import icon_button

_HEAD_PX, _LINE_PX, _FOOT_PX, _LINES = 32, 18, 8, 3


class SendPreview(QFrame):
    """The resolved URL, broken anywhere, on at most three lines."""

    def __init__(self) -> None:
        super().__init__()
        self._url = ""
        self._copy = icon_button("copy", self.tr("Copy the URL"), 24, icon=14)
        self._copy.setParent(self)
        self._copy.clicked.connect(lambda: QApplication.clipboard().setText(self._url))
        self.whole = icon_button("scroll-text", self.tr("Show the whole request"), 24, icon=14)
        self.whole.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Will send"))

    def show_preview(self, preview: Preview) -> None:
        """Show another URL."""
        if preview.url != self._url:
            self._url = preview.url
            self.setAccessibleDescription(self._url)
            self.setToolTip(as_tip(self._url))
            self.updateGeometry()
            self.update()

    @property
    def url(self) -> str:
        """The URL that is shown."""
        return self._url

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        lines = max(1, len(self._broken()))
        return QSize(200, theme.px(_HEAD_PX + _LINE_PX * lines + _FOOT_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break anew."""
        super().resizeEvent(event)
        self._copy.move(self.width() - theme.px(36), theme.px(4))
        self.whole.move(self.width() - theme.px(64), theme.px(4))
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, title and URL."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        text(
            painter,
            QRectF(theme.px(16), theme.px(4), self.width(), theme.px(28)),
            self.tr("Will send"),
            "small",
            "text2",
        )
        for number, part in enumerate(self._broken()):
            y = theme.px(_HEAD_PX) + number * theme.px(_LINE_PX)
            text(
                painter,
                QRectF(theme.px(16), y, self.width(), theme.px(_LINE_PX)),
                part,
                "code_sm",
                "text2",
                LEFT,
                elide=False,
            )

    def _broken(self) -> list[str]:
        cell = QFontMetricsF(theme.font("code_sm")).horizontalAdvance("M")
        count = max(8, int((self.width() - theme.px(32)) // cell))
        parts = [self._url[at : at + count] for at in range(0, len(self._url), count)]
        if len(parts) > _LINES:
            parts = [*parts[: _LINES - 1], parts[_LINES - 1][:-1] + "…"]
        return parts
