"""Settings: every field of the table is drawn, checks what is typed, holds at once and can go back."""

import asyncio

import msgspec
import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from httpdesk import __version__
from httpdesk.core.options import ProxyMode
from httpdesk.core.settings import Settings
from httpdesk.store import settings as settings_file
from httpdesk.store.places import find
from httpdesk.ui.eye import Eye
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.settings_dialog import SettingsDialog
from httpdesk.ui.settings_fields import read
from httpdesk.ui.settings_table import PAGES
from httpdesk.ui.settings_themes import ThemeCards
from httpdesk.ui.tasks import Tasks

FIELDS = [field for page in PAGES for field in page.fields()]


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def saved():
    return []


@pytest.fixture
def live(saved):
    return LiveSettings(Settings(), saved.append)


@pytest.fixture
def tasks():
    def report(problem):
        raise problem

    return Tasks(report)


@pytest.fixture
def dialog(window, live, tasks):
    return SettingsDialog(window, live, tasks, find(), workspace=lambda: find().workspace / "mine")


def setting(dialog, at):
    return next(row for page in dialog.pages.values() for row in page.rows if row.field.at == at)


def shown(dialog):
    return [row.field.at for page in dialog.pages.values() for row in page.rows if row.isVisible()]


def focused():
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def retype(row, text):
    edit = row.control.inner
    edit.setFocus()
    edit.selectAll()
    if text:
        QTest.keyClicks(edit, text)
    else:
        QTest.keyClick(edit, Qt.Key.Key_Delete)


def press(dialog, words):
    next(button for button in dialog.findChildren(QPushButton) if button.accessibleName() == words).click()


@pytest.mark.parametrize("page", [page for page in PAGES if page.sections], ids=lambda page: page.id)
def test_a_page_shows_each_of_its_fields_with_the_value_that_holds(dialog, live, page):
    dialog.open_page(page.id)
    assert dialog.page_id == page.id
    assert shown(dialog) == [
        field.at for field in page.fields() if field.needs is None or read(live.value, field.needs[0]) == field.needs[1]
    ]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.at)
def test_every_field_has_a_name_for_screen_readers(dialog, field):
    dialog.open_page(next(page.id for page in PAGES if field in page.fields()))
    assert field.title in setting(dialog, field.at).control.inner.accessibleName() or field.at == "theme"


def test_a_typed_number_holds_at_once(dialog, live, saved):
    dialog.open_page("connections")
    retype(setting(dialog, "options.total_s"), "12.5")
    assert live.value.options.total_s == 12.5
    assert saved[-1] is live.value


def test_an_empty_field_means_no_limit(dialog, live):
    dialog.open_page("connections")
    row = setting(dialog, "options.sock_read_s")
    retype(row, "")
    assert live.value.options.sock_read_s == 0
    assert row.control.inner.placeholderText() == "no limit"


def test_what_is_no_value_is_explained_below_and_changes_nothing(dialog, live):
    dialog.open_page("connections")
    row = setting(dialog, "options.sock_read_s")
    retype(row, "half a minute")
    assert row.wrong == "Use a number of seconds, like 30, or leave it empty for no limit."
    assert row.control.inner.property("invalid") is True
    assert row.control.inner.text() == "half a minute"
    assert live.value == Settings()
    retype(row, "30")
    assert row.wrong == ""
    assert live.value.options.sock_read_s == 30


def test_a_wrong_text_is_forgotten_when_the_settings_open_again(dialog):
    dialog.open_page("connections")
    row = setting(dialog, "pool.total")
    retype(row, "many")
    dialog.shut()
    dialog.open_page("connections")
    assert row.wrong == ""
    assert row.control.inner.text() == "100"


def test_a_switch_acts_at_once(dialog, live):
    dialog.open_page("tls")
    QTest.mouseClick(setting(dialog, "options.verify").control.inner, Qt.MouseButton.LeftButton)
    assert live.value.options.verify is False


