"""The history on disk: what goes in comes out, is found, stays within its bounds, and holds no secret."""

import sqlite3
import time

import msgspec
import pytest

from httpdesk.core.exchange import Outcome
from httpdesk.core.history import Origin
from httpdesk.core.history_query import Query
from httpdesk.core.options import ClientCertificate, Effective, Proxy
from httpdesk.core.problem import Problem, Remedy
from httpdesk.core.request import HttpRequest
from httpdesk.core.settings import HistoryLimits
from httpdesk.store import history_schema
from httpdesk.store.history import HistoryStore
from httpdesk.store.history_bodies import INLINE_BYTES
from httpdesk.ui.history_entry import reopened
from tests.store.exchanges import NOW, add, exchange, found, spool_of

LARGE = b'{"text": "' + b"x" * 2 * INLINE_BYTES + b'"}'


@pytest.fixture
def store(tmp_path):
    store = HistoryStore(tmp_path / "history")
    yield store
    store.close()


@pytest.fixture
def spool(tmp_path):
    """Bytes in a file, as those of a large answer."""
    made = []

    def make(data):
        made.append(spool_of(tmp_path / "spool", data))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def again(store, tmp_path):
    """An entry as it is shown again."""
    shown = []

    def show(entry_id):
        shown.append(reopened(store.read(entry_id), store, tmp_path / "lent"))
        return shown[-1]

    yield show
    for one in shown:
        for hop in one.exchange.hops:
            if hop.body is not None:
                hop.body.close()


def files(tmp_path):
    """The body files of the history."""
    return sorted((tmp_path / "history/bodies").glob("*"))


def bytes_of(spool):
    return spool.read(0, spool.size_bytes)


@pytest.mark.parametrize("body", [b"", b"\x00\xff", LARGE], ids=["none", "small", "large"])
def test_an_exchange_comes_back_as_it_was(store, spool, again, body):
    sent = exchange(body=body if body != LARGE else spool(body))
    sent.problem = Problem("It broke", "Somehow.", kind="odd", remedies=(Remedy(text="Try again"),))
    origin = Origin(name="List", workspace="/w", path="a/List.yml", environment="Staging")
    entry = add(store, sent, origin=origin, written=HttpRequest(url="{{base}}/orders"))
    shown = again(entry)
    assert shown.record.written == HttpRequest(url="{{base}}/orders")
    assert shown.record.origin == origin
    assert shown.exchange.problem.remedies == sent.problem.remedies
    assert shown.exchange.outcome == Outcome.DONE
    before, after = sent.hops[0], shown.exchange.hops[0]
    for name in ("head", "sent_headers", "phases", "connection", "faults", "complete"):
        assert getattr(after, name) == getattr(before, name)
    assert bytes_of(after.body) == body
    assert after.body.finished
    assert (shown.line.status, shown.line.size_bytes, shown.line.environment) == (200, len(body), "Staging")
    after.body.close()
    assert bytes_of(again(entry).exchange.hops[0].body) == body


def test_a_body_in_a_file_is_taken_over_without_a_copy_and_outlives_its_spool(store, spool, again, tmp_path):
    body = spool(LARGE)
    inode = body.path.stat().st_ino
    entry = add(store, exchange(body=body))
    assert [file.stat().st_ino for file in files(tmp_path)] == [inode]
    body.close()
    assert bytes_of(again(entry).exchange.last.body) == LARGE


