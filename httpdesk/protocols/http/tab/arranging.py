"""Arranging: the answer beside the request or below it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

_BESIDE_SHARE, _BELOW_SHARE = 0.493, 0.4


def arrange(split: QSplitter, tab: QWidget, *, beside: bool) -> None:
    """Put the two panes of a tab beside each other or one below the other, in the sizes of the design."""
    wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
    if split.orientation() != wanted:
        split.setOrientation(wanted)
        whole = tab.width() if beside else tab.height()
        first = round(whole * (_BESIDE_SHARE if beside else _BELOW_SHARE))
        split.setSizes([first, whole - first])
