"""The way in: the command line for commands, the window otherwise."""

import os
import sys


def main() -> int:
    """Run the command line; the exit code."""
    from httpdesk.cli import run

    return run(sys.argv[1:])


def window() -> int:
    """Open the window from a desktop menu, where there may be no streams to write to; the exit code."""
    from httpdesk.cli import run

    # The streams live as long as the process.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    return run(["open", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
