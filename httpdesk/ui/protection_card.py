"""The card in the editor of an environment that says what protection is, with its switch."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from httpdesk.ui.switch import Switch
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import col, icon_label, label


class ProtectionCard(QFrame):
    """`switched` tells what the user chose."""

    switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.switch = Switch()
        self.switch.setAccessibleName(self.tr("Protected environment"))
        words = self.tr("A red line shows while it is in use. POST, PUT, PATCH and DELETE ask first.")
        self.switch.setAccessibleDescription(words)
        self.switch.clicked.connect(self.switched)
        lay = QHBoxLayout(self)
        lay.addWidget(icon_label("lock", "danger", 20))
        title = label(self.tr("Protected environment"), "strong")
        lay.addWidget(col(title, label(words, "small", "text2", wrap=True), spacing=2), 1)
        lay.addWidget(self.switch)

        def fit() -> None:
            lay.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
            lay.setSpacing(theme.px(12))

        theme.bind(self, fit)

    def show_protected(self, *, on: bool) -> None:
        """Show what the file says, without a signal."""
        self.switch.setChecked(on)
