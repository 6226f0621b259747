"""The code view: bodies of 1 MB to 1 GB and of odd shapes opened, scrolled and searched, beside QPlainTextEdit."""

import gc
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

import psutil  # type: ignore[import-untyped]
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QPaintEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit, QWidget

from httpdesk.body.spool import Spool
from httpdesk.ui.code_view import CodeView
from httpdesk.ui.derived_body import DerivedBody
from httpdesk.ui.theme import theme
from tests.bench.lateness import Lateness, percentile
from tests.bench.report import Report

MB = 1 << 20
WIDTH_PX, HEIGHT_PX = 720, 800
FRAME_MS = 16
FIRST_PAINT_LIMIT_MS, P99_LIMIT_MS, WORST_LIMIT_MS, PRETTY_LIMIT_MB_S = 50, 8, 33, 100


class Limits(NamedTuple):
    """What a size may take: worst stall while it is opened, memory when opened and when searched, time of a search."""

    stall_ms: float
    opened_mb: float
    searched_mb: float
    find_ms: float | None


LIMITS = {
    1: Limits(16, 10, 10, None),
    10: Limits(16, 10, 10, 20),
    100: Limits(33, 16, 40, 80),
    1000: Limits(33, 16, 120, 600),
}
Widget = TypeVar("Widget", bound=QWidget)
ONE = {
    "id": "ord_9KQ2xV7LmT",
    "total": 12990,
    "paid": True,
    "customer": {"name": "Zoë Ångström", "email": "zoe@example.com", "note": None},
    "items": [{"sku": "MUG-11", "title": "Enamel mug, 350 ml", "qty": 2, "price": 14.9}],
}
TYPING_MS = 80  # between two letters of a fast typist
STEPS = {"wheel": 60, "page": 40, "jump": 40}


class Seen(CodeView):
    """Notes when rows were painted first, and how long each step takes until it is seen."""

    first_paint_s: float | None = None
    step_s: float | None = None

    def __init__(self) -> None:
        super().__init__()
        self.frames_ms: list[float] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now_s = time.perf_counter()
        if self.first_paint_s is None and self.text.index.rows:
            self.first_paint_s = now_s
        if self.step_s is not None:
            self.frames_ms.append((now_s - self.step_s) * 1000)
            self.step_s = None


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
        gc.collect()
        gc.freeze()  # as the program does
        ours = {size_mb: measure(report, Path(folder), size_mb) for size_mb in LIMITS if size_mb < 1000 or full}
        for name, make in SHAPES.items():
            measure_shape(report, Path(folder), name, make)
    for size_mb in (1, 10):
        measure_peer(report, size_mb, ours[size_mb])


def measure(report: Report, folder: Path, size_mb: int) -> float:
    """One body: open it, scroll through it, find something rare in it. Gives the time of the first paint."""
    spool, limits, name = body_of(size_mb, folder), LIMITS[size_mb], f"viewer_{size_mb}mb"
    view = shown(Seen())
    before = memory_mb()
    with Lateness() as probe:
        first_ms = opened(view, spool)
        opening_ms, opened_mb = probe.worst(), memory_mb() - before
        scroll_through(view)
        find_ms = found(view)
    report.add(f"{name}_first_paint_ms", first_ms, "ms", FIRST_PAINT_LIMIT_MS)
    report.add(f"{name}_stall_max_ms", opening_ms, "ms", limits.stall_ms)
    report.add(f"{name}_stall_p99_ms", probe.p99(), "ms", P99_LIMIT_MS)
    report.add(f"{name}_frame_p99_ms", percentile(view.frames_ms, 99), "ms", FRAME_MS)
    report.add(f"{name}_memory_mb", opened_mb, "MB", limits.opened_mb)
    report.add(f"{name}_searched_memory_mb", memory_mb() - before, "MB", limits.searched_mb)
    report.add(f"{name}_find_ms", find_ms, "ms", limits.find_ms)
    gone(view)
    spool.close()
    limit = PRETTY_LIMIT_MB_S if size_mb > 1 else None
    report.add(f"{name}_pretty_mb_s", pretty_mb_s(folder, size_mb), "MB/s", limit, at_least=True)
    return first_ms


