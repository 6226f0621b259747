"""Document: what the desk knows of a tab, whatever protocol it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from httpdesk.core.collection import Saved
from httpdesk.core.request import HttpRequest
from httpdesk.core.standing import Standing

if TYPE_CHECKING:
    from httpdesk.ui.standing_strip import StandingStrip

_NOTHING_SAVED = Saved(path="", name="", request=HttpRequest())


class Document(QWidget):
    """One tab of the desk.

    `path` is the saved request's path in the workspace, None for a draft; `label` is the method or kind shown before
    the title; a `preview` tab is replaced by the next one opened by a single click.
    """

    state_changed = Signal()
    """Title, label, path, dirty, busy or what is typed changed; the session should be written soon."""

    standing_chosen = Signal(str)
    """What the user decided about the file: a Choice of core/standing.py."""

    path: str | None = None
    title: str = ""
    label: str = ""
    dirty: bool = False
    busy: bool = False
    preview: bool = False
    standing: Standing = Standing.SAME
    _strip: StandingStrip | None = None

    @property
    def saved(self) -> Saved:
        """What the file held when it was read last; the tab's starting point where there is none."""
        return _NOTHING_SAVED

    @property
    def request(self) -> Any:
        """What the editors hold; None on a page that is no request."""
        return None

    def run(self, action_id: str) -> bool:
        """Do an action of ui/actions.py; False when it means nothing to this tab."""
        del action_id
        return False

    def show_saved(self, saved: Saved) -> None:
        """The file was read anew, saved or renamed: compare with this from now on."""
        self.path = saved.path or None

    def replace_request(self, request: Any) -> None:
        """Put another request in every editor, as one edit."""

    def show_standing(self, standing: Standing, reason: str = "") -> None:
        """Say in a strip what another program did to the file, until the user has decided about it."""
        layout = self.layout()
        if self._strip is None and isinstance(layout, QBoxLayout) and standing is not Standing.SAME:
            from httpdesk.ui.standing_strip import StandingStrip

            self._strip = StandingStrip()
            self._strip.chosen.connect(self.standing_chosen)
            layout.insertWidget(0, self._strip)
        self.standing = standing
        if standing is not Standing.SAME:
            self.preview = False  # the next click must not take away what may be the last copy
        if self._strip is not None:
            self._strip.show_standing(standing, reason)
        self.state_changed.emit()

    def draft(self) -> Any:
        """What the session keeps of unsaved work (a saved noun such as HttpRequest), or None."""
        return None

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The widgets that F6 walks through, in order."""
        return (self,)

    async def shut(self) -> None:
        """Stop what runs and let go of files; called once, before the tab goes."""
