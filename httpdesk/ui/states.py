"""States: what a pane shows when it has nothing else, in the middle of it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from httpdesk.ui.actions import BY_ID
from httpdesk.ui.pills import KeyCap
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_label, label

_WIDTH_PX = 340


def center_state(icon: str, title: str, words: str, *below: QWidget, role: str = "text3") -> QWidget:
    """An icon, a title, one line, and buttons or key caps below."""
    widget = QWidget()
    lay = QVBoxLayout(widget)
    lay.setSpacing(theme.px(4))
    lay.addStretch(1)
    lay.addWidget(icon_label(icon, role, 20), 0, Qt.AlignmentFlag.AlignHCenter)
    lay.addWidget(label(title, "strong"), 0, Qt.AlignmentFlag.AlignHCenter)
    sentence = label(words, "small", "text2", wrap=True)
    sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def fit() -> None:  # a layout that centres does not ask how high a wrapped label is
        sentence.setFixedWidth(theme.px(_WIDTH_PX))
        sentence.setMinimumHeight(sentence.heightForWidth(theme.px(_WIDTH_PX)))

    theme.bind(sentence, fit)
    lay.addWidget(sentence, 0, Qt.AlignmentFlag.AlignHCenter)
    if below:
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px(8), 0, 0)
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        for item in below:
            row.addWidget(item)
        row.addStretch(1)
        lay.addLayout(row)
    lay.addStretch(1)
    return widget


def nothing_sent() -> QWidget:
    """What stands in the place of an answer before the first send."""
    title = QCoreApplication.translate("states", "Nothing sent yet")
    words = QCoreApplication.translate("states", "The answer shows here.")
    return center_state("arrow-up-right", title, words, KeyCap(BY_ID["send"].keys[0]))
