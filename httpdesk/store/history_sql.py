"""From a search to SQL: what is asked of the index of words, or of the texts where there is none."""

import re
from collections.abc import Sequence

from httpdesk.core.exchange import Outcome
from httpdesk.core.history_query import CANCELLED, Query

_TEXTS = ("url", "headers", "request", "answer")
Condition = tuple[str, list[object]]


def statement(query: Query, *, indexed: bool, above: int) -> Condition:
    """What gives the ids that fit and are greater than `above`, the greatest first."""
    parts = _conditions(query)
    words = _words(query) if indexed else ""
    if not indexed:
        parts += _plain_words(query)
    parts = [part for part in parts if part[0]]
    conditions = "".join(f" and {sql}" for sql, _ in parts)
    values = [value for _, given in parts for value in given]
    # The plus keeps the planner from an index that nearly every entry is in.
    if not words:
        shown = "+deleted_at" if parts else "deleted_at"
        return f"select id from exchange where {shown} = 0{conditions} and id > ? order by id desc", [*values, above]  # noqa: S608
    if not parts:
        # Without a look at each entry: the deleted ones are few, and left out later.
        return "select rowid as id from words where words match ? and rowid > ? order by rowid desc", [words, above]
    sql = f"""select exchange.id as id from words join exchange on exchange.id = words.rowid
        where words match ? and +deleted_at = 0{conditions} and words.rowid > ? order by words.rowid desc"""  # noqa: S608
    return sql, [words, *values, above]


def _conditions(query: Query) -> list[Condition]:
    parts = [*_states(query), _any("method = ?", query.methods), _hosts(query), _any("key = ?", query.keys)]
    parts.append(_any("environment = ? collate nocase", query.environments))
    if query.since:
        parts.append(("at >= ?", [query.since]))
    if query.before:
        parts.append(("at < ?", [query.before]))
    if query.pinned:
        parts.append(("pinned = 1", []))
    return parts


def _any(condition: str, values: Sequence[object]) -> Condition:
    return ("(" + " or ".join([condition] * len(values)) + ")" if values else ""), list(values)


def _states(query: Query) -> list[Condition]:
    sql, values = [], list[object]()
    for low, high in query.statuses:
        sql.append("status between ? and ?")
        values += (low, high)
    for outcome in query.outcomes:
        sql.append("outcome = ?")
        values.append(Outcome.CANCELLED if outcome == CANCELLED else Outcome.FAILED)
    return [("(" + " or ".join(sql) + ")", values)] if sql else []


def _hosts(query: Query) -> Condition:
    """A host itself and those below it."""
    sql, values = [], list[object]()
    for host in query.hosts:
        sql.append("host = ? or substr(host, ?) = ?")
        values += (host, -len(host) - 1, f".{host}")
    return ("(" + " or ".join(sql) + ")" if sql else ""), values


def _words(query: Query) -> str:
    """A word may be the beginning of a longer one; its signs divide words as they do in the index."""
    phrases = ['"' + word.replace('"', '""') + '"*' for word in query.words if re.search(r"[^\W_]", word)]
    return " AND ".join(phrases)


def _plain_words(query: Query) -> list[Condition]:
    found: list[Condition] = []
    for word in query.words:
        pattern = "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"
        like = " or ".join(f"text.{name} like ? escape '\\'" for name in _TEXTS)
        sql = f"exists (select 1 from text where text.id = exchange.id and ({like}))"  # noqa: S608 - names are ours
        found.append((sql, [pattern] * len(_TEXTS)))
    return found
