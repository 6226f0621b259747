"""The choice of the theme as small pictures of the window."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from httpdesk.ui import tokens
from httpdesk.ui.paint import CENTER, radius, rounded, text
from httpdesk.ui.theme import theme

_WIDTH_PX, _PICTURE_PX, _HEIGHT_PX, _GAP_PX = 184, 96, 128, 16
_MODES = {"system": ("light", "dark"), "light": ("light",), "dark": ("dark",)}
# Lines of the picture: top, width, role.
_SIDE = ((22, 30, "text3"), (32, 36, "text2"), (42, 26, "text3"), (52, 34, "text3"), (62, 24, "text3"))
_BODY = ((44, 40, "s_key"), (52, 60, "s_str"), (60, 34, "s_num"), (68, 52, "s_key"), (76, 44, "s_kw"))
# Surfaces: left, top, width, height, role.
_GROUND = (
    (0, 0, 184, 96, "canvas"),
    (0, 0, 14, 96, "chrome"),
    (14, 0, 50, 96, "sidebar"),
    (64, 0, 120, 14, "chrome"),
)


class ThemeCards(QWidget):
    """System, light and dark; arrow keys move the choice."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._cards = {mode: _Card(mode) for mode in _MODES}
        self._group = QButtonGroup(self)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        for mode, card in self._cards.items():
            self._group.addButton(card)
            lay.addWidget(card)
            card.clicked.connect(lambda _=False, mode=mode: self.chosen.emit(mode))
        self.setFocusProxy(self._cards["system"])
        theme.bind(self, lambda: lay.setSpacing(theme.px(_GAP_PX)))

    def show_choice(self, mode: str) -> None:
        """Mark one."""
        card = self._cards.get(mode, self._cards["system"])
        card.setChecked(True)
        self.setFocusProxy(card)
        for one in self._cards.values():
            one.say()


class _Card(QAbstractButton):
    """One picture with its name."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode
        titles = {
            "system": QCoreApplication.translate("themes", "System"),
            "light": QCoreApplication.translate("themes", "Light"),
            "dark": QCoreApplication.translate("themes", "Dark"),
        }
        self._title = titles[mode]
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self.say)
        self.say()
        theme.bind(self, lambda: self.setFixedSize(self.sizeHint()))

    def say(self) -> None:
        """The choice in words for a screen reader."""
        chosen = self.tr("{title} theme, chosen") if self.isChecked() else self.tr("{title} theme")
        self.setAccessibleName(chosen.format(title=self._title))

    def sizeHint(self) -> QSize:
        """Picture and name."""
        return QSize(theme.px(_WIDTH_PX), theme.px(_HEIGHT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, one half for each of its themes, then the frame and the name."""
        painter = QPainter(self)
        frame = QRectF(0, 0, theme.px(_WIDTH_PX), theme.px(_PICTURE_PX))
        modes = _MODES[self._mode]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part, mode in enumerate(modes):
            width = frame.width() / len(modes)
            path, half = QPainterPath(), QPainterPath()
            path.addRoundedRect(frame, radius("lg"), radius("lg"))
            half.addRect(QRectF(frame.left() + part * width, frame.top(), width, frame.height()))
            painter.setClipPath(path.intersected(half))
            _paint_window(painter, tokens.COLOR[mode])
        painter.restore()
        on = self.isChecked()
        edge = theme.color("accent" if on or self.hasFocus() else "line_strong")
        rounded(painter, frame, radius("lg"), None, edge, 2 if on else 1.5 if self.hasFocus() else 1)
        if on and self.hasFocus():
            rounded(painter, frame.adjusted(3, 3, -3, -3), radius("md"), None, theme.color("focus"), 1)
        below = QRectF(0, frame.bottom() + theme.px(6), frame.width(), theme.px(24))
        text(painter, below, self._title, "body", "text" if on else "text2", CENTER)


def _paint_window(painter: QPainter, colors: dict[str, str]) -> None:
    painter.save()
    painter.scale(theme.px(100) / 100, theme.px(100) / 100)
    painter.setPen(Qt.PenStyle.NoPen)
    for left, top, width, height, role in _GROUND:
        painter.fillRect(QRectF(left, top, width, height), QColor(colors[role]))
    for top, width, role in _SIDE:
        painter.setBrush(QColor(colors[role]))
        painter.drawRoundedRect(QRectF(20, top, width, 3), 1.5, 1.5)
    for top, width, role in _BODY:
        painter.setBrush(QColor(colors[role]))
        painter.drawRoundedRect(QRectF(74 + (6 if top > _BODY[0][0] else 0), top, width, 3), 1.5, 1.5)
    painter.setBrush(QColor(colors["accent_fill"]))
    painter.drawRoundedRect(QRectF(152, 21, 24, 13), 3, 3)
    painter.setBrush(QColor(colors["inset"]))
    painter.setPen(QColor(colors["line_strong"]))
    painter.drawRoundedRect(QRectF(71.5, 21.5, 76, 12), 3, 3)
    painter.restore()
