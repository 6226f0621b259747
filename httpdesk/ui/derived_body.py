"""Derived body: a body formatted, made in a thread while it arrives."""

import threading
from functools import cache
from typing import Literal

from httpdesk.body.elsewhere import Elsewhere
from httpdesk.body.following import Follower, Step
from httpdesk.body.pretty import Formatting
from httpdesk.body.spool import Spool
from httpdesk.body.transcoding import Transcoding

Form = Literal["pretty", "raw", "tree", "hex", "preview"]
_WAIT_S = 0.25
# How long a body that is given up may still be written to.
_LAST_WRITE_S = 5.0


@cache
def elsewhere() -> Elsewhere:
    """The process for all large bodies; it ends with the program."""
    return Elsewhere()


class DerivedBody:
    """Fills `spool` from `source`; close() gives up what was made, without waiting for the thread."""

    def __init__(self, source: Spool, language: str, encoding: str) -> None:
        self.source, self.made_for = source, (source, language, encoding)
        self._made = [Spool(source.folder)]
        self._follower = Follower(source, *self._steps(source, language, encoding))
        self._follower.start()

    @property
    def spool(self) -> Spool:
        """What is shown; it grows while the source does."""
        return self._made[-1]

    @property
    def fault(self) -> str:
        """What was not of the language, in words; "" for nothing so far."""
        return self._formatting.fault

    def close(self) -> None:
        """Stop the work, then remove what it made."""
        self._follower.stop()
        threading.Thread(target=self._end, name="body-end", daemon=True).start()

    def _end(self) -> None:
        self._follower.join()
        for spool in self._made:
            spool.close()

    def _steps(self, source: Spool, language: str, encoding: str) -> list[Step]:
        if encoding == "utf-8":
            return [self._formatting_of(source, language)]
        decoded = Spool(source.folder)
        self._made.insert(0, decoded)
        return [Transcoding(source, decoded, encoding), self._formatting_of(decoded, language)]

    def _formatting_of(self, text: Spool, language: str) -> Formatting:
        self._formatting = Formatting(text, self.spool, language, elsewhere())
        return self._formatting


def wait_until_whole(spool: Spool, limit_bytes: int) -> None:
    """Block until a body has ended or is larger than the limit."""
    while not (spool.finished or spool.closed) and spool.size_bytes <= limit_bytes:
        spool.wait_beyond(spool.size_bytes, _WAIT_S)


def give_up(spool: Spool) -> None:
    """Close a body that nobody owns any more, once its writer has noticed; does not wait."""

    def end() -> None:
        waited_s = 0.0
        while not spool.finished and waited_s < _LAST_WRITE_S:
            spool.wait_beyond(spool.size_bytes, _WAIT_S)
            waited_s += _WAIT_S
        spool.close()

    threading.Thread(target=end, name="body-end", daemon=True).start()
