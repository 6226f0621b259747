"""First workspace: the folder that a new user finds, with the collection "Try httpdesk"."""

import secrets
import shutil
from pathlib import Path

from httpdesk import resources
from httpdesk.store import atomic, disk_faults

_GITIGNORE = b".env\n.env.*\n.httpdesk/\n"


def ensure(folder: Path) -> None:
    """Make the first workspace where there is none; a folder that holds anything is left alone. Raises Problem."""
    with disk_faults.told(folder, "created"):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Made beside its place and put there in one step: half a workspace would never be completed.
        draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
        try:
            _copy(resources.path("samples"), draft)
            if folder.exists():
                folder.rmdir()
            draft.rename(folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        atomic.sync_folder(folder.parent)


def _copy(samples: Path, target: Path) -> None:
    target.mkdir()
    atomic.write(target / ".gitignore", _GITIGNORE)
    for source in sorted(samples.rglob("*.yml")):
        place = target / source.relative_to(samples)
        place.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(place, source.read_bytes())