def test_a_choice_acts_at_once(dialog, live):
    dialog.open_page("appearance")
    zoom = setting(dialog, "zoom_percent").control.inner
    assert isinstance(zoom, QComboBox)
    zoom.setFocus()
    QTest.keyClick(zoom, Qt.Key.Key_Down)
    assert live.value.zoom_percent == 110


def test_a_value_that_no_choice_has_is_shown_as_it_is(dialog, live):
    live.change(zoom_percent=95)
    dialog.open_page("appearance")
    assert setting(dialog, "zoom_percent").control.inner.currentText() == "95"
    live.change(zoom_percent=100)
    assert setting(dialog, "zoom_percent").control.inner.findText("95") == -1


def test_the_wheel_over_a_choice_scrolls_the_page_instead(dialog, live, qtbot):
    dialog.open_page("appearance")
    zoom = setting(dialog, "zoom_percent").control.inner
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(zoom.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(zoom, turn)
    assert live.value.zoom_percent == 100


def test_the_theme_is_chosen_from_pictures(dialog, live):
    dialog.open_page("appearance")
    cards = dialog.findChild(ThemeCards)
    dark = next(card for card in cards.children() if getattr(card, "accessibleName", str)() == "Dark theme")
    QTest.mouseClick(dark, Qt.MouseButton.LeftButton)
    assert live.value.theme == "dark"
    assert dark.accessibleName() == "Dark theme, chosen"


def test_arrow_keys_move_along_the_pictures(dialog, live):
    dialog.open_page("appearance")
    setting(dialog, "theme").control.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert live.value.theme == "light"


def test_a_change_from_elsewhere_is_shown(dialog, live):
    dialog.open_page("appearance")
    live.change(theme="light", layout="below")
    assert "Below" in setting(dialog, "layout").control.inner.accessibleName()


def test_a_field_shows_only_while_it_means_something(dialog, live):
    dialog.open_page("proxy")
    assert "options.proxy.url" not in shown(dialog)
    row = setting(dialog, "options.proxy.mode")
    row.control.inner.setFocus()
    QTest.keyClick(row.control.inner, Qt.Key.Key_Right)
    assert live.value.options.proxy.mode == ProxyMode.MANUAL
    assert "options.proxy.url" in shown(dialog)
    retype(setting(dialog, "options.proxy.url"), "proxy:3128")
    assert setting(dialog, "options.proxy.url").wrong.startswith("Start with http://")


def test_secrets_are_masked_and_no_file_gets_them(dialog, live, tmp_path):
    live.replace(msgspec.structs.replace(live.value, theme="dark"))
    dialog.open_page("tls")
    row = setting(dialog, "options.client_certificate.passphrase")
    retype(row, " s3cret ")
    assert row.control.inner.echoMode() == QLineEdit.EchoMode.Password
    assert live.value.options.client_certificate.passphrase == " s3cret "
    settings_file.save(tmp_path / "settings.json", live.value)
    assert "s3cret" not in (tmp_path / "settings.json").read_text("utf-8")
    row.control.inner.findChild(Eye).click()
    assert row.control.inner.echoMode() == QLineEdit.EchoMode.Normal


# -- reset


def test_a_changed_setting_offers_its_default(dialog, live):
    dialog.open_page("connections")
    row = setting(dialog, "pool.per_host")
    assert not row.reset_button.isVisible()
    retype(row, "3")
    assert row.reset_button.isVisible()
    row.reset_button.click()
    assert live.value == Settings()
    assert row.control.inner.text() == "10"


def test_a_page_goes_back_to_its_defaults_and_that_can_be_undone(dialog, live):
    dialog.open_page("connections")
    assert not dialog.reset_button.isEnabled()
    retype(setting(dialog, "pool.per_host"), "3")
    retype(setting(dialog, "options.total_s"), "5")
    live.change(theme="dark")
    changed = live.value
    press(dialog, "Reset page")
    assert live.value == Settings(theme="dark")
    press(dialog, "Undo the reset")
    assert live.value == changed
    assert setting(dialog, "pool.per_host").control.inner.text() == "3"


# -- search


def test_search_finds_settings_of_every_page(dialog):
    dialog.open_page("appearance")
    QTest.keyClicks(dialog.search, "certificate host")
    assert "options.unverified_hosts" in shown(dialog)
    assert "options.client_certificate.host" in shown(dialog)
    assert "theme" not in shown(dialog)
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.page_id == "appearance"
    assert "theme" in shown(dialog)


def test_search_says_when_nothing_fits(dialog):
    dialog.open_page("appearance")
    QTest.keyClicks(dialog.search, "teapot")
    assert "No setting fits." in [found.text() for found in dialog.findChildren(QLabel) if found.isVisible()]
    assert shown(dialog) == []


def test_enter_goes_from_the_search_to_the_first_setting_found(dialog):
    dialog.open_page("appearance")
    QTest.keyClicks(dialog.search, "per host")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is setting(dialog, "pool.per_host").control.inner


def test_choosing_a_page_ends_the_search(dialog):
    dialog.open_page("appearance")
    QTest.keyClicks(dialog.search, "per host")
    dialog.nav.setFocus()
    QTest.keyClick(dialog.nav, Qt.Key.Key_Down)
    assert dialog.search.text() == ""
    assert dialog.page_id == dialog.nav.current


def test_escape_closes_and_the_focus_goes_back(dialog, window):
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    dialog.open_page("tls")
    assert dialog.search.hasFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert QApplication.focusWidget() is field


# -- files


async def test_the_path_of_a_file_must_lead_to_one(dialog, live, tasks, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_text("x")
    dialog.open_page("tls")
    row = setting(dialog, "options.ca_file")
    retype(row, str(tmp_path / "missing.pem"))
    await until(lambda: row.wrong)
    assert row.wrong == "There is no file at this path."
    assert live.value.options.ca_file is None
    retype(row, str(file))
    await until(lambda: live.value.options.ca_file)
    assert live.value.options.ca_file == str(file)
    assert row.wrong == ""


async def test_a_file_can_be_looked_for(dialog, live, window, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_text("x")
    dialog.open_page("tls")
    row = setting(dialog, "options.ca_file")
    retype(row, str(tmp_path / "ca"))
    finder = next(found for found in row.findChildren(QWidget) if found.accessibleName().startswith("Choose a file"))
    finder.click()
    await until(lambda: window.findChildren(QFileDialog))
    box = window.findChild(QFileDialog)
    box.setDirectory(str(tmp_path))
    box.selectFile(str(file))
    box.accept()
    await until(lambda: live.value.options.ca_file == str(file))
    assert row.control.inner.text() == str(file)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - a disk and a dialog share no event
            await asyncio.sleep(0.01)


# -- pages of their own


class Desktop(QObject):
    """Stands for the file manager."""

    def __init__(self):
        super().__init__()
        self.shown = []

    @Slot(QUrl)
    def show_folder(self, url):
        self.shown.append(url.toLocalFile())


def test_the_data_page_shows_every_folder(dialog):
    desktop = Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "show_folder")  # type: ignore[arg-type]  # bytes do not work
    try:
        dialog.open_page("data")
        for title in ("Requests", "Settings", "Session", "Bodies"):
            press(dialog, f"Show the folder: {title}")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    places = find()
    wanted = [places.workspace / "mine", places.config, places.data, places.cache]
    assert desktop.shown == [str(folder) for folder in wanted]
    assert all(folder.is_dir() for folder in wanted)


def test_the_about_page_copies_the_versions(dialog):
    dialog.open_page("about")
    press(dialog, "Copy versions")
    copied = QApplication.clipboard().text()
    assert f"httpdesk {__version__}" in copied
    assert "\nQt 6." in copied


def test_an_unknown_page_opens_where_it_was(dialog):
    dialog.open_page("tls")
    dialog.shut()
    dialog.open_page("nonsense")
    assert dialog.page_id == "tls"
