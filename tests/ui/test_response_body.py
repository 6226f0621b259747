"""The body of an answer: its forms, its charset, what leaves the pane."""

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Finished, Progress
from httpdesk.core.problem import Problem
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from tests.ui.answers import button, events_of, exchange, hop, lines_of, replay, show, words_of

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.fixture
def place():
    """Where the user wants to save, and what was suggested."""
    return {}


@pytest.fixture
def failures():
    return []


@pytest.fixture
def tasks(failures):
    return Tasks(failures.append)


@pytest.fixture
def pane(qtbot, place, tasks):
    async def ask(suggested):
        place["suggested"] = suggested
        return place.get("path")

    pane = ResponsePane(ask, tasks)
    qtbot.addWidget(pane)
    pane.resize(900, 600)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.stop()


@pytest.fixture
def body(pane):
    return pane.pages.body


def test_a_hex_dump_is_never_wrapped(pane, body):
    pane.set_wrap(True)
    show(pane, hop(PICTURE * 40, "image/png"))
    body.select_form("hex")
    assert body.form == "hex"
    assert not body.wrap.isEnabled()
    assert not body.code.wraps
    body.select_form("raw")
    assert body.wrap.isEnabled()
    assert body.code.wraps


def test_json_is_pretty_at_first_and_raw_when_wanted(pane, body, qtbot):
    show(pane, hop(b'{"id":1.00,"big":12345678901234567890}', "application/json"))
    qtbot.waitUntil(lambda: lines_of(pane) == ["{", '  "id": 1.00,', '  "big": 12345678901234567890', "}"])
    assert body.kind.text() == "JSON"
    assert body.forms.options == ["Pretty", "Raw", "Tree", "Hex"]
    body.select_form("raw")
    assert lines_of(pane) == ['{"id":1.00,"big":12345678901234567890}']


def test_the_chosen_form_stays_for_the_next_answer(pane, body):
    show(pane, hop(b'{"a":1}', "application/json"))
    body.select_form("raw")
    show(pane, hop(b'{"b":2}', "application/json"))
    assert lines_of(pane) == ['{"b":2}']


def test_text_has_no_pretty_form(pane, body):
    show(pane, hop(b"plain"))
    assert body.forms.options == ["Raw", "Hex"]
    assert lines_of(pane) == ["plain"]


def test_every_form_can_be_seen_as_bytes(pane, body, qtbot):
    show(pane, hop(b"plain"))
    body.select_form("hex")
    assert body.views.hex.isVisible()
    assert body.views.hex.shown_rows == ["00000000  70 6c 61 69 6e                                    plain"]


def test_a_picture_is_shown_as_bytes_with_its_type_and_size(pane, body, qtbot, place):
    show(pane, hop(PICTURE, "image/png"))
    body.select_form("hex")
    assert "89 50 4e 47" in body.views.hex.shown_rows[0]
    assert [words.replace("\u202f", " ") for words in words_of(body.binary)] == ["image/png, 16 B", "Save…"]


def test_another_charset_is_decoded_in_every_text_form(pane, body, qtbot):
    text = '{"name":"Жанна"}'.encode("cp1251")
    show(pane, hop(text, "application/json; charset=windows-1251"))
    qtbot.waitUntil(lambda: '  "name": "Жанна"' in lines_of(pane))
    assert body.kind.text() == "JSON, cp1251"
    body.select_form("raw")
    qtbot.waitUntil(lambda: lines_of(pane) == ['{"name":"Жанна"}'])


def test_a_body_that_turns_out_to_be_something_else_is_shown_as_that(pane, body, tmp_path, qtbot):
    spool = Spool(tmp_path)
    growing = hop(spool, "text/plain")
    pane.begin()
    pane.feed(Answered(growing))
    assert body.kind.text() == "Text"
    spool.write(b'{"late":')
    pane.feed(Progress(growing))
    assert body.kind.text() == "JSON"
    spool.write(b"true}")
    spool.finish()
    growing.complete = True
    pane.feed(Finished(exchange(growing)))
    qtbot.waitUntil(lambda: '  "late": true' in lines_of(pane))


