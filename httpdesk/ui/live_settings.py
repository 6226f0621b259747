"""Live settings: the one current value, who wants to know of a change, and the write to disk behind it."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from httpdesk.core.settings import Settings


class LiveSettings(QObject):
    """The settings as they are now; `save` gets every new value and must not block."""

    changed = Signal(object)

    def __init__(self, value: Settings, save: Callable[[Settings], None]) -> None:
        super().__init__()
        self.value = value
        self._save = save

    def replace(self, value: Settings) -> None:
        """Take a whole new value."""
        if value != self.value:
            self.value = value
            self._save(value)
            self.changed.emit(value)

    def change(self, **fields: object) -> None:
        """Take new values of some fields."""
        self.replace(msgspec.structs.replace(self.value, **fields))
