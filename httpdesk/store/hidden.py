"""The hidden folder of a workspace: what is httpdesk's own and not the user's; git does not see it."""

from pathlib import Path

from httpdesk.core.problem import Problem
from httpdesk.store import atomic

NAME = ".httpdesk"


def ensure(workspace: Path) -> Path:
    """The folder, made when it is first needed. Raises OSError, and Problem where it is a link."""
    hidden = workspace / NAME
    atomic.make_folder(hidden)
    if hidden.is_symlink():
        raise Problem(
            "The hidden folder of the workspace is a link",
            f"{hidden} must be a folder. Nothing was changed.",
            kind="outside",
        )
    if not (hidden / ".gitignore").exists():
        atomic.write(hidden / ".gitignore", b"*\n")
    return hidden