def test_where_no_hard_link_can_be_made_the_body_is_copied(store, spool, again, monkeypatch):
    def no_links(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    body = spool(LARGE * 40)
    entry = add(store, exchange(body=body))
    body.close()
    assert bytes_of(again(entry).exchange.last.body) == LARGE * 40


def test_only_the_owner_can_read_it(store, spool, tmp_path):
    add(store, exchange(body=spool(LARGE)))
    for file in (tmp_path / "history").rglob("*"):
        assert file.stat().st_mode & 0o077 == 0, file


@pytest.mark.parametrize("large", [False, True])
def test_secrets_are_masked_wherever_they_stand(store, spool, again, tmp_path, large):
    secret = 'p"ss w&rd/é'
    body = f'{{"you sent": {msgspec.json.encode(secret).decode()}}}'.encode() + (LARGE if large else b"")
    sent = exchange(
        f"http://shop.example/?key={secret}",
        spool(body) if large else body,
        secrets=frozenset({secret, "t0ps3cret"}),
    )
    options = Effective(
        client_certificate=ClientCertificate(passphrase="passphrase-1"),
        proxy=Proxy(url="http://u:proxy-1@p", password="x1"),
    )
    sent.request = msgspec.structs.replace(sent.request, options=options)
    sent.problem = Problem(f"{secret} was refused")
    entry = add(store, sent, written=HttpRequest(url=f"http://shop.example/?key={secret}"))
    shown = again(entry)
    assert b"you sent" in bytes_of(shown.exchange.last.body)
    assert "••••••" in shown.record.written.url
    assert dict(shown.exchange.last.sent_headers)["Authorization"] == "Bearer ••••••"
    store.close()
    for file in (tmp_path / "history").rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        for part in ("ss w&rd", "t0ps3cret", "passphrase-1", "proxy-1"):
            assert part.encode() not in data, file


def test_a_secret_across_two_pieces_of_a_body_is_masked(store, spool, again):
    secret = "correct horse battery staple"
    for before in range((1 << 20) - len(secret) - 2, (1 << 20) + 2, 7):
        body = b"x" * before + secret.encode() + b"y" * 100_000
        entry = add(store, exchange(body=spool(body), secrets=frozenset({secret})))
        kept = bytes_of(again(entry).exchange.last.body)
        assert kept == body.replace(secret.encode(), "••••••".encode())


def test_words_are_found_in_url_headers_and_both_bodies(store):
    first = add(store, exchange("http://shop.example/v1/seals", b'{"animal": "penguin"}'))
    second = add(store, exchange("http://other.example/v1/bears", b'{"animal": "badger"}'))
    assert found(store, "") == [second, first]
    for text, ids in {
        "seals": [first],
        "PENG": [first],
        "walrus": [second, first],
        "otter animal": [second, first],
        "otter badger": [second],
        '"v1/bears"': [second],
        "shop.example/v1": [first],
        "wal badg seals": [],
        "%": [second, first],
    }.items():
        assert found(store, text) == ids, text


def test_only_text_is_searched(store):
    add(store, exchange(body=b"\x89PNG\r\n\x1a\n" + b" penguin" * 10, kind="image/png"))
    assert not found(store, "penguin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status:4xx", "b"),
        ("status:200", "a"),
        ("status:2xx status:4xx", "ba"),
        ("status:failed", "c"),
        ("method:post", "b"),
        ("method:POST status:2xx", ""),
        ("host:shop.example", "ba"),
        ("host:example", "cba"),
        ("host:hop.example", ""),
        ("env:staging", "a"),
        ("since:2h", "cb"),
        ("before:2h", "a"),
        ("since:today", "cb"),
        ("since:yesterday before:today", "a"),
        ("is:pinned", "a"),
        ("seals status:200", "a"),
        ("seals status:404", ""),
    ],
)
def test_tokens_narrow_the_search(store, text, expected):
    old, new = NOW.timestamp() - 20 * 3600, NOW.timestamp() - 60
    ids = {
        add(store, exchange("http://shop.example/seals", at=old), origin=Origin(environment="Staging")): "a",
        add(store, exchange("http://eu.shop.example/", status=404, method="POST", at=new)): "b",
        add(store, exchange("http://far.example/", status=0, at=new)): "c",
    }
    store.pin([1], pinned=True)
    assert "".join(ids[one] for one in found(store, text)) == expected


def test_days_are_told_with_what_is_found(store):
    day = 86_400
    for back in (3, 3, 1, 0):
        add(store, exchange(at=NOW.timestamp() - back * day))
    ends = store.search(Query()).days
    assert [last for last, _ in ends] == [2, 3, 4]
    assert ends[2][1] - ends[0][1] == 3


# -- changing


def test_what_is_deleted_can_be_brought_back_until_it_is_purged(store, spool, tmp_path):
    ids = [add(store, exchange(body=spool(LARGE))) for _ in range(3)]
    store.delete(ids[:2])
    assert found(store, "") == found(store, "walrus") == ids[2:]
    assert store.read(ids[0]) is None
    store.restore(ids[:1])
    assert found(store, "") == [ids[2], ids[0]]
    assert not store.purge(time.time())
    store.restore(ids[:2])
    assert found(store, "") == found(store, "walrus") == [ids[2], ids[0]]
    assert len(files(tmp_path)) == 2
    assert store.totals()[0] == 2


def test_a_purged_text_is_in_no_file(store, tmp_path):
    entry = add(store, exchange(body=b'{"word": "rhinoceros"}'))
    store.delete([entry])
    store.purge(time.time())
    store.close()
    # Alone the word may stay in the index, as long as SQLite has no secure-delete for that (3.42).
    assert not any(
        b'"word": "rhinoceros' in file.read_bytes() for file in (tmp_path / "history").rglob("*") if file.is_file()
    )


