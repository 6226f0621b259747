"""The screens that are rendered: each one a context manager that yields the widget to paint, in the given mode."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from PySide6.QtWidgets import QWidget

# Name of the picture, and how to get there: async with screen("dark") as widget.
Screen = Callable[[str], AbstractAsyncContextManager[QWidget]]
SCREENS: dict[str, Screen] = {}
