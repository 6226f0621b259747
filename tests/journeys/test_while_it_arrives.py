"""A body is looked at in every way while it still arrives; paused, searched, saved, cancelled."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from httpdesk.core.exchange import Outcome
from httpdesk.ui import dialogs
from httpdesk.ui.filter_run import worker
from tests.drivers import until
from tests.peers.stepping import stepping

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _no_worker_stays():
    yield
    worker().close()


def items(first, count):
    """Members of an array, without its brackets."""
    return b"".join(b'{"id":%d,"name":"item %d"},' % (number, number) for number in range(first, first + count))


def lines(body):
    return [text for _, text in body.code.shown_rows if text]


async def begin(person, peer, data):
    """Send, and wait until the first bytes are shown."""
    person.new_request(peer.url)
    peer.more(data)
    person.ctrl(KEY.Key_Return)
    await until(lambda: person.tab.busy and person.tab.response_pane.pages.body.source.size_bytes >= len(data))
    pane = person.tab.response_pane
    await until(pane.stream.isVisible)
    return pane, pane.pages.body


async def arrived(body, data):
    """Wait until so many bytes are here."""
    await until(lambda: body.source.size_bytes == len(data))


async def test_every_form_shows_what_is_here_and_grows(httpdesk):
    async with httpdesk() as person, stepping("application/json") as peer:
        data = b"[" + items(0, 20)
        pane, body = await begin(person, peer, data)
        assert body.forms.options == ["Pretty", "Raw", "Tree", "Hex", "Preview"]
        shown = {
            "pretty": lambda: body.code.lines,
            "raw": lambda: len(b"".join(text.encode() for text in lines(body))),
            "tree": lambda: len(body.views.tree.rows.rows),
            "hex": lambda: body.views.hex.count,
            "preview": lambda: body.views.preview.table.count,
        }
        for place, (form, amount) in enumerate(shown.items()):
            person.pick("Body as", body.forms.options[place])
            assert body.form == form
            await until(amount)
            before = amount()
            more = items(20 * place + 20, 20)
            data += more
            peer.more(more)
            await arrived(body, data)
            await until(lambda amount=amount, before=before: amount() > before)
            assert pane.stream.isVisible()
            assert person.tab.busy
        peer.more(b'{"id":1000}]')
        peer.end()
        await until(lambda: not person.tab.busy)
        assert person.tab.exchange.outcome is Outcome.DONE
        assert body.kind.text() == "JSON"
        assert body.fault.words == ""
        await until(lambda: body.views.preview.table.count == 121)
        person.pick("Body as", "Tree")
        await until(lambda: body.views.tree.shown_rows[:1] == ["$: array, 121 items"])
        person.pick("Body as", "Pretty")
        await until(lambda: body.shown.finished and json.loads(body.shown.read(0, 1 << 20))[-1] == {"id": 1000})


async def test_a_paused_view_stays_and_goes_on(httpdesk):
    async with httpdesk() as person, stepping("text/plain") as peer:
        pane, body = await begin(person, peer, b"first\n")
        person.button("Pause view")
        peer.more(b"second\n")
        await arrived(body, b"first\nsecond\n")
        await until(lambda: body.code.lines == 2)
        assert lines(body) == ["first"]
        body.code.setFocus()
        person.ctrl(KEY.Key_End)
        assert body.code.caret_text()[1] == "first"
        person.button("Resume view")
        await until(lambda: lines(body) == ["first", "second"])
        person.pick("Body as", "Hex")
        body.views.hex.setFocus()
        person.button("Pause view")
        peer.more(b"third\n")
        await arrived(body, b"first\nsecond\nthird\n")
        body.views.hex.setFocus()
        person.ctrl(KEY.Key_End)
        assert body.views.hex.selection == (12, 12)
        assert "third" not in body.views.hex.shown_rows[-1]
        peer.end()
        await until(lambda: not person.tab.busy)
        await until(lambda: body.views.hex.shown_rows[-1].endswith("rd·"))
        assert not pane.stream.isVisible()


async def test_find_goes_along_with_what_arrives_up_to_its_last_byte(httpdesk):
    async with httpdesk() as person, stepping("text/plain") as peer:
        _pane, body = await begin(person, peer, b"a needle here\n")
        body.code.setFocus()
        person.ctrl(KEY.Key_F)
        person.write("needle")
        await until(lambda: body.code.find_count == "1 of 1+")
        peer.more(b"x\n" * 1000 + b"the last needle")
        await until(lambda: body.code.find_count == "1 of 2+")
        person.press(KEY.Key_F3)
        await until(lambda: "the last needle" in lines(body))
        assert body.code.find_count == "2 of 2+"
        peer.more(b"s and a NEEDLE")
        await until(lambda: body.code.find_count == "2 of 3+")
        peer.end()
        await until(lambda: body.code.find_count == "2 of 3")
        person.press(KEY.Key_F3)
        person.press(KEY.Key_F3)
        assert body.code.find_count == "1 of 3"
        await until(lambda: "a needle here" in lines(body))


async def test_a_cancelled_body_is_partial_in_every_form_and_leaves_as_it_is(httpdesk, tmp_path, monkeypatch):
    path = tmp_path / "out.json"

    async def chosen(_parent, _suggested, _title=""):
        return path

    monkeypatch.setattr(dialogs, "ask_save_file", chosen)
    data = b"[" + items(0, 30) + b'{"id": 30, "na'
    async with httpdesk() as person, stepping("application/json") as peer:
        pane, body = await begin(person, peer, data)
        person.program.commands.run("save_response")
        await until(path.exists)
        assert path.read_bytes() == data
        assert "had arrived" in person.notice
        path.unlink()
        body.code.setFocus()
        person.press(KEY.Key_Escape)
        await until(lambda: not person.tab.busy)
        assert person.tab.exchange.outcome is Outcome.CANCELLED
        assert "You cancelled this request." in pane.pages.strips.cancelled.words
        for form in body.forms.options:
            person.pick("Body as", form)
            assert body.kind.text() == "JSON, partial"
            assert pane.pages.strips.cancelled.isVisible()
            assert body.fault.words == ""
        await until(lambda: body.views.preview.table.count == 31)
        person.pick("Body as", "Pretty")
        body.code.setFocus()
        person.ctrl(KEY.Key_End)
        await until(lambda: lines(body) and lines(body)[-1].strip() == '"na')
        person.program.commands.run("copy_response")
        await until(lambda: "Copied" in person.notice)
        copied = QApplication.clipboard().text()
        assert copied.startswith("[\n  {\n")
        assert copied.endswith('"na')
        person.pick("Body as", "Raw")
        person.program.commands.run("copy_response")
        await until(lambda: QApplication.clipboard().text() == data.decode())
        person.program.commands.run("save_response")
        await until(path.exists)
        assert path.read_bytes() == data


async def test_a_body_that_is_shorter_than_announced_is_partial(httpdesk):
    async with httpdesk() as person, stepping("text/plain", "Content-Length: 1000\r\n") as peer:
        pane, body = await begin(person, peer, b"only this")
        peer.end()
        await until(lambda: not person.tab.busy)
        assert body.kind.text() == "Text, partial"
        assert lines(body) == ["only this"]
        assert pane.pages.strips.faults.words == "The body ends after 9 of 1,000 bytes"
        person.pick("Body as", "Hex")
        assert "only thi" in body.views.hex.shown_rows[0]


async def test_a_filter_waits_for_the_rest_of_the_body(httpdesk):
    async with httpdesk() as person, stepping("application/json") as peer:
        _pane, body = await begin(person, peer, b"[" + items(0, 3))
        body.code.setFocus()
        person.press(KEY.Key_J, CTRL | Qt.KeyboardModifier.ShiftModifier)
        await until(lambda: person.focused is body.filter.bar.field)
        person.write("$[-1].id")
        await until(lambda: "Waiting for the rest of the body…" in person.labels(body.filter.bar))
        assert not body.filter.is_active
        peer.more(b'{"id":77}]')
        peer.end()
        await until(lambda: lines(body) == ["[", "  77", "]"])
