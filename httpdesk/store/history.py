"""The history on disk: every exchange in one database, large bodies as files beside it, bounded and searchable."""

import json
import sqlite3
import time
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from httpdesk.core.exchange import Outcome
from httpdesk.core.history import Line, Record, header_text, line_of, sent_text
from httpdesk.core.history_query import Query
from httpdesk.core.settings import HistoryLimits
from httpdesk.store import history_schema, history_sql
from httpdesk.store.history_bodies import Bodies, Kept

SEARCHED_CHARACTERS = 64 << 10
"""So much of each text can be found."""
_LINE = ", ".join(name for name in Line.__struct_fields__)
_TEXTS = "url, headers, request, answer"
# The index of words takes out what it is told: exactly the texts that were put in.
_OUT_OF_INDEX = f"insert into words (words, rowid, {_TEXTS}) select 'delete', id, {_TEXTS} from text where id = ?"  # noqa: S608
_BATCH = 200


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange on its way into the history, out of the sender's hands; `answer` is the text to be found.

    `fault` says why a body could not be kept.
    """

    record: Record
    bodies: tuple[Kept | None, ...]
    answer: str = ""
    fault: str = ""


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange of the history, with what its bodies are and whether they are still there."""

    line: Line
    record: Record
    bodies: tuple[Kept | None, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, newest first, and of each day (date.toordinal()) the last id: (id, day) by id."""

    ids: list[int] = []
    days: list[tuple[int, int]] = []


class HistoryStore:
    """One connection; all of it blocks, and belongs to the thread that made it. Raises sqlite3.Error, Broken, OSError.

    A second one, in another thread or program, may read and write at the same time.
    """

    FILE = "history.db"

    def __init__(self, folder: Path) -> None:
        self.file, self.bodies = folder / self.FILE, Bodies(folder)
        self._connection, self.indexed = history_schema.connect(self.file)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def repair(self) -> None:
        """Look for damage, and make the index anew, where alone it may be; takes seconds where there is much.

        Raises Broken and sqlite3.DatabaseError for what cannot be repaired.
        """
        (verdict,) = self._run("pragma quick_check(1)").fetchone()
        if verdict != "ok":
            raise history_schema.Broken(verdict)
        if self.indexed:
            self._run("drop table if exists words")
            history_schema.make_index(self._connection)

    # -- adding

    def add(self, entry: Entry) -> int:
        """Write an exchange; its id. It is there to the end, or not at all."""
        record = entry.record
        bodies = [body for body in entry.bodies if body is not None]
        data = zlib.compress(_encoded(record), 1)
        named = f"{record.sent.url}\n{record.origin.name}"
        texts = [_storable(text) for text in (named, header_text(record), sent_text(record), entry.answer)]
        kept_bytes = len(data) + sum(map(len, texts)) + sum(body.size_bytes for body in bodies if not body.is_left_out)
        last = entry.bodies[-1] if entry.bodies else None
        line = line_of(record, last.size_bytes if last is not None else 0)
        with history_schema.transaction(self._connection):
            new = self._add_line(line, record, kept_bytes)
            self._run("insert into record values (?, ?)", new, data)
            self._run("insert into text values (?, ?, ?, ?, ?)", new, *texts)
            if self.indexed:
                self._run(
                    "insert into words (rowid, url, headers, request, answer) values (?, ?, ?, ?, ?)", new, *texts
                )
            else:
                self._run("insert into unindexed values (?)", new)
            for hop, body in enumerate(entry.bodies):
                if body is not None:
                    inline = None if body.file else body.data
                    self._run("insert into body values (?, ?, ?, ?, ?)", new, hop, body.size_bytes, inline, body.file)
        return new

    def _add_line(self, line: Line, record: Record, kept_bytes: int) -> int:
        values = msgspec.structs.asdict(line) | {
            "day": _day(record),
            "host": _host(record),
            "workspace": record.origin.workspace,
            "path": record.origin.path,
            "key": record.key,
            "kept_bytes": kept_bytes,
        }
        del values["id"]
        names = ", ".join(values)
        signs = ", ".join("?" * len(values))
        storable = [_storable(value) if isinstance(value, str) else value for value in values.values()]
        cursor = self._run(f"insert into exchange ({names}) values ({signs})", *storable)  # noqa: S608 - names are ours
        return int(cursor.lastrowid or 0)

    # -- finding

    def search(self, query: Query, above: int = 0) -> Found:
        """What fits, newest first; only entries that are newer than the one with the id `above`."""
        sql, values = history_sql.statement(query, indexed=self.indexed, above=above)
        # As one text: 100,000 rows would take three times as long.
        values = [_storable(value) if isinstance(value, str) else value for value in values]
        (text,) = self._run(f"select group_concat(id) from ({sql})", *values).fetchone()  # noqa: S608 - sql is ours
        ids = msgspec.json.decode(f"[{text or ''}]", type=list[int])
        deleted = {row[0] for row in self._run("select id from exchange where deleted_at > 0")}
        if deleted:
            ids = [one for one in ids if one not in deleted]
        ids.sort(reverse=True)
        return Found(ids=ids, days=self._day_ends())

    def _day_ends(self) -> list[tuple[int, int]]:
        """The greatest id of each day, by id; one look at the index for each of them."""
        sql = """with recursive known (day) as (
                select min(day) from exchange where day > 0
                union all select (select min(day) from exchange where day > known.day) from known where day is not null)
            select (select max(id) from exchange where day = known.day), day from known where day is not null"""
        return sorted(self._run(sql).fetchall())

    def lines(self, ids: Iterable[int]) -> dict[int, Line]:
        """What a list shows of entries, of those that are still there."""
        wanted = list(ids)
        signs = ", ".join("?" * len(wanted))
        sql = f"select {_LINE} from exchange where deleted_at = 0 and id in ({signs})"  # noqa: S608 - as above
        return {row[0]: _line(row) for row in self._run(sql, *wanted)}

    def read(self, entry_id: int) -> Stored | None:
        """All of an entry, None when it is gone."""
        line = self.lines([entry_id]).get(entry_id)
        row = self._run("select data from record where id = ?", entry_id).fetchone()
        if line is None or row is None:
            return None
        record = msgspec.json.decode(zlib.decompress(row[0]), type=Record)
        bodies: list[Kept | None] = [None] * len(record.hops)
        for hop, size_bytes, data, file in self._run(
            "select hop, size_bytes, data, file from body where id = ?", entry_id
        ):
            bodies[hop] = Kept(size_bytes=size_bytes, data=data or b"", file=file)
        return Stored(line=line, record=record, bodies=tuple(bodies))

    def facets(self, column: str, count: int) -> list[str]:
        """The values of "method", "host" or "environment" that are most frequent among the last entries."""
        sql = f"""select value from (select {column} as value from exchange where deleted_at = 0 and {column} <> ''
            order by id desc limit 5000) group by value order by count(*) desc limit ?"""  # noqa: S608 - as above
        return [row[0] for row in self._run(sql, count)]

    def totals(self) -> tuple[int, int]:
        """How many entries there are, and how many bytes they take."""
        entries, kept_bytes = self._run("select entries, kept_bytes from total").fetchone()
        return entries, kept_bytes

    # -- changing

    def pin(self, ids: Sequence[int], *, pinned: bool) -> None:
        """Keep entries whatever the bounds are, or no longer."""
        self._each("update exchange set pinned = ? where id = ?", [(int(pinned), one) for one in ids])

    def delete(self, ids: Sequence[int]) -> None:
        """Take entries out of sight; `restore` brings them back until `purge` was called."""
        now = time.time()
        self._each("update exchange set deleted_at = ? where id = ? and deleted_at = 0", [(now, one) for one in ids])

    def restore(self, ids: Sequence[int]) -> None:
        """Bring deleted entries back."""
        self._each("update exchange set deleted_at = 0 where id = ?", [(one,) for one in ids])

    def moved(self, workspace: str, old: str, new: str) -> None:
        """A file or folder of requests has a new path: its entries stay those of its requests."""
        sql = """update exchange set path = ? || substr(path, ?), key = workspace || char(10) || ? || substr(path, ?)
            where workspace = ? and (path = ? or substr(path, 1, ?) = ?)"""
        rest, below = len(old) + 1, f"{old}/"
        with history_schema.transaction(self._connection):
            self._run(sql, new, rest, new, rest, workspace, old, len(below), below)

    def purge(self, before: float) -> bool:
        """Delete for good what was deleted before then, some of it at a time; whether there is more."""
        sql = "select id from exchange where deleted_at > 0 and deleted_at <= ? limit ?"
        ids = [row[0] for row in self._run(sql, before, _BATCH)]
        self._remove(ids)
        return len(ids) == _BATCH

    def keep_within(self, limits: HistoryLimits, now: float) -> bool:
        """Delete the oldest entries that no bound has room for, some at a time; whether there is more to delete."""
        ids = self._too_old(limits, now) or self._too_many(limits)
        self._remove(ids)
        return len(ids) == _BATCH

    def keep_within_request(self, key: str, limit: int) -> None:
        """Delete the oldest entries of one request that are more than `limit`."""
        sql = """select id from exchange where key = ? and pinned = 0 and deleted_at = 0
            order by id desc limit ? offset ?"""
        self._remove([row[0] for row in self._run(sql, key, _BATCH, limit)])

    def sweep(self) -> None:
        """Delete body files that no entry names."""
        known = {row[0] for row in self._run("select file from body where file <> ''")}
        self.bodies.remove(self.bodies.strays(known))

    def _too_old(self, limits: HistoryLimits, now: float) -> list[int]:
        if not limits.days:
            return []
        sql = "select id from exchange where at < ? and pinned = 0 order by id limit ?"
        return [row[0] for row in self._run(sql, now - limits.days * 86400, _BATCH)]

    def _too_many(self, limits: HistoryLimits) -> list[int]:
        entries, kept_bytes = self.totals()
        too_many = entries - limits.entries if limits.entries else 0
        too_large = kept_bytes - limits.megabytes * 1_000_000 if limits.megabytes else 0
        if too_many <= 0 and too_large <= 0:
            return []
        found = []
        sql = "select id, kept_bytes from exchange where pinned = 0 order by id limit ?"
        for entry_id, size_bytes in self._run(sql, _BATCH):
            if too_many <= 0 and too_large <= 0:
                break
            found.append(entry_id)
            too_many, too_large = too_many - 1, too_large - size_bytes
        return found

    def _remove(self, ids: Sequence[int]) -> None:
        if not ids:
            return
        files: list[str] = []
        with history_schema.transaction(self._connection):
            for one in ids:
                files += (row[0] for row in self._run("select file from body where id = ? and file <> ''", one))
                if self.indexed:
                    self._run(_OUT_OF_INDEX, one)
                else:
                    # The index holds what is no more: it is made anew by whoever can.
                    self._run("insert or ignore into unindexed values (?)", one)
                self._run("delete from exchange where id = ?", one)
        # Not before: a file without an entry is swept, an entry without its file would be a loss.
        self.bodies.remove(files)

    def _each(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        with history_schema.transaction(self._connection):
            self._connection.executemany(sql, rows)

    def _run(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)


def _line(row: Sequence[object]) -> Line:
    values = dict(zip(Line.__struct_fields__, row, strict=True))
    values["outcome"] = Outcome(str(values["outcome"]))
    values["pinned"], values["unverified"] = bool(values["pinned"]), bool(values["unverified"])
    return Line(**values)  # type: ignore[arg-type]


def _day(record: Record) -> int:
    """The day of its end, on the user's calendar: in the order of the ids, too."""
    return _local_day(record.started_at + record.total_ms / 1000)


def _local_day(unix_s: float) -> int:
    return datetime.fromtimestamp(unix_s).astimezone().toordinal()


def _host(record: Record) -> str:
    try:
        return (urlsplit(record.sent.url).hostname or "").lower()
    except ValueError:
        return ""


def _encoded(record: Record) -> bytes:
    """The record as JSON; half a character, which no file can hold, becomes "?"."""
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(record), ensure_ascii=False).encode("utf-8", "replace")


def _storable(text: str) -> str:
    """The searched part of a text; half a character becomes "?", a NUL, at which SQLite would end, a space."""
    return text[:SEARCHED_CHARACTERS].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
