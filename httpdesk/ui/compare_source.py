"""CompareSource: one side of a comparison: a body, what is known of its answer, and a copy that stays."""

import threading
from dataclasses import dataclass
from pathlib import Path

from httpdesk.body.comparing import LIMIT_BYTES, Side
from httpdesk.body.spool import COPY_BYTES, Spool
from httpdesk.core.exchange import Exchange, Head
from httpdesk.core.problem import Problem
from httpdesk.core.wording import duration, size
from httpdesk.ui import response_words
from httpdesk.views import pick
from httpdesk.views.charset import encoding_of

_WAIT_S = 0.1
_HEAD_BYTES = 4096


@dataclass(frozen=True)
class CompareSource:
    """A body and its answer, if it is of one. Who is `given` the spool closes it.

    `status` are words and colour role of the pill; `is_partial` says that the body is not all that was to come.
    """

    title: str
    spool: Spool
    head: Head | None = None
    status: tuple[str, str] = ("", "text2")
    time_words: str = ""
    is_partial: bool = False
    given: bool = False

    @property
    def size_words(self) -> str:
        """How large the body is, unpacked."""
        return size(self.spool.size_bytes)


class Copy:
    """A body that stays as it is when its answer goes: taken once, in a thread."""

    def __init__(self, source: CompareSource, folder: Path) -> None:
        self.source = source
        self.side: Side | None = None
        self.too_large = False
        self.take_what_is_there = threading.Event()
        self._spool = source.spool if source.given else Spool(folder)
        self._path: Path | None = None

    def take(self, cancelled: threading.Event) -> None:
        """Wait for the end of the body and copy it; blocks. Raises OSError, and Problem when the body is gone."""
        spool = self.source.spool
        while not (spool.finished or spool.closed or cancelled.is_set() or self.take_what_is_there.is_set()):
            if spool.size_bytes > LIMIT_BYTES:
                break
            spool.wait_beyond(spool.size_bytes, _WAIT_S)
        self.too_large = spool.size_bytes > LIMIT_BYTES
        if self.side is not None or self.too_large or cancelled.is_set():
            return
        whole = spool.size_bytes
        if self._spool is not spool:
            while self._spool.size_bytes < whole and (piece := self._next_piece(whole)):
                self._spool.write(piece)
            self._spool.finish()
        if spool.closed or self._spool.size_bytes < whole:
            raise Problem("The answer is gone", "It was replaced or its tab was closed before it was compared.")
        self.side = self._described()

    def close(self) -> None:
        """Give up the copy."""
        self._spool.close()

    def _next_piece(self, whole: int) -> bytes:
        position = self._spool.size_bytes
        return self.source.spool.read(position, min(whole, position + COPY_BYTES))

    def _described(self) -> Side:
        spool, head = self._spool, self.source.head
        content_type = head.first("content-type") if head is not None else ""
        first = spool.read(0, _HEAD_BYTES)
        view = pick(content_type, first)
        path = spool.path
        return Side(
            language=view.language if view.shown_as == "text" else "bytes",
            encoding=encoding_of(content_type, first),
            path=str(path.absolute()) if path is not None else "",
            data=b"" if path is not None else spool.read(0, spool.size_bytes),
            size_bytes=spool.size_bytes,
        )


def source_of_exchange(title: str, exchange: Exchange, *, given: bool = False) -> CompareSource | None:
    """The last answer of an exchange; None where there is none, or it was given up."""
    hop = exchange.last
    if hop is None or hop.head is None:
        return None
    spool = hop.body if isinstance(hop.body, Spool) else Spool.of(b"")
    if spool.closed:
        return None
    return CompareSource(
        title=title,
        spool=spool,
        head=hop.head,
        status=response_words.pill(exchange, hop),
        time_words=duration(exchange.total_ms) if exchange.outcome is not None else "",
        is_partial=exchange.outcome is not None and not hop.complete,
        given=given,
    )


def source_of_file(path: Path, folder: Path) -> CompareSource:
    """A file on disk, read once; blocks. Raises Problem."""
    spool = Spool(folder)
    try:
        with path.open("rb") as file:
            while spool.size_bytes <= LIMIT_BYTES and (piece := file.read(COPY_BYTES)):
                spool.write(piece)
    except OSError as error:
        spool.close()
        reason = (error.strerror or str(error)).lower()
        raise Problem(f"{path.name} could not be read", f"{path.parent}: {reason}.", kind="read-failed") from error
    spool.finish()
    return CompareSource(title=path.name, spool=spool, given=True)
