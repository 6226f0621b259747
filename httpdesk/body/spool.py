"""Spool: the bytes of one body, in memory while they are few, then in a file; one thread writes, any may read."""

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

COPY_BYTES = 1 << 20


class Spool:
    """Bytes that arrive in order and stay readable at any offset while more come.

    Reads and writes go through plain file handles, not through a memory map: the memory that the process is charged
    for stays the same at any size, and a file that shrinks cannot kill the program.
    """

    def __init__(self, folder: Path, memory_bytes: int = 1 << 20) -> None:
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._memory: bytearray | bytes | None = bytearray()
        self._writer: FileIO | None = None
        self._reader: FileIO | None = None
        self._path: Path | None = None
        self._size_bytes = 0
        self._finished = False
        self._closed = False
        self._reading = threading.Lock()  # the reader's position is shared
        self._grown = threading.Condition()

    @classmethod
    def of(cls, data: bytes) -> "Spool":
        """A finished spool that keeps `data` in memory."""
        spool = cls(Path())
        spool._memory, spool._size_bytes, spool._finished = data, len(data), True
        return spool

    @classmethod
    def over(cls, path: Path) -> "Spool":
        """A finished spool over a file that is there, and goes with it. Raises OSError."""
        spool = cls(path.parent)
        spool._reader = FileIO(path, "rb")
        spool._memory, spool._path, spool._finished = None, path, True
        spool._size_bytes = path.stat().st_size
        return spool

    @property
    def folder(self) -> Path:
        """Where the file is, or would be."""
        return self._folder

    @property
    def size_bytes(self) -> int:
        """How much can be read now."""
        return self._size_bytes

    @property
    def finished(self) -> bool:
        """Whether no more will come."""
        return self._finished

    @property
    def closed(self) -> bool:
        """Whether the bytes were given up; reads then give nothing."""
        return self._closed

    @property
    def path(self) -> Path | None:
        """The file, or None while everything is in memory."""
        return self._path

    def write(self, data: bytes) -> None:
        """Append; blocks, and only one thread may call it. Raises OSError on a full disk and keeps what fitted."""
        if self._closed or self._finished:
            raise ValueError("this spool takes no more bytes")
        memory = self._memory
        if isinstance(memory, bytearray):
            if len(memory) + len(data) <= self._memory_bytes:
                memory += data
                self._grow(len(data))
                return
            self._move_to_file(memory)
        writer = self._writer
        if writer is None:
            raise ValueError("this spool takes no more bytes")
        for written in _write(writer, data):
            self._grow(written)

    def finish(self) -> None:
        """Say that all bytes have come (or all that ever will)."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._finished = True
        with self._grown:
            self._grown.notify_all()

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from `start` up to `stop` that are there; fewer at the end, none after close()."""
        stop = min(stop, self._size_bytes)
        if start >= stop:
            return b""
        memory = self._memory
        if memory is not None:
            return bytes(memory[start:stop])
        with self._reading:
            if self._reader is None:
                return b""
            self._reader.seek(start)
            pieces = []
            while start < stop and (piece := self._reader.read(stop - start)):
                pieces.append(piece)
                start += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def wait_beyond(self, size_bytes: int, timeout_s: float) -> bool:
        """Block until there are more bytes than this, or no more will come, or time is up; True for more bytes."""
        with self._grown:
            self._grown.wait_for(lambda: self._size_bytes > size_bytes or self._finished or self._closed, timeout_s)
        return self._size_bytes > size_bytes

    def save_to(self, path: Path) -> None:
        """Copy all bytes to `path`, which is replaced only when the copy is whole; blocks. Raises OSError."""
        partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with partial.open("wb") as file:
                position = 0
                while piece := self.read(position, position + COPY_BYTES):
                    file.write(piece)
                    position += len(piece)
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Give up the bytes and remove the file: when the writer has ended; others may still be reading."""
        self._closed = True
        self.finish()
        self._memory = b""
        self._size_bytes = 0
        with self._reading:
            if self._reader is not None:
                self._reader.close()
                self._reader = None
        if self._path is not None:
            # A virus scanner may hold the file; the folder is swept at the next start.
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _grow(self, count: int) -> None:
        self._size_bytes += count
        with self._grown:
            self._grown.notify_all()

    def _move_to_file(self, memory: bytearray) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="body-", dir=self._folder)  # mode 0600
        writer = FileIO(descriptor, "wb")
        try:
            for _ in _write(writer, memory):
                pass
            self._reader = FileIO(name, "rb")
        except OSError:
            writer.close()
            Path(name).unlink(missing_ok=True)
            raise
        self._writer, self._path = writer, Path(name)
        self._memory = None  # last: until here readers take what they need from it


def _write(file: FileIO, data: bytes | bytearray) -> Iterator[int]:
    """Write all, as the disk takes it; yields how much each step wrote."""
    rest = memoryview(data)
    while rest:
        written = file.write(rest)
        yield written
        rest = rest[written:]
