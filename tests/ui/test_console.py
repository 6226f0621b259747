"""The console: one line for each request, its wire facts, and no secret in either."""

import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPlainTextEdit, QToolButton, QWidget

from httpdesk.core.exchange import Connection, Exchange, Head, Hop, Outcome, Phase, PhaseTime
from httpdesk.core.options import Effective
from httpdesk.core.problem import Problem
from httpdesk.core.wire import WireRequest
from httpdesk.ui.console import Console
from httpdesk.ui.console_entry import LIMIT
from httpdesk.ui.search_edit import SearchEdit
from httpdesk.ui.segmented import Segmented

SECRET = "s3cret/token"


class Body:
    """A body as far as the console looks at it."""

    finished, path = True, None

    def __init__(self, size_bytes):
        self.size_bytes = size_bytes

    def read(self, start, stop):
        return bytes(stop - start)

    def close(self):
        pass


def hop(status=200, reason="OK", url="https://shop.example/orders", body_bytes=1234):
    made = Hop(method="GET", url=url, sent_headers=(("Host", "shop.example"), ("Authorization", f"Bearer {SECRET}")))
    made.head = Head(status=status, reason=reason, headers=(("Content-Type", "text/plain"), ("X-Echo", SECRET)))
    made.body, made.complete, made.sent_bytes = Body(body_bytes), True, 412
    made.phases = (PhaseTime(phase=Phase.WAIT, start_ms=0, length_ms=93),)
    made.connection = Connection(peer="203.0.113.10:443", tls_version="TLS 1.3", cipher="AES", verified=False)
    return made


def exchange(*hops, request_id="7c1f91", method="GET", url="", outcome=Outcome.DONE, problem=None):
    url = url or f"https://shop.example/orders?key={SECRET.replace('/', '%2F')}"
    request = WireRequest(
        method=method, url=url, headers=(), body=None, options=Effective(), secrets=frozenset({SECRET})
    )
    return Exchange(request_id, request, 1_764_000_000.5, list(hops), outcome, problem, 184.0)


@pytest.fixture
def console(qtbot):
    console = Console()
    qtbot.addWidget(console)
    console.resize(1000, 240)
    console.show()
    qtbot.waitExposed(console)
    return console


def view(console):
    return console.findChild(QListView)


def lines(console):
    model = view(console).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def select(console, row):
    view(console).setCurrentIndex(view(console).model().index(row, 0))


def facts(console):
    shown = console.findChild(QPlainTextEdit)
    return shown.toPlainText() if shown.isVisible() else ""


def press(console, name):
    next(each for each in console.findChildren(QToolButton) if each.accessibleName() == name).click()


def show_level(console, index):
    console.findChild(Segmented).select(index)


def test_a_request_is_one_line_with_all_that_matters(console):
    console.add(exchange(hop(404, "Not Found"), method="DELETE", url="https://shop.example/orders/1"))
    (line,) = lines(console)
    for part in ("7c1f91", "DELETE", "https://shop.example/orders/1", "404 Not Found", "184\u202fms", "1.2\u202fKB"):
        assert part in line


def test_a_request_that_failed_says_why(console):
    console.add(exchange(problem=Problem("Connection refused", "Nothing listens there."), outcome=Outcome.FAILED))
    console.add(exchange(outcome=Outcome.CANCELLED))
    assert "Connection refused" in lines(console)[0]
    assert "Cancelled" in lines(console)[1]
    assert console.findChild(Segmented).options[-1] == "Errors 1"


def test_the_wire_facts_of_the_selected_line_are_shown(console):
    faulty = hop()
    faulty.faults.append("The Content-Length is too large")
    console.add(exchange(hop(302, "Found"), faulty))
    assert facts(console) == ""
    select(console, 0)
    for part in (
        "Host: shop.example", "HTTP/1.1 302 Found", "HTTP/1.1 200 OK", "Content-Type: text/plain", "Hop 2",
        "The Content-Length is too large", "203.0.113.10:443, new", "not verified", "Wait", "93\u202fms", "412\u202fB",
    ):  # fmt: skip
        assert part in facts(console)


def test_the_facts_of_a_failure_hold_its_reason_and_evidence(console):
    problem = Problem("Connection refused", "Nothing listens there.", evidence="ClientConnectorError, errno 111")
    console.add(exchange(problem=problem, outcome=Outcome.FAILED))
    select(console, 0)
    assert "Nothing listens there." in facts(console)
    assert "errno 111" in facts(console)


