"""Dialogs: each is a question that is awaited, and every way out of it is an answer."""

import asyncio

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from httpdesk.core.collection import Folder
from httpdesk.ui import dialogs
from httpdesk.ui.overlay import Overlay

TREE = (
    Folder(path="shop", name="Shop", folders=(Folder(path="shop/orders", name="Orders"),)),
    Folder(path="pay", name="Payments"),
)


class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.field = QLineEdit(self)


@pytest.fixture
def window(qtbot):
    window = Window()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    qtbot.waitExposed(window)
    window.field.setFocus()
    return window


class Asking:
    """A question that is on the screen while the block runs."""

    def __init__(self, window, question):
        self.window, self.task = window, asyncio.ensure_future(question)

    async def __aenter__(self):
        await asyncio.sleep(0)
        self.card = self.window.findChildren(Overlay)[-1]
        return self

    async def __aexit__(self, *error):
        if error[0]:
            self.task.cancel()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def press(self, key):
        focused = QApplication.focusWidget()
        assert focused
        QTest.keyClick(focused, key)

    async def answer(self):
        return await self.task


async def test_the_verb_says_yes(window):
    async with Asking(window, dialogs.confirm(window, "Delete Orders?", "It goes to the trash.", "Delete")) as asked:
        asked.card.yes.click()
        assert await asked.answer() is True


async def test_the_other_button_says_no(window):
    question = dialogs.confirm(window, "Delete Orders?", "It goes to the trash.", "Delete", danger=True, keep="Keep")
    async with Asking(window, question) as asked:
        assert asked.card.no.text() == "Keep"
        asked.card.no.click()
        assert await asked.answer() is False


async def test_escape_says_no(window):
    async with Asking(window, dialogs.confirm(window, "Go?", "", "Go")) as asked:
        asked.press(Qt.Key.Key_Escape)
        assert await asked.answer() is False


async def test_enter_means_the_verb_unless_it_is_dangerous(window):
    async with Asking(window, dialogs.confirm(window, "Go?", "", "Go")) as asked:
        asked.press(Qt.Key.Key_Return)
        assert await asked.answer() is True
    async with Asking(window, dialogs.confirm(window, "Delete?", "", "Delete", danger=True)) as asked:
        asked.press(Qt.Key.Key_Return)
        assert await asked.answer() is False


async def test_a_press_beside_the_card_says_no(window):
    async with Asking(window, dialogs.confirm(window, "Go?", "", "Go")) as asked:
        QTest.mouseClick(asked.card, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert await asked.answer() is False


async def test_the_focus_goes_back_to_who_had_it(window):
    async with Asking(window, dialogs.confirm(window, "Go?", "", "Go")) as asked:
        assert not window.field.hasFocus()
        asked.card.yes.click()
        await asked.answer()
    assert window.field.hasFocus()


async def test_a_cancelled_task_takes_its_card_away(window):
    async with Asking(window, dialogs.confirm(window, "Go?", "", "Go")) as asked:
        asked.task.cancel()
        await asyncio.wait([asked.task])
        assert asked.card.isHidden()


async def test_tab_stays_in_the_card(window):
    async with Asking(window, dialogs.ask_text(window, "New folder", "Name", "a")) as asked:
        seen = set()
        for _ in range(6):
            asked.press(Qt.Key.Key_Tab)
            seen.add(QApplication.focusWidget())
        assert seen == {asked.card.field, asked.card.no, asked.card.yes}
        asked.card.no.click()
        assert await asked.answer() is None


async def test_a_name_is_asked_for_and_trimmed(window):
    async with Asking(window, dialogs.ask_text(window, "New folder", "Name", "Orders")) as asked:
        assert asked.card.field.selectedText() == "Orders"
        asked.card.field.setText("  Customers ")
        asked.press(Qt.Key.Key_Return)
        assert await asked.answer() == "Customers"


async def test_an_empty_name_is_no_answer(window):
    async with Asking(window, dialogs.ask_text(window, "New folder", "Name", "Orders")) as asked:
        asked.card.field.setText("   ")
        assert not asked.card.yes.isEnabled()
        asked.press(Qt.Key.Key_Return)
        assert not asked.task.done()
        asked.press(Qt.Key.Key_Escape)
        assert await asked.answer() is None


async def test_a_request_gets_a_name_and_a_folder(window):
    async with Asking(window, dialogs.ask_where_to_save(window, TREE, "List orders", "pay")) as asked:
        folders = asked.card.folders
        assert [folders.itemText(row) for row in range(folders.count())] == ["Shop", "Shop / Orders", "Payments"]
        assert folders.currentData() == "pay"
        folders.setCurrentText("Shop / Orders")
        asked.card.yes.click()
        assert await asked.answer() == ("shop/orders", "List orders")


async def test_without_a_collection_only_the_name_is_asked(window):
    async with Asking(window, dialogs.ask_where_to_save(window, (), "Ping")) as asked:
        asked.card.yes.click()
        assert await asked.answer() == ("", "Ping")


async def test_an_existing_file_is_chosen(window, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_text("x")
    task = asyncio.ensure_future(dialogs.ask_open_file(window, "Certificate", start=tmp_path))
    await asyncio.sleep(0)
    dialog = window.findChild(QFileDialog)
    dialog.selectFile(str(file))
    dialog.accept()
    assert await task == file


async def test_a_file_to_write_starts_with_the_suggested_name(window, tmp_path):
    task = asyncio.ensure_future(dialogs.ask_save_file(window, str(tmp_path / "orders.json")))
    await asyncio.sleep(0)
    window.findChild(QFileDialog).accept()
    assert await task == tmp_path / "orders.json"


async def test_a_closed_file_dialog_is_no_answer(window):
    task = asyncio.ensure_future(dialogs.ask_folder(window, "Open a folder"))
    await asyncio.sleep(0)
    window.findChild(QFileDialog).reject()
    assert await task is None


async def test_a_cancelled_task_closes_its_file_dialog(window):
    task = asyncio.ensure_future(dialogs.ask_folder(window, "Open a folder"))
    await asyncio.sleep(0)
    dialog = window.findChild(QFileDialog)
    task.cancel()
    await asyncio.wait([task])
    assert not dialog.isVisible()
