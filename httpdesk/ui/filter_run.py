"""FilterRun: one evaluation of a filter in a thread, from the body to a text that can be shown."""

import threading
import uuid
from functools import cache

from httpdesk.body.spool import Spool
from httpdesk.core.request import Filter
from httpdesk.filters import limit_bytes
from httpdesk.filters.job import Job, Outcome
from httpdesk.filters.process import FilterProcess
from httpdesk.ui.derived_body import DerivedBody, give_up

_WAIT_S = 0.1


@cache
def worker() -> FilterProcess:
    """The process of all filters; it is started with the first one and ends with the program."""
    return FilterProcess()


class FilterRun:
    """Waits until the body is whole, then filters; `outcome` is None until it is over."""

    def __init__(self, source: Spool, wanted: Filter, body_language: str, encoding: str, key: str) -> None:
        self.wanted = wanted
        self.outcome: Outcome | None = None
        self.too_large = False
        self._source, self._body_language, self._encoding, self._key = source, body_language, encoding, key
        self._found = Spool(source.folder)
        self._shown: DerivedBody | None = None
        self._cancelled = threading.Event()
        threading.Thread(target=self._run, name="filter", daemon=True).start()

    @property
    def spool(self) -> Spool:
        """The result, formatted."""
        if self._shown is None and self.outcome is not None and self.outcome.shows != "text":
            self._shown = DerivedBody(self._found, self.outcome.shows, "utf-8")
        return self._shown.spool if self._shown is not None else self._found

    def cancel(self) -> None:
        """End soon, and let go of the result; does not wait."""
        self._cancelled.set()
        if self._shown is not None:
            self._shown.close()
        give_up(self._found)

    def _run(self) -> None:
        outcome: Outcome | None = None
        try:
            outcome = self._evaluated()
        except (OSError, ValueError) as error:
            if not self._cancelled.is_set():
                outcome = Outcome(fault=f"The result could not be kept: {error}")
        finally:
            self._found.finish()
            self.outcome = outcome or Outcome()

    def _evaluated(self) -> Outcome | None:
        source, most_bytes = self._source, limit_bytes(self.wanted.language)
        while not (source.finished or source.closed or self._cancelled.is_set()):
            if source.size_bytes > most_bytes:
                break
            source.wait_beyond(source.size_bytes, _WAIT_S)
        if self._cancelled.is_set() or source.closed:
            return None
        if source.size_bytes > most_bytes:
            self.too_large = True
            return Outcome()
        path = source.path
        job = Job(
            language=self.wanted.language,
            text=self.wanted.text,
            body_language=self._body_language,
            encoding=self._encoding,
            key=self._key,
            path=str(path.absolute()) if path is not None else "",
            size_bytes=source.size_bytes,
            data=b"" if path is not None else source.read(0, source.size_bytes),
        )
        return worker().run(job, self._found.write, self._cancelled)


def new_key() -> str:
    """A name for a body, so that the worker knows it again."""
    return uuid.uuid4().hex
