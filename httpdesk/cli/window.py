"""Opens the window: the only place of the command line that imports it."""

from pathlib import Path

from httpdesk.cli.options import WindowOptions
from httpdesk.core.problem import Problem


def open_window(options: WindowOptions) -> int:
    """Run the window until it is closed; the exit code. Raises Problem for a folder that is none."""
    folder = Path(options.folder).absolute() if options.folder else None
    if folder is not None and not folder.is_dir():
        exists = folder.exists()
        raise Problem(
            f"{folder.name} is not a folder" if exists else f"{folder.name} does not exist",
            f"{folder}.",
            kind="file-unreadable" if exists else "file-missing",
            where="folder",
        )
    from httpdesk.app import main

    return main(folder, selftest=options.selftest)
