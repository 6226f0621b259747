"""Response pane: everything about an answer, from the first step of the send to its last byte."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Answered, Event, Exchange, Finished, Hop, Progress, Reached
from httpdesk.core.problem import Problem, Stage
from httpdesk.core.wording import duration, size
from httpdesk.ui import body_files, outside, response_words, tokens
from httpdesk.ui.announce import announce
from httpdesk.ui.derived_body import give_up
from httpdesk.ui.pane_tabs import PaneTabs
from httpdesk.ui.progress_line import ProgressLine
from httpdesk.ui.response_cookies import count_cookies
from httpdesk.ui.response_facts import PaneHead
from httpdesk.ui.response_hops import HopBar
from httpdesk.ui.response_pages import BODY, COOKIES, HEADERS, ResponsePages
from httpdesk.ui.states import nothing_sent
from httpdesk.ui.stream_bar import StreamBar
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.timing_popover import FactsPopover, SizesPopover, TimingPopover
from httpdesk.ui.veil import Veil
from httpdesk.ui.widgets import line

# A faster answer shows without a sign of waiting before it.
_PATIENCE_MS, _TICK_MS, _STREAM_BAR_AFTER_S = 150, 100, 0.4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class ResponsePane(QFrame):
    """Fed with the events of a send; `exchange` is the last one that came to its end."""

    send_again = Signal()
    cancel = Signal()
    remedy = Signal(object)
    notice = Signal(str)
    announced = Signal(str)
    """What a screen reader is told."""

    def __init__(
        self, ask_save_path: Callable[[str], Awaitable[Path | None]], tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "canvas")
        self.setAccessibleName(self.tr("Response"))
        self.exchange: Exchange | None = None
        self._ask_save_path, self._tasks = ask_save_path, tasks
        self._hops: list[Hop] = []
        self._hop: Hop | None = None
        self._running = False
        self._begun_s = self._answered_s = 0.0
        self._step = ""
        self._popover: FactsPopover | None = None
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._show_waiting)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._ticked)
        self._build()

    def _build(self) -> None:
        names = (self.tr("Body"), self.tr("Headers"), self.tr("Cookies"), self.tr("Timeline"))
        self.tabs = PaneTabs([(name, "") for name in names])
        self.tabs.setAccessibleName(self.tr("Response pages"))
        self.head = PaneHead(self.tabs)
        self.head.time_clicked.connect(self._show_timing)
        self.head.size_clicked.connect(self._show_sizes)
        self.hops = HopBar()
        self.hops.chosen.connect(self._select_hop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        # From the outside in: a widget is styled anew each time that what holds it gets a parent.
        self._states = QStackedWidget(self)
        whole.addWidget(self._states)
        main = QWidget(self._states)
        self.pages = ResponsePages(main)
        self.pages.send_again.connect(self.send_again)
        self.pages.remedy.connect(self.remedy)
        self.pages.body.copy.connect(self.copy_body)
        self.pages.body.save.connect(self.save_body)
        self.pages.body.open_outside.connect(self.open_body)
        self.pages.body.noticed.connect(self.notice)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.stream = StreamBar()
        self.stream.cancel.connect(self.cancel)
        self.stream.paused.connect(self.pages.body.set_paused)
        self.pages.body.shown_anew.connect(self.stream.resume)
        self._states.addWidget(nothing_sent())
        self._states.addWidget(main)
        lay = QVBoxLayout(main)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        for part in (self.head, line(), self.hops):
            lay.addWidget(part)
        lay.addWidget(self.pages, 1)
        lay.addWidget(self.stream)
        self.progress = ProgressLine(main)
        self.veil = Veil(self.pages)

    # -- a send

    def begin(self) -> None:
        """A send begins; what is shown stays until the answer or 150 ms are there."""
        self._close_popover()
        self._give_up_unfinished()
        self._running, self._step = True, response_words.step(Stage.VARIABLES)
        self._hops, self._answered_s = [], 0.0
        self._begun_s = time.perf_counter()
        self.stream.begin()
        self._patience.start()
        self._tick.start()

    def feed(self, event: Event) -> None:
        """Show what came of the send."""
        if isinstance(event, Reached):
            self._step = response_words.step(event.stage)
            if self.veil.isVisible() or self.progress.isVisible():
                self.head.show_step(self._step)
        elif isinstance(event, Answered):
            self._hops.append(event.hop)
            if not _leads_on(event.hop):
                self._show_answer(event.hop)
        elif isinstance(event, Progress):
            if event.hop is self._hop:
                self.pages.body.grown(event.hop)
        elif isinstance(event, Finished):
            self._finish(event.exchange)

    def show_problem(self, problem: Problem) -> None:
        """Show why a send never started; `exchange` stays what it was."""
        self._close_popover()
        self._end_waiting()
        self._hops, self._hop = [], None
        self._states.setCurrentIndex(1)
        self.hops.show_hops([], 0)
        self.pages.show_problem(problem)
        self.tabs.setCurrentIndex(BODY)
        self._show_facts(response_words.problem_pill(problem), "danger", "", "")
        self._say(f"{self.head.status.words}: {problem.title}", urgent=True)

    def stop(self) -> None:
        """The pane is going: end its threads, let go of what it made and of what nobody finished."""
        self._close_popover()
        self._give_up_unfinished()
        self._end_waiting()
        self._hop = None
        self.pages.stop()

    # -- what the user asks for

    def save_body(self) -> None:
        """Ask for a place and write the exact bytes there."""
        self._tasks.start("save-body", self._save_body())

    def copy_body(self) -> None:
        """Put the text that is shown on the clipboard."""
        self._tasks.start("copy-body", self._copy_body())

    def open_body(self) -> None:
        """Have the system open the bytes that are there in the program for their kind."""
        is_text = self.pages.body.view.shown_as == "text"
        work = outside.open_body(self._spool(), self._hop, self.notice.emit, is_text=is_text)
        self._tasks.start("open-body", work)

    async def save_body_to(self, path: Path) -> None:
        """Write the exact bytes that are there to a file. Raises Problem."""
        spool = self._spool()
        if spool is None:
            self.notice.emit(self.tr("There is no body to save."))
            return
        partial = not spool.finished
        count = await asyncio.to_thread(body_files.save, spool, path)
        words = (
            self.tr("Saved the {size} that had arrived to {name}.") if partial else self.tr("Saved {size} to {name}.")
        )
        self.notice.emit(words.format(size=size(count), name=path.name))

    def select_page(self, index: int) -> None:
        """Show a page by its place, from 0, and put the focus on its tab."""
        if 0 <= index < self.tabs.count():
            self.tabs.setCurrentIndex(index)
            self.tabs.setFocus()

    def set_wrap(self, wrap: bool) -> None:
        """Wrap long lines of the body or not."""
        self.pages.body.set_wrap(wrap=wrap)

    def find(self) -> None:  # type: ignore[override]
        """Find in the body, or among the headers where they are in front."""
        if self.tabs.currentIndex() == HEADERS:
            self.pages.headers.focus_filter()
        else:
            self.tabs.setCurrentIndex(BODY)
            self.pages.body.open_find()

    def filter_body(self) -> None:
        """Show the body with its filter bar."""
        self.tabs.setCurrentIndex(BODY)
        self.pages.body.filter.open()

    def go_to_line(self) -> None:
        """Ask for a line of the body to go to."""
        if self._states.currentIndex() == 1:
            self.tabs.setCurrentIndex(BODY)
            self.pages.body.ask_line()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The progress lies on the line below the head."""
        super().resizeEvent(event)
        self._place_progress()

    def hideEvent(self, event: QHideEvent) -> None:
        """A card of a tab that is no longer in front goes with it."""
        self._close_popover()
        super().hideEvent(event)

    # -- the states

    def _show_waiting(self) -> None:
        """150 ms went by without an answer."""
        self._states.setCurrentIndex(1)
        self._show_facts("", "text2", self._ticking(), "")
        self.head.show_step(self._step)
        self._place_progress()
        self.progress.start()
        if self.pages.has_content:
            self.veil.cover()
        else:
            self.pages.show_waiting()

    def _show_answer(self, hop: Hop) -> None:
        self._patience.stop()
        self._answered_s = time.perf_counter()
        self._hop = hop
        self._states.setCurrentIndex(1)
        self.veil.hide()
        self.head.show_step("")
        self.hops.show_hops(self._hops, next((at for at, known in enumerate(self._hops) if known is hop), 0))
        self.pages.show_answer(hop)
        if hop.head is not None:
            words, role = response_words.status(hop.head), tokens.status_role(hop.head.status)
            self._show_facts(words, role, self._ticking(), response_words.progress(hop), hop)

    def _ticked(self) -> None:
        """Ten times a second while a send runs."""
        if self._patience.isActive():
            return
        self.head.show_time(self._ticking())
        hop = self._hop
        if not self._answered_s or hop is None:
            return
        now_s = time.perf_counter()
        self.head.show_size(response_words.progress(hop))
        if now_s - self._answered_s < _STREAM_BAR_AFTER_S:
            return
        received = response_words.received_bytes(hop)
        on_disk = hop.body is not None and hop.body.path is not None
        self.stream.mark(now_s, received, on_disk=on_disk, expected_bytes=hop.expected_bytes or 0)
        self.stream.show()
        if self.progress.isHidden():
            self._place_progress()
            self.progress.start()
        self.progress.show_share(received / hop.expected_bytes if hop.expected_bytes else None)

    def _finish(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self._end_waiting()
        self._states.setCurrentIndex(1)
        self._hops = exchange.hops
        self.hops.show_hops(self._hops, len(self._hops) - 1)
        if self._hops:
            self._select_hop(len(self._hops) - 1)
        else:
            self._hop = None
            self.pages.show_nothing(exchange)
            self._show_facts(*response_words.pill(exchange, None), duration(exchange.total_ms), "")
        self._say(response_words.ended(exchange), urgent=exchange.problem is not None)

    def _select_hop(self, place: int) -> None:
        """Show a hop: of the exchange when it is over, of those that came so far while it is not."""
        self._close_popover()
        hop = self._hop = self._hops[place]
        exchange = self.exchange
        if self._running or exchange is None:
            self._show_answer(hop)
            return
        self.pages.show_hop(exchange, hop)
        words, role = response_words.pill(exchange, hop)
        total_ms = exchange.total_ms if hop is exchange.last else response_words.length_ms(hop)
        self._show_facts(words, role, duration(total_ms), response_words.size_of(hop), hop)

    def _show_facts(self, words: str, role: str, time_words: str, size_words: str, hop: Hop | None = None) -> None:
        self.head.show_status(words, role)
        self.head.show_time(time_words)
        self.head.show_size(size_words, response_words.received(hop) if hop is not None and size_words else "")
        self.head.show_unverified(unverified=hop is not None and not hop.connection.verified)
        count = len(hop.head.headers) if hop is not None and hop.head is not None else 0
        self.tabs.set_note(HEADERS, str(count or ""))
        self.tabs.set_note(COOKIES, str(count_cookies(self._hops) or ""))

    def _end_waiting(self) -> None:
        self._running = False
        self._patience.stop()
        self._tick.stop()
        self.veil.hide()
        self.progress.stop()
        self.stream.end()
        self.head.show_step("")

    def _give_up_unfinished(self) -> None:
        """Hops of a send that was replaced before its end belong to nobody else."""
        if not self._running:
            return
        if any(hop is self._hop for hop in self._hops):
            self._hop = None
            self.pages.clear()
        for hop in self._hops:
            if isinstance(hop.body, Spool):
                give_up(hop.body)
        self._hops = []

    def _ticking(self) -> str:
        return f"{time.perf_counter() - self._begun_s:.1f}\u202fs"

    def _place_progress(self) -> None:
        self.progress.place(self.head.height() - 1, self.width())

    def _say(self, words: str, *, urgent: bool) -> None:
        announce(self, words, urgent=urgent)
        self.announced.emit(words)

    # -- cards

    def _show_timing(self) -> None:
        hop, exchange = self._hop, self.exchange
        if self._popover is not None:
            self._close_popover()
        elif hop is not None and exchange is not None and not self._running:
            total_ms = exchange.total_ms if len(exchange.hops) == 1 else response_words.length_ms(hop)
            self._open(TimingPopover(self.window(), hop, total_ms), self.head.time_fact)

    def _show_sizes(self) -> None:
        if self._popover is not None:
            self._close_popover()
        elif self._hop is not None:
            self._open(SizesPopover(self.window(), self._hop), self.head.size_fact)

    def _open(self, popover: TimingPopover | SizesPopover, opener: QWidget) -> None:
        self._popover = popover
        popover.closed.connect(self._forget_popover)
        popover.show_below(opener)

    def _close_popover(self) -> None:
        if self._popover is not None:
            self._popover.dismiss()

    def _forget_popover(self) -> None:
        self._popover = None

    # -- the body

    def _spool(self) -> Spool | None:
        body = self._hop.body if self._hop is not None else None
        return body if isinstance(body, Spool) and not body.closed else None

    async def _save_body(self) -> None:
        if self._spool() is None or self._hop is None:
            self.notice.emit(self.tr("There is no body to save."))
            return
        path = await self._ask_save_path(body_files.file_name(self._hop))
        if path is not None:
            await self.save_body_to(path)

    async def _copy_body(self) -> None:
        if self._spool() is None:
            self.notice.emit(self.tr("There is no body to copy."))
            return
        body = self.pages.body
        whole = body.source.finished
        form, encoding = body.form, body.shown_encoding
        text = await asyncio.to_thread(body_files.text_of, body.shown, encoding, whole=whole, as_bytes=form == "hex")
        if text is None:
            limit = size(body_files.COPY_LIMIT_BYTES)
            self.notice.emit(self.tr("The body is larger than {limit}. Save it to a file instead.").format(limit=limit))
            return
        QApplication.clipboard().setText(text)
        self.notice.emit(self.tr("Copied {size}.").format(size=size(len(text.encode("utf-8", "replace")))))


def _leads_on(hop: Hop) -> bool:
    """Whether another hop will probably follow: its answer is not shown for the blink of an eye."""
    return hop.head is not None and hop.head.status in _REDIRECTS and bool(hop.head.first("location"))
