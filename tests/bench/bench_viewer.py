"""The code view: bodies of 1 MB to 1 GB opened, scrolled and searched, beside QPlainTextEdit with a highlighter."""

import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil  # type: ignore[import-untyped]
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QPaintEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit, QWidget

from httpdesk.body.spool import Spool
from httpdesk.ui.code_view import CodeView
from httpdesk.ui.derived_body import DerivedBody
from httpdesk.ui.theme import theme
from tests.bench.lateness import Lateness
from tests.bench.report import Report

MB = 1 << 20
WIDTH_PX, HEIGHT_PX = 720, 800
FRAME_MS = 16
FIRST_PAINT_LIMIT_MS, P99_LIMIT_MS, WORST_LIMIT_MS = 50, 8, 33
Widget = TypeVar("Widget", bound=QWidget)
ONE = {
    "id": "ord_9KQ2xV7LmT",
    "total": 12990,
    "paid": True,
    "customer": {"name": "Zoë Ångström", "email": "zoe@example.com", "note": None},
    "items": [{"sku": "MUG-11", "title": "Enamel mug, 350 ml", "qty": 2, "price": 14.9}],
}
STEPS = {"wheel": 60, "page": 40, "jump": 40}


class Seen(CodeView):
    """Notes when rows were painted first."""

    first_paint_s: float | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.first_paint_s is None and self.text.index.rows:
            self.first_paint_s = time.perf_counter()


class Naive(QPlainTextEdit):
    """What a viewer is without effort."""

    first_paint_s: float | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.first_paint_s is None and self.blockCount() > 1:
            self.first_paint_s = time.perf_counter()


class Highlighter(QSyntaxHighlighter):
    """The colours of JSON, line by line."""

    tokens = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([{}\[\],:]+)')

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.formats = []
        for role in ("s_str", "s_key", "s_num", "s_kw", "s_punct"):
            text_format = QTextCharFormat()
            text_format.setForeground(QColor(theme.hex(role)))
            self.formats.append(text_format)

    def highlightBlock(self, text: str) -> None:
        for match in self.tokens.finditer(text):
            self.setFormat(match.start(), match.end() - match.start(), self.formats[(match.lastindex or 1) - 1])


