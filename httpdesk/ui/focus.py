"""Focus: where Tab stops, and where it goes from there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops at a widget."""
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isEnabled() and widget.isVisible() and not widget.focusProxy()


def stops_in(area: QWidget) -> list[QWidget]:
    """Where Tab stops in an area, in the order in which its parts were put together.

    Not from nextInFocusChain(): there PySide takes what it returns for a child of the widget that was asked, and when
    that one goes, objects that are still alive would count as deleted. What is hidden (all tabs but one) is passed by
    as a whole: with many tabs it is most of the window.
    """
    focused = QApplication.focusWidget()
    stops: list[QWidget] = []

    def look_into(parent: QWidget) -> None:
        for child in parent.children():
            if not isinstance(child, QWidget):
                continue
            # What has the focus may be about to hide.
            if child is focused or takes_tab(child):
                stops.append(child)
            if child.isVisible() or (focused is not None and child.isAncestorOf(focused)):
                look_into(child)

    look_into(area)
    return stops


def go_on(stops: Sequence[QWidget], *, forward: bool) -> None:
    """Put the focus on the next or previous stop, around the ends."""
    if not stops:
        return
    focused = QApplication.focusWidget()
    order = list(stops) if forward else list(reversed(stops))
    at = order.index(focused) if focused in order else -1
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    order[(at + 1) % len(order)].setFocus(reason)


def focus_first(region: QWidget) -> None:
    """Put the focus on what a region names as its proxy, on the region, or on the first stop in it."""
    target = region.focusProxy() or region
    if target.focusPolicy() == Qt.FocusPolicy.NoFocus:
        target = next((child for child in region.findChildren(QWidget) if takes_tab(child)), region)
    target.setFocus(Qt.FocusReason.ShortcutFocusReason)
