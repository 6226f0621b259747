"""FormFault: the line above a formatted body which says from where on it is not what it should be."""

from PySide6.QtCore import QTimer

from httpdesk.ui.derived_body import DerivedBody
from httpdesk.ui.response_strips import Strip

_LOOK_MS = 100


class FormFault(Strip):
    """Watches a body that is formatted in a thread, to its end."""

    def __init__(self) -> None:
        super().__init__("triangle-alert", "warning")
        self._body: DerivedBody | None = None
        self._partial = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def watch(self, body: DerivedBody | None) -> None:
        """Tell about this body from now on, or about none."""
        self._body = body
        self._timer.start()
        self._look()

    def set_partial(self, *, partial: bool) -> None:
        """A body that is known to be only a part needs no word about where it ends."""
        self._partial = partial
        self._look()

    def _look(self) -> None:
        body = self._body
        if body is None or body.spool.finished or body.spool.closed:
            self._timer.stop()
        words = self._words_about(body) if body is not None and not self._partial else ""
        if words != self.words:
            self.say(words)

    def _words_about(self, body: DerivedBody) -> str:
        if not body.fault:
            return ""
        counted = "" if body.made_for[2] == "utf-8" else self.tr(" (counted in UTF-8)")
        return f"{body.fault}{counted}."
