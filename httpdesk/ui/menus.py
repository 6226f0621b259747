"""Menus: popups in the look of the design, made from rows of data."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from httpdesk.ui.paint import rounded
from httpdesk.ui.theme import theme

Row = tuple[str, ...] | None


def menu(rows: Sequence[Row], parent: QWidget | None = None) -> QMenu:
    """A menu of rows (icon, text, shortcut[, colour role]); None is a separator, the icon "dot" a coloured dot.

    The actions of the menu are in the order of the rows that are not None.
    """
    popup = QMenu(parent)
    popup.setWindowFlags(popup.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
    popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for row in rows:
        if row is None:
            popup.addSeparator()
            continue
        icon, words, keys, role = (*row, "text2")[:4]
        action = popup.addAction(" " + words.replace("&", "&&"))
        if icon:
            action.setIcon(dot_icon(role) if icon == "dot" else theme.icon(icon, role))
        if keys:
            action.setShortcut(keys.replace("Return", "Enter"))  # as key caps write it
            action.setShortcutVisibleInContextMenu(True)
            # The shortcut is only shown here: the window's own action has it.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    return popup


def dot_icon(role: str) -> QIcon:
    """A coloured dot as an icon."""
    icon = QIcon()
    for ratio in (1, 2, 3):
        picture = QPixmap(16 * ratio, 16 * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        rounded(painter, QRectF(4 * ratio, 4 * ratio, 8 * ratio, 8 * ratio), 4 * ratio, theme.dot(role))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        icon.addPixmap(picture)
    return icon
