"""Body files: what an answer is called on disk, and its text for the clipboard."""

import codecs
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from httpdesk.body.hexdump import ROW_BYTES, hexdump
from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Hop
from httpdesk.core.problem import Problem
from httpdesk.store.file_names import safe
from httpdesk.ui.derived_body import wait_until_whole

COPY_LIMIT_BYTES = 10_000_000
_HEX_ROW_BYTES = 80
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
# RFC 6266; a quoted-string may hold escaped quotes.
_PLAIN = re.compile(r';\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', re.IGNORECASE)
_EXTENDED = re.compile(r";\s*filename\*\s*=\s*([\w-]+)'[^']*'([^;\s]+)", re.IGNORECASE)
_ENDINGS = {
    "application/json": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/html": ".html",
    "text/css": ".css",
    "text/csv": ".csv",
    "text/plain": ".txt",
    "text/javascript": ".js",
    "application/javascript": ".js",
    "application/yaml": ".yaml",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/gzip": ".gz",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}


def file_name(hop: Hop) -> str:
    """A safe file name: of Content-Disposition, else of the URL's last part, with an ending for its type."""
    disposition = hop.head.first("content-disposition") if hop.head is not None else ""
    media_type = (hop.head.first("content-type") if hop.head is not None else "").partition(";")[0].strip().lower()
    name = _of_disposition(disposition) or _of_url(hop.url) or "response"
    ending = _ENDING.search(name)
    stem = safe(name[: ending.start()] if ending else name)
    tail = ending.group() if ending else _ENDINGS.get(media_type, ".json" if media_type.endswith("+json") else "")
    return stem + (tail or ".bin")


def text_of(spool: Spool, encoding: str, *, whole: bool, as_bytes: bool = False) -> str | None:
    """The text of a body (or its bytes as rows of numbers) for the clipboard; None when it is too large.

    Blocks; `whole` waits for its end.
    """
    if as_bytes:
        rows = -(-spool.size_bytes // ROW_BYTES)
        return hexdump(spool.read(0, COPY_LIMIT_BYTES)) if rows * _HEX_ROW_BYTES <= COPY_LIMIT_BYTES else None
    if whole:
        wait_until_whole(spool, COPY_LIMIT_BYTES)
    if spool.size_bytes > COPY_LIMIT_BYTES:
        return None
    return spool.read(0, COPY_LIMIT_BYTES).decode(encoding, "replace").removeprefix("\ufeff")


def save(spool: Spool, path: Path) -> int:
    """Write the exact bytes to a file; gives how many. Blocks. Raises Problem."""
    try:
        spool.save_to(path)
        return path.stat().st_size
    except OSError as error:
        raise Problem(
            f"{path.name} was not saved",
            f"{path.parent}: {(error.strerror or str(error)).lower()}.",
            kind="save-failed",
            evidence=f"{type(error).__name__} {error.errno}",
        ) from error


def _of_disposition(header: str) -> str:
    if extended := _EXTENDED.search(header):
        try:
            charset = codecs.lookup(extended[1]).name
            return _last(unquote(extended[2], charset, "replace"))
        except LookupError:
            pass
    if plain := _PLAIN.search(header):
        return _last(re.sub(r"\\(.)", r"\1", plain[1]) if plain[1] is not None else plain[2])
    return ""


def _of_url(url: str) -> str:
    try:
        return _last(unquote(urlsplit(url).path.rstrip("/")))
    except ValueError:
        return ""


def _last(path: str) -> str:
    """The name without the folders that a server may put before it."""
    return re.split(r"[/\\]", path)[-1].strip()[:200]
