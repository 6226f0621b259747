"""Printing: the body of an answer to the standard output while it arrives, in a thread of its own."""

import asyncio
import threading
from collections.abc import Callable
from typing import BinaryIO, TextIO

from httpdesk.body.following import Step
from httpdesk.body.languages import language_of
from httpdesk.body.pretty import Formatting
from httpdesk.body.spool import Spool
from httpdesk.body.text import Text
from httpdesk.body.transcoding import Transcoding
from httpdesk.cli import terminal, words
from httpdesk.views import pick
from httpdesk.views.charset import encoding_of

_COPY_BYTES = 1 << 16
_HEAD_BYTES = 4096
_ROWS = 64
_WAIT_S = 0.25


class Printing:
    """Runs a step in a thread until the body ends; a slow reader of the output holds up neither loop nor network.

    `error` is what the output refused with, and `broken` is called then.
    """

    def __init__(self, spool: Spool, step: Step, broken: Callable[[], None]) -> None:
        self.error: OSError | None = None
        self._spool, self._step, self._broken = spool, step, broken
        self._loop = asyncio.get_running_loop()
        self._done = asyncio.Event()
        threading.Thread(target=self._run, name="printing", daemon=True).start()

    async def wait(self) -> None:
        """Wait until everything is printed, or the output refused it."""
        await self._done.wait()

    def _run(self) -> None:
        try:
            self._print()
        except OSError as error:
            self.error = error
            self._tell(self._broken)
        finally:
            self._tell(self._done.set)

    def _print(self) -> None:
        while True:
            ended, size = self._spool.finished, self._spool.size_bytes
            if self._step.advance():
                continue
            if ended:
                return
            self._spool.wait_beyond(size, _WAIT_S)

    def _tell(self, what: Callable[[], None]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)


class Copying:
    """Copies the bytes as they are."""

    def __init__(self, spool: Spool, output: BinaryIO) -> None:
        self._spool, self._output = spool, output
        self._position = 0

    def advance(self) -> bool:
        """Copy the next piece; False when there is nothing new. Raises OSError."""
        data = self._spool.read(self._position, self._position + _COPY_BYTES)
        if not data:
            self._output.flush()
            return False
        self._output.write(data)
        self._position += len(data)
        return True


class Showing:
    """Shows a body on a terminal: its text formatted and coloured; of a picture only what it is."""

    def __init__(self, spool: Spool, content_type: str, output: TextIO) -> None:
        self._spool, self._content_type, self._output = spool, content_type, output
        self._colours = terminal.has_colours(output)
        self._steps: list[Step] | None = None

    def advance(self) -> bool:
        """Show what is new; False when there is nothing. Raises OSError."""
        if self._steps is None:
            ended = self._spool.finished
            head = self._spool.read(0, _HEAD_BYTES)
            if not head and not ended:
                return False
            self._steps = self._made(head) if head else []
        worked = [step.advance() for step in self._steps]
        if not any(worked):
            self._output.flush()
        return any(worked)

    def _made(self, head: bytes) -> list[Step]:
        view = pick(self._content_type, head)
        if view.shown_as != "text":
            return [_Note(self._spool, view.name, self._output)]
        source, folder = self._spool, self._spool.folder
        steps: list[Step] = []
        encoding = encoding_of(self._content_type, head)
        if encoding != "utf-8":
            source, original = Spool(folder), source
            steps.append(Transcoding(original, source, encoding))
        if view.can_pretty:
            source, received = Spool(folder), source
            steps.append(Formatting(received, source, view.language))
        text = Text(source, language_of(view.language))
        return [*steps, text, _Rows(text, self._output, colours=self._colours)]


class _Rows:
    """Writes the rows of a text that do not grow any more."""

    def __init__(self, text: Text, output: TextIO, *, colours: bool) -> None:
        self._text, self._output, self._colours = text, output, colours
        self._next = 0
        self._open = False  # the last line has no end yet

    def advance(self) -> bool:
        text = self._text
        complete = text.complete
        known = text.index.rows - (not complete)
        rows = text.index.window(self._next, min(_ROWS, known - self._next)) if known > self._next else []
        for row in rows:
            characters = text.characters(row)
            spans = text.spans(row, characters) if self._colours else ()
            self._output.write(terminal.row(characters, spans, colours=self._colours))
            self._open = text.spool.read(row.stop - 1, row.stop) != b"\n"
            if not self._open:
                self._output.write("\n")
        self._next += len(rows)
        if complete and self._open and not rows:
            self._output.write("\n")
            self._open = False
        return bool(rows)


class _Note:
    """Says what a body is that is no text, when all of it is there."""

    def __init__(self, spool: Spool, name: str, output: TextIO) -> None:
        self._spool, self._name, self._output = spool, name, output
        self._said = False

    def advance(self) -> bool:
        if self._said or not self._spool.finished:
            return False
        self._output.write(f"{self._name}, {words.size(self._spool.size_bytes)}: -o FILE saves it.\n")
        self._said = True
        return True
