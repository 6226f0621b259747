"""Table reading: the work on a body that is shown as a table: decoding, finding its rows, and the end of it."""

import threading

from httpdesk.body.following import Follower, Step
from httpdesk.body.spool import Spool
from httpdesk.body.table import Table
from httpdesk.body.table_shape import Shape
from httpdesk.body.transcoding import Transcoding


class TableReading:
    """A table, and the thread that keeps it up to date."""

    def __init__(self, spool: Spool, shape: Shape, encoding: str) -> None:
        self._source = spool
        self._own: Spool | None = None
        steps: list[Step] = []
        if encoding != "utf-8":
            self._own = Spool(spool.folder)
            steps.append(Transcoding(spool, self._own, encoding))
        self._text = self._own or spool
        self.table = Table(self._text, shape)
        self._follower = Follower(spool, *steps, self.table)
        self._follower.start()

    @property
    def complete(self) -> bool:
        """Whether no more rows will come."""
        return not self._follower.is_alive

    def set_header(self, *, has_header: bool) -> None:
        """Take the first line of CSV for names, or for a row."""
        self.table.set_header(has_header=has_header)

    def close(self) -> None:
        """End the work, without waiting for it, and let go of what was decoded."""
        self._follower.stop()
        if self._own is not None:
            threading.Thread(target=self._remove, name="body end", daemon=True).start()

    def _remove(self) -> None:
        self._follower.join()
        if self._own is not None:
            self._own.close()
