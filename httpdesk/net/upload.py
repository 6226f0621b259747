"""Upload: the body of a request as segments in memory and on disk, sent in pieces and at constant memory."""

import asyncio
import mimetypes
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import Payload

from httpdesk.core.exchange import Hop
from httpdesk.core.rows import Part
from httpdesk.core.wire import BytesBody, FileOnDisk, Multipart, WireBody
from httpdesk.net.file_faults import file_problem

PIECE_BYTES = 256 << 10


class FileSegment:
    """A file whose first `size_bytes` bytes are sent; the size is what it was before the send."""

    def __init__(self, path: Path, size_bytes: int) -> None:
        self.path, self.size_bytes = path, size_bytes


Segment = bytes | FileSegment


async def segments_of(body: WireBody, folder: str) -> tuple[Segment, ...]:
    """The segments of a body; relative files count from `folder`. Raises Problem for a file that can't be read."""
    if isinstance(body, BytesBody):
        return (body.data,) if body.data else ()
    if isinstance(body, FileOnDisk):
        return (await asyncio.to_thread(_file, body.path, folder),)
    if isinstance(body, Multipart):
        return tuple(await asyncio.to_thread(_multipart, body, folder))
    return ()


def size_of(segments: Sequence[Segment]) -> int:
    """Bytes in all."""
    return sum(len(part) if isinstance(part, bytes) else part.size_bytes for part in segments)


class Upload(Payload):
    """What aiohttp asks to write itself; counts into `hop.sent_bytes`. Made anew for each hop, so it can be resent."""

    def __init__(self, segments: Sequence[Segment], hop: Hop) -> None:
        super().__init__(None, headers={"Content-Type": "application/octet-stream"})
        self._segments, self._hop = segments, hop
        self._size = size_of(segments)

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Write everything; the writer waits where the connection is slow."""
        for segment in self._segments:
            if isinstance(segment, bytes):
                await self._write_bytes(writer, segment)
            else:
                await self._write_file(writer, segment)

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write everything, whatever length a typed header claims."""
        await self.write(writer)

    async def _write_bytes(self, writer: AbstractStreamWriter, data: bytes) -> None:
        view = memoryview(data)
        for start in range(0, len(data), PIECE_BYTES):
            await self._write_piece(writer, bytes(view[start : start + PIECE_BYTES]))

    async def _write_file(self, writer: AbstractStreamWriter, segment: FileSegment) -> None:
        try:
            file: BinaryIO = await asyncio.to_thread(segment.path.open, "rb", 0)
        except OSError as error:
            raise file_problem(segment.path, error, "body") from error
        # Closed without a wait: after the last byte the answer may come, and aiohttp would cancel this.
        with file:
            left = segment.size_bytes
            while left:
                piece = await _read(file, min(PIECE_BYTES, left), segment.path)
                left -= len(piece)
                await self._write_piece(writer, piece)

    async def _write_piece(self, writer: AbstractStreamWriter, piece: bytes) -> None:
        await writer.write(piece)
        self._hop.sent_bytes += len(piece)

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """Not wanted: only aiohttp's form data would ask."""
        raise TypeError("an upload is bytes")


async def _read(file: BinaryIO, size_bytes: int, path: Path) -> bytes:
    reading = asyncio.get_running_loop().run_in_executor(None, file.read, size_bytes)
    try:
        piece = await asyncio.shield(reading)
    except asyncio.CancelledError:
        # Nobody may close the file while the thread reads it.
        await asyncio.wait([reading])
        raise
    except OSError as error:
        raise file_problem(path, error, "body") from error
    if not piece:
        raise file_problem(path, None, "body")
    return piece


def _file(name: str, folder: str) -> FileSegment:
    path = Path(folder, name)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError
        if not os.access(path, os.R_OK):
            raise PermissionError
    except (OSError, ValueError) as error:
        raise file_problem(path, error, "body") from error
    return FileSegment(path, found.st_size)


def _multipart(body: Multipart, folder: str) -> list[Segment]:
    """RFC 7578, with names escaped as browsers do (WHATWG, multipart/form-data encoding algorithm)."""
    segments: list[Segment] = []
    text = bytearray()
    for part in body.parts:
        for name in part.files if part.is_file else ("",):
            text += f"--{body.boundary}\r\n{_part_head(part, name)}\r\n".encode()
            if part.is_file:
                segments += [bytes(text), _file(name, folder)]
                text = bytearray()
            else:
                text += part.value.encode()
            text += b"\r\n"
    segments.append(bytes(text) + f"--{body.boundary}--\r\n".encode())
    return segments


def _part_head(part: Part, file: str) -> str:
    disposition = f'Content-Disposition: form-data; name="{_escaped(part.name)}"'
    kind = part.content_type
    if part.is_file:
        name = part.file_name if part.file_name and len(part.files) == 1 else Path(file).name
        disposition += f'; filename="{_escaped(name)}"'
        kind = kind or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{disposition}\r\n" + (f"Content-Type: {kind}\r\n" if kind else "")


def _escaped(name: str) -> str:
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
