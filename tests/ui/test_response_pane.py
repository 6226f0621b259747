"""The response pane: what it shows before, during and after a send."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Finished, Hop, Outcome, Progress, Reached
from httpdesk.core.problem import Problem, Remedy, Stage, Step, StepState
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.views import VIEWS
from tests.ui.answers import LINK, button, events_of, exchange, hop, lines_of, replay, show, timed, words_of

REFUSED = Problem("Connection refused", "Nothing is listening on port 1.", kind="refused")


async def no_path(_suggested):
    return None


@pytest.fixture
def pane(qtbot):
    pane = ResponsePane(no_path, Tasks(lambda _problem: None))
    qtbot.addWidget(pane)
    pane.resize(700, 500)
    pane.show()
    qtbot.waitActive(pane)
    yield pane
    pane.stop()


def facts(pane):
    """The words at the right of the tabs."""
    head = pane.head
    parts = [(head.step, head.step.text()), (head.unverified, head.unverified.words), (head.status, head.status.words)]
    parts += [(head.time_fact, head.time_fact.text()), (head.size_fact, head.size_fact.text())]
    return [words.replace("\u202f", " ") for part, words in parts if part.isVisible()]


def test_before_the_first_send_it_says_how_to_send(pane):
    assert words_of(pane) == ["Nothing sent yet", "The answer shows here."]


def test_a_real_answer_is_shown_with_status_time_size_and_body(pane, tmp_path, qtbot):
    replay(pane, events_of(tmp_path, "/anything"))
    status, time, size = facts(pane)
    assert status == "200 OK"
    assert pane.head.status.role == "success"
    assert time.endswith("ms")
    assert size.endswith(" B")
    qtbot.waitUntil(lambda: '  "method": "GET",' in lines_of(pane))
    assert pane.tabs.accessibleTabName(1).startswith("Headers ")


@pytest.mark.parametrize(
    ("status", "role"), [(101, "info"), (204, "success"), (304, "info"), (404, "warning"), (500, "danger")]
)
def test_the_status_has_the_colour_of_its_class(pane, status, role):
    show(pane, hop(status=status, reason=""))
    assert (pane.head.status.words, pane.head.status.role) == (str(status), role)


def test_a_fast_answer_comes_without_a_sign_of_waiting(pane):
    show(pane, hop(b"old"))
    pane.begin()
    assert facts(pane)[0] == "200 OK"
    assert not pane.veil.isVisible()


def test_after_a_moment_it_says_what_it_waits_for_and_dims_the_old_body(pane, qtbot):
    show(pane, hop(b"old words"))
    pane.begin()
    pane.feed(Reached(Stage.TCP))
    qtbot.waitUntil(pane.veil.isVisible)
    assert facts(pane)[0] == "Connecting"
    pane.feed(Reached(Stage.ANSWER))
    step, time = facts(pane)
    assert step == "Waiting for server"
    assert time.endswith(" s")
    assert lines_of(pane) == ["old words"]
    assert pane.progress.isVisible()
    assert pane.progress.share is None
    qtbot.waitUntil(lambda: facts(pane)[1] != time)


def test_the_body_is_seen_while_it_arrives(pane, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b"first\n")
    growing = hop(spool, wire_bytes=0, expected_bytes=100_000_000)
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(lambda: lines_of(pane)[:1] == ["first"])
    spool.write(b"second\n")
    growing.wire_bytes = 38_100_000
    pane.feed(Progress(growing))
    qtbot.waitUntil(lambda: "second" in lines_of(pane))
    qtbot.waitUntil(pane.stream.isVisible)
    assert facts(pane)[2] == "38.1 of 100 MB"
    assert pane.progress.share == pytest.approx(0.381)
    with qtbot.waitSignal(pane.cancel):
        button(pane.stream, "Cancel").click()
    spool.finish()
    growing.complete = True
    pane.feed(Finished(exchange(growing)))
    assert not pane.stream.isVisible()
    assert not pane.progress.isVisible()


def test_the_rate_of_a_stream_is_shown(pane, tmp_path, qtbot):
    spool = Spool(tmp_path, memory_bytes=10)
    spool.write(b"more than ten bytes")
    growing = hop(spool)
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(lambda: "/s, on disk" in pane.stream.words)
    spool.finish()


def test_the_time_that_is_left_is_told_when_the_length_is_known(pane, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b"x")
    growing = hop(spool, wire_bytes=1000, expected_bytes=100_000_000)
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(pane.stream.isVisible)
    growing.wire_bytes = 50_000_000
    qtbot.waitUntil(lambda: pane.stream.words.endswith(" left"))
    spool.finish()


def test_a_paused_view_stays_while_the_body_arrives(pane, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b"first\n")
    growing = hop(spool)
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(pane.stream.isVisible)
    button(pane.stream, "Pause view").click()
    spool.write(b"second\n")
    qtbot.waitUntil(lambda: pane.pages.body.code.text.index.rows == 2)
    assert lines_of(pane) == ["first"]
    pane.pages.body.code.grab()
    assert lines_of(pane) == ["first"]
    button(pane.stream, "Resume view").click()
    assert lines_of(pane)[:2] == ["first", "second"]
    button(pane.stream, "Pause view").click()
    spool.write(b"third\n")
    spool.finish()
    growing.complete = True
    pane.feed(Finished(exchange(growing)))
    qtbot.waitUntil(lambda: "third" in lines_of(pane))


def test_paused_bytes_stay_too(pane, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b"\x01\x00\x7f\x80" * 4)
    growing = hop(spool, "application/octet-stream")
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(pane.stream.isVisible)
    button(pane.stream, "Pause view").click()
    spool.write(bytes(64))
    pane.feed(Progress(growing))
    view = pane.pages.body.views.hex
    assert view.count == 1
    button(pane.stream, "Resume view").click()
    assert view.count == 5
    spool.finish()


def focused():
    """What keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def arriving(pane, tmp_path, qtbot):
    """A body of which 300 lines are there, in a view that is paused; `more` brings 300 more."""
    spool = Spool(tmp_path)
    spool.write(b"".join(b"line %d\n" % number for number in range(1, 301)))
    growing = hop(spool)
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(pane.stream.isVisible)
    button(pane.stream, "Pause view").click()

    def more():
        spool.write(b"".join(b"line %d\n" % number for number in range(301, 601)))
        qtbot.waitUntil(lambda: pane.pages.body.code.lines >= 600)

    yield more
    spool.finish()


