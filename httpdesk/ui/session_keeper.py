"""Session keeper: writes tabs, drafts and the window's state soon after they change, so that a kill loses nothing."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from httpdesk.store import session as session_file
from httpdesk.store.session import Session
from httpdesk.ui.notices import Notices
from httpdesk.ui.tasks import Tasks

DELAY_MS = 250
"""From a change to the write: half a second is what a user may lose, and the disk wants some of it."""


class SessionKeeper(QObject):
    """Asks `collect` for the session as it stands and writes it in a thread, never two writes at once."""

    def __init__(self, path: Path, collect: Callable[[], Session], tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._path, self._collect, self._tasks, self._notices = path, collect, tasks, notices
        self._written: Session | None = None
        self._failing = False
        self._one_at_a_time = asyncio.Lock()
        # Not started anew by each change: someone who types without a pause is saved, too.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(lambda: self._tasks.start("session", self.write()))

    def note_change(self) -> None:
        """Something of the session changed: write it soon."""
        if not self._timer.isActive():
            self._timer.start()

    async def write(self) -> None:
        """Write now, if there is anything new; a full disk is said once, and tried again with the next change."""
        async with self._one_at_a_time:
            session = self._collect()
            if session == self._written:
                return
            # A write that has begun is not given up half-way.
            error = await asyncio.shield(asyncio.to_thread(self._save, session))
            if error is None:
                self._written, self._failing = session, False
            elif not self._failing:
                self._failing = True
                words = self.tr("Open tabs and unsaved changes could not be written to disk: {reason}.")
                self._notices.show(words.format(reason=error.strerror or str(error)), level="error")

    def _save(self, session: Session) -> OSError | None:
        try:
            session_file.save(self._path, session)
        except OSError as error:
            return error
        return None

    async def close(self) -> None:
        """Write for the last time."""
        self._timer.stop()
        await self.write()
