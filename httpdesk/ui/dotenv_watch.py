"""Watches the .env files of the workspace: what is changed in them counts a moment later."""

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from httpdesk.ui.library import Library
from httpdesk.ui.tasks import Tasks

_WAIT_MS = 60


class DotenvWatch(QObject):
    """Asks the library to read them anew, in its thread, when one is written, made or removed."""

    def __init__(self, library: Library, tasks: Tasks) -> None:
        super().__init__()
        self._library, self._closed = library, False
        self._watcher: QFileSystemWatcher | None = None
        # Editors write in several steps.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT_MS)
        self._later.timeout.connect(lambda: tasks.start("read .env", self._read()))
        library.tree_changed.connect(self._watch)
        library.environments_changed.connect(self._watch)

    def close(self) -> None:
        """Look no more, also when a reading that is under way ends."""
        self._closed = True
        self._library.tree_changed.disconnect(self._watch)
        self._library.environments_changed.disconnect(self._watch)
        self._later.stop()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    async def _read(self) -> None:
        await self._library.read_dotenv()
        self._watch()

    def _watch(self) -> None:
        """Watch the folders for files that come, and the files themselves; a file that was replaced is watched anew."""
        if self._closed or (root := self._library.folder) is None:
            return
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(lambda _path: self._later.start())
            self._watcher.fileChanged.connect(lambda _path: self._later.start())
        wanted = {str(root / folder) for folder in ("", *self._library.collections)}
        wanted |= {str(root / folder / ".env") for folder in self._library.shared.dotenv}
        watched = {*self._watcher.directories(), *self._watcher.files()}
        if gone := watched - wanted:
            self._watcher.removePaths(list(gone))
        if new := wanted - watched:
            self._watcher.addPaths(list(new))
