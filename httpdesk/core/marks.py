"""Marks: how a file stands to the last commit of the repository that it lies in."""

from enum import StrEnum


class Mark(StrEnum):
    """What stands beside a request in the tree; a file without changes has none."""

    NEW = "new"
    MODIFIED = "modified"
    CONFLICTED = "conflicted"
