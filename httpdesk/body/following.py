"""Follower: a thread that keeps work on a growing body up to date."""

import logging
import threading
from typing import Protocol

from httpdesk.body.spool import Spool

_log = logging.getLogger(__name__)
# How long a stop may take to be noticed while nothing arrives.
_WAIT_S = 0.25


class Step(Protocol):
    """Work in small pieces, so that the window gets its turn in between."""

    def advance(self) -> bool:
        """Do the next piece; False when there is nothing to do yet."""
        ...


class Follower:
    """Runs the steps in turn while there is something to do, waits for `source` to grow, ends with it or on stop()."""

    def __init__(self, source: Spool, *steps: Step) -> None:
        self._source, self._steps = source, steps
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="body", daemon=True)

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def stop(self) -> None:
        """End soon; does not wait."""
        self._stopped.set()

    @property
    def is_alive(self) -> bool:
        """Whether the work goes on."""
        return self._thread.is_alive()

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stopped.is_set():
                ended, size = self._source.finished, self._source.size_bytes
                worked = [step.advance() for step in self._steps]
                if any(worked):
                    continue
                if ended:
                    return
                self._source.wait_beyond(size, _WAIT_S)
        except OSError:
            # The disk is full, or the body was given up: what is there stays readable.
            _log.warning("work on a body ended early", exc_info=True)
        except ValueError:
            _log.debug("a body was given up while work on it went on", exc_info=True)
