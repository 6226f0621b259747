"""Trash: what was deleted, in a hidden folder of the workspace, with what is needed to bring it back."""

import re
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from httpdesk.core.problem import Problem
from httpdesk.store import atomic, disk_faults, hidden, paths

_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")


class _Note(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    deleted_at: str


def put(workspace: Path, path: str) -> str:
    """Move a file or folder to the trash; the id to restore it. Raises Problem."""
    target = paths.writable(workspace, path)
    now = datetime.now(UTC)
    trash_id = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    with disk_faults.told(target, "deleted"):
        target.lstat()
        place = _folder(workspace) / trash_id
        atomic.make_folder(place)
        note = _Note(path=path, deleted_at=now.isoformat(timespec="seconds"))
        try:
            atomic.write(place / "note.json", msgspec.json.encode(note))
            target.rename(place / "item")
        except OSError:
            shutil.rmtree(place, ignore_errors=True)
            raise
        atomic.sync_folder(place)
        atomic.sync_folder(target.parent)
    return trash_id


def restore(workspace: Path, trash_id: str) -> str:
    """Bring back what was deleted, under another name if its own is taken meanwhile; its path. Raises Problem."""
    place = workspace / hidden.NAME / "trash" / trash_id
    if not _ID.fullmatch(trash_id) or not (place / "note.json").is_file():
        raise Problem(
            "This is no longer in the trash", "It was restored before, or the trash was emptied.", kind="gone"
        )
    with disk_faults.told(place, "restored"):
        try:
            note = msgspec.json.decode((place / "note.json").read_bytes(), type=_Note)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            title, detail = "This can't be restored", f"Its note can't be read; the item is in {place}."
            raise Problem(title, detail, kind="broken-file") from error
        target = paths.writable(workspace, note.path)
        atomic.make_folder(target.parent)
        if target.exists() or target.is_symlink():
            ending = target.suffix if (place / "item").is_file() else ""
            target = target.with_name(paths.free_name(target.parent, target.name.removesuffix(ending), ending))
        (place / "item").rename(target)
        atomic.sync_folder(target.parent)
        (place / "note.json").unlink()
        place.rmdir()
    return paths.shown(workspace, target)


def _folder(workspace: Path) -> Path:
    """The trash, made when it is first needed."""
    trash = hidden.ensure(workspace) / "trash"
    atomic.make_folder(trash)
    return trash