def test_an_answer_without_a_body_says_so(pane):
    show(pane, hop(b"", status=204, reason="No Content"))
    assert "No body" in words_of(pane)


def test_a_packed_body_is_shown_unpacked_and_both_sizes_are_told(pane, tmp_path, qtbot):
    replay(pane, events_of(tmp_path, "/gzip"))
    qtbot.waitUntil(lambda: lines_of(pane)[:1] == ["{"])
    assert "unpacked, gzip" in pane.head.size_fact.toolTip()


def test_bytes_are_shown_for_any_size_up_to_the_last_one(pane, body, tmp_path):
    spool = Spool(tmp_path, memory_bytes=1 << 20)
    for _ in range(65):
        spool.write(bytes(range(256)) * 4096)
    spool.finish()
    show(pane, hop(spool, "application/octet-stream"))
    body.views.hex.go_to(spool.size_bytes)
    assert body.views.hex.shown_rows[-1].startswith("040ffff0  f0 f1 f2")
    body.select_form("raw")
    assert body.views.hex.count == 0
    spool.close()


async def test_copying_bytes_takes_the_rows_that_are_shown(pane, body, tasks):
    show(pane, hop(b"\x00\x01plain", "application/octet-stream"))
    await told_by(pane, tasks, pane.copy_body)
    assert QApplication.clipboard().text() == "00000000  00 01 70 6c 61 69 6e                              ··plain"


def test_json_and_xml_have_a_tree_and_it_stays_with_the_next_answer(pane, body, qtbot):
    show(pane, hop(b'{"id":1.00,"tags":["a"]}', "application/json"))
    body.select_form("tree")
    qtbot.waitUntil(lambda: body.views.tree.shown_rows == ["$: object, 2 keys", "  id: 1.00", "  tags: array, 1 item"])
    assert not body.wrap.isEnabled()
    kept = body.shown
    body.select_form("pretty")
    assert body.shown is kept
    body.select_form("tree")
    show(pane, hop(b"<r><a>1</a></r>", "application/xml"))
    qtbot.waitUntil(lambda: body.views.tree.shown_rows == ["r", "  a: 1"])
    body.open_find()
    assert body.form == "pretty"
    assert body.code.find_count == ""
    show(pane, hop(b"words"))
    assert body.forms.options == ["Raw", "Hex"]


def test_wrapping_follows_the_button_and_the_settings(pane, body):
    show(pane, hop(b"x" * 3000))
    pane.set_wrap(True)
    assert body.wrap.isChecked()
    assert body.code.wraps
    body.wrap.click()
    assert not body.code.wraps


def test_find_opens_in_the_body(pane, body):
    show(pane, hop(b"needle in hay"))
    button(body, "Find").click()
    pane.find()
    assert body.isVisible()


async def told_by(pane, tasks, act):
    """Do something and wait for its end; returns the notices."""
    told: list[str] = []
    pane.notice.connect(told.append)
    act()
    while any(tasks.is_running(name) for name in ("copy-body", "save-body")):  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.005)
    pane.notice.disconnect(told.append)
    return [words.replace("\u202f", " ") for words in told]


async def test_copying_takes_what_is_shown(pane, body, tasks):
    show(pane, hop(b'{"a":1}', "application/json"))
    assert await told_by(pane, tasks, pane.copy_body) == ["Copied 12 B."]
    assert QApplication.clipboard().text().rstrip() == '{\n  "a": 1\n}'
    body.select_form("raw")
    await told_by(pane, tasks, pane.copy_body)
    assert QApplication.clipboard().text() == '{"a":1}'


async def test_copying_decodes_the_charset(pane, tasks):
    show(pane, hop("Жанна".encode("cp1251"), "text/plain; charset=windows-1251"))
    await told_by(pane, tasks, pane.copy_body)
    assert QApplication.clipboard().text() == "Жанна"


