"""Picture: bytes of a server drawn by another process, with limits of time, memory and size."""

import subprocess
import threading
from collections.abc import Sequence
from typing import IO

import msgspec

from httpdesk.body.spool import Spool
from httpdesk.body.svg_clean import SvgFault, clean

LIMIT_BYTES = 64 << 20
LIMIT_S = 8.0
# The largest that comes back: 16 million pixels of 4 bytes.
SHOWN_PIXELS = 16_000_000
_PIECE_BYTES = 1 << 18
_HEAD_BYTES = 4096


class PictureFacts(msgspec.Struct, frozen=True):
    """What the other process says first: size of the picture, of what it drew, how many pictures there are, or why not.

    `fault`: "too-large" (width and height are given), "unreadable", or "".
    """

    fault: str = ""
    width: int = 0
    height: int = 0
    shown_width: int = 0
    shown_height: int = 0
    count: int = 1


class Picture(msgspec.Struct, frozen=True):
    """A drawn picture: premultiplied ARGB, 4 bytes a pixel; or a `fault`.

    Faults: "too-big" (bytes), "too-large" (pixels), "too-slow", "unreadable", or a sentence about an SVG.
    """

    facts: PictureFacts
    pixels: bytes | bytearray = b""
    fault: str = ""
    removed: int = 0


class PictureJob:
    """Draws a finished body; run() blocks, stop() ends it from another thread."""

    def __init__(self, command: Sequence[str], spool: Spool, *, is_svg: bool, limit_s: float = LIMIT_S) -> None:
        self._command, self._spool, self._is_svg = list(command), spool, is_svg
        self._limit_s = limit_s
        self._process: subprocess.Popen[bytes] | None = None
        self._late = self._stopped = False
        self._lock = threading.Lock()

    def stop(self) -> None:
        """End soon; does not wait."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def run(self) -> Picture:
        """Draw; gives the picture, or why there is none."""
        size_bytes = self._spool.size_bytes
        if size_bytes > LIMIT_BYTES:
            return Picture(PictureFacts(), fault="too-big")
        removed, drawing = 0, None
        if self._is_svg:
            try:
                drawing = clean(self._spool.read(0, size_bytes))
            except SvgFault as fault:
                return Picture(PictureFacts(), fault=str(fault))
            removed = drawing.removed
        with self._lock:
            if self._stopped:
                return Picture(PictureFacts(), fault="unreadable")
            try:
                pipe = subprocess.PIPE
                process = self._process = subprocess.Popen(  # noqa: S603 - our own program
                    self._command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, bufsize=0
                )
            except OSError:
                return Picture(PictureFacts(), fault="unreadable")
        alarm = threading.Timer(self._limit_s, self._give_up)
        alarm.daemon = True
        alarm.start()
        try:
            self._feed(process, drawing.data if drawing else None)
            return self._take(process, removed)
        finally:
            alarm.cancel()
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def _give_up(self) -> None:
        self._late = True
        if self._process is not None:
            self._process.kill()

    def _feed(self, process: "subprocess.Popen[bytes]", drawing: bytes | None) -> None:
        if process.stdin is None:
            return
        try:
            with process.stdin as file:
                file.write(b"S" if self._is_svg else b"P")
                source = self._spool if drawing is None else Spool.of(drawing)
                position = 0
                while piece := source.read(position, position + _PIECE_BYTES):
                    rest = memoryview(piece)
                    while rest:
                        rest = rest[file.write(rest) or 0 :]
                    position += len(piece)
        except OSError:
            return  # it has ended already: what it said tells why

    def _take(self, process: "subprocess.Popen[bytes]", removed: int) -> Picture:
        facts, pixels = PictureFacts(fault="unreadable"), bytearray()
        try:
            if process.stdout is not None:
                facts, pixels = _read(process.stdout)
        except (msgspec.DecodeError, OSError):
            pass  # it died before it could say why
        if self._late:
            return Picture(PictureFacts(), fault="too-slow")
        return Picture(facts, b"" if facts.fault else pixels, facts.fault, removed)


def _read(file: IO[bytes]) -> tuple[PictureFacts, bytearray]:
    """The facts in the first line, and the pixels behind it; in pieces, since others wait for the interpreter."""
    head = bytearray()
    while len(head) < _HEAD_BYTES and (byte := file.read(1)) not in (b"", b"\n"):
        head += byte
    facts = msgspec.json.decode(head, type=PictureFacts)
    wanted = facts.shown_width * facts.shown_height * 4
    if facts.fault or not 0 < wanted <= SHOWN_PIXELS * 4:
        return msgspec.structs.replace(facts, fault=facts.fault or "unreadable"), bytearray()
    pixels = bytearray(wanted)
    rest = memoryview(pixels)
    while rest and (piece := file.read(min(len(rest), _PIECE_BYTES))):
        rest[: len(piece)] = piece
        rest = rest[len(piece) :]
    return (msgspec.structs.replace(facts, fault="unreadable") if rest else facts), pixels
