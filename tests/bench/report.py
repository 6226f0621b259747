"""The figures of a bench: a table for the eye, JSON for machines, and whether this machine was quiet enough."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.bench.lateness import IDLE_LIMIT_MS


class Peer(NamedTuple):
    """A figure measured in the same run, to compare with: Peer("bare window", 212.0)."""

    name: str
    value: float


@dataclass(frozen=True)
class Figure:
    """One measured value; at_least turns the limit from a ceiling into a floor."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    peer: Peer | None = None
    at_least: bool = False

    @property
    def keeps_limit(self) -> bool:
        """Whether the value is on the right side of its limit."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def cells(self) -> list[str]:
        """What the table shows: name, value, unit, what it is compared with, ratio, mark."""
        beside = []
        if self.limit is not None:
            beside.append(f"{'at least' if self.at_least else 'at most'} {number(self.limit)}")
        if self.peer:
            beside.append(f"{self.peer.name} {number(self.peer.value)}")
        base = self.peer.value if self.peer else self.limit
        ratio = f"{self.value / base:.2f}" if base else ""
        mark = "" if self.keeps_limit else "MISSED"
        return [self.name, number(self.value), self.unit, ", ".join(beside), ratio, mark]


@dataclass
class Report:
    """Collects figures in the order in which they are measured."""

    figures: list[Figure] = field(default_factory=list)

    def add(
        self,
        name: str,
        value: float,
        unit: str,
        limit: float | None = None,
        peer: Peer | tuple[str, float] | None = None,
        *,
        at_least: bool = False,
    ) -> None:
        """Note one figure; the ratio is taken to the peer, else to the limit."""
        self.figures.append(Figure(name, value, unit, limit, Peer(*peer) if peer else None, at_least))

    def table(self) -> str:
        """Return every figure as lines of aligned columns."""
        rows = [["what", "value", "unit", "beside it", "ratio", ""], *(figure.cells() for figure in self.figures)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        right = {1, 4}
        return "\n".join(
            "  ".join(
                cell.rjust(width) if column in right else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in rows
        )

    def write_json(self, file: Path) -> None:
        """Write a list of name, value, unit and limit."""
        rows = [{"name": f.name, "value": f.value, "unit": f.unit, "limit": f.limit} for f in self.figures]
        file.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def number(value: float) -> str:
    """Three figures are enough to read: 0.125, 12.5, 1,250."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{decimals}f}" if value % 1 else f"{value:,.0f}"


def check_machine(report: Report) -> None:
    """Measure an idle second, in a process of its own so that the bench starts clean, and say when it is noisy."""
    done = subprocess.run([sys.executable, "-m", "tests.bench.lateness"], capture_output=True, text=True, check=True)
    idle_ms = float(done.stdout)
    report.add("machine_idle_stall_p99_ms", idle_ms, "ms", IDLE_LIMIT_MS)
    if idle_ms > IDLE_LIMIT_MS:
        print(f"noisy: this machine is {idle_ms:.1f} ms late when idle; trust ratios, not milliseconds", flush=True)
