"""Bytes as rows of hexadecimal numbers and ASCII."""

from httpdesk.body.spool import Spool

ROW_BYTES = 16
FIRST_BYTES, PIECE_BYTES = 1 << 12, 1 << 15
# A row is five times as long as its bytes: a dump of all of a huge body would fill the disk.
LIMIT_BYTES = 64 << 20
# A middle dot (one byte in Latin-1) for what is not printable ASCII.
_PRINTABLE = bytes(code if 32 <= code < 127 else 0xB7 for code in range(256))


def hexdump(data: bytes, offset: int = 0) -> str:
    """Rows of 16 bytes: "00000010  00 00 06 40 00 00 03 84  08 06 00 00 00 b0 e2 c1  ···@············"."""
    numbers, characters = data.hex(" "), data.translate(_PRINTABLE).decode("latin-1")
    return "\n".join(
        f"{offset + i:08x}  {numbers[3 * i : 3 * i + 23]:<23}  {numbers[3 * i + 24 : 3 * i + 47]:<23}"
        f"  {characters[i : i + ROW_BYTES]}"
        for i in range(0, len(data), ROW_BYTES)
    )


class Hexdump:
    """Fills `target` with the rows of `source`, piece by piece; `fault` says where it is cut, "" for nowhere."""

    def __init__(self, source: Spool, target: Spool, limit_bytes: int = LIMIT_BYTES) -> None:
        self._source, self._target = source, target
        self._limit_bytes = limit_bytes
        self._position = 0
        self.fault = ""

    def advance(self) -> bool:
        """Add the rows of the next piece; False when there is nothing new. Raises OSError on a full disk."""
        if self._target.finished:
            return False
        finished = self._source.finished  # before reading: what comes in between is not the end
        start = self._position
        stop = min(start + (PIECE_BYTES if start else FIRST_BYTES), self._limit_bytes)
        data = self._source.read(start, stop)
        ended = finished and start + len(data) >= self._source.size_bytes
        if not ended:
            data = data[: len(data) - len(data) % ROW_BYTES]  # the last row is not whole yet
            if not data and start < self._limit_bytes:
                return False
        self._position += len(data)
        if data:
            rows = ("\n" if start else "") + hexdump(data, start)
            self._target.write(rows.encode())
        if not ended and self._position >= self._limit_bytes:
            self.fault = f"Only the first {self._limit_bytes:,} bytes are shown"
        if ended or self.fault:
            self._target.finish()
        return True
