"""Outside: a body handed to the program that the system has for files of its kind, and never run as one itself."""

import asyncio
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from httpdesk.body.spool import COPY_BYTES, Spool
from httpdesk.core.exchange import Hop
from httpdesk.core.problem import Problem
from httpdesk.ui import body_files

_ENDING = re.compile(r"\.[a-z0-9]{1,8}$")
# Data only: a system runs what it finds in .js, .hta, .desktop and the like.
_DATA = frozenset(
    f".{ending}"
    for ending in (
        *("json", "ndjson", "jsonl", "xml", "rss", "atom", "html", "htm", "xhtml", "css", "csv", "tsv", "txt", "log"),
        *("md", "yaml", "yml", "pdf", "png", "jpg", "jpeg", "gif", "webp", "bmp", "ico", "tif", "tiff", "avif", "heic"),
        *("svg", "mp3", "wav", "ogg", "flac", "m4a", "mp4", "webm", "mov", "zip", "gz", "tar", "docx", "xlsx", "pptx"),
    )
)


def data_name(hop: Hop, *, is_text: bool) -> str:
    """The file name of a body with an ending that no system runs."""
    name = body_files.file_name(hop)
    ending = _ENDING.search(name.lower())
    if ending is not None and ending.group() in _DATA:
        return name
    stem = name[: ending.start()] if ending is not None else name
    return (stem.replace(".", "-") or "response") + (".txt" if is_text else ".bin")


def write(spool: Spool, name: str, folder: Path) -> Path:
    """Write the bytes that are there to a new file which only the user may read; blocks. Raises Problem.

    The folder is the one of the bodies: it goes with the program.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(prefix="opened-", dir=folder)) / name  # mode 0700
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            position = 0
            while piece := spool.read(position, position + COPY_BYTES):
                file.write(piece)
                position += len(piece)
    except OSError as error:
        raise Problem(
            f"{name} was not opened",
            f"{folder}: {(error.strerror or str(error)).lower()}.",
            kind="save-failed",
            evidence=f"{type(error).__name__} {error.errno}",
        ) from error
    return path


async def open_body(spool: Spool | None, hop: Hop | None, tell: Callable[[str], object], *, is_text: bool) -> None:
    """Have the system open the bytes that are there; `tell` gets a sentence when it does not. Raises Problem."""
    if spool is None or hop is None:
        tell(QCoreApplication.translate("outside", "There is no body to open."))
        return
    name = data_name(hop, is_text=is_text)
    path = await asyncio.to_thread(write, spool, name, spool.folder)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        words = QCoreApplication.translate("outside", "No program opened {name}. Save it instead.")
        tell(words.format(name=name))
