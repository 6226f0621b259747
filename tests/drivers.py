"""Drives the real program as a person does: keys, clicks, and a look at what is shown."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from httpdesk.app.program import Program
from httpdesk.store.places import Places
from httpdesk.ui.theme import theme

PATIENCE_S = 20.0
_LOOK_EVERY_S = 0.005


def places_in(home: Path) -> Places:
    """Folders of a user who has only these."""
    return Places(home / "config", home / "data", home / "cache", home / "workspace")


async def until(condition, patience_s: float = PATIENCE_S):
    """Wait until something is so; returns what the condition gave."""
    try:
        async with asyncio.timeout(patience_s):
            while not (found := condition()):  # noqa: ASYNC110 - a person looks again and again
                await asyncio.sleep(_LOOK_EVERY_S)
            return found
    except TimeoutError:
        raise AssertionError(f"not so after {patience_s} s: {condition}") from None


class Person:
    """Someone at the keyboard of one window."""

    def __init__(self, program: Program) -> None:
        self.program, self.window = program, program.window

    @property
    def tab(self):
        """The tab in front."""
        return self.program.desk.current

    @property
    def titles(self):
        """What stands on the tabs."""
        return [document.title for document in self.program.desk.documents]

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        """Press one key wherever the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def ctrl(self, key, *more):
        """Press a key with Ctrl (and more)."""
        modifiers = Qt.KeyboardModifier.ControlModifier
        for modifier in more:
            modifiers |= modifier
        self.press(key, modifiers)

    def write(self, text):
        """Type text where the focus is."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        QTest.keyClicks(focused, text)

    def click(self, widget, at: QPoint | None = None):
        """Click a widget with the left button."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def type_url(self, url):
        """Go to the URL field, and put another URL in it."""
        self.ctrl(Qt.Key.Key_L)
        self.ctrl(Qt.Key.Key_A)
        self.write(url)

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        """The visible widget of that accessible name."""
        found = [
            widget
            for widget in self.window.findChildren(kind)
            if widget.accessibleName() == name and widget.isVisible()
        ]
        assert found, f"no {kind.__name__} called {name!r}; there are {self.names(kind)}"
        return found[0]

    def names(self, kind: type[QWidget] = QWidget) -> list[str]:
        """Accessible names of what is visible."""
        return [w.accessibleName() for w in self.window.findChildren(kind) if w.isVisible() and w.accessibleName()]

    async def send(self):
        """Press Ctrl+Enter and wait for the end of the exchange."""
        before = getattr(self.tab, "exchange", None)
        self.ctrl(Qt.Key.Key_Return)
        await until(lambda: not self.tab.busy and self.tab.exchange is not before and self.tab.exchange.outcome)
        return self.tab.exchange

    @property
    def notice(self):
        """What the notice at the foot of the window says."""
        return self.program.notices.current


@asynccontextmanager
async def desk(home: Path, folder: Path | None = None, mode: str = "dark"):
    """A running program with its window, in a folder of its own; leaves nothing behind."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.start(app)
    program = Program(places_in(home))
    program.settings.change(theme=mode)
    try:
        await program.start(folder)
        window = program.window
        window.activateWindow()
        await until(lambda: QApplication.activeWindow() is window)
        await until(lambda: program.desk.documents)
        yield Person(program)
        assert not program.crash.reports, program.crash.reports[-1]
    finally:
        await program.stop()
        await asyncio.sleep(0)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown_text(widget: QWidget) -> str:
    """The text of a field."""
    if isinstance(widget, QTextEdit):
        return widget.toPlainText()
    assert isinstance(widget, QLineEdit)
    return widget.text()
