"""Cold start to a painted, usable window, and idle memory, beside a bare PySide6 + qasync window."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.bench.report import Peer, Report

ROUNDS = 7
IDLE_S = "1.5"
RATIO_LIMIT = 1.25
MEMORY_LIMIT_MB = 130


def start(kind: str, home: str) -> dict[str, float]:
    """Start a process and read what it measured."""
    command = [sys.executable, "-m", "tests.bench.start_child", kind, str(time.time_ns()), IDLE_S]
    env = {**os.environ, "HTTPDESK_HOME": home}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(report: Report, full: bool) -> None:
    """Start both in turn; the first start of each, which fills the disk's cache, does not count."""
    runs: dict[str, list[dict[str, float]]] = {"bare": [], "httpdesk": []}
    with tempfile.TemporaryDirectory(prefix="httpdesk-bench-") as home:
        for number in range((3 if full else 1) * ROUNDS + 1):
            for kind, found in runs.items():
                measured = start(kind, home)
                if number:
                    found.append(measured)

    def median(kind: str, what: str) -> float:
        return statistics.median(run[what] for run in runs[kind])

    bare_ms, bare_mb = median("bare", "painted_ms"), median("bare", "memory_mb")
    painted_ms, usable_ms = median("httpdesk", "painted_ms"), median("httpdesk", "usable_ms")
    report.add("start_first_paint_ms", painted_ms, "ms", peer=Peer("bare window", bare_ms))
    report.add("start_usable_ms", usable_ms, "ms", peer=Peer("bare window", bare_ms))
    report.add("start_ratio_to_bare_window", usable_ms / bare_ms, "x", RATIO_LIMIT)
    report.add("idle_memory_mb", median("httpdesk", "memory_mb"), "MB", MEMORY_LIMIT_MB, Peer("bare window", bare_mb))
