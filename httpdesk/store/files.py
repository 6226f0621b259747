"""Files: YAML files of a workspace read and changed, never over what another program wrote."""

from collections.abc import Callable
from pathlib import Path

from httpdesk.store import atomic, disk_faults, yaml_change, yaml_read
from httpdesk.store.plain import Values
from httpdesk.store.stamps import Stamps, changed_by_others


class Files:
    """Reads and writes with a stamp for each file; raises Problem for all that goes wrong."""

    def __init__(self) -> None:
        self.stamps = Stamps()

    def read(self, path: Path) -> Values:
        """The values of a file; what it holds now is what a later save may replace."""
        data = self.data(path)
        values = yaml_read.mapping(data, path.name)
        self.stamps.keep(path, data)
        return values

    def data(self, path: Path) -> bytes:
        """The bytes of a file."""
        with disk_faults.told(path, "read"):
            disk_faults.check_readable(path.stat())
            return path.read_bytes()

    def data_or_none(self, path: Path) -> bytes | None:
        """The bytes of a file, None where there is none."""
        return self.data(path) if path.exists() else None

    def create(self, path: Path, values: Values) -> None:
        """Write a new file."""
        self.write(path, yaml_change.written(values, path.name))

    def write(self, path: Path, data: bytes, *, old: bytes | None = None) -> None:
        """Write the bytes of a file, unless it holds others than the old ones when all is ready."""

        def look() -> None:
            # To write takes a while: long enough for another program to save, too.
            if old is not None and self.data_or_none(path) != old:
                raise changed_by_others(path, "changed")

        with disk_faults.told(path, "saved"):
            atomic.write(path, data, look=look)
        self.stamps.keep(path, data)

    def replace(self, path: Path, old: bytes, new: bytes) -> None:
        """Write what a file is to hold where that is something else than it does."""
        if new == old:
            self.stamps.keep(path, old)
        else:
            self.write(path, new, old=old)

    def change(self, path: Path, edit: Callable[[Values], Values]) -> None:
        """Change what a file holds now, in place; one that stays the same is not written."""
        data = self.data(path)
        values = yaml_read.mapping(data, path.name)
        changed = yaml_change.changed(data, values, edit(values), path.name)
        if changed == data:
            return
        was_read = self.stamps.fits(path, data)
        with disk_faults.told(path, "saved"):
            atomic.write(path, changed)
        if was_read:  # else it still holds what nobody has read
            self.stamps.keep(path, changed)


def with_info(values: Values, **changes: object) -> Values:
    """The values with other entries in "info", which is put first where it is missing."""
    info = values.get("info")
    info = {**info, **changes} if isinstance(info, dict) else changes
    return {**values, "info": info} if "info" in values else {"info": info, **values}
