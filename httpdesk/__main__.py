"""The way in: the command line for commands, the window otherwise."""

import os
import sys


def main() -> int:
    """Run the command line; the exit code."""
    from httpdesk.cli import run

    _prepare()
    return run(sys.argv[1:])


def window() -> int:
    """Open the window from a desktop menu, where there may be no streams to write to; the exit code."""
    from httpdesk.cli import run

    _prepare()
    # The streams live as long as the process.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    return run(["open", *sys.argv[1:]])


def _prepare() -> None:
    """In a frozen program, a process for filters begins here as well: it goes to its work and does not come back."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()


if __name__ == "__main__":
    sys.exit(main())