@pytest.mark.parametrize(
    "limits",
    [
        HistoryLimits(entries=3, days=0, megabytes=0),
        HistoryLimits(entries=0, days=2, megabytes=0),
        HistoryLimits(entries=0, days=0, megabytes=1),
    ],
    ids=["count", "age", "size"],
)
def test_the_oldest_go_when_a_bound_is_reached_but_pinned_ones_stay(store, spool, tmp_path, limits):
    day = 86_400
    body = b"x" * 250_000
    ids = []
    for back in (9, 8, 7, 1, 0):
        at = NOW.timestamp() - back * day
        ids.append(add(store, exchange(body=spool(body), at=at)))
    store.pin(ids[:1], pinned=True)
    while store.keep_within(limits, NOW.timestamp()):
        pass
    assert found(store, "") == [ids[4], ids[3], ids[0]]
    assert len(files(tmp_path)) == 3
    assert not store.keep_within(limits, NOW.timestamp())


def test_each_request_has_a_bound_of_its_own(store):
    one, other = Origin(workspace="/w", path="a.yml"), Origin(workspace="/w", path="b.yml")
    ids = [add(store, exchange(), origin=origin) for origin in (one, one, one, other)]
    store.keep_within_request("/w\na.yml", 2)
    assert found(store, "") == [ids[3], ids[2], ids[1]]


def test_entries_follow_their_request_when_it_is_moved(store):
    one, other = Origin(workspace="/w", path="shop/a.yml"), Origin(workspace="/w", path="shopping.yml")
    first, second = add(store, exchange(), origin=one), add(store, exchange(), origin=other)
    store.moved("/w", "shop", "store/shop")
    assert store.search(Query(keys=("/w\nstore/shop/a.yml",))).ids == [first]
    assert store.search(Query(keys=("/w\nshopping.yml",))).ids == [second]


def test_a_body_that_is_too_large_is_left_out_and_the_rest_kept(store, spool, again, tmp_path):
    entry = add(store, exchange(body=spool(LARGE)), largest_bytes=1000)
    shown = again(entry)
    assert (shown.missing, shown.exchange.last.body, shown.line.size_bytes) == (1, None, len(LARGE))
    assert not files(tmp_path)


def test_a_body_file_that_went_is_told(store, spool, again, tmp_path):
    entry = add(store, exchange(body=spool(LARGE)))
    files(tmp_path)[0].unlink()
    assert again(entry).missing == 1


def test_files_without_an_entry_are_swept_when_they_are_old(store, spool, tmp_path, monkeypatch):
    add(store, exchange(body=spool(LARGE)))
    kept = files(tmp_path)
    (tmp_path / "history/bodies/stray").write_bytes(b"x")
    store.sweep()
    assert len(files(tmp_path)) == 2
    later = time.time() + 7200
    monkeypatch.setattr(time, "time", lambda: later)
    store.sweep()
    assert files(tmp_path) == kept


# -- tables of other versions, and interpreters without an index of words


def test_older_tables_are_brought_up_to_date_and_keep_what_is_in_them(tmp_path):
    store = HistoryStore(tmp_path)
    entry = add(store)
    store.close()
    steps = (*history_schema.STEPS, "alter table exchange add column note text not null default 'new';")
    for _ in range(2):
        connection, _ = history_schema.connect(tmp_path / "history.db", steps)
        assert connection.execute("select id, note from exchange").fetchall() == [(entry, "new")]
        connection.close()


def test_a_step_that_fails_changes_nothing(tmp_path):
    HistoryStore(tmp_path).close()
    steps = (*history_schema.STEPS, "alter table exchange add column note text; create table exchange (id);")
    with pytest.raises(sqlite3.OperationalError):
        history_schema.connect(tmp_path / "history.db", steps)
    store = HistoryStore(tmp_path)
    add(store)
    store.close()


def test_tables_of_a_newer_program_are_left_alone(tmp_path):
    HistoryStore(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "history.db")
    connection.execute("pragma user_version = 99")
    connection.close()
    with pytest.raises(Problem, match="newer httpdesk"):
        HistoryStore(tmp_path)
    assert not list(tmp_path.glob("*broken*"))


def test_without_fts5_the_search_reads_the_texts_and_an_index_is_made_later(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(history_schema, "_INDEX", "create virtual table if not exists words using fts5_is_not_there (x)")
        store = HistoryStore(tmp_path)
        assert not store.indexed
        first = add(store, exchange(body=b'{"animal": "penguin 100%"}'))
        second = add(store)
        assert found(store, "enguin") == found(store, "100%") == [first]
        assert found(store, "walrus") == [second, first]
        assert not found(store, "1_0%")
        store.delete([second])
        store.purge(time.time())
        store.close()
    store = HistoryStore(tmp_path)
    assert store.indexed
    assert found(store, "penguin") == found(store, "walrus") == [first]
    store.close()
