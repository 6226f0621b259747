"""Parts of the welcome page: tiles that do something, and lines that open a request."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from httpdesk.ui import tokens
from httpdesk.ui.elided_label import ElidedLabel
from httpdesk.ui.paint import RIGHT, radius, rounded, text
from httpdesk.ui.pills import KeyCap
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import icon_label

_TILE_PX, _LINE_PX = 64, 28
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Pressable(QAbstractButton):
    """A button that paints itself; Enter presses it, as Space does."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if event.key() in _ENTER and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()


class Tile(_Pressable):
    """An icon, a title, a line that says what it is for, and the shortcut."""

    def __init__(self, icon: str, title: str, words: str, keys: str = "") -> None:
        super().__init__(title)
        self.setAccessibleDescription(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay = QHBoxLayout(self)
        self._lay.addWidget(icon_label(icon, "accent", 20))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        # A narrow tile cuts its words, not its place.
        self._lines = (ElidedLabel("strong"), ElidedLabel("small", "text2", height_px=16))
        for part, said in zip(self._lines, (title, words), strict=True):
            part.show_words(said)
            column.addWidget(part)
        column.addStretch(1)
        self._lay.addLayout(column, 1)
        if keys:
            self._lay.addWidget(KeyCap(keys))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.bind(self, self._fit)

    @property
    def words(self) -> list[str]:
        """What it says."""
        return [line.words for line in self._lines]

    def sizeHint(self) -> QSize:
        """A tile of the design."""
        return QSize(theme.px(280), theme.px(_TILE_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card."""
        ground = theme.color("hover") if self.underMouse() or self.isDown() else theme.color("canvas")
        edge, width = ("focus", 1.5) if self.hasFocus() else ("line", 1.0)
        rounded(QPainter(self), QRectF(self.rect()), radius("lg"), ground, theme.color(edge), width)

    def _fit(self) -> None:
        self._lay.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self._lay.setSpacing(theme.px(12))
        self.setFixedHeight(theme.px(_TILE_PX))


class RecentLine(_Pressable):
    """A request that was used lately: method, name, and where it is."""

    wanted = Signal(str)

    def __init__(self, path: str, method: str, name: str) -> None:
        super().__init__(name)
        self.setAccessibleDescription(f"{method} {path}")
        self.setToolTip(as_tip(path))
        self._path, self._method, self._name = path, method, name
        self.clicked.connect(lambda: self.wanted.emit(path))
        theme.bind(self, lambda: self.setFixedHeight(theme.px(_LINE_PX)))

    def sizeHint(self) -> QSize:
        """One row of the design."""
        return QSize(theme.px(280), theme.px(_LINE_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Method, name, place."""
        painter, rect = QPainter(self), QRectF(self.rect())
        ground = theme.color("hover") if self.underMouse() else None
        ring = theme.color("focus") if self.hasFocus() else None
        rounded(painter, rect, radius("sm"), ground, ring, 1.5)
        pad, column = theme.px(8), theme.size("method_col")
        method = tokens.METHOD_SHORT.get(self._method, self._method)
        text(painter, rect.adjusted(pad, 0, 0, 0), method, "method", theme.method_role(self._method), elide=False)
        left = pad + column
        name_width = min(theme.fm("body").horizontalAdvance(self._name) + 2, (rect.width() - left - pad) * 0.65)
        text(painter, QRectF(left, 0, name_width, rect.height()), self._name)
        folder = self._path.rpartition("/")[0]
        place = QRectF(left + name_width + theme.px(12), 0, 0, rect.height())
        place.setRight(rect.right() - pad)
        text(painter, place, folder, "small", "text3", RIGHT)
