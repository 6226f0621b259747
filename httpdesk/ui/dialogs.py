"""Dialogs as awaited questions: no nested loop, nothing global; a cancelled task takes its dialog away."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget  # noqa: TID251 - its only place

from httpdesk.core.collection import Folder
from httpdesk.ui.combo import Combo
from httpdesk.ui.name_edit import NameEdit
from httpdesk.ui.overlay import Overlay
from httpdesk.ui.widgets import button, col, label, row

Answer = TypeVar("Answer")
_WIDTH_PX = 440


def _tr(text: str) -> str:
    return QCoreApplication.translate("dialogs", text)


class Question(Overlay, Generic[Answer]):
    """A small card with a title, what is asked, and two buttons; awaiting `answer` shows it."""

    def __init__(self, over: QWidget, title: str, verb: str, keep: str, *, danger: bool = False) -> None:
        super().__init__(over, title, _WIDTH_PX)
        self.yes: QPushButton = button(verb, "danger" if danger else "primary")
        self.no: QPushButton = button(keep)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.dismiss)
        self._parts = col(label(title, "title", wrap=True), spacing=12, margins=(24, 20, 24, 8))
        self.body.addWidget(self._parts)
        self.body.addWidget(row(None, self.no, self.yes, spacing=8, margins=(24, 12, 24, 20)))
        self._done: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()

    def add(self, part: QWidget) -> None:
        """Put something below the title."""
        layout = self._parts.layout()
        assert layout is not None  # noqa: S101 - for the type checker
        layout.addWidget(part)

    def value(self) -> Answer | None:
        """What "yes" means; None while it can't be meant."""
        raise NotImplementedError

    def accept(self) -> None:
        """Answer, if what is filled in makes an answer."""
        value = self.value()
        if value is not None:
            self._finish(value)

    def dismiss(self) -> None:
        """Answer with None."""
        self._finish(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter means the button that has the focus, else the first one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.dismiss() if self.no.hasFocus() else self.accept()
        super().keyPressEvent(event)

    async def answer(self, focus: QWidget) -> Answer | None:
        """Show the card until the user has decided; None if the user turned away."""
        self.open(focus)
        try:
            return await self._done
        finally:
            self.shut()
            self.deleteLater()

    def _finish(self, value: Answer | None) -> None:
        if not self._done.done():
            self._done.set_result(value)


class _Confirmation(Question[bool]):
    def value(self) -> bool:
        return True


class _NameQuestion(Question[str]):
    def __init__(self, over: QWidget, title: str, name_label: str, initial: str, verb: str) -> None:
        super().__init__(over, title, verb, _tr("Cancel"))
        self.field = NameEdit(name_label, initial)
        self.field.textChanged.connect(lambda: self.yes.setEnabled(bool(self.field.name())))
        self.yes.setEnabled(bool(self.field.name()))
        self.add(col(label(name_label, "small", "text2"), self.field, spacing=4))

    def value(self) -> str | None:
        return self.field.name() or None


class _PlaceQuestion(_NameQuestion):
    def __init__(self, over: QWidget, tree: Sequence[Folder], name: str, selected: str) -> None:
        super().__init__(over, _tr("Save the request"), _tr("Name"), name, _tr("Save"))
        self.folders = Combo()
        self.folders.setAccessibleName(_tr("Folder"))
        for path, title in _folders(tree):
            self.folders.addItem(title, path)
        if self.folders.count():
            self.folders.setCurrentIndex(max(0, self.folders.findData(selected)))
            self.add(col(label(_tr("Folder"), "small", "text2"), self.folders, spacing=4))
        else:
            self.add(label(_tr("There is no collection yet; a first one is made for it."), "small", "text2", wrap=True))


async def confirm(
    parent: QWidget,
    title: str,
    text: str,
    verb: str,
    danger: bool = False,
    keep: str = "",
) -> bool:
    """Ask before something is done; the buttons are its verb and `keep` ("Cancel" if not given)."""
    question = _Confirmation(parent, title, verb, keep or _tr("Cancel"), danger=danger)
    question.add(label(text, "body", "text2", wrap=True))
    return bool(await question.answer(question.no if danger else question.yes))


async def ask_text(parent: QWidget, title: str, name_label: str, initial: str = "", verb: str = "") -> str | None:
    """Ask for a name; None if the user turned away. It is never empty."""
    question = _NameQuestion(parent, title, name_label, initial, verb or _tr("Create"))
    return await question.answer(question.field)


async def ask_where_to_save(
    parent: QWidget, tree: Sequence[Folder], name: str, selected: str = ""
) -> tuple[str, str] | None:
    """Ask for name and folder of a new request: (folder's path, name), or None.

    The path is "" when the workspace has no collection yet: the caller makes one, as the dialog said.
    """
    question = _PlaceQuestion(parent, tree, name, selected)
    chosen = await question.answer(question.field)
    return (str(question.folders.currentData() or ""), chosen) if chosen else None


def _folders(tree: Sequence[Folder], above: str = "") -> list[tuple[str, str]]:
    """Every folder as (path, title with the names above it)."""
    found: list[tuple[str, str]] = []
    for folder in tree:
        title = f"{above} / {folder.name}" if above else folder.name
        found += [(folder.path, title), *_folders(folder.folders, title)]
    return found


# -- files


async def ask_open_file(parent: QWidget, title: str, kinds: str = "", start: Path | None = None) -> Path | None:
    """Let the user choose an existing file; `kinds` is a filter such as "Certificates (*.pem);;All files (*)"."""
    dialog = QFileDialog(parent.window(), title, str(start or ""), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _chosen(dialog)


async def ask_save_file(parent: QWidget, suggested: str, title: str = "") -> Path | None:
    """Let the user choose where a file is written; the system asks before one is replaced."""
    dialog = QFileDialog(parent.window(), title or _tr("Save to a file"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(suggested)
    return await _chosen(dialog)


async def ask_folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """Let the user choose a folder."""
    dialog = QFileDialog(parent.window(), title, str(start or ""))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return await _chosen(dialog)


async def _chosen(dialog: QFileDialog) -> Path | None:
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finish(code: int) -> None:
        if not done.done():
            done.set_result(code)

    dialog.finished.connect(finish)
    dialog.open()
    try:
        accepted = await done == QFileDialog.DialogCode.Accepted.value
        files = dialog.selectedFiles()
        return Path(files[0]) if accepted and files else None
    finally:
        dialog.close()
        dialog.deleteLater()
