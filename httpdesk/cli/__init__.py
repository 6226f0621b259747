"""The command line: sends, serves and opens without the window's toolkit, which only the window imports."""

import contextlib
import io
import sys
from collections.abc import Sequence

from httpdesk.cli.options import HistoryOptions, Options, SendOptions, ServeOptions, parse
from httpdesk.core.problem import Problem

INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit code. Raises SystemExit for --help, --version and wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that lacks a character must not end the program.
            stream.reconfigure(errors="replace")
    options = parse(arguments)
    try:
        return _run(options)
    except Problem as problem:
        from httpdesk.cli.words import problem_text
        from httpdesk.net.problems import exit_code

        with contextlib.suppress(OSError):
            sys.stderr.write(problem_text(problem))
        return exit_code(problem)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: Options) -> int:
    # Each imports what it needs and no more: the network takes 200 ms, the window more.
    if isinstance(options, SendOptions):
        from httpdesk.cli.send import send

        return send(options)
    if isinstance(options, ServeOptions):
        from httpdesk.cli.serve import serve_echo

        return serve_echo(options)
    if isinstance(options, HistoryOptions):
        from httpdesk.cli.history import history

        return history(options)
    from httpdesk.cli.window import open_window

    return open_window(options)
