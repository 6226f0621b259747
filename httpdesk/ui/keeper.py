"""Keeper: writes a file of the program soon after what it holds changed, so that a kill loses nothing."""

import asyncio
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from httpdesk.ui.notices import Notices
from httpdesk.ui.tasks import Tasks

DELAY_MS = 250
"""From a change to the write: half a second is what a user may lose, and the disk wants some of it."""


class Keeper(QObject):
    """Asks `collect` for what is to be written and gives it to `save` in a thread, never two writes at once.

    `save` raises OSError; `fault` says so to the user and has a place for the {reason}.
    """

    def __init__(
        self,
        collect: Callable[[], object],
        save: Callable[[Any], None],
        tasks: Tasks,
        notices: Notices,
        fault: str,
    ) -> None:
        super().__init__()
        self._collect, self._save, self._notices, self._fault = collect, save, notices, fault
        self._written: object = None
        self._noted, self._failing, self._closed = False, False, False
        self._one_at_a_time = asyncio.Lock()
        # Not started anew by each change: someone who types without a pause is saved, too.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        # Beside a write that still runs: cancelled, it would give up the lock while its thread goes on.
        self._timer.timeout.connect(lambda: tasks.start("keep", self.write(), beside=True))

    def note_change(self) -> None:
        """Something changed: write it soon."""
        self._noted = True
        if not self._closed and not self._timer.isActive():
            self._timer.start()

    async def write(self) -> bool:
        """Write now, if there is anything new; a full disk is said once, and tried again with the next change.

        Whether all is written.
        """
        async with self._one_at_a_time:
            value = self._collect()
            if value == self._written:
                return True
            error = await asyncio.to_thread(self._saved, value)
            if error is None:
                self._written, self._failing = value, False
            elif not self._failing:
                self._failing = True
                self._notices.show(self._fault.format(reason=error.strerror or str(error)), level="error")
            return error is None

    def _saved(self, value: Any) -> OSError | None:
        try:
            self._save(value)
        except OSError as error:
            return error
        return None

    async def close(self) -> None:
        """Write for the last time: what changes after this is not kept."""
        self._closed = True
        self._timer.stop()
        if self._noted:
            await self.write()
