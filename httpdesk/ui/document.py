"""Document: what the desk knows of a tab, whatever protocol it belongs to."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Document(QWidget):
    """One tab of the desk.

    `path` is the saved request's path in the workspace, None for a draft; `label` is the method or kind shown before
    the title; a `preview` tab is replaced by the next one opened by a single click.
    """

    state_changed = Signal()
    """Title, label, path, dirty, busy or what is typed changed; the session should be written soon."""

    path: str | None = None
    title: str = ""
    label: str = ""
    dirty: bool = False
    busy: bool = False
    preview: bool = False

    def run(self, action_id: str) -> bool:
        """Do an action of ui/actions.py; False when it means nothing to this tab."""
        del action_id
        return False

    def draft(self) -> Any:
        """What the session keeps of unsaved work (a saved noun such as HttpRequest), or None."""
        return None

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The widgets that F6 walks through, in order."""
        return (self,)

    async def shut(self) -> None:
        """Stop what runs and let go of files; called once, before the tab goes."""