def test_no_secret_is_shown_or_copied_in_any_spelling(console):
    console.add(exchange(hop(reason=f"OK {SECRET}")))
    select(console, 0)
    console.copy()
    for text in (*lines(console), facts(console), QApplication.clipboard().text()):
        assert "s3cret" not in text
    assert "Authorization: Bearer ••••••" in facts(console)


def test_bodies_may_go_while_their_line_stays(console):
    last = hop()
    body = weakref.ref(last.body)
    sent = exchange(last)
    console.add(sent)
    select(console, 0)
    del sent, last
    gc.collect()
    assert body() is None
    assert "200 OK" in facts(console)


def test_notes_stand_between_the_requests(console):
    console.add(exchange(hop()))
    console.add_note("Certificate checks are off.", "warning")
    console.add_note("The workspace could not be read.", "error")
    assert lines(console)[1].endswith("Certificate checks are off.")
    assert console.findChild(Segmented).options[-1] == "Errors 1"


def test_levels_choose_what_is_listed(console):
    console.add(exchange(hop(), request_id="good"))
    console.add(exchange(hop(500, "Oh no"), request_id="bad"))
    console.add_note("A note.")
    counts = []
    for level in range(4):
        show_level(console, level)
        counts.append(len(lines(console)))
    assert counts == [3, 2, 1, 1]
    assert "bad" in lines(console)[0]


def test_the_filter_looks_into_the_facts_too(console):
    console.add(exchange(hop(), request_id="one"))
    console.add(exchange(hop(url="https://other.example/"), request_id="two", url="https://other.example/"))
    search = console.findChild(SearchEdit)
    QTest.keyClicks(search, "SHOP.example/orders")
    assert [line for line in lines(console) if "one" in line] == lines(console)
    console.add(exchange(hop(), request_id="three"))
    assert len(lines(console)) == 2
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert len(lines(console)) == 3


def test_only_the_last_thousand_lines_are_kept(console):
    told: list[int] = []
    console.count_changed.connect(told.append)
    for number in range(LIMIT + 5):
        console.add_note(f"note {number}")
    assert console.count == LIMIT == told[-1]
    assert lines(console)[0].endswith("note 5")
    assert lines(console)[-1].endswith(f"note {LIMIT + 4}")


def test_the_list_follows_unless_one_looks_at_older_lines(console, qtbot):
    for number in range(60):
        console.add_note(f"note {number}")
    bar = view(console).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    bar.setValue(0)
    console.add_note("one more")
    view(console).grab()
    assert bar.value() == 0


def test_clear_forgets_everything(console):
    console.add(exchange(hop()))
    select(console, 0)
    told: list[int] = []
    console.count_changed.connect(told.append)
    press(console, "Clear")
    assert (console.count, told, lines(console), facts(console)) == (0, [0], [], "")


def test_a_selected_line_is_copied_by_key(console):
    console.add(exchange(hop()))
    select(console, 0)
    QTest.keyClick(view(console), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert copied.startswith(lines(console)[0])
    assert "Host: shop.example" in copied


def test_esc_closes_the_facts(console):
    console.add(exchange(hop()))
    select(console, 0)
    QTest.keyClick(view(console), Qt.Key.Key_Escape)
    assert facts(console) == ""


def test_close_asks_to_hide_it(console, qtbot):
    with qtbot.waitSignal(console.closed):
        press(console, "Close the console")


def test_markup_of_servers_is_shown_as_it_is(console):
    console.add(exchange(hop(reason="<b>OK</b>"), url="https://shop.example/<i>"))
    select(console, 0)
    assert "200 <b>OK</b>" in facts(console)
    assert "<i>" in lines(console)[0]


def test_every_control_has_a_name(console):
    focusable = [widget for widget in console.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(focusable) > 6
    assert all(widget.accessibleName() for widget in focusable), focusable


@pytest.mark.parametrize("width", [260, 420, 700, 1400])
def test_it_paints_at_every_width(console, width):
    console.add(exchange(hop()))
    console.add_note("A note.", "error")
    console.resize(width, 200)
    select(console, 0)
    assert not console.grab().isNull()
