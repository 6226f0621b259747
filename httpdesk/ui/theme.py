"""Theme: turns tokens into fonts, palette, style sheet and icons, and tells who shows them of every change."""

import atexit
from collections.abc import Callable
from functools import cache
from string import Template

from PySide6.QtCore import QByteArray, QObject, QPointF, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from httpdesk import resources
from httpdesk.ui import tokens

_FIRST_SIFT, _KEPT_PICTURES = 2000, 1000
_WEIGHT = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold}


class Theme(QObject):
    """One instance, `theme`; painters ask it for colours at paint time, so a switch needs no rebuild."""

    def __init__(self) -> None:
        super().__init__()
        self.mode, self.zoom, self.contrast = "dark", 1.0, False
        self.code_font = ""
        self._pictures: dict[tuple[str, str, int, float], QPixmap] = {}
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._applied: tuple[str, float, bool, str] | None = None
        self._images: QTemporaryDir | None = None
        self._follows = False
        self._bound: list[tuple[QWidget, Callable[[], object]]] = []
        self._sift_at = _FIRST_SIFT
        self._fonts_loaded, self._is_dressed = False, True

    # -- lookups

    def hex(self, role: str) -> str:
        """The colour of a role as #RRGGBB."""
        return tokens.COLOR[self.mode][tokens.MORE_CONTRAST.get(role, role) if self.contrast else role]

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role."""
        color = QColor(role if role.startswith("#") else self.hex(role))
        color.setAlphaF(alpha)
        return color

    def dot(self, role: str) -> QColor:
        """The brighter colour that dots of a role have."""
        return self.color(tokens.DOT.get(role, role))

    def tint(self, role: str, over: str = "canvas") -> QColor:
        """The background of pills and chips of a role."""
        return QColor(tokens.mix(self.hex(role), self.hex(over), tokens.TINT[self.mode]))

    def px(self, length_px: float) -> int:
        """A length of the design at the current zoom."""
        return round(length_px * self.zoom)

    def size(self, key: str) -> int:
        """A named size of the design at the current zoom."""
        return self.px(tokens.SIZE[key])

    def font(self, role: str) -> QFont:
        """The font of a text role; the caller may change it."""
        font = self._fonts.get(role)
        if font is None:
            font = self._fonts[role] = self._make_font(role)
        return QFont(font)

    def _make_font(self, role: str) -> QFont:
        family, size_px, weight, _ = tokens.TYPE[role]
        font = QFont()
        font.setFamilies(tokens.FONT_UI if family == "ui" else self._code_fonts())
        font.setPixelSize(self.px(size_px))
        font.setWeight(_WEIGHT[weight])
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        if role in tokens.TABULAR:
            font.setFeature(QFont.Tag("tnum"), 1)
        if family == "mono":
            font.setStyleHint(QFont.StyleHint.Monospace)
            font.setFeature(QFont.Tag("calt"), 0)
        return font

    def fm(self, role: str) -> QFontMetricsF:
        """The metrics of a text role's font."""
        metrics = self._metrics.get(role)
        if metrics is None:
            metrics = self._metrics[role] = QFontMetricsF(self.font(role))
        return metrics

    def _forget_fonts(self) -> None:
        self._fonts.clear()
        self._metrics.clear()

    def method_role(self, method: str) -> str:
        """The colour role of a method."""
        role = f"m_{method.lower()}"
        return role if role in tokens.COLOR[self.mode] else "m_custom"

    # -- icons

    def svg(self, name: str, color: str, stroke: float = 2.0) -> bytes:
        """A Lucide icon as SVG in a colour."""
        text = _icon(name).replace("currentColor", color)
        return text.replace('stroke-width="2"', f'stroke-width="{stroke}"').encode()

    def pixmap(self, name: str, role: str = "text2", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """An icon as a picture of so many logical pixels; drawn once, for reading only."""
        color = role if role.startswith("#") else self.hex(role)
        key = (name, color, size, ratio)
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= _KEPT_PICTURES:
                self._pictures.clear()
            picture = self._pictures[key] = self._draw(name, color, size, ratio)
        return picture

    def _draw(self, name: str, color: str, size: int, ratio: float) -> QPixmap:
        side = round(size * ratio)
        picture = QPixmap(QSize(side, side))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        stroke = 2.0 if size < tokens.SIZE["icon_lg"] else 1.75
        QSvgRenderer(QByteArray(self.svg(name, color, stroke))).render(painter, QRectF(0, 0, side, side))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def icon(self, name: str, role: str = "text2", size: int = 16, on_role: str | None = None) -> QIcon:
        """An icon for buttons, in all states."""
        icon, side = QIcon(), self.px(size)
        # Sharp on the finest screen; Qt makes it smaller for the others.
        ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
        icon.addPixmap(self.pixmap(name, role, side, ratio), QIcon.Mode.Normal, QIcon.State.Off)
        if on_role:
            icon.addPixmap(self.pixmap(name, on_role, side, ratio), QIcon.Mode.Normal, QIcon.State.On)
        icon.addPixmap(self.pixmap(name, "disabled", side, ratio), QIcon.Mode.Disabled)
        return icon

    def draw_icon(self, painter: QPainter, name: str, rect: QRectF, role: str = "text2") -> None:
        """Paint an icon into a square."""
        ratio = painter.device().devicePixelRatio()
        # On whole pixels of the screen, or the lines would blur.
        at = QPointF(round(rect.x() * ratio) / ratio, round(rect.y() * ratio) / ratio)
        painter.drawPixmap(at, self.pixmap(name, role, round(rect.width()), ratio))

    # -- application

    def start(self, app: QApplication, mode: str = "system", *, dress_later: bool = False) -> None:
        """Load the fonts and take a mode; "" leaves that to a later `use`.

        With `dress_later` the style sheet comes with dress(): until then widgets are made in half the time.
        """
        self._is_dressed = not dress_later
        hints = app.styleHints()
        wishes = hints.accessibility()
        if not self._fonts_loaded:
            for file in sorted(resources.path("fonts").glob("*.ttf")):
                QFontDatabase.addApplicationFont(str(file))
            self._fonts_loaded = True
            hints.colorSchemeChanged.connect(self._follow)
            wishes.contrastPreferenceChanged.connect(self._follow_contrast)
        app.setStyle("Fusion")
        self.contrast = wishes.contrastPreference() == Qt.ContrastPreference.HighContrast
        self._applied = None
        if mode:
            self.use(mode)

    def dress(self) -> None:
        """Give every widget that there is its style."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and not self._is_dressed:
            self._is_dressed = True
            app.setStyleSheet(self.qss())

    def use(self, mode: str) -> None:
        """Take "light", "dark" or "system"."""
        self._follows = mode == "system"
        hints = QApplication.styleHints()
        if self._follows:
            hints.unsetColorScheme()
            self._follow()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
            self._apply(mode)

    def set_zoom(self, zoom: float) -> None:
        """Take another zoom, 0.8 to 2.0."""
        if zoom != self.zoom:
            self.zoom = zoom
            self._forget_fonts()
            if self._applied:
                self._apply(self.mode)

    def set_code_font(self, family: str) -> None:
        """Show code in another font of the system; ours where that is empty or unknown."""
        if family != self.code_font:
            self.code_font = family
            self._fonts.clear()
            if self._applied:
                self._apply(self.mode)

    def _code_fonts(self) -> list[str]:
        return [self.code_font, *tokens.FONT_MONO] if self.code_font else list(tokens.FONT_MONO)

    def set_contrast(self, *, more: bool) -> None:
        """Step every role up where the system asks for more contrast."""
        if more != self.contrast:
            self.contrast = more
            if self._applied:
                self._apply(self.mode)

    def bind(self, widget: QWidget, fit: Callable[[], object]) -> None:
        """Call fit now and at each change while the widget lives."""
        # A plain list: two signal connections for each of some hundred widgets would slow down the start.
        if len(self._bound) >= self._sift_at:
            self._sift()
        self._bound.append((widget, fit))
        fit()

    def _sift(self) -> None:
        """Forget the widgets that are gone."""
        self._bound = [(widget, fit) for widget, fit in self._bound if isValid(widget)]
        self._sift_at = max(_FIRST_SIFT, 2 * len(self._bound))

    def _follow(self) -> None:
        if self._follows:
            dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            self._apply("dark" if dark else "light")

    def _follow_contrast(self, preference: Qt.ContrastPreference) -> None:
        self.set_contrast(more=preference == Qt.ContrastPreference.HighContrast)

    def _apply(self, mode: str) -> None:
        self.mode = mode
        look = (mode, self.zoom, self.contrast, self.code_font)
        if look == self._applied:
            return
        self._applied = look
        self._forget_fonts()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            # With a sheet in force, each of the three changes below would style every widget several times over:
            # with eight tabs, 2.8 s instead of 0.4 s.
            app.setStyleSheet("")
            app.setPalette(self.palette())
            app.setFont(self.font("body"))
            if self._is_dressed:
                app.setStyleSheet(self.qss())
        self._sift()
        for widget, fit in list(self._bound):
            if isValid(widget):
                fit()

    def palette(self) -> QPalette:
        """The palette that Fusion paints with."""
        palette, role = QPalette(), QPalette.ColorRole
        pairs = (
            (role.Window, "canvas"),
            (role.WindowText, "text"),
            (role.Base, "canvas"),
            (role.AlternateBase, "inset"),
            (role.Text, "text"),
            (role.Button, "raised"),
            (role.ButtonText, "text"),
            (role.BrightText, "on_accent"),
            (role.Highlight, "accent_fill"),
            (role.HighlightedText, "on_accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.ToolTipBase, "raised"),
            (role.ToolTipText, "text"),
            (role.PlaceholderText, "text3"),
            (role.Accent, "accent_fill"),
            (role.Light, "raised"),
            (role.Midlight, "raised"),
            (role.Mid, "line_strong"),
            (role.Dark, "line_strong"),
            (role.Shadow, "backdrop"),
        )
        for color_role, name in pairs:
            palette.setColor(color_role, self.color(name))
        for color_role in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, color_role, self.color("disabled"))
        return palette

    def qss(self) -> str:
        """The style sheet: what Fusion and the palette can't do."""
        values = {name: self.hex(name) for name in tokens.COLOR[self.mode]}
        values |= {f"px_{n}": f"{self.px(n)}px" for n in range(1, 37)}
        values |= {f"r_{name}": f"{self.px(radius)}px" for name, radius in tokens.RADIUS.items()}
        values |= {f"f_{name}": f"{self.px(kind[1])}px" for name, kind in tokens.TYPE.items()}
        alpha = 0.45 if self.mode == "dark" else 0.25
        values |= {
            "mono": ", ".join(f'"{name}"' for name in self._code_fonts()),
            "sel": _rgba(self.color("accent_fill", alpha)),
            "scroll": _rgba(self.color("control", 0.45)),
            "scroll_h": _rgba(self.color("control", 0.8)),
            "img_down": self._image("chevron-down", "text2", 16),
            "img_check": self._image("check", "on_accent", 12),
            "img_minus": self._image("minus", "on_accent", 12),
            "img_up": self._image("chevron-up", "text2", 12),
            "img_dn": self._image("chevron-down", "text2", 12),
        }
        return Template(resources.path("theme.qss").read_text("utf-8")).substitute(values)

    def _image(self, name: str, role: str, size: int) -> str:
        """A style sheet takes pictures from files only."""
        if self._images is None:
            self._images = QTemporaryDir()
            # Python leaves out at its end what would remove the folder.
            atexit.register(self._images.remove)
        path = self._images.filePath(f"{name}-{self.mode}-{role}-{int(self.contrast)}-{size}.svg")
        data = self.svg(name, self.hex(role), 2.5).replace(b'width="24"', b'width="%d"' % size)
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(data.replace(b'height="24"', b'height="%d"' % size))
        return path.replace("\\", "/")


def _rgba(color: QColor) -> str:
    return f"rgba({color.red()},{color.green()},{color.blue()},{color.alphaF():.2f})"


@cache
def _icon(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text("utf-8")


theme = Theme()
