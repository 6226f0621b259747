"""CompareTab: two answers side by side, in a tab of the desk that no session keeps."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.body.comparing import LIMIT_BYTES, Comparison, Job, Outcome
from httpdesk.body.comparing_process import Compared, CompareProcess
from httpdesk.body.spool import Spool
from httpdesk.core.problem import Problem
from httpdesk.core.wording import size
from httpdesk.ui.announce import announce
from httpdesk.ui.code_view_reading import Reading
from httpdesk.ui.compare_area import CompareArea
from httpdesk.ui.compare_bar import BODY, HEADERS, CompareBar, CompareHead, RulesBar
from httpdesk.ui.compare_headers import HeaderComparison
from httpdesk.ui.compare_rows import CompareRows, nothing_to_compare
from httpdesk.ui.compare_source import CompareSource, Copy
from httpdesk.ui.derived_body import give_up
from httpdesk.ui.document import Document
from httpdesk.ui.progress_line import ProgressLine
from httpdesk.ui.response_strips import Strip
from httpdesk.ui.states import center_state
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.widgets import button, line, row

_LOOK_EVERY_S = 0.01
_Sources = tuple[CompareSource, CompareSource]


class CompareTab(Document):
    """Compares what `sources` gives, which may take a while; copies of the bodies live as long as the tab."""

    noticed = Signal(str)
    """Something the user should know, as a sentence."""

    def __init__(
        self, title: str, sources: Callable[[], Awaitable[_Sources]], folder: Path, sending_words: str = ""
    ) -> None:
        super().__init__()
        self.title = title
        self.setAccessibleName(title)
        self._sources, self._folder = sources, folder
        self._sending_words = sending_words
        self._tasks = Tasks(self._show_problem)
        self._process = CompareProcess()
        self._copies: tuple[Copy, Copy] | None = None
        self._rows = nothing_to_compare()
        self._had_keys = False
        self.outcome: Outcome | None = None
        self._build()
        self._tasks.start("compare", self._begin())

    def _build(self) -> None:
        self.setProperty("surface", "canvas")
        self.head = CompareHead()
        self.bar = CompareBar()
        self.bar.page_changed.connect(self._show_page)
        self.bar.stepped.connect(self.go_to_difference)
        self.bar.folding.connect(self._fold)
        self.bar.swapped.connect(self.swap)
        self.rules = RulesBar()
        self.rules.changed.connect(self._compare_again)
        self.rules.hide()
        self.strip = Strip("info", "text2")
        self.area = CompareArea()
        self.area.noticed.connect(self.noticed)
        self.area.moved.connect(self._say_count)
        self.headers = HeaderComparison()
        self._state = self._waiting(self._sending_words, self.tr("Closing this tab cancels it."))
        self._body = QStackedWidget()
        self._body.addWidget(self.area)
        self._body.addWidget(self._state)
        self._body.setCurrentIndex(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._body)
        self._pages.addWidget(row(self.headers, margins=(8, 0, 8, 0)))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        for part in (self.head, line(), self.bar, self.rules, line(), self.strip):
            lay.addWidget(part)
        lay.addWidget(self._pages, 1)
        self.progress = ProgressLine(self)

    # -- what the desk asks

    def run(self, action_id: str) -> bool:
        """Go from difference to difference."""
        steps = {"next_difference": 1, "previous_difference": -1}
        if step := steps.get(action_id):
            self.go_to_difference(step)
            return True
        return False

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The bars, then what is compared."""
        return (self.bar, self._pages)

    async def shut(self) -> None:
        """End the work and give up the copies."""
        await self._tasks.stop()
        self.area.show_rows(nothing_to_compare(), folded=False)
        await asyncio.to_thread(self._let_go)

    def _let_go(self) -> None:
        self._process.close()
        self._rows.close()
        for copy in self._copies or ():
            copy.close()

    # -- going about

    def go_to_difference(self, step: int) -> None:
        """Go to the next difference of the page in front (1), or the one before (-1)."""
        if self._pages.currentIndex() == HEADERS:
            self.headers.go_to_difference(step)
        else:
            self.area.go_to_difference(step)

    def swap(self) -> None:
        """Put each answer where the other one is."""
        if self._copies is not None and all(copy.side is not None for copy in self._copies):
            self._copies = self._copies[1], self._copies[0]
            self._show_sources()
            self._compare_again()

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.rules.setVisible(page == BODY and self._is_json)
        self._say_count()

    def _fold(self, folded: bool) -> None:
        self.area.set_folded(folded=folded)
        self.headers.hide_equal(hidden=folded)

    # -- the work

    async def _begin(self) -> None:
        left, right = await self._sources()
        self._show_state(self._waiting(self.tr("Comparing"), self.tr("Large bodies take some seconds.")))
        self._copies = Copy(left, self._folder), Copy(right, self._folder)
        self._show_sources()
        await self._take_copies()
        await self._compare()

    async def _take_copies(self) -> None:
        """Have both bodies whole; while one still arrives, offer what is there."""
        copies, cancelled = self._copies or (), threading.Event()
        if any(not copy.source.spool.finished for copy in copies):
            now = button(self.tr("Compare what has arrived"), "secondary", "sm")
            for copy in copies:
                now.clicked.connect(copy.take_what_is_there.set)
            words = self.tr("It is compared when it is whole.")
            self._show_state(self._waiting(self.tr("A body still arrives"), words, now))
        try:
            for copy in copies:
                await asyncio.to_thread(copy.take, cancelled)
        finally:
            cancelled.set()

    def _compare_again(self) -> None:
        if self._copies is not None and all(copy.side is not None for copy in self._copies):
            self._tasks.start("compare", self._compare())

    async def _compare(self) -> None:
        copies = self._copies
        if copies is None:
            return
        sides = [copy.side for copy in copies]
        left, right = sides
        if left is None or right is None:
            self._show_too_large(*(copy.source for copy in copies))
            return
        self.rules.setVisible(self._is_json and self._pages.currentIndex() == BODY)
        job = Job(left=left, right=right, rules=self.rules.rules)
        # Their rows are found while the other process still compares.
        texts = Spool(self._folder), Spool(self._folder)
        readings = Reading(texts[0], left.language), Reading(texts[1], right.language)
        try:
            self._show_progress(True)
            compared = await self._compared(job, texts)
            rows = await asyncio.to_thread(CompareRows, readings, compared.comparison)
            while not rows.complete:  # noqa: ASYNC110 - the threads that find them tell nobody
                await asyncio.sleep(_LOOK_EVERY_S)
        except BaseException:
            for reading, text in zip(readings, texts, strict=True):
                reading.stop()
                give_up(text)
            raise
        finally:
            self._show_progress(False)
        self._show_compared(compared.outcome, rows)

    async def _compared(self, job: Job, texts: tuple[Spool, Spool]) -> Compared:
        """Have the other process compare, and the texts written; cancelled, it ends soon."""
        cancelled = threading.Event()
        try:
            compared = await asyncio.to_thread(self._process.run, job, texts[0].write, texts[1].write, cancelled)
        finally:
            cancelled.set()
        for text in texts:
            text.finish()
        return compared or Compared(Outcome(), Comparison())

    # -- what is shown

    @property
    def _is_json(self) -> bool:
        sides = [copy.side for copy in self._copies or ()]
        return bool(sides) and all(side is not None and side.language == "json" for side in sides)

    def _show_sources(self) -> None:
        sources = [copy.source for copy in self._copies or ()]
        for head, source in zip(self.head.sides, sources, strict=False):
            head.show_source(source)
        left, right = (source.head.headers if source.head is not None else () for source in sources)
        self.headers.show_headers(left, right)
        self._say_count()

    def _show_compared(self, outcome: Outcome, rows: CompareRows) -> None:
        self.outcome = outcome
        old, self._rows = self._rows, rows
        self.area.show_rows(self._rows, folded=self.bar.fold.isChecked())
        old.close()
        for head, copy in zip(self.head.sides, self._copies or (), strict=False):
            head.show_source(copy.source)
        if outcome.fault:
            self._show_state(center_state("circle-alert", self.tr("Not compared"), outcome.fault))
        elif not self._rows.count:
            self._show_state(center_state("circle", self.tr("No body"), self.tr("Both answers have headers only.")))
        else:
            self._body.setCurrentWidget(self.area)
            self._take_keys()
        self._say_notes(outcome)
        self._say_count()
        announce(self, self.bar.count.text())

    def _take_keys(self) -> None:
        """The first time, the keys go to what is compared, where they are in this tab at all."""
        focus = QApplication.focusWidget()
        if not self._had_keys and focus is not None and self.isAncestorOf(focus):
            self._had_keys = True
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_notes(self, outcome: Outcome) -> None:
        notes = list(outcome.notes)
        if not outcome.fault and not self._rows.comparison.count:
            same = self.tr("The bodies are the same, byte for byte.")
            alike = self.tr("The bodies differ only in what does not count.")
            notes.insert(0, same if outcome.same_bytes else alike)
        if any(copy.source.is_partial for copy in self._copies or ()):
            notes.append(self.tr("A body is not whole: it ended early."))
        self.strip.say("\n".join(notes))

    def _say_count(self) -> None:
        """How many differences there are on the page in front, and in which one the caret is."""
        if self._pages.currentIndex() == HEADERS:
            self.bar.count.setText(self._counted(self.headers.count))
            return
        if self.outcome is None or self.outcome.fault:
            self.bar.count.setText("")
            return
        found = self._rows.comparison
        at = found.difference_at(self.area.current) if found.count else None
        words = self._counted(found.count)
        if at is not None:
            words = self.tr("{0} of {1}").format(at + 1, words)
        self.bar.count.setText(words)

    def _counted(self, count: int) -> str:
        if not count:
            return self.tr("No differences")
        return self.tr("1 difference") if count == 1 else self.tr("%n differences", "", count)

    def _show_too_large(self, *sources: CompareSource) -> None:
        words = self.tr("Bodies are compared up to {limit}; these have {left} and {right}.").format(
            limit=size(LIMIT_BYTES), left=sources[0].size_words, right=sources[1].size_words
        )
        self._show_state(center_state("circle-alert", self.tr("Too large to be compared"), words))

    def _show_problem(self, problem: Problem) -> None:
        self._show_state(center_state("circle-alert", problem.title, problem.detail, role="danger"))
        announce(self, problem.title, urgent=True)

    def _waiting(self, title: str, words: str, *below: QPushButton) -> QWidget:
        return center_state("loader-circle", title, words, *below)

    def _show_state(self, state: QWidget) -> None:
        self._body.removeWidget(self._state)
        self._state.deleteLater()
        self._state = state
        self._body.addWidget(state)
        self._body.setCurrentWidget(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The progress lies on the line below the bars."""
        super().resizeEvent(event)
        self._show_progress(self.progress.isVisible())

    def _show_progress(self, shown: bool) -> None:
        self.progress.place(self.bar.geometry().bottom(), self.width())
        if shown and self.progress.isHidden():
            self.progress.start()
        elif not shown:
            self.progress.stop()