async def test_a_body_too_large_for_the_clipboard_is_to_be_saved(pane, tasks):
    QApplication.clipboard().setText("before")
    show(pane, hop(b"x" * 10_000_001))
    words = await told_by(pane, tasks, pane.copy_body)
    assert words == ["The body is larger than 10 MB. Save it to a file instead."]
    assert QApplication.clipboard().text() == "before"


async def test_saving_writes_the_bytes_as_they_came(pane, tasks, place, tmp_path):
    place["path"] = tmp_path / "kept.json"
    show(pane, hop(b'{"a":1.00}', "application/json", ("Content-Disposition", 'attachment; filename="orders.json"')))
    assert await told_by(pane, tasks, pane.save_body) == ["Saved 10 B to kept.json."]
    assert place["suggested"] == "orders.json"
    assert place["path"].read_bytes() == b'{"a":1.00}'


async def test_saving_can_be_called_off(pane, tasks, place):
    show(pane, hop(b"words"))
    assert await told_by(pane, tasks, pane.save_body) == []
    assert place["suggested"] == "7.txt"


async def test_a_place_that_cannot_be_written_is_named(pane, tasks, place, failures, tmp_path):
    place["path"] = tmp_path / "missing" / "kept.txt"
    show(pane, hop(b"words"))
    await told_by(pane, tasks, pane.save_body)
    assert [failure.title for failure in failures] == ["kept.txt was not saved"]


async def test_saving_while_the_body_arrives_saves_what_is_there(pane, tasks, place, tmp_path):
    place["path"] = tmp_path / "part.txt"
    spool = Spool(tmp_path)
    spool.write(b"half")
    pane.begin()
    pane.feed(Answered(hop(spool)))
    assert await told_by(pane, tasks, pane.save_body) == ["Saved the 4 B that had arrived to part.txt."]
    spool.finish()


async def test_without_an_answer_there_is_nothing_to_save_or_copy(pane, tasks):
    show(pane, hop(b"old"))
    pane.show_problem(Problem("base has no value"))
    assert await told_by(pane, tasks, pane.save_body) == ["There is no body to save."]
    assert await told_by(pane, tasks, pane.copy_body) == ["There is no body to copy."]


def test_what_was_folded_is_folded_again_when_the_form_comes_back(pane, body, qtbot):
    data = b'[{"a":[1,2,3],"b":1},{"a":[4,5,6],"b":2}]'
    show(pane, hop(data, "application/json"))
    qtbot.waitUntil(lambda: len(lines_of(pane)) == 18)
    body.code.fold_to(2)
    qtbot.waitUntil(lambda: len(body.code.folded_rows) == 2)
    body.code.go_to_line(10)
    body.code.fold()
    folded = lines_of(pane)
    assert [line for line, _ in body.code.folded_rows] == [3, 10]
    for other in ("hex", "raw", "tree"):
        body.select_form(other)
        body.select_form("pretty")
        qtbot.waitUntil(lambda: lines_of(pane) == folded)
        assert [line for line, _ in body.code.folded_rows] == [3, 10]
    show(pane, hop(data, "application/json"))
    qtbot.waitUntil(lambda: len(lines_of(pane)) == 18)


def test_what_was_folded_is_folded_again_while_the_body_arrives(pane, body, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b'[{"a":[1,2,3]},' + b'{"b":[4,5,6]},' * 40_000)
    growing = hop(spool, "application/json")
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(lambda: body.code.lines > 100_000)
    body.code.fold_to(1)
    qtbot.waitUntil(lambda: body.code.kept_folds.count > 30_000)
    before = [line for line, _ in body.code.folded_rows]
    body.select_form("raw")
    body.select_form("pretty")
    qtbot.waitUntil(lambda: [line for line, _ in body.code.folded_rows] == before)
    spool.finish()
