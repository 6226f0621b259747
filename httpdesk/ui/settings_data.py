"""The settings page that says where the program keeps what, and what it does not do."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from httpdesk.store.places import Places
from httpdesk.ui.widgets import button, col, label, line, row


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)


class DataPage(QWidget):
    """Folders with a button that shows each, and a word on privacy."""

    def __init__(self, places: Places, workspace: Callable[[], Path | None]) -> None:
        super().__init__()
        self._open_workspace = workspace
        self._workspace = _Folder(_tr("Requests"), _tr("One file each, with environments and trash"), places.workspace)
        folders = (
            self._workspace,
            _Folder(_tr("Settings"), _tr("What these pages change"), places.config),
            _Folder(_tr("Session"), _tr("Open tabs, drafts and the window's place"), places.data),
            _Folder(_tr("History"), _tr("What was sent and what came, secrets masked"), places.history_folder),
            _Folder(_tr("Bodies"), _tr("Large answers; each run of httpdesk removes its own at the end"), places.cache),
        )
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.setAlignment(Qt.AlignmentFlag.AlignTop)
        lay.addWidget(_heading(_tr("Where things lie")))
        for folder in folders:
            lay.addWidget(folder)
        lay.addWidget(row(line(), margins=(24, 8, 24, 0)))
        lay.addWidget(_heading(_tr("Privacy")))
        for words in (
            _tr("httpdesk talks to the addresses that you send to, and to nothing else: no account, no telemetry."),
            _tr("Passwords, passphrases and secret variables are kept until httpdesk ends, and no file gets them."),
            _tr("Cookies are sent again until httpdesk ends."),
            _tr("The history keeps requests and answers, readable by you only. The page History limits it or ends it."),
        ):
            lay.addWidget(row((label(words, "body", "text2", wrap=True), 1), margins=(24, 4, 24, 4)))

    def showEvent(self, event: QShowEvent) -> None:
        """Name the folder that is open now."""
        if folder := self._open_workspace():
            self._workspace.show_path(folder)
        super().showEvent(event)


class _Folder(QWidget):
    """What lies in a folder, where that is, and a button that shows it."""

    def __init__(self, title: str, hint: str, path: Path) -> None:
        super().__init__()
        self._path = path
        self._where = label("", "small", "text3", selectable=True, wrap=True)
        self._where.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        show = button(_tr("Show"), size="sm")
        show.setAccessibleName(_tr("Show the folder: {title}").format(title=title))
        show.clicked.connect(self._show)
        words = col(label(title), label(hint, "small", "text2", wrap=True), self._where, spacing=0)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(row((words, 1), show, spacing=24, margins=(24, 7, 24, 7)))
        self.show_path(path)

    def show_path(self, path: Path) -> None:
        """Name another folder."""
        self._path = path
        # A path may break anywhere: the signs of no width let the label do so.
        self._where.setText(str(path).replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self._where.setAccessibleName(str(path))

    def _show(self) -> None:
        """A folder that is not there yet is made: an empty one says more than an error."""
        try:
            self._path.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))


def _heading(words: str) -> QWidget:
    return row(label(words, "strong"), None, margins=(24, 16, 24, 4))