def test_find_and_go_to_line_lead_to_what_came_while_the_view_was_paused(pane, arriving, qtbot):
    arriving()
    code = pane.pages.body.code
    assert code.verticalScrollBar().maximum() < 300 * code._look.row_px
    pane.find()
    QTest.keyClicks(focused(), "line 555")
    qtbot.waitUntil(lambda: "line 555" in lines_of(pane))
    assert code.find_count == "1 of 1+"  # more may come
    code.close_find()
    pane.go_to_line()
    QTest.keyClicks(focused(), "600")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "line 600" in lines_of(pane)
    assert button(pane.stream, "Resume view").isChecked()


def test_the_caret_stays_in_what_is_shown_while_the_view_is_paused(pane, arriving):
    arriving()
    code = pane.pages.body.code
    code.setFocus()
    QTest.keyClick(code, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert code.caret_text()[1] == "line 300"
    QTest.keyClick(code, Qt.Key.Key_Down)
    assert code.caret_text()[1] == "line 300"


def test_another_form_kind_or_charset_ends_the_pause(pane, arriving):
    body = pane.pages.body
    json_view = next(view for view in VIEWS if view.language == "json")
    for way in (
        lambda: body.select_form("hex"),
        lambda: body.select_form("raw"),
        lambda: body.kind.kind_chosen.emit(json_view),
        lambda: body.kind.encoding_chosen.emit("cp1251"),
    ):
        pane.stream.pause.setChecked(True)
        way()
        assert pane.stream.pause.text() == "Pause view"
        assert body.code._screen.rows_limit is None


def test_bytes_are_found_while_they_are_paused(pane, tmp_path, qtbot):
    spool = Spool(tmp_path)
    spool.write(b"\x01\x00\x7f\x80" * 4)
    growing = hop(spool, "application/octet-stream")
    pane.begin()
    pane.feed(Answered(growing))
    qtbot.waitUntil(pane.stream.isVisible)
    button(pane.stream, "Pause view").click()
    spool.write(bytes(160) + b"needle" + bytes(64))
    view = pane.pages.body.views.hex
    pane.find()
    QTest.keyClicks(focused(), "needle")
    qtbot.waitUntil(lambda: view.find_count == "1 of 1+")
    assert view.selection == (176, 182)
    assert any(row.endswith("needle··········") for row in view.shown_rows)
    spool.finish()


def test_find_leads_from_a_preview_to_what_can_be_searched(pane):
    body = pane.pages.body
    show(pane, hop(b"<html><p>words</p></html>", "text/html"))
    body.select_form("preview")
    pane.find()
    assert body.form == "pretty"
    assert focused().accessibleName() == "Find in body"
    show(pane, hop(b"\x89PNG\r\n\x1a\n" + bytes(64), "image/png"))
    assert body.form == "preview"
    pane.find()
    assert body.form == "hex"


def test_the_keyboard_goes_along_from_view_to_view(pane):
    body = pane.pages.body
    show(pane, hop(b"<html><p>words</p></html>", "text/html"))
    body.code.setFocus()
    body.select_form("hex")
    assert focused() is body.views.hex
    pane.find()
    body.select_form("preview")
    assert focused().accessibleName() == "Page as text"
    body.select_form("hex")
    pane.go_to_line()
    body.select_form("raw")
    assert focused() is body.code
    body.select_form("hex")
    assert focused() is body.views.hex
    body.forms.setFocus()
    body.select_form("raw")
    assert not body.views.hold_keys


def test_go_to_line_asks_for_a_byte_where_bytes_are_shown_and_shows_a_tree_as_text(pane):
    body = pane.pages.body
    show(pane, hop(b'{"a": {"b": 1}}', "application/json"))
    body.select_form("hex")
    pane.go_to_line()
    assert focused().accessibleName() == "Go to offset"
    body.select_form("tree")
    pane.go_to_line()
    assert body.form == "pretty"
    assert focused().accessibleName() == "Line"


def test_a_failure_without_an_answer_takes_the_page(pane):
    sent = Step(stage=Stage.REQUEST, state=StepState.DONE)
    for kind, steps, pill in (
        ("refused", (), "Not sent"),
        ("timeout-connect", (), "Timeout"),
        ("reset", (sent,), "No answer"),
    ):
        problem = Problem("It failed", kind=kind, steps=steps)
        show(pane, Hop(method="GET", url="http://127.0.0.1:1/"), outcome=Outcome.FAILED, problem=problem, total_ms=1)
        assert facts(pane)[0] == pill
        assert "It failed" in words_of(pane)
        assert "request id 7c1f93" in words_of(pane)


def test_a_send_that_never_started_keeps_the_last_exchange_for_its_owner(pane, qtbot):
    old = show(pane, hop(b"old"))
    remedy = Remedy(text="Give it a value", label="Edit", action="edit_environment", value="base")
    pane.show_problem(Problem("base has no value", kind="unknown-variable", remedies=(remedy,)))
    assert facts(pane) == ["Not sent"]
    assert pane.exchange is old
    assert pane.tabs.accessibleTabName(1) == "Headers"
    with qtbot.waitSignal(pane.remedy) as told:
        button(pane, "Edit").click()
    assert told.args == [remedy]
    with qtbot.waitSignal(pane.send_again):
        button(pane, "Send again").click()


def test_a_failure_after_the_head_keeps_head_and_body(pane, qtbot):
    remedy = Remedy(text="Wait longer", label="Wait 120 s", action="set_time_limit", value="total_s=120")
    cut = Problem("The connection was cut", "500 bytes of 10 MB had come.", kind="cut", remedies=(remedy,))
    show(pane, hop(b"half", complete=False), outcome=Outcome.FAILED, problem=cut)
    assert facts(pane)[0] == "200 OK"
    assert "The connection was cut. 500 bytes of 10 MB had come." in words_of(pane)
    assert lines_of(pane) == ["half"]
    assert pane.pages.body.kind.text() == "Text, partial"
    with qtbot.waitSignal(pane.remedy):
        button(pane, "Wait 120 s").click()


def test_a_cancelled_answer_says_what_had_arrived_and_shows_it(pane):
    part = hop(b"part", complete=False, wire_bytes=4_800_000)
    show(pane, part, outcome=Outcome.CANCELLED)
    assert facts(pane)[0] == "Cancelled"
    words = [words.replace("\u202f", " ") for words in words_of(pane)]
    expected = "You cancelled this request. 4.8 MB had arrived. The server may still have done the work."
    assert expected in words
    assert lines_of(pane) == ["part"]
    assert pane.pages.body.kind.text() == "Text, partial"


def test_a_cancelled_send_without_an_answer_says_whether_anything_was_sent(pane, qtbot):
    show(pane, Hop(method="GET", url="http://test.example/"), outcome=Outcome.CANCELLED)
    assert "Nothing was sent." in words_of(pane)
    show(pane, Hop(method="GET", url="http://test.example/", phases=timed()), outcome=Outcome.CANCELLED)
    assert "Nothing had arrived. The server may still have done the work." in words_of(pane)
    with qtbot.waitSignal(pane.send_again):
        button(pane, "Send again").click()
    show(pane, outcome=Outcome.CANCELLED)
    assert "Nothing was sent." in words_of(pane)


def test_an_unverified_certificate_is_seen_in_words(pane):
    insecure = hop(connection=LINK.__class__(peer="10.0.0.1:443", verified=False))
    show(pane, insecure)
    assert facts(pane)[0] in ("Certificate not verified", "Not verified")
    assert pane.head.unverified.accessibleName() == "Certificate not verified"
    assert pane.head.unverified.role == "danger"
    pane.resize(360, 500)
    assert pane.head.unverified.isVisible()
    show(pane, hop())
    assert not pane.head.unverified.isVisible()


def test_in_a_narrow_pane_size_and_time_give_way_before_the_status(pane):
    show(pane, hop(b"x" * 5000))
    head = pane.head
    for width in (700, 420, 300, 240, head.minimumSizeHint().width()):
        head.resize(width, head.height())
        parts = (head.step, head.unverified, head.status, head.time_fact, head.size_fact)
        for part in (part for part in parts if part.isVisible()):
            assert part.geometry().right() <= head.width(), width
            words = part.text() if hasattr(part, "text") else part.words
            assert part.width() >= theme.fm("num").horizontalAdvance(words), width
    assert facts(pane) == ["200 OK"]


def test_one_fault_is_shown_in_full_and_more_behind_their_number(pane):
    show(pane, hop(faults=["A header has no colon"]))
    assert "A header has no colon" in words_of(pane)
    show(pane, hop(faults=["A header has no colon", "A chunk is cut"]))
    strip = pane.pages.strips.faults
    assert words_of(strip) == ["2 faults in this answer", "Show"]
    button(strip, "Show").click()
    assert "A chunk is cut" in strip.words
    button(strip, "Show less").click()
    assert "A chunk is cut" not in strip.words


def test_the_end_is_announced(pane, qtbot):
    with qtbot.waitSignal(pane.announced) as told:
        show(pane, hop(b"x" * 12_400))
    assert told.args[0].replace("\u202f", " ") == "200 OK, 184 ms, 12.4 KB"
    with qtbot.waitSignal(pane.announced) as told:
        show(pane, Hop(method="GET", url="http://a/"), outcome=Outcome.FAILED, problem=REFUSED)
    assert told.args == ["Not sent: Connection refused"]


def test_a_screen_reader_is_told(pane, monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: told.append((e.message(), e.politeness())))
    show(pane, hop(b"words"))
    show(pane, Hop(method="GET", url="http://a/"), outcome=Outcome.FAILED, problem=REFUSED)
    levels = QAccessible.AnnouncementPoliteness
    assert [level for _, level in told] == [levels.Polite, levels.Assertive]
    assert told[0][0].startswith("200 OK")
    assert told[1][0] == "Not sent: Connection refused"


def test_pages_are_chosen_by_number_and_find_goes_to_what_is_in_front(pane):
    show(pane, hop(b"words"))
    pane.select_page(1)
    assert pane.tabs.hasFocus()
    pane.find()
    assert pane.pages.headers.filter.hasFocus()
    pane.select_page(9)
    assert pane.tabs.currentIndex() == 1
    pane.select_page(3)
    pane.find()
    assert pane.tabs.currentIndex() == 0


def test_a_send_replaced_before_its_end_gives_its_body_up(pane, tmp_path, qtbot):
    spool = Spool(tmp_path, memory_bytes=1)
    spool.write(b"on the way")
    pane.begin()
    pane.feed(Answered(hop(spool)))
    assert list(tmp_path.iterdir())
    pane.begin()
    spool.finish()
    qtbot.waitUntil(lambda: spool.closed)
    qtbot.waitUntil(lambda: not list(tmp_path.iterdir()))
    assert lines_of(pane) == []


def test_stopping_lets_go_of_everything_that_was_made(pane, tmp_path, qtbot):
    spool = Spool(tmp_path, memory_bytes=1)
    spool.write(b'{"a": 1}')
    spool.finish()
    show(pane, hop(spool, "application/json"))
    qtbot.waitUntil(lambda: '  "a": 1' in lines_of(pane))
    pane.stop()
    spool.close()
    qtbot.waitUntil(lambda: not list(tmp_path.iterdir()))


def test_markup_of_a_server_is_shown_as_it_is(pane):
    show(pane, hop(status=200, reason="<b>OK</b>", faults=["<img src=x> is no header"]))
    assert pane.head.status.words == "200 <b>OK</b>"
    assert "<img src=x> is no header" in words_of(pane)


def test_every_control_has_a_name(pane):
    show(pane, hop(b"1"), hop(b"2"))
    for page in range(4):
        pane.select_page(page)
        for child in pane.findChildren(QWidget):
            if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert child.accessibleName(), child