def measure_shape(report: Report, folder: Path, name: str, make: Callable[[Spool], None]) -> None:
    """A body of an odd shape: open it and scroll through it."""
    spool = Spool(folder)
    make(spool)
    spool.finish()
    view = shown(Seen())
    before = memory_mb()
    with Lateness() as probe:
        first_ms = opened(view, spool)
        opening_ms = probe.worst()
        scroll_through(view)
    report.add(f"viewer_{name}_first_paint_ms", first_ms, "ms", FIRST_PAINT_LIMIT_MS)
    report.add(f"viewer_{name}_stall_max_ms", opening_ms, "ms", WORST_LIMIT_MS)
    report.add(f"viewer_{name}_frame_p99_ms", percentile(view.frames_ms, 99), "ms", FRAME_MS)
    report.add(f"viewer_{name}_memory_mb", memory_mb() - before, "MB", 16)
    gone(view)
    spool.close()


def one_line(spool: Spool) -> None:
    """100 MB of JSON without a line break."""
    piece = json.dumps([ONE] * (MB // len(json.dumps(ONE))), ensure_ascii=False).encode()
    for number in range(100):
        spool.write((b"," if number else b"[") + piece)
    spool.write(b"]")


def short_lines(spool: Spool) -> None:
    """10 million lines."""
    for _ in range(100):
        spool.write(b'"a": 1,\n' * 100_000)


def deep(spool: Spool) -> None:
    """100,000 levels, formatted with an indentation that stops growing."""
    for level in range(100_000):
        spool.write(b" " * (2 * min(level, 100)) + b'{ "a":\n')
    spool.write(b"}" * 100_000)


def other_scripts(spool: Spool) -> None:
    """10 MB of Chinese, emoji, Arabic and Hebrew, and of bytes that are not UTF-8."""
    line = (
        '{"城市": "上海市浦东新区", "mood": "👩‍👩‍👧‍👦🙂🇨🇭", "مدينة": "القاهرة", "עיר": "ירושלים", "x": "'.encode()
        + b'\xff\xfe\x80"}\n'
    )
    for _ in range(10):
        spool.write(line * (MB // len(line)))


SHAPES: dict[str, Callable[[Spool], None]] = {
    "one_line": one_line,
    "short_lines": short_lines,
    "deep": deep,
    "other_scripts": other_scripts,
}


def opened(view: Seen, spool: Spool) -> float:
    """Show a body until all its rows are known; gives the time to the first paint, in ms."""
    start_s = time.perf_counter()
    view.show_body(spool, "json", folds=True)
    wait_for(lambda: view.first_paint_s is not None)
    wait_for(lambda: view.text.complete)
    return ((view.first_paint_s or 0) - start_s) * 1000


def found(view: Seen) -> float:
    """Type a word that is there once; from its last letter until it is found, in ms."""
    view.open_find()
    for letter in "needl":
        QTest.keyClicks(QApplication.focusWidget() or view, letter)
        QTest.qWait(TYPING_MS)
    start_s = time.perf_counter()
    QTest.keyClicks(QApplication.focusWidget() or view, "e")
    wait_for(lambda: view.find_count == "1 of 1")
    return (time.perf_counter() - start_s) * 1000


def memory_mb() -> float:
    """What the process holds."""
    held: int = psutil.Process().memory_info().rss
    return held / MB


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
    before = memory_mb()
    with Lateness() as probe:
        start_s = time.perf_counter()
        view.setPlainText(text)
        highlighter = Highlighter(view.document())
        wait_for(lambda: view.first_paint_s is not None)
        QTest.qWait(100)
    first_ms = ((view.first_paint_s or 0) - start_s) * 1000
    name = f"viewer_{size_mb}mb_peer"
    report.add(f"{name}_first_paint_ms", first_ms, "ms", peer=("the code view", ours_ms))
    report.add(f"{name}_stall_max_ms", probe.worst(), "ms")
    report.add(f"{name}_memory_mb", memory_mb() - before, "MB")
    highlighter.setDocument(None)
    gone(view)


def scroll_through(view: Seen) -> None:
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

    def step() -> None:
        if not todo:
            timer.stop()
            return
        view.step_s = time.perf_counter()
        todo.pop(0)()

    timer.timeout.connect(step)
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
