"""Page preview: the words of an HTML page with its headings, lists and links; nothing is loaded, nothing runs."""

import threading
from functools import partial
from time import perf_counter

from PySide6.QtCore import QPoint, QTimer, QUrl
from PySide6.QtGui import (
    QBrush,
    QDesktopServices,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QApplication, QTextBrowser, QVBoxLayout, QWidget

from httpdesk.body.html_text import LIMIT_BYTES, Block, blocks_of, can_be_opened, decoded
from httpdesk.body.spool import Spool
from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.menus import menu
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import label, line, row

# What is added is laid out at once: so much takes a few milliseconds.
_POLL_MS, _SLICE_S, _SLICE_CHARACTERS = 10, 0.002, 2000
_READING_S = 5.0
_WAIT_S = 0.25
# About a hundred printed pages; what lays them out gets slower with each.
_BLOCKS_MAX, _CHARACTERS_MAX = 4000, 200_000
_HEADINGS = {1: 1.6, 2: 1.35, 3: 1.15}


class HtmlPage(QWidget):
    """Built in pieces, so that the window gets its turn in between."""

    def __init__(self) -> None:
        super().__init__()
        self._work: list[_Reading] = []
        self._blocks: list[Block] = []
        self._built = 0
        self.view = SafeBrowser()
        self.view.anchorClicked.connect(self._offer)
        self.note = label("", "small", "text2")
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._build)
        self._edge = line()
        self._bar = row(self.note, None, margins=(16, 0, 12, 0), height=32)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(self.view, 1)
        lay.addWidget(self._edge)
        lay.addWidget(self._bar)
        self.destroyed.connect(partial(_end, self._work))
        self.setFocusProxy(self.view)
        theme.bind(self, self._dress)

    def show_body(self, spool: Spool, encoding: str, address: str) -> None:
        """Show the page of a body, once it (or as much as is shown) is here."""
        self.clear()
        self._work.append(_Reading(spool, encoding, address))
        self.note.setText(self.tr("Reading the page"))
        self._timer.start()

    def clear(self) -> None:
        """Show nothing, end the work."""
        self._timer.stop()
        _end(self._work)
        self._blocks, self._built = [], 0
        self.view.clear()
        self.note.setText("")

    @property
    def complete(self) -> bool:
        """Whether all that will be shown is there."""
        return not self._timer.isActive()

    def _dress(self) -> None:
        self.view.document().setDefaultFont(theme.font("body"))
        self.view.document().setDocumentMargin(theme.px(16))
        # The formats hold colours and sizes of the theme: the page is built anew.
        self._built = 0
        self.view.clear()
        if self._blocks:
            self._timer.start()

    def _build(self) -> None:
        """Add paragraphs for some milliseconds."""
        reading = self._work[0] if self._work else None
        ended = reading is None or reading.ended
        if reading is not None:
            self._blocks = reading.blocks
        until_s, room = perf_counter() + _SLICE_S, _SLICE_CHARACTERS
        cursor = QTextCursor(self.view.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        while self._built < len(self._blocks) and room > 0 and perf_counter() < until_s:
            block = self._blocks[self._built]
            _insert(cursor, block, is_first=not self._built)
            room -= 50 + sum(len(run.text) for run in block.runs)
            self._built += 1
        cursor.endEditBlock()
        if ended and self._built >= len(self._blocks):
            self._timer.stop()
            self._tell(reading)

    def _tell(self, reading: "_Reading | None") -> None:
        words = [self.tr("Text only: nothing is loaded and nothing runs.")]
        if reading is not None and reading.cut:
            words.append(self.tr("Only the first part is shown."))
        if not self._blocks:
            words.append(self.tr("This page has no text."))
        self.note.setText(" ".join(words))

    def _offer(self, url: QUrl) -> None:
        """Ask what to do with the address of a link."""
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        name = make_visible(address[:80])[0] + ("…" if len(address) > 80 else "")
        rows = [("", name, ""), None, ("copy", self.tr("Copy the address"), "")]
        rows.append(("external-link", self.tr("Open in the browser"), ""))
        popup = menu(rows, self)
        title, copy, open_it = (action for action in popup.actions() if not action.isSeparator())
        title.setEnabled(False)
        copy.triggered.connect(lambda: QApplication.clipboard().setText(address))
        open_it.setEnabled(can_be_opened(address))
        open_it.triggered.connect(lambda: QDesktopServices.openUrl(url))
        popup.popup(self.view.mapToGlobal(self.view.clicked_at))


class SafeBrowser(QTextBrowser):
    """Loads nothing, whatever it is asked for, and follows no link."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Page as text"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)

    @property
    def clicked_at(self) -> QPoint:
        """Where a menu about the clicked link belongs: under the mouse, or at the caret for who uses keys."""
        mouse = self.mapFromGlobal(self.cursor().pos())
        return mouse if self.rect().contains(mouse) else self.cursorRect().bottomLeft()

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Nothing, from nowhere."""
        return None


class _Reading:
    """Waits for the body on a thread, then finds its paragraphs."""

    def __init__(self, spool: Spool, encoding: str, address: str) -> None:
        self.blocks: list[Block] = []
        self.ended = self.cut = False
        self._spool, self._encoding, self._address = spool, encoding, address
        self._stopped = threading.Event()
        threading.Thread(target=self._run, name="body", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        spool = self._spool
        while not (spool.finished or spool.closed or self._stopped.is_set()) and spool.size_bytes < LIMIT_BYTES:
            spool.wait_beyond(spool.size_bytes, _WAIT_S)
        self.cut = spool.size_bytes > LIMIT_BYTES
        text = decoded(spool.read(0, LIMIT_BYTES), self._encoding)
        until_s, characters = perf_counter() + _READING_S, 0
        for block in blocks_of(text, self._address):
            if self._stopped.is_set():
                return
            characters += sum(len(run.text) for run in block.runs)
            full = len(self.blocks) >= _BLOCKS_MAX or characters > _CHARACTERS_MAX
            if full or perf_counter() > until_s:
                self.cut = True
                break
            self.blocks.append(block)
        self.ended = True


def _insert(cursor: QTextCursor, block: Block, *, is_first: bool) -> None:
    shape = QTextBlockFormat()
    shape.setIndent(block.indent)
    shape.setTopMargin(theme.px(12 if block.heading else 4))
    shape.setBottomMargin(theme.px(4))
    if block.is_rule:
        shape.setProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth, 1)
    if is_first:
        cursor.setBlockFormat(shape)
    else:
        cursor.insertBlock(shape)
    for run in block.runs:
        look = QTextCharFormat()
        font = QFont(theme.font("code_sm" if run.code else "body"))
        if block.heading:
            font.setPixelSize(round(font.pixelSize() * _HEADINGS.get(block.heading, 1.0)))
        font.setBold(run.bold or bool(block.heading))
        font.setItalic(run.italic)
        look.setFont(font)
        look.setForeground(QBrush(theme.color("accent" if run.address else "text")))
        if run.address:
            look.setAnchor(True)
            look.setAnchorHref(run.address)
            look.setToolTip(as_tip(run.address))
            look.setFontUnderline(True)
        cursor.insertText(make_visible(run.text)[0], look)


def _end(work: list[_Reading]) -> None:
    for reading in work:
        reading.stop()
    work.clear()
