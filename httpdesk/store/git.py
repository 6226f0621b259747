"""Git: what the git program says of a folder; only asked, never told to change anything.

The only place that starts git. A repository may come from a stranger, and its settings may name programs: those that
a look would start (a file monitor, filters, other diff programs) are switched off.
"""

import os
import subprocess
import sys
from pathlib import Path

from httpdesk.core.marks import Mark
from httpdesk.core.problem import Problem

_PATIENCE_S = 20.0
_NO_CONSOLE = 0x08000000 if sys.platform == "win32" else 0
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=", "-c", "core.untrackedCache=false")
_STATUS = ("status", "--porcelain=v2", "-z", "--untracked-files=all", "--ignore-submodules=all", "--no-renames")
_NOT_INHERITED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF", "GIT_PREFIX")
# Where the path begins in a line of porcelain=v2, by its first letter: so many words stand before it.
_WORDS_BEFORE = {"1": 8, "u": 10, "?": 1}


def marks(folder: Path) -> dict[str, Mark]:
    """The files in a folder and below that differ from the last commit, by path; none without git or a repository."""
    if not _is_in_repository(folder):
        return {}
    prefix = _run(folder, "rev-parse", "--show-prefix")
    said = _run(folder, *_without_filters(folder), *_STATUS, "--", ".")
    if prefix is None or said is None:
        return {}
    top = os.fsdecode(prefix).rstrip("\n")
    found = {}
    for line in os.fsdecode(said).split("\0"):
        words = _WORDS_BEFORE.get(line[:1], 0)
        if words:
            path = line.split(" ", words)[words]
            found[path.removeprefix(top)] = _mark(line)
    return found


def committed(folder: Path, path: str) -> str:
    """The text of a file in the last commit, "" where it is not in there. Raises Problem without git."""
    if not _is_in_repository(folder) or _run(folder, "rev-parse", "--show-prefix") is None:
        raise Problem("There is no repository", f"{folder} is not in a repository of git.", kind="no-repository")
    said = _run(folder, "show", "--no-textconv", "--no-ext-diff", f"HEAD:./{path}")
    return (said or b"").decode("utf-8", "replace")


def _mark(line: str) -> Mark:
    if line[0] == "u":
        return Mark.CONFLICTED
    return Mark.NEW if line[0] == "?" or line[2] == "A" else Mark.MODIFIED


def _is_in_repository(folder: Path) -> bool:
    """Asked of the disk: most folders lie in none, and need no other program to say so."""
    return any((place / ".git").exists() for place in (folder.absolute(), *folder.absolute().parents))


def _without_filters(folder: Path) -> tuple[str, ...]:
    """Settings that take the place of the filters which the repository itself names."""
    said = _run(folder, "config", "--list", "--show-scope", "--name-only", "-z", "--includes") or b""
    words = os.fsdecode(said).split("\0")
    found: list[str] = []
    for scope, key in zip(words[::2], words[1::2], strict=False):
        if scope in ("local", "worktree") and key.startswith("filter."):
            name, _, what = key.rpartition(".")
            if what in ("clean", "process"):
                found += ["-c", f"{name}.{what}=", "-c", f"{name}.required=false"]
    return tuple(found)


def _run(folder: Path, *words: str) -> bytes | None:
    """What git says, None where it is not there, or does not want to."""
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    # Without locks: a look must not get in the way of the user's own git.
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *_SAFE, *words],  # noqa: S607 - the user's own
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            env=environment,
            check=False,
            creationflags=_NO_CONSOLE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
