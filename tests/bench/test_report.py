"""The bench report says what was measured, against what, and what missed its limit."""

import json
import time

from PySide6.QtCore import QTimer

from tests.bench.lateness import Lateness, percentile
from tests.bench.report import Report


def filled():
    report = Report()
    report.add("start_ratio", 1.3, "x", limit=1.25)
    report.add("download_mb_s", 400, "MB/s", limit=300, at_least=True)
    report.add("start_ms", 250, "ms", peer=("bare window", 200))
    return report


def test_the_table_names_value_limit_peer_and_ratio():
    lines = filled().table().splitlines()
    assert lines[1].split() == ["start_ratio", "1.30", "x", "at", "most", "1.25", "1.04", "MISSED"]
    assert lines[2].split() == ["download_mb_s", "400", "MB/s", "at", "least", "300", "1.33"]
    assert lines[3].split() == ["start_ms", "250", "ms", "bare", "window", "200", "1.25"]


def test_the_json_holds_name_value_unit_and_limit(tmp_path):
    filled().write_json(tmp_path / "out.json")
    rows = json.loads((tmp_path / "out.json").read_text())
    assert rows[0] == {"name": "start_ratio", "value": 1.3, "unit": "x", "limit": 1.25}
    assert rows[2] == {"name": "start_ms", "value": 250, "unit": "ms", "limit": None}


def test_percentiles_are_values_that_occurred():
    values = [float(number) for number in range(1, 101)]
    assert [percentile(values, percent) for percent in (50, 99, 100)] == [50, 99, 100]
    assert percentile([], 99) == 0


def test_the_probe_sees_a_blocked_loop(qtbot):
    with Lateness() as probe:
        QTimer.singleShot(10, lambda: time.sleep(0.1))
        qtbot.waitUntil(lambda: probe.worst() > 50)
    assert probe.worst() >= 90
    assert probe.worst() == max(probe.samples_ms)
