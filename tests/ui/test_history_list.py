"""The list of the history: days, rows that come as they are looked at, keys and the mouse."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from httpdesk.core.exchange import Outcome
from httpdesk.core.history import Line
from httpdesk.ui import history_words
from httpdesk.ui.history_list import HistoryList
from httpdesk.ui.history_model import DAY, HistoryModel

TODAY = 740_000
KEY = Qt.Key


def line(entry_id, **facts):
    known: dict[str, Any] = {"method": "GET", "url": f"https://shop.example/{entry_id}", "status": 200, "reason": "OK"}
    return Line(id=entry_id, at=1_800_000_000.0, total_ms=184.0, size_bytes=12_400, **known | facts)


def model_of(ids, day_ends):
    """A model that is given every line it wants."""
    model = HistoryModel()
    model.wanted.connect(lambda asked: model.put({one: line(one) for one in asked}, asked))
    model.show_found(ids, day_ends)
    return model


def rows(model):
    """Ids, and days as negative numbers."""
    return [model.id_at(row) or -1 for row in range(model.rowCount())]


@pytest.fixture
def shown(qtbot):
    """A list of five entries of two days, and what it told."""
    told: list[tuple[Any, ...]] = []
    view = HistoryList(model_of([9, 8, 7, 3, 2], [(3, TODAY - 1), (9, TODAY)]))
    view.opened.connect(lambda one, stays: told.append(("open", one, stays)))
    view.delete_wanted.connect(lambda ids: told.append(("delete", ids)))
    view.menu_wanted.connect(lambda ids, _: told.append(("menu", ids)))
    qtbot.addWidget(view)
    view.resize(272, 600)
    view.show()
    qtbot.waitExposed(view)
    view.told = told  # type: ignore[attr-defined]
    return view


def spot(view, entry_id):
    model = view.model()
    return view.visualRect(model.index(model.row_of(entry_id), 0)).center()


def click(view, entry_id, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, spot(view, entry_id))


def test_a_row_before_the_first_entry_of_each_day_names_it(qtbot):
    model = model_of([9, 8, 7, 3, 2], [(1, TODAY - 9), (3, TODAY - 1), (5, TODAY - 0), (9, TODAY + 1)])
    assert rows(model) == [-1, 9, 8, 7, -1, 3, 2]
    assert model.index(0, 0).data(DAY)
    assert not model.index(1, 0).data(DAY)
    assert not model.index(0, 0).flags() & Qt.ItemFlag.ItemIsSelectable


@given(st.lists(st.integers(1, 300), unique=True), st.lists(st.integers(1, 300), unique=True, max_size=12))
def test_every_row_and_every_entry_know_each_other(ids, ends):
    ids = sorted(ids, reverse=True)
    ends = sorted({*ends, 300})
    model = HistoryModel()
    model.show_found(ids, [(end, TODAY + place) for place, end in enumerate(ends)])
    assert [one for one in rows(model) if one > 0] == ids
    for row in range(model.rowCount()):
        if entry_id := model.id_at(row):
            assert model.row_of(entry_id) == row
            assert model.ids_in(row, row) == [entry_id]
        else:
            assert row + 1 < model.rowCount()
            assert model.id_at(row + 1)
    assert model.ids_in(0, model.rowCount() - 1) == ids
    assert model.row_of(301) == -1


def test_newer_entries_come_on_top_and_what_is_selected_stays(shown):
    model = shown.model()
    shown.select(8)
    model.add_newest([11, 10], [(3, TODAY - 1), (11, TODAY)])
    assert rows(model) == [-1, 11, 10, 9, 8, 7, -1, 3, 2]
    assert shown.selected() == [8]
    model.add_newest([12], [(3, TODAY - 1), (11, TODAY), (12, TODAY + 1)])
    assert rows(model) == [-1, 12, -1, 11, 10, 9, 8, 7, -1, 3, 2]


def test_only_lines_near_those_in_view_are_asked_for(qtbot):
    asked: list[int] = []
    model = HistoryModel()
    model.wanted.connect(asked.extend)
    model.show_found(list(range(100_000, 0, -1)), [(100_000, TODAY)])
    view = HistoryList(model)
    qtbot.addWidget(view)
    view.resize(272, 600)
    view.show()
    qtbot.waitUntil(lambda: bool(asked))
    assert min(asked) > 99_900
    asked.clear()
    view.scrollToBottom()
    qtbot.waitUntil(lambda: 1 in asked)
    assert max(asked) < 100


def test_a_click_shows_it_for_a_moment_and_enter_for_good(shown):
    click(shown, 8)
    assert shown.told == [("open", 8, False)]
    QTest.keyClick(shown, KEY.Key_Down)
    QTest.keyClick(shown, KEY.Key_Return)
    assert shown.told[1:] == [("open", 7, True)]
    # A day lies between: it is passed.
    QTest.keyClick(shown, KEY.Key_Down)
    assert shown.selected() == [3]


def test_several_are_selected_and_deleted(shown):
    click(shown, 9)
    click(shown, 3, Qt.KeyboardModifier.ShiftModifier)
    assert shown.selected() == [9, 8, 7, 3]
    assert len(shown.told) == 1
    QTest.keyClick(shown, KEY.Key_Delete)
    assert shown.told[-1] == ("delete", [9, 8, 7, 3])
    QTest.keyClick(shown, KEY.Key_Escape)
    assert not shown.selected()
    QTest.keyClick(shown, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert shown.selected() == [9, 8, 7, 3, 2]


def test_rows_are_spoken_whole(qtbot):
    words = history_words.spoken(line(1, name="List orders", pinned=True, unverified=True))
    assert words.startswith("GET List orders, 200, OK, ")
    assert words.endswith("12.4\u202fKB, pinned, certificate not verified")
    assert "Failed" in history_words.spoken(line(2, status=0, outcome=Outcome.FAILED))
    assert "206, Failed" in history_words.spoken(line(2, status=206, outcome=Outcome.FAILED))
    assert "Cancelled" in history_words.spoken(line(2, status=0, outcome=Outcome.CANCELLED))


def test_every_row_can_be_painted(shown, qtbot):
    lines = {9: line(9, pinned=True), 8: line(8, unverified=True, status=503), 7: line(7, status=0)}
    shown.model().put(lines, list(lines))
    QApplication.processEvents()
    assert not shown.grab().isNull()
