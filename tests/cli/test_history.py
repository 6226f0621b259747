"""`httpdesk history`: what the window has sent, as lines or objects."""

import json
from pathlib import Path

import pytest

from httpdesk.store.history import HistoryStore
from tests.cli.command import httpdesk
from tests.store.exchanges import add, exchange


@pytest.fixture
def filled(own_folders):
    """A home whose history has three entries."""
    store = HistoryStore(Path(own_folders, "data/history"))
    add(store, exchange("http://shop.example/seals"))
    add(store, exchange("http://shop.example/bears\x1b[2J", status=404, method="POST"))
    add(store, exchange("http://far.example/", status=0))
    store.close()


def test_entries_are_listed_newest_first(filled):
    rows = httpdesk("history").text.splitlines()
    assert [row.split()[2:5] for row in rows] == [
        ["failed", "GET", "http://far.example/"],
        ["404", "POST", "http://shop.example/bears␛[2J"],
        ["200", "GET", "http://shop.example/seals"],
    ]
    assert len(httpdesk("history", "--limit", 1).text.splitlines()) == 1


def test_they_are_searched_and_printed_as_objects(filled):
    (found,) = json.loads(httpdesk("history", "--search", "shop status:4xx", "--json").text)
    assert (found["status"], found["method"], found["size_bytes"]) == (404, "POST", 2)


def test_without_a_history_nothing_is_printed_and_none_is_made(own_folders):
    assert httpdesk("history").text == ""
    assert not (own_folders / "data").exists()


def test_a_token_that_means_nothing_is_told(filled):
    ended = httpdesk("history", "--search", "status:good")
    assert ended.code == 2
    assert "status:good" in ended.err
