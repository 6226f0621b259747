"""Chunks: the chunked transfer coding taken apart (RFC 9112, section 7.1), with every fault named."""

import re

from httpdesk.net.head import parse_fields, shown

LINE_LIMIT_BYTES = 1 << 20
TRAILERS_LIMIT_BYTES = 1 << 20

_SIZE = re.compile(rb"0*[0-9A-Fa-f]{1,20}")
# How a line with a size can begin, so that what is none is found without waiting for the line's end.
_SIZE_START = re.compile(rb"[ \t]*(0[xX])?[0-9A-Fa-f]*[ \t]*(;.*)?\r?", re.DOTALL)


class Chunks:
    """Gives the data of chunks; after a fault (`broken`), what follows is passed on as it comes."""

    def __init__(self, faults: list[str]) -> None:
        self.done = False
        self.broken = False
        self.trailers: tuple[tuple[str, str], ...] = ()
        self._faults = faults
        self._count = 0
        self._left = 0
        self._after_data = False
        self._pending = b""
        self._trailer_lines: list[bytes] | None = None
        self._trailer_bytes = 0

    def feed(self, data: bytes) -> tuple[list[bytes], bytes]:
        """Take bytes as they came; returns pieces of the body, and what is left after its end."""
        if self._pending:
            data, self._pending = self._pending + data, b""
        pieces: list[bytes] = []
        position = 0
        while position < len(data) and not self.done and not self.broken:
            if self._left:
                piece = data[position : position + self._left]
                pieces.append(piece)
                position += len(piece)
                self._left -= len(piece)
                self._after_data = not self._left
                continue
            end = data.find(b"\n", position)
            if self._after_data and data[position : position + 2] not in (b"\r", b"\r\n") and end != position:
                self._break(f"Chunk {self._count} is longer than its size says")
            elif end >= 0:
                position += self._take_line(data[position:end], end - position + 1)
            elif len(data) - position > LINE_LIMIT_BYTES:
                self._break(f"The line before chunk {self._count + 1} has no end")
            elif self._trailer_lines is None and not _SIZE_START.fullmatch(data, position):
                self._break(self._no_size(data[position:]))
            else:
                self._pending = data[position:]
                return pieces, b""
        if self.broken and position < len(data):
            pieces.append(data[position:])
        return pieces, data[position:] if self.done else b""

    def _take_line(self, line: bytes, length: int) -> int:
        """Read one line of framing; returns how many bytes it used up, 0 when it was none."""
        if not line.endswith(b"\r"):
            self._note("Lines between chunks end with LF alone, not CR LF")
        line = line.removesuffix(b"\r")
        if self._after_data:
            self._after_data = False
            return length
        if self._trailer_lines is not None:
            self._take_trailer(line, self._trailer_lines)
            return length
        size = line.partition(b";")[0]
        if size != size.strip(b" \t"):
            self._note("There is space around the size of a chunk")
            size = size.strip(b" \t")
        if size[:2].lower() == b"0x" and _SIZE.fullmatch(size[2:]):
            self._note(f"The size of chunk {self._count + 1} begins with 0x")
            size = size[2:]
        if not _SIZE.fullmatch(size):
            self._break(self._no_size(line))
            return 0
        self._count += 1
        self._left = int(size, 16)
        if not self._left:
            self._trailer_lines = []
        return length

    def _take_trailer(self, line: bytes, lines: list[bytes]) -> None:
        if line:
            self._trailer_bytes += len(line)
            if self._trailer_bytes <= TRAILERS_LIMIT_BYTES:
                lines.append(line)
            else:
                self._note("The trailers are too long; the rest is not shown")
            return
        self.trailers = parse_fields(lines, self._faults)
        self.done = True

    def _no_size(self, line: bytes) -> str:
        # Up to the first wrong byte: what follows it may not have come yet.
        wrong = next((line[:end] for end in range(1, len(line)) if not _SIZE_START.fullmatch(line[:end])), line)
        return f"The size of chunk {self._count + 1} is not a number: {shown(wrong, 20)}"

    def _break(self, fault: str) -> None:
        self.broken = True
        self._note(f"{fault}; what follows is shown as it came")

    def _note(self, fault: str) -> None:
        if fault not in self._faults:
            self._faults.append(fault)
