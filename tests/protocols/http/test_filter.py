"""The filter of the answer belongs to the request: shown when it is opened, an edit only when it is written."""

import pytest
from PySide6.QtTest import QTest

from httpdesk.core.request import Filter, HttpRequest
from httpdesk.ui.filter_run import worker
from tests.ui.answers import hop, show


@pytest.fixture(autouse=True)
def _no_worker_stays():
    yield
    worker().close()


def test_the_filter_of_a_request_filters_its_answer(user):
    tab = user.open(HttpRequest(filter=Filter(language="jq", text=".a")))
    body = tab.response_pane.pages.body
    show(tab.response_pane, hop(b'{"a":7}', "application/json"))
    user.settle(lambda: [text for _, text in body.code.shown_rows] == ["7"])
    assert body.filter.bar.text == ".a"
    assert not tab.dirty
    tab.response_pane.stop()


def test_only_writing_changes_the_request(user):
    tab = user.open()
    show(tab.response_pane, hop(b'{"a":7}', "application/json"))
    tab.run("filter_body")
    bar = tab.response_pane.pages.body.filter.bar
    assert bar.isVisible()
    bar.languages.select(1)
    bar.closed.emit()
    tab.run("filter_body")
    assert (tab.dirty, user.request.filter) == (False, Filter())
    QTest.keyClicks(bar.field, ".a")
    assert (tab.dirty, user.request.filter) == (True, Filter(language="jq", text=".a"))
    bar.field.clear()
    bar.field.textEdited.emit("")
    assert (tab.dirty, user.request.filter) == (False, Filter())
    tab.response_pane.stop()
