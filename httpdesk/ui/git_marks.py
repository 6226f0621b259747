"""Git marks: how the files of the workspace stand to the last commit; git is asked in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from httpdesk.core.marks import Mark
from httpdesk.ui.library import Library
from httpdesk.ui.tasks import Tasks

_DELAY_MS = 300
_TASK = "git"


class GitMarks(QObject):
    """Looks again after every change of the files, and when the user comes back from elsewhere."""

    changed = Signal(object)
    """The marks by path."""

    def __init__(self, library: Library, tasks: Tasks) -> None:
        super().__init__()
        self._library, self._tasks = library, tasks
        self._marks: Mapping[str, Mark] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_DELAY_MS)
        self._again.timeout.connect(self._look)
        self._ended = False
        for something in (library.tree_changed, library.changed_outside, library.environments_changed):
            something.connect(self._look_soon)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._came_back)

    def stop(self) -> None:
        """Look no more, even if files are still saved on the way out."""
        self._ended = True
        self._again.stop()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.disconnect(self._came_back)

    def _came_back(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._library.folder is not None:
            self._look_soon()

    def _look_soon(self) -> None:
        if not self._ended:
            self._again.start()

    def _look(self) -> None:
        if self._tasks.is_running(_TASK):
            self._look_soon()
        elif (folder := self._library.folder) is not None:
            self._tasks.start(_TASK, self._ask(folder))

    async def _ask(self, folder: Path) -> None:
        found = await asyncio.to_thread(_marks, folder)
        if found != self._marks and self._library.folder == folder:
            self._marks = found
            self.changed.emit(found)


async def show_changes(over: QWidget, library: Library, path: str) -> None:
    """Show a file as it was committed last beside what it is now. Raises Problem."""
    from httpdesk.ui.both_texts import BothTexts

    folder = library.folder
    if folder is None:
        return
    before, now = await asyncio.to_thread(_both, folder, path)
    card = BothTexts(over, path.rpartition("/")[2], before, now, committed=True)
    card.open(card.theirs)


def _marks(folder: Path) -> dict[str, Mark]:
    from httpdesk.store import git

    return git.marks(folder)


def _both(folder: Path, path: str) -> tuple[str, str]:
    from httpdesk.store import git
    from httpdesk.store.files import Files
    from httpdesk.store.paths import inside

    return git.committed(folder, path), Files().data(inside(folder, path)).decode("utf-8", "replace")
