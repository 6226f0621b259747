"""Every shortcut in one list with a search, made from ui/actions.py (F1)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from httpdesk.ui.actions import ACTIONS, Action
from httpdesk.ui.palette_delegate import PaletteDelegate, shown_alternatives
from httpdesk.ui.palette_match import match
from httpdesk.ui.palette_model import COMMAND, HEADING, Item, PaletteModel
from httpdesk.ui.search_edit import SearchEdit
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import label, row

_ROW_PX = 32
# Keys that belong to a kind of widget, not to the window: (title, keys).
_IN_PLACE = (
    ("Close what lies over the window", ("Esc",)),
    ("Rename in the tree", ("F2",)),
    ("Delete in the tree or a table", ("Del",)),
    ("Switch a row of a table on or off", ("Ctrl+/",)),
    ("Move a row of a table", ("Alt+Up", "Alt+Down")),
    ("Next cell of a table", ("Tab",)),
    ("Offer the variables, in the URL and the body", ("Ctrl+Space",)),
    ("Fold or unfold in the body", ("Ctrl+Shift+[", "Ctrl+Shift+]")),
    ("Next or previous match of the find bar", ("F3", "Shift+F3")),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)


def shortcut_items(actions: Sequence[Action]) -> list[Item]:
    """The actions that have keys, under the names of their groups; a series stands once."""
    items: list[Item] = []
    groups = dict.fromkeys(action.group for action in actions if action.keys)
    for group in groups:
        items.append(Item(HEADING, "", _tr(group)))
        members = [action for action in actions if action.group == group and action.keys]
        seen: set[str] = set()
        for action in members:
            if action.series and action.series in seen:
                continue
            seen.add(action.series)
            items.append(_series(action, members) if action.series else _item(action))
    items.append(Item(HEADING, "", _tr("In its place")))
    return items + [Item(COMMAND, title, _tr(title), "", "", keys) for title, keys in _IN_PLACE]


def _item(action: Action) -> Item:
    return Item(COMMAND, action.id, _tr(action.title), action.icon, "", action.keys)


def _series(first: Action, members: Sequence[Action]) -> Item:
    """One row for actions that differ in a number: from the keys of the first to the digit of the last."""
    last = [action for action in members if action.series == first.series][-1]
    keys = QKeySequence(first.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return Item(COMMAND, first.id, _tr(first.series), first.icon, "", (f"{keys} … {last.keys[0][-1]}",))


def sifted(query: str, items: Sequence[Item]) -> list[Item]:
    """The rows whose title or keys fit, with the headings that still have some."""
    rows: list[Item] = []
    heading: Item | None = None
    for item in items:
        if item.kind == HEADING:
            heading = item
            continue
        fit = match(query, item.title, " ".join(shown_alternatives(item.keys)))
        if fit is None:
            continue
        if heading is not None:
            rows.append(heading)
            heading = None
        rows.append(item._replace(hits=fit.hits))
    return rows


class ShortcutsPage(QWidget):
    """What can be done by keyboard; typing into the field finds by name or by keys."""

    def __init__(self, actions: Callable[[], Sequence[Action]] = lambda: ACTIONS) -> None:
        super().__init__()
        self._actions = actions
        self._items: list[Item] = []
        self.search = SearchEdit(self.tr("Search shortcuts"), "search")
        self.search.textChanged.connect(self._sift)
        self.search.go_down.connect(self._go_down)
        self._model = PaletteModel()
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(PaletteDelegate(self.list, _ROW_PX))
        self.list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = row(label(self.tr("Nothing fits."), "body", "text2"), None, margins=(24, 8, 24, 8))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(row((self.search, 1), margins=(24, 16, 24, 8)))
        lay.addWidget(self._nothing)
        lay.addWidget(row((self.list, 1), margins=(12, 0, 12, 0)), 1)
        theme.bind(self.list, self.list.scheduleDelayedItemsLayout)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the actions anew and show them all."""
        self._items = shortcut_items(self._actions())
        self.search.clear()
        self._sift("")
        super().showEvent(event)

    def shown(self) -> list[tuple[str, str]]:
        """The rows in view as (title, keys); headings have no keys."""
        items = [self._model.item(at) for at in range(self._model.rowCount())]
        return [(item.title, ", ".join(shown_alternatives(item.keys))) for item in items if item]

    def _sift(self, query: str) -> None:
        self._model.set_rows(sifted(query, self._items))
        self._nothing.setVisible(self._model.rowCount() == 0)
        self.list.scrollToTop()

    def _go_down(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if (at := self._model.next_choice(-1, 1)) >= 0:
            self.list.setCurrentIndex(self._model.index(at, 0))
