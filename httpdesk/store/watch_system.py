"""Watching folders on Windows and on a Mac: one watch of the system for the whole tree, through watchfiles.

The only place that knows watchfiles.
"""

import threading
from pathlib import Path

from watchfiles._rust_notify import RustNotify  # the public generator can't be woken from another thread

from httpdesk.store.tree import is_looked_into

_STEP_MS = 100


class SystemWatch:
    """A folder with all below; `read` waits for paths, `wake` ends the wait."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._woken = threading.Event()
        self._real = folder.resolve()  # as the system says it, on a Mac
        self._notify = RustNotify([str(self._real)], False, False, 0, True, True)

    def read(self, timeout_s: float | None) -> set[str]:
        """The paths of what changed, once something has; empty after the time, or when woken. Raises OSError."""
        timeout_ms = 0 if timeout_s is None else max(1, round(timeout_s * 1000))
        found = self._notify.watch(_STEP_MS, _STEP_MS, timeout_ms, self._woken)
        if isinstance(found, str):  # "stop", "timeout", "signal"
            return set()
        return {shown for _, path in found if (shown := self._shown(path))}

    def wake(self) -> None:
        """End the wait of another thread."""
        self._woken.set()

    def close(self) -> None:
        """Give everything back; nothing may be called afterwards."""
        self._notify.close()

    def _shown(self, path: str) -> str:
        """The path below the folder as it was given; "" for what is not looked at."""
        try:
            inside = Path(path).relative_to(self._real)
        except ValueError:
            return ""
        *folders, name = inside.parts or ("",)
        looked_at = not name.startswith(".") and all(map(is_looked_into, folders))
        return str(self._root / inside) if looked_at else ""
