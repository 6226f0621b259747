"""ScanWork: one thread for all scans of a tree that take long; it ends when there is nothing left to find."""

import logging
import threading
from time import perf_counter

from httpdesk.body.spool import Spool
from httpdesk.body.tree_scan import ChildScan

_log = logging.getLogger(__name__)
# How long a stop may take to be noticed while nothing arrives.
_WAIT_S = 0.25
# After so much work it rests: a window that paints would lose the interpreter at each call and wait to get it back.
_TURN_S, _REST_S = 0.001, 0.0005


class ScanWork:
    """Goes on with the scans in turn, a piece each, and waits for the text to grow."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._scans: list[ChildScan] = []
        self._lock = threading.Lock()
        self._running = self._stopped = False
        self._rest = threading.Event()

    def add(self, scan: ChildScan) -> None:
        """From now on this scan is the thread's."""
        scan.shared = True
        with self._lock:
            self._scans.append(scan)
            start, self._running = not self._running, True
        if start:
            threading.Thread(target=self._run, name="body-tree", daemon=True).start()

    def stop(self) -> None:
        """End soon; does not wait."""
        self._stopped = True

    def _run(self) -> None:
        turn_s = perf_counter()
        try:
            while not self._stopped:
                size = self._spool.size_bytes
                # The newest first: it is what the user looks at.
                worked = [scan.advance() for scan in reversed(self._scans)]
                with self._lock:
                    self._scans = [scan for scan in self._scans if not scan.done]
                    if not self._scans:
                        self._running = False
                        return
                if not any(worked):
                    self._spool.wait_beyond(size, _WAIT_S)
                elif perf_counter() - turn_s > _TURN_S:
                    self._rest.wait(_REST_S)
                    turn_s = perf_counter()
        except (OSError, ValueError):
            _log.debug("a body was given up while its tree was made", exc_info=True)
