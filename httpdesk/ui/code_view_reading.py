"""Reading: the work on one body that a code view shows: decoding, indexing, and the end of it."""

import threading
from functools import cache

from httpdesk.body.elsewhere import Elsewhere
from httpdesk.body.following import Follower, Step
from httpdesk.body.languages import language_of
from httpdesk.body.lexed import Lexed, is_lexed
from httpdesk.body.spool import Spool
from httpdesk.body.text import Text
from httpdesk.body.transcoding import Transcoding

# What is there at once is indexed at once: it takes less than 1 ms.
_AT_ONCE_BYTES = 1 << 18
_UTF_8 = ("utf-8", "utf8", "ascii", "us-ascii", "")


class _Colors:
    """The colours come last: what waits for them is a text that can be read."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def advance(self) -> bool:
        text = self._text
        return text.lexed is not None and text.complete and text.lexed.advance()


@cache
def elsewhere() -> Elsewhere:
    """The process for colours; it ends with the program."""
    return Elsewhere()


class Reading:
    """A text, the thread that keeps it up to date, and a spool of its own where the body is not UTF-8."""

    def __init__(self, spool: Spool, language: str, encoding: str = "utf-8") -> None:
        self._thread: Follower | None = None
        is_utf_8 = encoding.lower() in _UTF_8
        self._own, decoding = (None, []) if is_utf_8 else _decode(spool, encoding)
        self.fault = not is_utf_8 and self._own is None  # the encoding means nothing here
        shown = self._own or spool
        lexed = Lexed(shown, language, elsewhere()) if is_lexed(language) else None
        self.text = Text(shown, language_of(language), lexed)
        for step in decoding:
            step.advance()
        while self.text.index.size_bytes < _AT_ONCE_BYTES and self.text.advance():
            pass
        if not self.complete:
            self._thread = Follower(spool, *decoding, self.text, _Colors(self.text))
            self._thread.start()

    @property
    def complete(self) -> bool:
        """Whether all that will ever come is there."""
        text = self.text
        return text.spool.closed or (text.complete and (text.lexed is None or text.lexed.done))

    @property
    def colors(self) -> int:
        """Grows when rows get other colours than they had."""
        return self.text.lexed.count if self.text.lexed is not None else 0

    def stop(self) -> None:
        """End the work; what is there stays."""
        if self._thread is not None:
            self._thread.stop()

    def close(self) -> None:
        """End the work and let go of the own spool, in the background: the thread may still be writing to it."""
        self.stop()
        thread, own = self._thread, self._own
        self._thread = self._own = None
        if own is not None:
            threading.Thread(target=_remove, args=(own, thread), name="body end").start()


def _decode(spool: Spool, encoding: str) -> tuple[Spool | None, list[Step]]:
    """A spool for the text in UTF-8 and the work that fills it."""
    own = Spool(spool.folder)
    try:
        return own, [Transcoding(spool, own, encoding)]
    except LookupError:
        return None, []


def _remove(own: Spool, thread: Follower | None) -> None:
    if thread is not None:
        thread.join()
    own.close()
