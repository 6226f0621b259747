"""One line for a name: what cannot stand in a name does not get in."""

from PySide6.QtWidgets import QLineEdit, QWidget

_LIMIT = 200


class NameEdit(QLineEdit):
    """A field for the name of a request, folder or environment; `label` is what a screen reader says."""

    def __init__(self, label: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setMaxLength(_LIMIT)
        self.setAccessibleName(label)
        self.selectAll()

    def name(self) -> str:
        """The name without control characters and without blanks around it; "" if nothing is left."""
        return "".join(letter if letter.isprintable() else " " for letter in self.text()).strip()
