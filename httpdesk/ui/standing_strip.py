"""Standing strip: says in a tab what another program did to its file, and offers what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from httpdesk.core.standing import Choice, Standing
from httpdesk.ui.announce import announce
from httpdesk.ui.response_strips import Strip
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import button


class StandingStrip(Strip):
    """Says what became of the file and offers what can be done; nothing while it is as it was read."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("triangle-alert", "warning")

    def show_standing(self, standing: Standing, reason: str = "") -> None:
        """Say how the file stands; `reason` is why it can't be read."""
        words, offers = "", list[QPushButton]()
        if standing is Standing.CHANGED:
            words = self.tr("Another program changed this file, and you have unsaved changes.")
            offers = [
                self._offer(Choice.MINE, self.tr("Keep mine"), self.tr("Your next save replaces what the file holds.")),
                self._offer(Choice.THEIRS, self.tr("Take theirs"), self.tr("Show what the file holds; can be undone.")),
                self._offer(Choice.BOTH, self.tr("See both"), self.tr("Compare the two texts side by side.")),
            ]
        elif standing is Standing.GONE:
            words = self.tr("The file of this request is gone. What you see is kept here; save it to have it again.")
            offers = [self._offer(Choice.SAVE, self.tr("Save again"), self.tr("Write the file anew."))]
        elif standing is Standing.BROKEN:
            words = self.tr("Another program changed this file, and it can't be read now: {reason}").format(
                reason=reason
            )
            offers = [self._offer(Choice.BOTH, self.tr("See both"), self.tr("Compare the two texts side by side."))]
        if words != self.words:
            self.say(words, *offers)
            if words:
                announce(self, words)

    def _offer(self, choice: Choice, words: str, tip: str) -> QPushButton:
        offer = button(words, "link", "sm")
        offer.setToolTip(as_tip(tip))
        offer.clicked.connect(lambda: self.chosen.emit(choice))
        return offer
