"""Desk: the document tabs, the page of the current one, and the environment switch at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.ui.actions import tip
from httpdesk.ui.doc_tabs import DocTabs
from httpdesk.ui.document import Document
from httpdesk.ui.env_switch import EnvSwitch
from httpdesk.ui.focus import focus_first
from httpdesk.ui.strip_line import StripLine
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button


class Desk(QWidget):
    """Documents in the order of their tabs; knows nothing of what they hold."""

    current_changed = Signal(object)
    """The document in front, or None."""
    close_requested = Signal(object)
    new_requested = Signal()
    order_changed = Signal()

    def __init__(self, environment_switch: EnvSwitch) -> None:
        super().__init__()
        self._documents: list[Document] = []
        self._recent: list[Document] = []
        # The tabs as they were in front, the last one first, while Ctrl+Tab goes through them.
        self._walk: list[Document] = []
        self._walked = 0
        self.tabs = DocTabs()
        self.tabs.currentChanged.connect(self._show)
        self.tabs.close_requested.connect(lambda index: self.close_requested.emit(self._documents[index]))
        self.tabs.tabMoved.connect(self._moved)
        self.new_button = icon_button("plus", tip("new_tab"))
        self.new_button.clicked.connect(self.new_requested)
        self.pages = QStackedWidget(self)
        strip = self.strip = QWidget()
        strip.setFocusProxy(self.tabs)
        strip.setProperty("surface", "chrome")
        theme.bind(strip, lambda: strip.setFixedHeight(theme.size("tabstrip")))
        line = self._guard_line = QFrame()
        line.setProperty("line", "guard")
        line.hide()
        theme.bind(line, lambda: line.setFixedHeight(theme.px(2)))
        lay = QHBoxLayout(strip)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(self.tabs)
        lay.addWidget(StripLine(self.new_button), 1)
        lay.addWidget(StripLine(environment_switch, at_right=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(self._guard_line)
        column.addWidget(self.pages, 1)

    def show_protected(self, *, on: bool) -> None:
        """Draw the line under the tabs that says that the environment in use is protected."""
        self._guard_line.setVisible(on)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every open document, left to right."""
        return tuple(self._documents)

    @property
    def current(self) -> Document | None:
        """The document in front."""
        index = self.tabs.currentIndex()
        return self._documents[index] if 0 <= index < len(self._documents) else None

    def add(self, document: Document, *, at: int | None = None, show: bool = True) -> None:
        """Put a document behind a new tab, at the end if nothing else is said."""
        index = len(self._documents) if at is None else at
        self._documents.insert(index, document)
        self.pages.addWidget(document)
        document.state_changed.connect(lambda: self._refresh(document))
        self.tabs.insert_document(index, self._data(document))
        if show or len(self._documents) == 1:
            self.show_document(document)

    def show_document(self, document: Document) -> None:
        """Bring a document to the front."""
        self.tabs.setCurrentIndex(self._documents.index(document))
        self._show(self.tabs.currentIndex())

    def remove(self, document: Document) -> None:
        """Take a document and its tab away; the caller owns it again."""
        index = self._documents.index(document)
        was_current = document is self.current
        del self._documents[index]
        self._walk = []
        if document in self._recent:
            self._recent.remove(document)
        self.tabs.blockSignals(True)
        self.tabs.removeTab(index)
        self.tabs.blockSignals(False)
        self.pages.removeWidget(document)
        if was_current and self._recent:
            self.tabs.setCurrentIndex(self._documents.index(self._recent[-1]))
        self._show(self.tabs.currentIndex())

    def go(self, step: int) -> None:
        """Show the tab so many places to the right, around the end."""
        if self._documents:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(self._documents))

    def go_recent(self, step: int) -> None:
        """Show the tab that was in front before; until `end_walk`, each further step goes to an earlier one."""
        if not self._walk:
            known = list(reversed(self._recent))
            self._walk, self._walked = known + [one for one in self._documents if one not in known], 0
        walk = self._walk
        if walk:
            order, self._walked = self._recent.copy(), (self._walked + step) % len(walk)
            self.show_document(walk[self._walked])
            # Tabs that were only passed were not used: their order stays.
            self._walk, self._recent = walk, order

    def end_walk(self) -> None:
        """The keys are let go: the tab in front is the most recent one."""
        if self._walk:
            self._show(self.tabs.currentIndex())

    def go_to(self, number: int) -> None:
        """Show the nth tab, from 1; 9 is the last one."""
        if self._documents:
            index = len(self._documents) - 1 if number == 9 else number - 1
            if index < len(self._documents):
                self.tabs.setCurrentIndex(index)

    def _show(self, index: int) -> None:
        document = self._documents[index] if 0 <= index < len(self._documents) else None
        self._walk = []
        if document is not None:
            focused = QApplication.focusWidget()
            had_focus = focused is not None and self.pages.isAncestorOf(focused)
            self.pages.setCurrentWidget(document)
            if had_focus and document not in self._recent and (regions := document.focus_regions()):
                # Later on Qt puts it back where it was in this page.
                focus_first(regions[0])
            if document in self._recent:
                self._recent.remove(document)
            self._recent.append(document)
        self.current_changed.emit(document)

    def _moved(self, source: int, target: int) -> None:
        self._documents.insert(target, self._documents.pop(source))
        self.order_changed.emit()

    def _refresh(self, document: Document) -> None:
        if document in self._documents:
            self.tabs.set_document(self._documents.index(document), self._data(document))

    def _data(self, document: Document) -> dict[str, object]:
        return {
            "method": document.label,
            "title": document.title,
            "dirty": document.dirty,
            "preview": document.preview,
            "busy": document.busy,
        }
