"""Strips: what is to be said above a body: why a send failed or was cancelled, and what is wrong with the answer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from httpdesk.core.problem import Problem, Remedy
from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import button, icon_label, label

_SHOWN_FAULTS = 20
_FAULT_CHARACTERS = 500


class Strip(QFrame):
    """One line or more with an icon, on the inset ground, with buttons at its right."""

    def __init__(self, icon: str, role: str) -> None:
        super().__init__()
        self.setProperty("surface", "inset")
        self._icon, self._role = icon, role
        self._words: QLabel | None = None
        self._buttons: list[QWidget] = []
        self._lay = QHBoxLayout(self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says, while it shows."""
        return "" if self.isHidden() or self._words is None else self._words.text()

    def say(self, words: str, *buttons: QPushButton) -> None:
        """Say something, or hide."""
        if not words and self._words is None:
            return
        for old in self._buttons:
            self._lay.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = list(buttons)
        for new in buttons:
            self._lay.addWidget(new)
            new.show()
        self._label().setText("\n".join(make_visible(part)[0] for part in words.split("\n")))
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def _label(self) -> QLabel:
        """Most strips never say anything: their parts come with the first words."""
        if self._words is None:
            self._words = label("", "small", "text2", wrap=True, selectable=True)
            self._lay.insertWidget(0, icon_label(self._icon, self._role, 14))
            self._lay.insertWidget(1, self._words, 1)
            theme.bind(self, self._fit)
        return self._words

    def _fit(self) -> None:
        self._lay.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        self._lay.setSpacing(theme.px(8))


class FaultStrip(Strip):
    """What the server got wrong: one fault in full, more behind "3 faults"."""

    def __init__(self) -> None:
        super().__init__("triangle-alert", "warning")
        self._faults: tuple[str, ...] = ()
        self._open = False

    def show_faults(self, faults: Sequence[str]) -> None:
        """Name the faults of an answer, or none."""
        if tuple(faults) != self._faults:
            self._faults, self._open = tuple(faults), False
            self._show()

    def toggle(self) -> None:
        """Show all faults, or only how many."""
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        count = len(self._faults)
        if count < 2:
            self.say(_cut(self._faults[0]) if count else "")
            return
        words = self.tr("%n faults in this answer", "", count)
        if self._open:
            words = "\n".join((words, *(f"• {_cut(fault)}" for fault in self._faults[:_SHOWN_FAULTS])))
        more = button(self.tr("Show less") if self._open else self.tr("Show"), "link", "sm")
        more.clicked.connect(self.toggle)
        self.say(words, more)


class Strips(QWidget):
    """All strips of an answer."""

    remedy = Signal(object)
    send_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.problem = Strip("circle-alert", "danger")
        self.cancelled = Strip("circle-stop", "warning")
        self.faults = FaultStrip()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(1)
        for strip in (self.problem, self.cancelled, self.faults):
            lay.addWidget(strip)

    def show_problem(self, problem: Problem | None) -> None:
        """Why the answer is not whole."""
        if problem is None:
            self.problem.say("")
            return
        offers = [self._offer(remedy) for remedy in problem.remedies if remedy.action]
        self.problem.say(str(problem), *offers[:1])

    def show_cancelled(self, words: str) -> None:
        """What had arrived when the user cancelled."""
        if not words:
            self.cancelled.say("")
            return
        again = button(self.tr("Send again"), "link", "sm")
        again.clicked.connect(self.send_again)
        self.cancelled.say(words, again)

    def clear(self) -> None:
        """Say nothing."""
        self.show_problem(None)
        self.show_cancelled("")
        self.faults.show_faults(())

    def _offer(self, remedy: Remedy) -> QPushButton:
        offer = button(remedy.label or remedy.text, "link", "sm")
        offer.setToolTip(as_tip(remedy.text))
        offer.clicked.connect(lambda: self.remedy.emit(remedy))
        return offer


def _cut(fault: str) -> str:
    return fault if len(fault) <= _FAULT_CHARACTERS else f"{fault[:_FAULT_CHARACTERS]}…"
