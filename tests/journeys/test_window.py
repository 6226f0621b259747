"""The window: palette, shortcuts, zoom, theme, layout, regions, narrow windows."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from httpdesk.ui.code_view import CodeView
from httpdesk.ui.theme import theme
from tests.drivers import until

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


async def test_the_palette_opens_and_sends_a_request(httpdesk):
    async with httpdesk() as person:
        await until(lambda: len(person.rows) == 7)
        person.ctrl(KEY.Key_K)
        person.write("hello")
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.tab.title == "Say hello" and person.tab.exchange)
        await until(lambda: person.tab.exchange.outcome)
        assert person.status == "200 OK"


async def test_the_palette_runs_commands_and_chooses_environments(httpdesk):
    async with httpdesk() as person:
        await until(lambda: person.program.variables.environments)
        person.ctrl(KEY.Key_P, SHIFT)
        person.write("console")
        person.press(KEY.Key_Return)
        assert person.program.console.isVisible()
        person.ctrl(KEY.Key_K)
        person.write("#local")
        person.press(KEY.Key_Return)
        assert person.program.variables.chosen == "Local"
        person.ctrl(KEY.Key_K)
        person.write("no such thing at all")
        assert "Nothing fits." in person.labels()
        person.press(KEY.Key_Escape)
        assert "Nothing fits." not in person.labels()


async def test_f1_lists_the_shortcuts(httpdesk):
    async with httpdesk() as person:
        person.press(KEY.Key_F1)
        await until(lambda: "Settings" in person.labels())
        assert person.program.commands._settings.page_id == "shortcuts"
        person.press(KEY.Key_Escape)


async def test_zoom_goes_from_80_to_200_percent_with_everything_in_reach(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        await person.send()
        height = person.program.desk.tabs.height()
        for _ in range(12):
            person.ctrl(KEY.Key_Equal)
        assert person.program.settings.value.zoom_percent == 200
        assert person.program.desk.tabs.height() == 2 * height
        row = person.tab.url_row
        assert row.visibleRegion().boundingRect().right() == row.width() - 1
        for _ in range(12):
            person.ctrl(KEY.Key_Minus)
        assert person.program.settings.value.zoom_percent == 80
        person.ctrl(KEY.Key_0)
        assert person.program.desk.tabs.height() == height


async def test_with_many_tabs_the_theme_changes_at_once(httpdesk):
    """To replace a style sheet took Qt 2.8 s with eight tabs; to take it away and set another takes a tenth."""
    async with httpdesk() as person:
        for _ in range(7):
            person.ctrl(KEY.Key_T)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        sheet = app.styleSheet()
        started = time.process_time()
        app.setStyleSheet(sheet + " ")
        replaced_s = time.process_time() - started
        started = time.process_time()
        person.program.settings.change(theme="light")
        changed_s = time.process_time() - started
        assert theme.mode == "light"
        assert changed_s < replaced_s


async def test_the_theme_is_chosen_at_the_rail(httpdesk):
    async with httpdesk() as person:
        person.button("Theme: dark")
        person.menu("Light")
        assert theme.mode == "light"
        assert person.window.grab().toImage().pixelColor(700, 600).lightness() > 200
        person.button("Theme: light")
        person.menu("Dark")
        assert theme.mode == "dark"
        assert person.window.grab().toImage().pixelColor(700, 600).lightness() < 60


async def test_ctrl_j_puts_the_answer_below_and_beside(httpdesk):
    async with httpdesk() as person:
        person.new_request("{{echo}}/anything")
        await person.send()
        panes = person.tab.request_pane, person.tab.response_pane
        assert panes[0].y() == panes[1].y()
        person.ctrl(KEY.Key_J)
        assert panes[0].x() == panes[1].x()
        person.ctrl(KEY.Key_J)
        assert panes[0].y() == panes[1].y()


@pytest.mark.parametrize("percent", [80, 100, 150])
async def test_in_a_narrow_window_everything_stays_in_reach(httpdesk, percent):
    async with httpdesk() as person:
        person.program.settings.change(zoom_percent=percent)
        person.window.resize(800, 560)
        person.new_request("{{echo}}/json/10kB")
        await person.send()
        await until(lambda: person.window.width() == 800)
        panes = person.tab.request_pane, person.tab.response_pane
        assert panes[0].x() == panes[1].x()
        for widget in (*panes, person.tab.url_row, person.program.status):
            corner = widget.mapTo(person.window, widget.rect().bottomRight())
            assert corner.x() < 800, widget
            assert corner.y() < 560, widget
        code = person.find(CodeView, "Response body")
        assert code.visibleRegion().boundingRect().height() > 60


async def test_the_first_window_fits_on_the_screen(httpdesk):
    async with httpdesk() as person:
        person.window.resize(1440, 900)
        person.window.restore({})
        room = person.window.screen().availableGeometry()
        assert person.window.width() <= room.width()
        assert person.window.height() <= room.height()


async def test_a_broken_window_state_is_no_hindrance(httpdesk):
    async with httpdesk() as person:
        person.window.restore({"geometry": "???", "beside": "AAAA", "below": "ü", "sidebar": "x"})
        assert person.window.isVisible()


async def test_the_sidebar_goes_and_comes_back(httpdesk):
    async with httpdesk() as person:
        await until(lambda: len(person.rows) == 7)
        person.ctrl(KEY.Key_B)
        assert not person.program.sidebar.isVisible()
        person.ctrl(KEY.Key_F, SHIFT)
        assert person.program.sidebar.isVisible()
        assert isinstance(QApplication.focusWidget(), QLineEdit)


async def test_the_console_lists_sends_and_why_others_were_not_sent(httpdesk):
    async with httpdesk() as person:
        person.ctrl(KEY.Key_QuoteLeft)
        person.new_request("{{echo}}/status/418")
        await person.send()
        person.type_url("{{echo}}/{{missing}}")
        person.ctrl(KEY.Key_Return)
        await until(lambda: person.program.console.count == 2)
        lines = person.find(QListView, "Console lines")
        words = [lines.model().index(row, 0).data() for row in range(2)]
        assert "/status/418" in words[0]
        assert "missing" in words[1]
        person.click(lines.viewport(), lines.visualRect(lines.model().index(0, 0)).center())
        person.ctrl(KEY.Key_C)
        assert "/status/418" in QApplication.clipboard().text()
        assert "Console 2" in person.names()
