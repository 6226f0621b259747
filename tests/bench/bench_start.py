"""Cold start to a painted, usable window, and idle memory, beside a bare PySide6 + qasync window."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from httpdesk.store import first_workspace, session
from httpdesk.store.workspace import Workspace
from tests.bench.report import Peer, Report
from tests.drivers import places_in

ROUNDS = 7
IDLE_S = "1.5"
RATIO_LIMIT = 1.25
MEMORY_LIMIT_MB = 130


def start(kind: str, home: str, bytecode: str) -> dict[str, float]:
    """Start a process and read what it measured; compiled modules are kept in `bytecode`, as on a user's machine."""
    command = [sys.executable, "-m", "tests.bench.start_child", kind, str(time.time_ns()), IDLE_S]
    env = {**os.environ, "HTTPDESK_HOME": home, "PYTHONPYCACHEPREFIX": bytecode}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def keep_tab(home: str) -> None:
    """Leave a session with one saved request open, as on any day but the first."""
    places = places_in(Path(home))
    first_workspace.ensure(places.workspace)
    path = Workspace.open(places.workspace).tree()[0].entries[0].path
    session.save(places.session_file, session.Session(tabs=(session.Tab(path=path, title="first"),)))


def main(report: Report, full: bool) -> None:
    """Start each in turn; the first start of each, which fills the disk's cache, does not count."""
    runs: dict[str, list[dict[str, float]]] = {"bare": [], "first": [], "later": []}
    with tempfile.TemporaryDirectory(prefix="httpdesk-bench-") as home:
        for number in range((3 if full else 1) * ROUNDS + 1):
            for kind, found in runs.items():
                own = Path(home, f"{kind}-{number}")
                if kind == "later":
                    keep_tab(str(own))
                measured = start("bare" if kind == "bare" else "httpdesk", str(own), f"{home}/bytecode")
                if number:
                    found.append(measured)

    def median(kind: str, what: str) -> float:
        return statistics.median(run[what] for run in runs[kind])

    bare = Peer("bare window", median("bare", "painted_ms"))
    report.add("start_first_paint_ms", median("first", "painted_ms"), "ms", peer=bare)
    report.add("start_usable_ms", median("first", "usable_ms"), "ms", peer=bare)
    report.add("start_with_a_tab_usable_ms", median("later", "usable_ms"), "ms", peer=bare)
    ratio = median("first", "usable_ms") / bare.value
    report.add("start_ratio_to_bare_window", ratio, "x", RATIO_LIMIT)
    memory = Peer("bare window", median("bare", "memory_mb"))
    report.add("idle_memory_mb", median("first", "memory_mb"), "MB", MEMORY_LIMIT_MB, memory)
