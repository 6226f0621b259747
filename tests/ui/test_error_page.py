"""The error page: what failed, how far it got, what to try."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from httpdesk.core.problem import Problem, Remedy, Stage, Step, StepState
from httpdesk.ui.error_page import ErrorPage, StepLine
from tests.ui.answers import button, words_of

USE_8080 = Remedy(text="A server answers on 8080", label="Use 8080", action="replace_url", value="http://a:8080")
REFUSED = Problem(
    "Connection refused",
    "Nothing is listening on 127.0.0.1 port 8081.",
    kind="refused",
    evidence="ClientConnectorError, errno 111",
    steps=(
        Step(stage=Stage.ADDRESS, state=StepState.DONE, note="127.0.0.1, no DNS needed"),
        Step(stage=Stage.TCP, state=StepState.FAILED, note="refused after 1 ms"),
        Step(stage=Stage.TLS, state=StepState.UNUSED),
        Step(stage=Stage.REQUEST, state=StepState.PENDING),
    ),
    remedies=(Remedy(text="Start the server"), USE_8080, Remedy(text="Use its host name"), Remedy(text="A fourth")),
)


@pytest.fixture
def page(qtbot):
    page = ErrorPage()
    qtbot.addWidget(page)
    page.resize(560, 600)
    page.show()
    page.show_problem(REFUSED, "7c1f93")
    qtbot.waitExposed(page)
    return page


def test_it_says_what_failed_and_why(page):
    words = words_of(page)
    assert words[:2] == ["Connection refused", "Nothing is listening on 127.0.0.1 port 8081."]
    assert "ClientConnectorError, errno 111, request id 7c1f93" in words


def test_it_says_how_far_the_request_got(page):
    assert [step.accessibleName() for step in page.findChildren(StepLine)] == [
        "Address found, done: 127.0.0.1, no DNS needed",
        "TCP connect, failed: refused after 1 ms",
        "TLS handshake, not used",
        "Request sent, not reached",
    ]


def test_it_offers_at_most_three_things_and_a_button_for_what_it_can_do(page, qtbot):
    assert [text for text in ("Start the server", "Use its host name", "A fourth") if text in words_of(page)] == [
        "Start the server",
        "Use its host name",
    ]
    assert [found.accessibleName() for found in page.findChildren(QPushButton)] == [
        "Use 8080",
        "Send again",
        "Copy details",
    ]
    with qtbot.waitSignal(page.remedy) as told:
        button(page, "Use 8080").click()
    assert told.args == [USE_8080]


def test_it_sends_again_and_copies_the_details(page, qtbot):
    with qtbot.waitSignal(page.send_again):
        button(page, "Send again").click()
    button(page, "Copy details").click()
    copied = QApplication.clipboard().text()
    for part in ("Connection refused", "TCP connect: failed, refused after 1 ms", "errno 111", "request id 7c1f93"):
        assert part in copied


def test_a_bare_problem_needs_no_steps_and_no_remedies(page):
    page.show_problem(Problem("base has no value"))
    assert words_of(page) == ["base has no value", "Send again", "Copy details"]


def test_long_words_wrap_inside_the_page(page):
    page.show_problem(Problem("A host " * 30, "which was not found " * 30), "1")
    assert page.widget().width() <= page.viewport().width()
