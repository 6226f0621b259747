"""Prints what is in the history: the window's, read beside it."""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime

import msgspec

from httpdesk.cli.options import HistoryOptions
from httpdesk.cli.terminal import safe
from httpdesk.core.history import Line
from httpdesk.core.history_query import parse
from httpdesk.core.problem import Problem
from httpdesk.core.wording import duration, size
from httpdesk.store import places
from httpdesk.store.history import HistoryStore
from httpdesk.store.history_access import HistoryAccess


def history(options: HistoryOptions) -> int:
    """Print the newest entries that fit, newest first; the exit code. Raises Problem."""
    query = parse(options.search, datetime.now().astimezone())
    if query.faults:
        raise Problem("The search was not understood", ", ".join(query.faults), where="search")
    folder = places.find().history_folder
    if not (folder / HistoryStore.FILE).exists():
        return 0

    def find(store: HistoryStore) -> list[Line]:
        ids = store.search(query).ids[: options.limit or None]
        lines = store.lines(ids)
        return [lines[one] for one in ids if one in lines]

    found = asyncio.run(_read(HistoryAccess(folder, lambda words: sys.stderr.write(f"{words}\n")), find))
    if options.json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
    else:
        sys.stdout.writelines(f"{_row(line)}\n" for line in found)
    return 0


async def _read(access: HistoryAccess, find: Callable[[HistoryStore], list[Line]]) -> list[Line]:
    try:
        return await access.read(find)
    finally:
        await access.close()


def _row(line: Line) -> str:
    when = datetime.fromtimestamp(line.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    status = f"{line.status:03d}" if line.status else line.outcome
    amounts = [duration(line.total_ms), *([size(line.size_bytes)] if line.status else [])]
    return safe("  ".join([when, f"{status:<9}", f"{line.method:<7}", line.url, *amounts]))
