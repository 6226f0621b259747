"""Small widgets: labels, lines, buttons and rows of them, in the sizes of the design."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from httpdesk.ui.theme import theme

Item = QWidget | QLayout | int | tuple[QWidget, int] | None


def row(
    *items: Item,
    spacing: int = 8,
    margins: Sequence[int] = (0, 0, 0, 0),
    surface: str = "",
    height: int = 0,
    parent: QWidget | None = None,
) -> QWidget:
    """Widgets side by side; an int is a gap, None a stretch, a tuple a widget with its stretch."""
    return _box(QBoxLayout.Direction.LeftToRight, items, spacing, margins, surface, height, parent)


def col(
    *items: Item,
    spacing: int = 8,
    margins: Sequence[int] = (0, 0, 0, 0),
    surface: str = "",
    height: int = 0,
    parent: QWidget | None = None,
) -> QWidget:
    """Widgets one below the other; as in `row`."""
    return _box(QBoxLayout.Direction.TopToBottom, items, spacing, margins, surface, height, parent)


def _box(
    direction: QBoxLayout.Direction,
    items: Sequence[Item],
    spacing: int,
    margins: Sequence[int],
    surface: str,
    height: int,
    parent: QWidget | None,
) -> QWidget:
    widget = QWidget(parent)
    layout: QBoxLayout = QHBoxLayout(widget) if direction == QBoxLayout.Direction.LeftToRight else QVBoxLayout(widget)
    gaps: list[tuple[QSpacerItem, int]] = []
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            gap = QSpacerItem(0, 0)
            gaps.append((gap, item))
            layout.addSpacerItem(gap)
        elif isinstance(item, tuple):
            layout.addWidget(*item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    if surface:
        widget.setProperty("surface", surface)
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def fit() -> None:
        layout.setContentsMargins(*(theme.px(margin) for margin in margins))
        layout.setSpacing(theme.px(spacing))
        for gap, length_px in gaps:
            across = direction == QBoxLayout.Direction.LeftToRight
            gap.changeSize(theme.px(length_px) if across else 0, 0 if across else theme.px(length_px))
        layout.invalidate()
        if height:
            widget.setFixedHeight(theme.px(height))

    theme.bind(widget, fit)
    return widget


def line(kind: str = "h", *, strong: bool = False) -> QFrame:
    """A separator of 1 px, "h" or "v"; strong on raised surfaces."""
    frame = QFrame()
    frame.setProperty("line", kind + ("s" if strong else ""))
    return frame


def label(
    text: str, style: str = "body", role: str = "text", *, wrap: bool = False, selectable: bool = False
) -> QLabel:
    """Plain text in a style of the design; never rich text, since it may come from a server."""
    widget = QLabel()
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setText(text)
    if role != "text":
        widget.setProperty("role", role)
    widget.setWordWrap(wrap)
    if selectable:
        widget.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    theme.bind(widget, lambda: widget.setFont(theme.font(style)))
    return widget


def icon_button(
    name: str,
    tip: str,
    size: int = 28,
    role: str = "text2",
    *,
    checkable: bool = False,
    on_role: str | None = None,
    icon: int = 16,
) -> QToolButton:
    """A square button with an icon; the tool tip up to two spaces is its accessible name."""
    button = QToolButton()
    button.setCheckable(checkable)
    button.setToolTip(tip)
    button.setAccessibleName(tip.split("  ")[0])

    def fit() -> None:
        button.setIcon(theme.icon(name, role, icon, on_role))
        button.setIconSize(QSize(theme.px(icon), theme.px(icon)))
        button.setFixedSize(theme.px(size), theme.px(size))

    theme.bind(button, fit)
    return button


def button(text: str, kind: str = "secondary", size: str = "", icon: str = "", icon_role: str = "") -> QPushButton:
    """A push button: primary, secondary, danger, ghost or link; size "sm" or "lg"."""
    widget = QPushButton((" " if icon else "") + text)  # Qt puts 4 px between icon and text; a space makes it 8
    widget.setProperty("kind", kind)
    widget.setAccessibleName(text)
    if size:
        widget.setProperty("size", size)
    if icon:
        role = icon_role or {"primary": "on_accent", "danger": "on_accent", "link": "accent"}.get(kind, "text2")

        def fit() -> None:
            widget.setIcon(theme.icon(icon, role))
            widget.setIconSize(QSize(theme.px(16), theme.px(16)))

        theme.bind(widget, fit)
    wide = QSizePolicy.Policy.Maximum if kind == "link" else QSizePolicy.Policy.Minimum
    widget.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
    return widget


def icon_label(name: str, role: str = "text2", size: int = 16) -> QLabel:
    """An icon that does nothing."""
    widget = QLabel()

    def fit() -> None:
        widget.setPixmap(theme.pixmap(name, role, theme.px(size), max(1.0, widget.devicePixelRatioF())))
        widget.setFixedSize(theme.px(size), theme.px(size))

    theme.bind(widget, fit)
    return widget
