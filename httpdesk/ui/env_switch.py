"""The environment switch at the right of the tabs: a dot, the name, and a menu of all environments."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton

from httpdesk.core.environment import Environment
from httpdesk.ui.actions import shown_keys, tip
from httpdesk.ui.environment_colors import dot_role, paint_dot
from httpdesk.ui.menus import menu
from httpdesk.ui.paint import radius, rounded, text
from httpdesk.ui.theme import theme

_WIDEST_PX = 240


class EnvSwitch(QToolButton):
    """Shows which environment is chosen and offers the others."""

    chosen = Signal(str)
    """A name, or "" for no environment."""
    edit_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._environments: tuple[Environment, ...] = ()
        self._current: Environment | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip("switch_environment"))
        self.clicked.connect(self.offer)
        theme.bind(self, self._fit)

    def set_environments(self, environments: Sequence[Environment], chosen: str) -> None:
        """Offer these environments and show the chosen one ("" for none)."""
        self._environments = tuple(environments)
        self._current = next((environment for environment in environments if environment.name == chosen), None)
        self._fit()

    def offer(self) -> None:
        """Open the menu below the button."""
        choices = [(env.name, env.name, env.color) for env in self._environments]
        choices.append(("", self.tr("No environment"), ""))
        rows = [("dot", words, "", dot_role(color)) for _, words, color in choices]
        edit = ("square-pen", self.tr("Edit environments"), shown_keys("edit_environments"))
        popup = menu([*rows, None, edit], self)
        actions = [action for action in popup.actions() if not action.isSeparator()]
        for action, (name, _, _) in zip(actions, choices, strict=False):
            action.triggered.connect(lambda _=False, name=name: self.chosen.emit(name))
        actions[-1].triggered.connect(self.edit_clicked)
        current = self._environments.index(self._current) if self._current else len(choices) - 1
        popup.popup(self.mapToGlobal(QPoint(self.width() - popup.sizeHint().width(), self.height() + theme.px(4))))
        popup.setActiveAction(actions[current])

    @property
    def _is_protected(self) -> bool:
        return self._current is not None and self._current.protected

    def _words(self) -> str:
        return self._current.name if self._current else self.tr("No environment")

    def _fit(self) -> None:
        words = self._words()
        said = self.tr("Environment: {name}, protected") if self._is_protected else self.tr("Environment: {name}")
        self.setAccessibleName(said.format(name=words))
        width = int(theme.fm("body").horizontalAdvance(words)) + theme.px(74 if self._is_protected else 56)
        self.setFixedSize(QSize(min(width, theme.px(_WIDEST_PX)), theme.px(28)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw dot, name and arrows."""
        painter, area = QPainter(self), QRectF(self.rect())
        surface = "canvas" if theme.mode == "light" else "raised"
        if self.underMouse() or self.isDown():
            surface = "hover" if theme.mode == "light" else "active"
        border = theme.color("focus" if self.hasFocus() else "line_strong")
        rounded(painter, area, radius("md"), theme.color(surface), border)
        middle, dot, arrows = area.center().y(), theme.px(8), theme.px(14)
        paint_dot(
            painter, QRectF(theme.px(12), middle - dot / 2, dot, dot), self._current.color if self._current else ""
        )
        words = area.adjusted(theme.px(28), 0, -theme.px(24), 0)
        if self._is_protected:
            words.setRight(words.right() - theme.px(18))
            lock = QRectF(words.right() + theme.px(2), middle - arrows / 2, arrows, arrows)
            theme.draw_icon(painter, "lock", lock, "danger")
        text(painter, words, self._words())
        end = QRectF(area.right() - theme.px(22), middle - arrows / 2, arrows, arrows)
        theme.draw_icon(painter, "chevrons-up-down", end, "text3")
