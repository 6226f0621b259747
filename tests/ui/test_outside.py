"""A body opened in another program: as a file that only the user can read and no system runs."""

import asyncio
import os
import stat

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QDesktopServices

from httpdesk.body.spool import Spool
from httpdesk.core.problem import Problem
from httpdesk.ui.outside import data_name, open_body, write
from httpdesk.ui.response_pane import ResponsePane
from httpdesk.ui.tasks import Tasks
from tests.ui.answers import button, hop, show


class Opener(QObject):
    """Stands where the system would start a program."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot("QUrl")
    def take(self, url):
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener(qapp):
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type] # its words, not those of its stub
    yield opener
    QDesktopServices.unsetUrlHandler("file")


async def test_the_exact_bytes_are_opened_as_a_file_of_their_kind(qtbot, opener, tmp_path):
    async def ask(_suggested):
        return None

    tasks = Tasks(lambda _problem: None)
    pane = ResponsePane(ask, tasks)
    qtbot.addWidget(pane)
    pane.resize(900, 600)
    pane.show()
    spool = Spool(tmp_path / "bodies")
    spool.write(b'{"a":1.00}')
    spool.finish()
    show(pane, hop(spool, "application/json"))
    button(pane.pages.body, "Open the body in another program").click()
    while not opener.opened:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.005)
    path = opener.opened[0]
    assert path.endswith("7.json")
    assert path.startswith(str(tmp_path / "bodies"))
    with open(path, "rb") as file:  # noqa: ASYNC230, PTH123
        assert file.read() == b'{"a":1.00}'
    if os.name == "posix":
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600  # noqa: PTH116
    pane.stop()


@pytest.mark.parametrize(
    ("name", "is_text", "opened"),
    [
        ("report.pdf", False, "report.pdf"),
        ("setup.exe", False, "setup.bin"),
        ("page.js", True, "page.txt"),
        ("invoice.pdf.exe", False, "invoice-pdf.bin"),
        ("start.desktop", True, "start.txt"),
        ("run.sh", True, "run.txt"),
        ("macro.docm", False, "macro.bin"),
        ("APP.EXE", False, "APP.bin"),
        ("a.lnk", False, "a.bin"),
        ("data", False, "data.bin"),
    ],
)
def test_only_endings_of_data_are_kept(name, is_text, opened):
    disposition = ("Content-Disposition", f'attachment; filename="{name}"')
    assert data_name(hop(b"x", "application/octet-stream", disposition), is_text=is_text) == opened


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Problem, match=r"a\.txt was not opened"):
        write(Spool.of(b"x"), "a.txt", tmp_path / "file")


async def test_without_a_body_there_is_nothing_to_open():
    told: list[str] = []
    await open_body(None, None, told.append, is_text=True)
    assert told == ["There is no body to open."]
