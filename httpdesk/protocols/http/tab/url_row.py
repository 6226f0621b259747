"""URL row: method, URL and Send, then Save and More."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from httpdesk.core.environment import Scope
from httpdesk.core.preview import Preview
from httpdesk.core.request import HttpRequest
from httpdesk.protocols.http.tab.page import spaced
from httpdesk.ui.actions import BY_ID, shown_keys, tip, title
from httpdesk.ui.menus import menu
from httpdesk.ui.theme import theme
from httpdesk.ui.url_bar import UrlBar
from httpdesk.ui.widgets import icon_button

_SEND_MENU = ("send", "send_to_file")
_MORE_MENU = (
    *("save", "save_as", "duplicate", ""),
    *("copy_response", "save_response", "compare_response", "", "close_tab"),
)


class UrlRow(QFrame):
    """The row above both panes; `run_action` asks for an action of ui/actions.py."""

    url_edited = Signal(str)
    method_changed = Signal(str)
    send = Signal()
    cancel = Signal()
    run_action = Signal(str)

    def __init__(self, scope: Callable[[], Scope]) -> None:
        super().__init__()
        self.setProperty("surface", "canvas")
        self.setAccessibleName(self.tr("URL and Send"))
        self.bar = UrlBar(scope)
        self.bar.url_edited.connect(self.url_edited)
        self.bar.method_changed.connect(self.method_changed)
        self.bar.send.connect(self.send)
        self.bar.cancel.connect(self.cancel)
        self.bar.menu_wanted.connect(lambda: self._offer(_SEND_MENU, right_of_send=True))
        self.setFocusProxy(self.bar.edit)
        self._save = icon_button("save", tip("save"), 32)
        self._save.clicked.connect(lambda: self.run_action.emit("save"))
        self._more = icon_button("ellipsis", self.tr("More"), 32)
        self._more.clicked.connect(lambda: self._offer(_MORE_MENU))
        lay = QHBoxLayout(self)
        spaced(self, lay, (0, 0, 12, 0))
        lay.addWidget(self.bar, 1)
        lay.addWidget(self._save)
        lay.addWidget(self._more)

    def show_request(self, request: HttpRequest) -> None:
        """Show method and URL."""
        self.bar.method.show_method(request.method)
        self.bar.edit.show_url(request.url)

    def show_url(self, url: str) -> None:
        """Show another URL, as the query table made it."""
        self.bar.edit.show_url(url)

    def show_busy(self, *, busy: bool) -> None:
        """Send or Cancel."""
        self.bar.send_button.set_busy(busy=busy)

    def show_savable(self, *, savable: bool) -> None:
        """Whether there is something to save."""
        self._save.setEnabled(savable)

    def show_preview(self, preview: Preview) -> None:
        """A red border only when the URL itself is wrong; the chips take their colours anew."""
        problem = preview.problem
        wrong = problem is not None and problem.kind == "bad-url" and bool(self.bar.edit.toPlainText())
        self.bar.show_fault(str(problem) if wrong else "")
        self.bar.edit.refresh_variables()

    def focus_url(self) -> None:
        """Put the caret into the URL, all of it selected."""
        self.bar.edit.setFocus()
        self.bar.edit.selectAll()

    def choose_method(self) -> None:
        """Open the menu of methods."""
        self.bar.method.open_menu()

    def _offer(self, ids: tuple[str, ...], *, right_of_send: bool = False) -> None:
        rows = [(BY_ID[id_].icon, title(id_), shown_keys(id_)) if id_ else None for id_ in ids]
        popup = menu(rows, self)
        named = [id_ for id_ in ids if id_]
        actions = [action for action in popup.actions() if not action.isSeparator()]
        for action, id_ in zip(actions, named, strict=True):
            action.triggered.connect(lambda _=False, id_=id_: self.run_action.emit(id_))
        anchor = self.bar.send_button if right_of_send else self._more
        corner = anchor.mapToGlobal(anchor.rect().bottomRight())
        popup.popup(corner.__class__(corner.x() - popup.sizeHint().width(), corner.y() + theme.px(4)))
