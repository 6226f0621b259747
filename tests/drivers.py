"""Drives the real program as a person does: keys, clicks, and a look at what is shown."""

import asyncio
import json
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from httpdesk.app.program import Program
from httpdesk.store.places import Places
from httpdesk.ui.kv_table import KvTable
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.theme import theme

PATIENCE_S = 20.0
SIZE_PX = (1440, 900)
_LOOK_EVERY_S = 0.005
_REQUEST_PAGES = ("params", "headers", "auth", "body", "settings", "docs")
_RESPONSE_PAGES = ("body", "headers", "cookies", "timeline")


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

    @property
    def focused(self):
        """Where keys go: to an open menu or list before anything else."""
        popup: Any = QApplication.activePopupWidget()
        if popup is None:
            return QApplication.focusWidget()
        return popup.focusWidget() or popup

    def paste(self, text):
        """Paste text where the focus is."""
        QApplication.clipboard().setText(text)
        self.ctrl(Qt.Key.Key_V)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        """Press one key wherever the focus is."""
        QTest.keyClick(self.focused or self.window, key, modifiers)

    def ctrl(self, key, *more):
        """Press a key with Ctrl (and more)."""
        modifiers = Qt.KeyboardModifier.ControlModifier
        for modifier in more:
            modifiers |= modifier
        self.press(key, modifiers)

    def write(self, text):
        """Type text where the focus is."""
        for letter in text:
            # Not kept for all letters: a key may move the focus.
            focused = self.focused
            assert focused is not None, "nothing has the focus"
            if letter.isascii():
                QTest.keyClicks(focused, letter)
                continue
            # QTest knows no other letters.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(focused, event)

    def click(self, widget, at: QPoint | None = None):
        """Click a widget with the left button."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def type_url(self, url):
        """Go to the URL field, and put another URL in it."""
        self.ctrl(Qt.Key.Key_L)
        self.ctrl(Qt.Key.Key_A)
        self.write(url)

    def find(self, kind: type[QWidget], name: str) -> Any:
        """The visible widget of that accessible name."""
        found = [
            widget
            for widget in self.window.findChildren(kind)
            if widget.accessibleName() == name and widget.isVisible()
        ]
        assert found, f"no {kind.__name__} called {name!r}; there are {self.names(kind)}"
        return found[0]

    async def see(self, kind: type[QWidget], name: str) -> Any:
        """As `find`, but waits until it is there."""
        found = lambda each: each.accessibleName() == name and each.isVisible()  # noqa: E731
        await until(lambda: any(map(found, self.window.findChildren(kind))))
        return self.find(kind, name)

    def names(self, kind: type[QWidget] = QWidget) -> list[str]:
        """Accessible names of what is visible."""
        return [w.accessibleName() for w in self.window.findChildren(kind) if w.isVisible() and w.accessibleName()]

    # -- widgets by what they are called

    def button(self, words: str):
        """Click the button with these words."""
        buttons = [each for each in self.window.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
        found = [each for each in buttons if words in (each.text(), each.accessibleName())]
        assert found, f"no button {words!r}; there are {[each.text() or each.accessibleName() for each in buttons]}"
        self.click(found[-1])

    def retype(self, widget: QWidget, text: str):
        """Click a field, and put another text in it."""
        self.click(widget.viewport() if isinstance(widget, QPlainTextEdit | QTextEdit) else widget)
        self.ctrl(Qt.Key.Key_A)
        if text:
            self.write(text)
        else:
            self.press(Qt.Key.Key_Delete)

    async def fill(self, table: str, row: int, *cells: str, column: int = 1):
        """Paste a row into a table from one of its cells on: Tab goes to the next cell, Enter ends.

        Not typed: off screen, a list of names that opens and goes leaves the window without the focus.
        """
        view = self.find(KvTable, table)
        self.click(view.viewport(), view.visualRect(view.model().index(row, column)).center())
        for number, text in enumerate(cells):
            if number:
                self.press(Qt.Key.Key_Tab)
            self.ctrl(Qt.Key.Key_A)
            self.paste(text)
        self.press(Qt.Key.Key_Return)
        await until(lambda: not view.viewport().findChildren(QLineEdit))

    async def bulk(self, table: str, text: str):
        """Write the rows of a table as text."""
        self.button("Bulk edit")
        field = await self.see(QPlainTextEdit, f"{table} as text, one a line")
        self.click(field.viewport())
        self.ctrl(Qt.Key.Key_A)
        self.paste(text)
        self.button("Bulk edit")

    async def choose(self, name: str, words: str):
        """Choose from a list with the arrow keys."""
        combo = await self.see(QComboBox, name)
        combo.setFocus()
        self.press(Qt.Key.Key_Home)
        while combo.currentText() != words:
            before = combo.currentIndex()
            self.press(Qt.Key.Key_Down)
            assert combo.currentIndex() != before, f"no {words!r} in {name!r}"

    def pick(self, name: str, words: str):
        """Choose one of a few with the arrow keys."""
        segments = [
            each
            for each in self.window.findChildren(Segmented)
            if each.isVisible() and each.accessibleName().startswith(f"{name}: ")
        ]
        assert segments, f"no choice called {name!r}; there are {self.names(Segmented)}"
        segments[0].setFocus()
        for _ in segments[0].options:
            if segments[0].options[segments[0].current] == words:
                return
            self.press(Qt.Key.Key_Right)
        raise AssertionError(f"no {words!r} among {segments[0].options}")

    def menu(self, words: str):
        """Click a line of the menu that is open."""
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu), "no menu is open"
        lines = {action.text().strip(): action for action in popup.actions()}
        assert words in lines, f"no {words!r} among {list(lines)}"
        self.click(popup, popup.actionGeometry(lines[words]).center())

    def labels(self, within: QWidget | None = None) -> list[str]:
        """The words that stand in view."""
        return [each.text() for each in (within or self.window).findChildren(QLabel) if each.isVisible()]

    # -- the tree

    @property
    def tree(self):
        """The collections at the left."""
        return self.program.sidebar.tree

    @property
    def rows(self) -> list[str]:
        """The names in the tree, from top to bottom."""
        found, index = [], self.tree.model().index(0, 0)
        while index.isValid():
            found.append(index.data())
            index = self.tree.indexBelow(index)
        return found

    def at_row(self, name: str) -> Any:
        """Where a name stands in the tree."""
        index = self.tree.model().index(0, 0)
        while index.isValid() and index.data() != name:
            index = self.tree.indexBelow(index)
        assert index.isValid(), f"no {name!r} among {self.rows}"
        return self.tree.visualRect(index).center()

    def click_row(self, name: str):
        """Click a name in the tree."""
        self.click(self.tree.viewport(), self.at_row(name))

    async def open_row(self, name: str):
        """Open a request of the tree in a tab that stays."""
        self.click_row(name)
        self.press(Qt.Key.Key_Return)
        await until(lambda: self.tab.title == name and not self.tab.preview)
        return self.tab

    # -- the tab in front

    def new_request(self, url: str = ""):
        """Open a tab with Ctrl+T and type a URL."""
        self.ctrl(Qt.Key.Key_T)
        self.write(url)

    def page(self, name: str):
        """Go to a page of the request with Alt and its number."""
        key = Qt.Key(Qt.Key.Key_1 + _REQUEST_PAGES.index(name))
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def response_page(self, name: str):
        """Go to a page of the response with Alt, Shift and its number."""
        key = Qt.Key(Qt.Key.Key_1 + _RESPONSE_PAGES.index(name))
        self.press(key, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)

    async def save(self, name: str = ""):
        """Press Ctrl+S; a new request gets a name."""
        self.ctrl(Qt.Key.Key_S)
        if name:
            await until(lambda: "Save the request" in self.labels())
            self.write(name)
            self.press(Qt.Key.Key_Return)
        await until(lambda: not self.tab.dirty and self.tab.path)

    @property
    def status(self):
        """The words of the status pill."""
        return self.tab.response_pane.head.status.words

    @property
    def body(self):
        """The body of the last answer."""
        spool = self.tab.exchange.last.body
        return spool.read(0, spool.size_bytes)

    @property
    def echo(self):
        """What the echo server says it got."""
        return json.loads(self.body)

    def received(self, name: str) -> list[str]:
        """The values of a header as the echo server got it."""
        return [value for key, value in self.echo["headers"] if key.lower() == name.lower()]

    @property
    def shown_lines(self):
        """The lines of the body that is shown."""
        shown = self.tab.response_pane.pages.body.shown
        return shown.read(0, min(shown.size_bytes, 1_000_000)).decode("utf-8", "replace").splitlines()

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
    app.setQuitOnLastWindowClosed(False)
    theme.start(app)
    program = Program(places_in(home))
    program.settings.change(theme=mode)
    try:
        await program.start(folder)
        window = program.window
        window.resize(*SIZE_PX)
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
