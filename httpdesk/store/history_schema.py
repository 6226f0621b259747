"""The database of the history: its tables, how an older one becomes a newer one, and what a broken one is."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from httpdesk.core.problem import Problem
from httpdesk.store import atomic

# How long another instance is waited for, in seconds.
_BUSY_S = 10.0
_CACHE_KB = 16 << 10
_SIDE_FILES = ("-wal", "-shm")

_TABLES = """
create table exchange (
    id integer primary key autoincrement, at real not null, day integer not null, method text not null,
    url text not null, host text not null, name text not null, environment text not null, status integer not null,
    reason text not null, outcome text not null, total_ms real not null, size_bytes integer not null,
    pinned integer not null default 0, unverified integer not null default 0, deleted_at real not null default 0,
    workspace text not null, path text not null, key text not null, kept_bytes integer not null);
create index exchange_key on exchange (key, id);
create index exchange_day on exchange (day, id);
create index exchange_deleted on exchange (deleted_at);
create index exchange_filter on exchange (
    id, deleted_at, status, method, host, environment, at, pinned, outcome);
create table record (id integer primary key references exchange on delete cascade, data blob not null);
create table body (
    id integer not null references exchange on delete cascade, hop integer not null, size_bytes integer not null,
    data blob, file text not null default '', primary key (id, hop)) without rowid;
create index body_file on body (file) where file <> '';
create table text (
    id integer primary key references exchange on delete cascade, url text not null, headers text not null,
    request text not null, answer text not null);
create table total (one integer primary key check (one = 1), entries integer not null, kept_bytes integer not null);
insert into total values (1, 0, 0);
create trigger exchange_added after insert on exchange begin
    update total set entries = entries + 1, kept_bytes = kept_bytes + new.kept_bytes; end;
create trigger exchange_gone after delete on exchange begin
    update total set entries = entries - 1, kept_bytes = kept_bytes - old.kept_bytes; end;
create table unindexed (id integer primary key);
"""
STEPS: tuple[str, ...] = (_TABLES,)
"""Each brings the tables from one version to the next; a published one is never changed."""

# Its contents stay in "text": only what is there can be taken out of such an index again.
_INDEX = """create virtual table if not exists words using fts5 (
    url, headers, request, answer, content='text', content_rowid='id', prefix='2 3')"""

# From then on the index can forget a word for good.
_FORGETFUL = (3, 42, 0)


class Broken(Exception):
    """The database file is damaged, or no database at all."""


def connect(path: Path, steps: Sequence[str] = STEPS) -> tuple[sqlite3.Connection, bool]:
    """Open the database, made or brought up to date where needed, and whether it has an index of words.

    For one thread. Raises Broken, OSError or sqlite3.Error, and Problem for one of a newer program.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    try:
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute(f"pragma cache_size = {-_CACHE_KB}")
        _bring_up_to_date(connection, steps)
        return connection, _index(connection)
    except BaseException as error:
        connection.close()
        if is_damage(error):
            raise Broken(str(error)) from error
        raise


def is_damage(error: BaseException) -> bool:
    """Whether an error means that the file cannot be trusted, not that the disk or another program is in the way."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def may_pass(error: BaseException) -> bool:
    """Whether what could not be written may be written later: the disk, another program or damage was in the way."""
    return isinstance(error, OSError | sqlite3.OperationalError | Broken) or is_damage(error)


def make_index(connection: sqlite3.Connection) -> None:
    """Put every text into the index of words, anew."""
    with transaction(connection):
        connection.execute(_INDEX)
        if sqlite3.sqlite_version_info >= _FORGETFUL:
            connection.execute("insert into words (words, rank) values ('secure-delete', 1)")
        connection.execute("insert into words (words) values ('rebuild')")
        connection.execute("delete from unindexed")


def set_aside(path: Path) -> Path:
    """Rename a broken database with its side files, so that it is neither lost nor read again; its new path."""
    aside = atomic.set_aside(path)
    for ending in _SIDE_FILES:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    return aside


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the lock for writing is taken at once, so that two instances never wait for each other."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        # A full disk has rolled back by itself.
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("rollback")
        raise


def _bring_up_to_date(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    if _version(connection) == len(steps):
        return
    with transaction(connection):
        version = _version(connection)  # another instance may have been faster
        if version > len(steps):
            raise Problem(
                "The history was written by a newer httpdesk",
                "It stays as it is; this version neither reads it nor adds to it.",
                kind="history",
            )
        for step in steps[version:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"pragma user_version = {len(steps)}")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("pragma user_version").fetchone()
    return int(version)


def _statements(script: str) -> list[str]:
    """The statements of a script: executescript() would commit between them."""
    found, rest = [], ""
    for piece in script.split(";"):
        rest += piece + ";"
        if sqlite3.complete_statement(rest):
            found.append(rest)
            rest = ""
    return [statement for statement in found if statement.strip(" \n;")]


def _index(connection: sqlite3.Connection) -> bool:
    """Whether words can be looked up; what an interpreter without FTS5 wrote meanwhile is put into the index."""
    made = connection.execute("select 1 from sqlite_master where name = 'words'").fetchone()
    unindexed = connection.execute("select 1 from unindexed limit 1").fetchone()
    try:
        # Without a lock where there is nothing to do: another thread may be writing.
        connection.execute("select 1 from words limit 0") if made and not unindexed else make_index(connection)
    except sqlite3.OperationalError as error:
        if "fts5" in str(error):
            return False
        raise
    return True
