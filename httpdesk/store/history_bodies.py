"""Bodies of the history as files: taken over from where they lie, with secrets masked, and lent out again."""

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from httpdesk.core.exchange import Body
from httpdesk.core.redact import Mask

INLINE_BYTES = 32 << 10
"""A body of no more than this lies in the database."""
_PIECE_BYTES = 1 << 20
# A file that no entry names may be one that another instance is about to name.
_GRACE_S = 3600.0


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The body of one hop in the history: its bytes, or the name of their file; neither where it is not kept."""

    size_bytes: int
    data: bytes = b""
    file: str = ""

    @property
    def is_left_out(self) -> bool:
        """Whether there were more bytes than the history takes."""
        return self.size_bytes > 0 and not self.data and not self.file


class Bodies:
    """The body files of the history in `folder`; all methods block and raise OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "bodies"

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self._folder / name

    def hold(self, body: Body, mask: Mask) -> Kept:
        """Take the bytes of a body over, secrets masked, before its owner gives it up."""
        size_bytes = body.size_bytes
        if size_bytes <= INLINE_BYTES:
            return Kept(size_bytes=size_bytes, data=mask.data(body.read(0, size_bytes)))
        return Kept(size_bytes=size_bytes, file=self._take(body, mask))

    def _take(self, body: Body, mask: Mask) -> str:
        """Keep the bytes of a body as a file, by a hard link where nothing in them is secret; the file's name."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = secrets.token_hex(12)
        target = self._folder / name
        try:
            if not (body.path is not None and not _holds_secret(body, mask) and _linked(Path(body.path), target)):
                _write(body, mask, target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return name

    def lend(self, name: str, folder: Path) -> Path:
        """The file again under a name of the borrower's own, who may delete it; in another folder."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = folder / f"body-{secrets.token_hex(8)}"
        source = self._folder / name
        if not _linked(source, target):
            shutil.copyfile(source, target)
            target.chmod(0o600)
        return target

    def remove(self, names: Iterable[str]) -> None:
        """Delete files; one that is held (on Windows) is swept at a later start."""
        for name in names:
            with contextlib.suppress(OSError):
                (self._folder / name).unlink(missing_ok=True)

    def strays(self, known: set[str]) -> list[str]:
        """Files that no entry names, as a killed program leaves them."""
        if not self._folder.is_dir():
            return []
        before = time.time() - _GRACE_S
        return [file.name for file in self._folder.iterdir() if file.name not in known and _is_older(file, before)]


def _is_older(file: Path, before: float) -> bool:
    try:
        # Not the time of the last change, which a link shares with its source.
        return file.stat().st_ctime < before
    except OSError:
        return False


def _linked(source: Path, target: Path) -> bool:
    """Whether the file has a second name now; not every file system can do that, and none across two."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _holds_secret(body: Body, mask: Mask) -> bool:
    """Whether a spelling of a secret is in the body; its pieces overlap."""
    if not mask:
        return False
    position, overlap = 0, mask.longest_bytes - 1
    while piece := body.read(max(0, position - overlap), position + _PIECE_BYTES):
        if mask.holds(piece):
            return True
        position += _PIECE_BYTES
        if position >= body.size_bytes:
            return False
    return False


def _write(body: Body, mask: Mask, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        position, rest = 0, b""
        while piece := body.read(position, position + _PIECE_BYTES):
            position += len(piece)
            data = rest + piece
            # What begins so near the end may be the beginning of a secret.
            cut = mask.safe_cut(data, max(0, len(data) - mask.longest_bytes))
            file.write(mask.data(data[:cut]))
            rest = data[cut:]
        file.write(mask.data(rest))
