"""The command palette: requests, commands and environments in one field (Ctrl+K)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from httpdesk.core.environment import Environment
from httpdesk.ui import palette_model as rows
from httpdesk.ui import tokens
from httpdesk.ui.actions import Action
from httpdesk.ui.announce import announce
from httpdesk.ui.overlay import Overlay
from httpdesk.ui.palette_delegate import PaletteDelegate
from httpdesk.ui.pills import KeyCap
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_label, label, line, row

_TOP_PX, _MOST_ROWS_PX, _LEAST_ROWS_PX = 96, 424, 72
_AROUND_ROWS_PX = 136  # field, foot, lines and the edge of the window
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_PAGE = 8
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Palette(Overlay):
    """Find and do; the sources are asked each time it opens."""

    open_request = Signal(str, bool)
    """A path, and whether to send at once."""
    run = Signal(str)
    """The id of an action."""
    choose_environment = Signal(str)
    """A name, or "" for none."""

    def __init__(
        self,
        over: QWidget,
        requests: Callable[[], Sequence[rows.Request]],
        commands: Callable[[], Sequence[Action]],
        environments: Callable[[], Sequence[Environment]],
    ) -> None:
        self._requests, self._commands, self._environments = requests, commands, environments
        self._items: tuple[list[rows.Item], list[rows.Item], list[rows.Item]] = ([], [], [])
        super().__init__(over, self.name(), tokens.SIZE["palette_w"], top_px=_TOP_PX, surface="raised")
        self.field = QLineEdit()
        self.field.setProperty("kind", "bare")
        self.field.setAccessibleName(self.tr("Search requests, commands and environments"))
        self.field.textChanged.connect(self._search)
        self._model = rows.PaletteModel()
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(PaletteDelegate(self.list, enter="Return"))
        self.list.setAccessibleName(self.tr("Results"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index, send=False))
        self._nothing = label(self.tr("Nothing fits."), "body", "text2")
        self._lay_out()
        theme.bind(self.field, self._dress)

    def name(self) -> str:
        """What a screen reader calls it."""
        return QCoreApplication.translate("palette", "Find anything")

    def open_in(self, mode: str = "") -> None:
        """Open with an empty field: everything, or one kind alone ("@", ">" or "#")."""
        self._items = (
            rows.requests_as_items(self._requests()),
            rows.commands_as_items(self._commands()),
            rows.environments_as_items(self._environments()),
        )
        if self.field.text() != mode:
            self.field.setText(mode)
        else:
            self._search(mode)
        self.open(self.field)

    def _lay_out(self) -> None:
        hint = label(self.tr("@ requests   > commands   # environments"), "small", "text3")
        self.body.addWidget(
            row(icon_label("search", "text3", 20), (self.field, 1), hint, spacing=12, margins=(20, 0, 20, 0), height=56)
        )
        self.body.addWidget(line(strong=True))
        self.body.addWidget(row((self.list, 1), self._nothing, spacing=0, margins=(8, 4, 8, 8)))
        self.body.addWidget(line(strong=True))
        close = (KeyCap("Esc"), label(self.tr("close"), "small", "text2"))
        move = (KeyCap("↑"), KeyCap("↓"), label(self.tr("move"), "small", "text2"), 8)
        go = (KeyCap("Return"), label(self.tr("open"), "small", "text2"), 8)
        send = (KeyCap("Ctrl+Return"), label(self.tr("open and send"), "small", "text2"))
        self.body.addWidget(row(*move, *go, *send, None, *close, spacing=4, margins=(16, 0, 16, 0), height=40))

    def _dress(self) -> None:
        font = theme.font("title")
        font.setWeight(QFont.Weight.Normal)
        self.field.setFont(font)

    def _search(self, words: str) -> None:
        self._model.set_rows(rows.rows_for(words, *self._items))
        self._nothing.setVisible(self._model.rowCount() == 0)
        self.list.setVisible(self._model.rowCount() > 0)
        self._go_to(self._model.next_choice(-1, 1))
        self.place()

    def place(self) -> None:
        """As high as the rows, up to a limit and to what the window has room for."""
        window = self.parentWidget()
        if hasattr(self, "list") and window is not None:
            heights = (self.list.sizeHintForRow(at) for at in range(self._model.rowCount()))
            room = window.height() - theme.px(_TOP_PX) - theme.px(_AROUND_ROWS_PX)
            most = max(theme.px(_LEAST_ROWS_PX), min(theme.px(_MOST_ROWS_PX), room))
            self.list.setFixedHeight(min(sum(heights), most))
            self._settle()
        super().place()

    def _settle(self) -> None:
        """Let the layouts around the list know its height now; else the card would be as high as the rows before."""
        holder: QWidget | None = self.list.parentWidget()
        while holder is not None and holder is not self:
            if lay := holder.layout():
                lay.invalidate()
                lay.activate()
            holder = holder.parentWidget()

    # -- keyboard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the focus; keys that mean the list go there."""
        typed = watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if typed and self._press(event):  # type: ignore[arg-type]
            return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key, with_ctrl = Qt.Key(event.key()), bool(event.modifiers() & _CTRL)
        if step := _STEPS.get(key):
            self._step(step)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._page(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex(), send=with_ctrl)
        elif with_ctrl and key == Qt.Key.Key_P:
            self.field.setText(rows.COMMANDS_MODE if event.modifiers() & _SHIFT else rows.REQUESTS_MODE)
        elif with_ctrl and key == Qt.Key.Key_K:
            self.dismiss()
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        self._go_to(self._model.next_choice(self.list.currentIndex().row(), step))
        if item := self._model.item(self.list.currentIndex().row()):
            announce(self.list, rows.spoken(item))

    def _page(self, step: int) -> None:
        last = self._model.rowCount() - 1
        wanted = self.list.currentIndex().row() + step * _PAGE
        self._go_to(self._model.next_choice(min(max(wanted, 0), last + 1) - step, step))

    def _go_to(self, at: int) -> None:
        self.list.setCurrentIndex(self._model.index(at, 0))
        if at == self._model.next_choice(-1, 1):
            self.list.scrollToTop()  # its heading as well

    def _choose(self, index: QModelIndex, *, send: bool) -> None:
        item = self._model.item(index.row())
        if item is None or item.kind == rows.HEADING:
            return
        self.shut()
        if item.kind == rows.REQUEST:
            self.open_request.emit(item.key, send)
        elif item.kind == rows.COMMAND:
            self.run.emit(item.key)
        else:
            self.choose_environment.emit(item.key)
