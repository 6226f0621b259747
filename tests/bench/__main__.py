"""Run one bench: python -m tests.bench NAME [--json FILE] [--full].

Each is a file bench_<name>.py beside this one, with main(report: Report, full: bool).
"""

import argparse
import ast
import importlib
import os
import sys
import tempfile
from pathlib import Path

from tests.bench.report import Report, check_machine

FILES = {file.stem.removeprefix("bench_"): file for file in sorted(Path(__file__).parent.glob("bench_*.py"))}


def what(file: Path) -> str:
    """Return the first line of what a bench says about itself, without importing it."""
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").partition("\n")[0]


def main() -> int:
    """Measure, print the table, write the JSON."""
    listing = "\n".join(f"  {name:10} {what(file)}" for name, file in FILES.items())
    parser = argparse.ArgumentParser(
        prog="dev.py bench",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"benches:\n{listing}",
    )
    parser.add_argument("name", nargs="?", choices=FILES, metavar="NAME", help="which one (see below)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--full", action="store_true", help="everything, also what takes longer than 45 s")
    args = parser.parse_args()
    if args.name is None:
        parser.print_help()
        return 0
    os.environ["HTTPDESK_HOME"] = tempfile.mkdtemp(prefix="httpdesk-bench-")
    report = Report()
    check_machine(report)
    importlib.import_module(f"tests.bench.bench_{args.name}").main(report, args.full)
    print(report.table())
    if args.json:
        report.write_json(args.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
