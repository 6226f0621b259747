"""Answer: what becomes of it on the command line: printed as it comes, saved, or reported."""

import asyncio
import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from httpdesk.body.spool import Spool
from httpdesk.cli.options import SendOptions
from httpdesk.cli.printing import Copying, Printing, Showing
from httpdesk.cli.report import exchange_report, text_of
from httpdesk.cli.terminal import has_colours
from httpdesk.cli.words import duration, faults_text, head_text, problem_text, size, story_text
from httpdesk.core.exchange import Exchange, Hop, Outcome
from httpdesk.core.problem import Problem
from httpdesk.core.wire import WireRequest
from httpdesk.net.problems import EXIT_CODES, exit_code
from httpdesk.net.redirects import FOLLOWED

INTERRUPTED, HTTP_FAILURE, NOT_WRITTEN, CUT = 130, 22, 23, EXIT_CODES["cut-answer"]


class Answer:
    """Takes heads as they come and the exchange at its end; `cancel` ends the send when nobody reads any more."""

    def __init__(self, options: SendOptions, wire: WireRequest, cancel: Callable[[], None]) -> None:
        self._options, self._wire, self._cancel = options, wire, cancel
        self._file = options.output if options.output not in (None, "-") else None
        # What is for people to read; "-o -" wants the bytes also on a terminal.
        self._shown = sys.stdout.isatty() and options.output != "-"
        self._error_colours = has_colours(sys.stderr)
        self._printing: Printing | None = None
        self._printed: Hop | None = None
        self._refused: OSError | None = None

    def head_came(self, hop: Hop) -> None:
        """The head of an answer is here: print it, unless another answer will follow."""
        head = hop.head
        redirects = head is not None and head.status in FOLLOWED and bool(head.first("Location"))
        if not (redirects and self._wire.options.follow_redirects):
            self._print(hop)

    async def end(self, exchange: Exchange) -> int:
        """The send is over: print what is not printed; the exit code. Raises Problem for a file that can't be saved."""
        last = exchange.last
        if last is not None and last is not self._printed:
            self._print(last)
        if self._printing is not None:
            await self._printing.wait()
            self._refused = self._refused or self._printing.error
        if self._refused is not None:
            return _not_written(self._refused)
        code = self._code(exchange)
        body = last.body if last is not None else None
        if self._file and isinstance(body, Spool):
            await asyncio.to_thread(_save, body, Path(self._file))
        if self._options.json:
            try:
                sys.stdout.buffer.write(text_of(exchange_report(exchange, code, self._file or "")))
                sys.stdout.flush()
            except OSError as error:
                return _not_written(error)
        with contextlib.suppress(OSError):
            sys.stderr.write(self._told(exchange))
            sys.stderr.flush()
        return code

    def _print(self, hop: Hop) -> None:
        if self._options.json or hop.head is None:
            return
        self._printed = hop
        try:
            if self._shown or self._options.include:
                sys.stdout.write(head_text(hop.head, colours=has_colours(sys.stdout)))
            sys.stdout.flush()
        except OSError as error:
            self._refused = error
            self._cancel()
            return
        if self._file or not isinstance(hop.body, Spool):
            return
        content_type = hop.head.first("Content-Type")
        step = Showing(hop.body, content_type, sys.stdout) if self._shown else Copying(hop.body, sys.stdout.buffer)
        self._printing = Printing(hop.body, step, self._cancel)

    def _code(self, exchange: Exchange) -> int:
        if exchange.problem is not None:
            return exit_code(exchange.problem)
        if exchange.outcome is Outcome.CANCELLED:
            return INTERRUPTED
        last = exchange.last
        if last is not None and last.body is not None and not last.complete:
            return CUT
        failed = exchange.head is not None and exchange.head.status >= 400
        return HTTP_FAILURE if failed and self._options.fail else 0

    def _told(self, exchange: Exchange) -> str:
        """For the standard error: what is no part of the answer."""
        told = [story_text(exchange)] if self._options.verbose else []
        told += [faults_text(hop, colours=self._error_colours) for hop in exchange.hops]
        body = exchange.last.body if exchange.last else None
        if exchange.problem is not None:
            told.append(problem_text(exchange.problem, self._wire.secrets, colours=self._error_colours))
        elif body is not None and sys.stdout.isatty() and sys.stderr.isatty():
            saved = f", saved in {self._file}" if self._file else ""
            told.append(f"{size(body.size_bytes)} in {duration(exchange.total_ms)}{saved}\n")
        return "".join(told)


def _save(body: Spool, path: Path) -> None:
    try:
        body.save_to(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem(f"{path.name} cannot be written", f"{path}: {reason}.", kind="disk", where="-o") from error


def _not_written(error: OSError) -> int:
    """The standard output takes no more: a reader who has enough (head) is no reason for words."""
    # Windows says EINVAL for a pipe that nobody reads.
    if error.errno not in (errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN):
        reason = error.strerror or type(error).__name__
        with contextlib.suppress(OSError):
            sys.stderr.write(f"httpdesk: The output cannot be written\n  {reason}.\n")
    # What is left in the buffer would make the interpreter complain at its end.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOT_WRITTEN