def main(report: Report, full: bool) -> None:
    """Each size by itself, then the peer."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    sys.setswitchinterval(0.001)  # as the program does
    theme.start(app)
    with tempfile.TemporaryDirectory() as folder:
        warm_up(Path(folder))
        ours = {size_mb: measure(report, Path(folder), size_mb) for size_mb in (1, 10, 100, *([1000] if full else []))}
    for size_mb in (1, 10):
        measure_peer(report, size_mb, ours[size_mb])


def measure(report: Report, folder: Path, size_mb: int) -> float:
    """One body: open it, scroll through it, find something rare in it. Gives the time of the first paint."""
    spool = body_of(size_mb, folder)
    view = shown(Seen())
    before_bytes = psutil.Process().memory_info().rss
    name = f"viewer_{size_mb}mb"
    with Lateness() as probe:
        start_s = time.perf_counter()
        view.show_body(spool, "json", folds=True)
        wait_for(lambda: view.first_paint_s is not None)
        wait_for(lambda: view.text.complete)
        first_ms = ((view.first_paint_s or 0) - start_s) * 1000
        scroll_through(view)
        start_s = time.perf_counter()
        view.open_find()
        for letter in "needle":  # one after the other, as people type
            QTest.keyClicks(QApplication.focusWidget() or view, letter)
            QTest.qWait(FRAME_MS)
        wait_for(lambda: view.find_count == "1 of 1")
        find_ms = (time.perf_counter() - start_s) * 1000
    memory_mb = (psutil.Process().memory_info().rss - before_bytes) / MB
    report.add(f"{name}_first_paint_ms", first_ms, "ms", FIRST_PAINT_LIMIT_MS)
    report.add(f"{name}_stall_p99_ms", probe.p99(), "ms", P99_LIMIT_MS)
    report.add(f"{name}_stall_max_ms", probe.worst(), "ms", WORST_LIMIT_MS)
    report.add(f"{name}_memory_mb", memory_mb, "MB")
    report.add(f"{name}_find_ms", find_ms, "ms")
    gone(view)
    spool.close()
    report.add(f"{name}_pretty_mb_s", pretty_mb_s(folder, size_mb), "MB/s")
    return first_ms


def pretty_mb_s(folder: Path, size_mb: int) -> float:
    """How fast a body in one line gets line breaks and rows while the view shows it."""
    source = Spool(folder)
    piece = json.dumps([ONE] * (MB // len(json.dumps(ONE)))).encode()
    source.write(b"[" + piece)
    while source.size_bytes < size_mb * MB:
        source.write(b"," + piece)
    source.write(b"]")
    source.finish()
    view = shown(CodeView())
    start_s = time.perf_counter()
    derived = DerivedBody(source, "json", "utf-8")
    view.show_body(derived.spool, "json", folds=True)
    wait_for(lambda: view.text.complete)
    taken_s = time.perf_counter() - start_s
    size = source.size_bytes
    gone(view)
    derived.close()
    source.close()
    return size / MB / taken_s


def measure_peer(report: Report, size_mb: int, ours_ms: float) -> None:
    """The same text in a QPlainTextEdit: how long until it is seen, and how long the window stands still."""
    text = body_text(size_mb).decode()
    view = shown(Naive())
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setFont(theme.font("code"))
    before_bytes = psutil.Process().memory_info().rss
    with Lateness() as probe:
        start_s = time.perf_counter()
        view.setPlainText(text)
        highlighter = Highlighter(view.document())
        wait_for(lambda: view.first_paint_s is not None)
        QTest.qWait(100)
    first_ms = ((view.first_paint_s or 0) - start_s) * 1000
    memory_mb = (psutil.Process().memory_info().rss - before_bytes) / MB
    name = f"viewer_{size_mb}mb_peer"
    report.add(f"{name}_first_paint_ms", first_ms, "ms", peer=("the code view", ours_ms))
    report.add(f"{name}_stall_max_ms", probe.worst(), "ms")
    report.add(f"{name}_memory_mb", memory_mb, "MB")
    highlighter.setDocument(None)
    gone(view)


def scroll_through(view: CodeView) -> None:
    """Wheel, page and scroll bar, one step a frame."""
    dice = random.Random(1)
    bar = view.verticalScrollBar()

    def jump() -> None:
        bar.setValue(dice.randrange(bar.maximum() + 1))

    ways = {
        "wheel": lambda: turn_wheel(view),
        "page": lambda: QTest.keyClick(view, Qt.Key.Key_PageDown),
        "jump": jump,
    }
    todo = [run for name, run in ways.items() for _ in range(STEPS[name])]
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: todo.pop(0)() if todo else timer.stop())
    timer.start(FRAME_MS)
    wait_for(lambda: not timer.isActive())


def turn_wheel(view: QAbstractScrollArea) -> None:
    """One notch down."""
    middle = QPointF(view.viewport().rect().center())
    none = Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        middle, view.viewport().mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), turned)


def warm_up(folder: Path) -> None:
    """Fonts and imports are no part of what is measured."""
    view = shown(Seen())
    view.show_body(body_of(1, folder), "json")
    wait_for(lambda: view.first_paint_s is not None)
    gone(view)


def body_of(size_mb: int, folder: Path) -> Spool:
    """A body on the disk with one needle near its end."""
    spool = Spool(folder)
    piece = body_text(min(size_mb, 10))
    for _ in range(max(1, size_mb // 10)):
        spool.write(piece)
    spool.write(b'"needle"\n')
    spool.write(piece[: MB // 100])
    spool.finish()
    return spool


def body_text(size_mb: int) -> bytes:
    """Indented JSON of about this size."""
    text = json.dumps([ONE], indent=2, ensure_ascii=False).encode() + b"\n"
    return text * (size_mb * MB // len(text))


def shown(widget: Widget) -> Widget:
    widget.resize(WIDTH_PX, HEIGHT_PX)
    widget.show()
    QTest.qWaitForWindowExposed(widget)
    widget.setFocus()
    return widget


def gone(widget: QWidget) -> None:
    """Close it and let go of what it held."""
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_for(done: Callable[[], bool], limit_s: float = 120) -> None:
    """Let the window live until something is so."""
    loop, timer = QEventLoop(), QTimer()
    end_s = time.perf_counter() + limit_s
    timer.timeout.connect(lambda: loop.quit() if done() or time.perf_counter() > end_s else None)
    timer.start(1)
    loop.exec()
    assert done(), "waited too long"
