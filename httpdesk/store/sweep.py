"""Sweep: takes away the temporary files that a save left behind when the program was ended in the middle."""

import contextlib
import os
import re
import time
from pathlib import Path

_OURS = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
_STARTED_S = time.time()
_GRACE_S = 60.0


def sweep(folder: Path) -> int:
    """Delete our temporary files in a folder and below that are older than this process; how many there were."""
    swept = 0
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        for name in files:
            if name.startswith(".") and _OURS.fullmatch(name):
                with contextlib.suppress(OSError):
                    path = Path(place, name)
                    if path.lstat().st_mtime < _STARTED_S - _GRACE_S:
                        path.unlink()
                        swept += 1
    return swept
